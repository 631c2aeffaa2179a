"""Answer questions to the audit: who looked at a person, what a user did, is it whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.audit import Entry, Part, Slice, Verified
from directory.domain.dates import LONDON
from directory.domain.events import Event, Log
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.investigations import inside
from directory.operations.people import check_found, known
from directory.policy.disclosed import DisclosedEntry, DisclosedPerson, fields_shown
from directory.policy.disclosure import disclose_entry, disclose_person
from directory.policy.permissions import Action

MOST_ENTRIES = 200
_ABOUT_NOBODY = b""
_VERDICT = "verified: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Entries, the newest first; `older` is where to read on, None where nothing was left out.

    `matter` is that of the investigation.
    """

    matter: str
    entries: tuple[DisclosedEntry, ...]
    older: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReading:
    """Who looked at a person, as their subject or among those shown.

    `named` is the person whom the investigation names, None until it names one.
    """

    person: DisclosedPerson
    named: UUID | None
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class UserReading:
    """What a user did."""

    name: str
    email: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReading:
    """What everybody did on one day, the newest journey first, each in the order it went."""

    matter: str
    journeys: tuple[tuple[DisclosedEntry, ...], ...]
    older: int | None


def read_person(
    ledger: Ledger,
    access: Access,
    *,
    investigation: UUID,
    look_up: UUID,
    person: UUID,
    before: int | None = None,
) -> PersonReading:
    """Return who looked at a person whom a search inside the investigation found."""
    with ledger.entry(
        access, Event.AUDIT_READ, action=Action.AUDIT_INVESTIGATE, subject=person
    ) as work:
        work.remark(words=_asked("the audit of this person", before))
        within = inside(work, access, investigation)
        check_found(work, access, look_up=look_up, person=person)
        shown = disclose_person(access, known(work, person))
        subject = work.subject_hash(person)
        found = work.audit.about(subject, _slice(Log.AUDIT, before))
        reading = _reading(work, access, within.matter, found, about=subject)
        work.remark(fields=fields_shown((shown, reading.entries)))
    return PersonReading(person=shown, named=within.person, reading=reading)


def read_user(
    ledger: Ledger,
    access: Access,
    *,
    investigation: UUID,
    account: UUID,
    log: Log,
    before: int | None = None,
) -> UserReading:
    """Return what a user did: their looks and changes, or apart from them their sign-ins."""
    with ledger.entry(access, Event.AUDIT_READ, action=Action.AUDIT_INVESTIGATE) as work:
        matter = inside(work, access, investigation).matter
        user = work.accounts.account(account)
        if user is None:
            raise NotFound
        work.remark(words=_asked(f"the {log} log of the user {user.display_name}", before))
        found = work.audit.by(account, _slice(log, before))
        reading = _reading(work, access, matter, found, about=_ABOUT_NOBODY)
        work.remark(fields=fields_shown(reading.entries))
    return UserReading(name=user.display_name, email=user.email, reading=reading)


def read_day(
    ledger: Ledger,
    access: Access,
    *,
    investigation: UUID,
    day: date,
    before: int | None = None,
) -> DayReading:
    """Return what everybody did on `day`, a day in Europe/London that is not to come."""
    with ledger.entry(access, Event.AUDIT_READ, action=Action.AUDIT_INVESTIGATE) as work:
        work.remark(words=_asked(f"the audit of {day.isoformat()}", before))
        matter = inside(work, access, investigation).matter
        if day > access.today:
            raise NotFound
        start, end = _midnight(day), _midnight(day + timedelta(days=1))
        found = work.audit.between(start, end, _slice(Log.AUDIT, before))
        reading = _reading(work, access, matter, found, about=_ABOUT_NOBODY)
        work.remark(fields=fields_shown(reading.entries))
    disclosed = {each.sequence: each for each in reading.entries}
    journeys = tuple(
        tuple(disclosed[sequence] for sequence in journey)
        for journey in _journeys(reversed(found[:MOST_ENTRIES]))
    )
    newest_first = sorted(journeys, key=lambda each: each[-1].sequence, reverse=True)
    return DayReading(matter=matter, journeys=tuple(newest_first), older=reading.older)


def verify(ledger: Ledger, access: Access) -> Verified:
    """Return whether the whole chain holds; what was found is itself an entry."""
    with ledger.entry(access, Event.AUDIT_VERIFIED, action=Action.AUDIT_VERIFY) as work:
        verified = work.verify_audit()
        work.remark(words=verdict(verified))
    return verified


def verdict(verified: Verified) -> str:
    """Return in words what a verification found."""
    broken = verified.broken
    if broken is None:
        return f"{verified.count:,} entries, and every one as it was written"
    return f"{verified.count:,} entries, broken at entry {broken.sequence:,}: {broken.reason}"


def keep_verdict(ledger: Ledger, access: Access, verified: Verified) -> UUID:
    """Keep what a verification found for this session, and return what to read it by."""
    return ledger.set_aside(access, _VERDICT + verdict(verified), action=Action.AUDIT_VERIFY)


def kept_verdict(ledger: Ledger, access: Access, *, reference: UUID) -> str:
    """Return what was kept under `reference` in this session, or raise NotFound."""
    kept = ledger.taken_up(access, reference, action=Action.AUDIT_VERIFY)
    if kept is None or not kept.startswith(_VERDICT):
        raise NotFound
    return kept.removeprefix(_VERDICT)


def _asked(what: str, before: int | None) -> str:
    return what if before is None else f"{what}, before entry {before}"


def _slice(log: Log, before: int | None) -> Slice:
    """Return one entry more than is shown, so that what is left out is known."""
    return Slice(logs=frozenset({log}), most=MOST_ENTRIES + 1, before=before)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)


def _reading(
    work: Work, access: Access, matter: str, found: Sequence[Entry], *, about: bytes
) -> Reading:
    kept = found[:MOST_ENTRIES]
    names = work.accounts.names({each.actor for each in kept if each.actor is not None})
    organisations = work.agencies.names()
    entries = tuple(
        disclose_entry(
            access,
            entry,
            actor=names.get(entry.actor, "") if entry.actor else "",
            organisation=organisations.get(entry.organisation, "") if entry.organisation else "",
            words=words,
            about=about,
        )
        for entry, words in zip(kept, work.audit.words_of(kept), strict=True)
    )
    older = kept[-1].sequence if len(found) > len(kept) else None
    return Reading(matter=matter, entries=entries, older=older)


def _journeys(entries: Iterable[Entry]) -> list[list[int]]:
    """Part `entries`, the oldest first, into journeys of one user's search, choice and views.

    A search and a viewing are two occasions: the person chosen on the one, and for whom the
    purpose of the other was then given, joins them.
    """
    journeys: list[list[int]] = []
    of_occasion: dict[UUID, list[int]] = {}
    of_choice: dict[tuple[UUID | None, bytes], list[int]] = {}
    for each in entries:
        choice = (each.actor, _subject(each))
        journey = of_occasion.get(each.occasion) if each.occasion else None
        if journey is None and each.event is Event.PURPOSE_GIVEN:
            journey = of_choice.get(choice)
        if journey is None:
            journey = []
            journeys.append(journey)
        journey.append(each.sequence)
        if each.occasion:
            of_occasion[each.occasion] = journey
        if each.event is Event.PERSON_CHOSEN:
            of_choice[choice] = journey
    return journeys


def _subject(entry: Entry) -> bytes:
    """Return the hash of the person the entry is about, empty for nobody."""
    about = (each.reference for each in entry.subjects if each.part is Part.ABOUT)
    return next(about, _ABOUT_NOBODY)
