"""Find the right person: search, see the results, choose one."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.agencies import Feed
from directory.domain.events import Event
from directory.domain.looking import Answer, Match, Matches, Sought
from directory.domain.people import Person
from directory.domain.relationships import OwnPeople, ServicePeople
from directory.domain.vocabulary import Findability, Purpose, Relationship
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.looking import LookedUp, read, write
from directory.operations.relationships import family_of, ground, own_people
from directory.policy.disclosed import DisclosedHit, DisclosedPerson, fields_shown
from directory.policy.disclosure import disclose_found, disclose_hit
from directory.policy.permissions import (
    CLAIMS,
    FINDABLE,
    POWERS,
    REFERENCES,
    Action,
    may_be_told_of,
    purposes_on,
)
from directory.policy.shielding import ALWAYS_HEEDS_CONSENT

STRONG = 0.95
_EXACT_NAME_AND_BIRTH = frozenset({"surname_same", "forename_same", "birth_same"})
_REFERENCE_SAME = "identifier_same"
_EXACT_NUMBER = frozenset({"nhs_number_same", "identifier_same"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How fresh one service's feed was when a search ended."""

    title: str
    as_of: date | None
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """One search's results, as its own session sees them.

    `by_consent` tells that only those were searched who consented to the user's organisation.
    """

    reference: UUID
    sought: Sought
    answer: Answer
    hits: tuple[DisclosedHit, ...]
    feeds: tuple[Freshness, ...]
    advice: str = ""
    by_consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The person chosen, and what must be said before the board is shown.

    `viewing` is set where this session has already given its purpose for the family. `claims` are
    the purposes for which the user may say that they work with the family.
    """

    person: DisclosedPerson
    viewing: UUID | None
    relationship: Relationship
    purposes: tuple[Purpose, ...]
    claim: Relationship | None


def ask(ledger: Ledger, access: Access, *, sought: Sought) -> UUID:
    """Keep what is sought for this session, and return the random reference to look it up by."""
    words = write(LookedUp(sought=sought, matches=None))
    return ledger.set_aside(access, words, action=Action.PEOPLE_FIND)


def asked(ledger: Ledger, access: Access, *, reference: UUID) -> Sought:
    """Return what this session typed for the search under `reference`, or raise NotFound."""
    kept = ledger.taken_up(access, reference, action=Action.PEOPLE_FIND)
    if kept is None:
        raise NotFound
    return read(kept).sought


def look_up(ledger: Ledger, access: Access, *, reference: UUID) -> LookUp:
    """Search for what was asked under `reference`, or show its results again."""
    text = ledger.taken_up(access, reference, action=Action.PEOPLE_FIND)
    if text is None:
        with ledger.entry(access, Event.RESULTS_SEEN_AGAIN, action=Action.PEOPLE_FIND) as work:
            work.remark(occasion=reference)
            raise NotFound
    before = read(text)
    sought, matches = before.sought, before.matches
    event = Event.PEOPLE_SEARCHED if matches is None else Event.RESULTS_SEEN_AGAIN
    with ledger.entry(access, event, action=Action.PEOPLE_FIND) as work:
        is_first = matches is None
        matches = matches or findable(work, access, sought)
        hits = disclosed_hits(work, access, matches)
        kept = shown_matches(matches, hits)
        if is_first:
            words = write(LookedUp(sought=sought, matches=kept))
            work.relationships.change_look_up(reference, words=words)
        feeds = _freshness(work)
        advice = work.rules.in_force(access.today).no_match
        by_consent = not work.people.tells_of_strangers
        work.remark(
            occasion=reference,
            purpose=Purpose.LOCATING,
            power=POWERS[Purpose.LOCATING],
            shown=tuple(each.person for each in hits),
            fields=fields_shown(hits),
            words=terms(sought),
        )
    return LookUp(
        reference=reference,
        sought=sought,
        answer=kept.answer,
        hits=hits,
        feeds=feeds,
        advice=advice,
        by_consent=by_consent,
    )


def choose(ledger: Ledger, access: Access, *, look_up: UUID, person: UUID) -> Chosen:
    """Choose one of a search's results."""
    with ledger.entry(
        access, Event.PERSON_CHOSEN, action=Action.PEOPLE_FIND, subject=person
    ) as work:
        work.remark(occasion=look_up, purpose=Purpose.LOCATING, power=POWERS[Purpose.LOCATING])
        check_found(work, access, look_up=look_up, person=person)
        return chosen(work, access, person)


def check_found(work: Work, access: Access, *, look_up: UUID, person: UUID) -> None:
    """Raise NotFound unless `person` is among the results this session's search showed."""
    kept = work.relationships.look_up(look_up, session=access.session)
    matches = read(kept).matches if kept else None
    if matches is None or person not in {each.person for each in matches.found}:
        raise NotFound


def chosen(work: Work, access: Access, person: UUID) -> Chosen:
    """Return the chosen person inside the open unit of work, with the ground to look."""
    described = known(work, person)
    family = family_of(work, access, person)
    members = [each.person for each in family.members]
    viewing = work.relationships.viewing_of(members, session=access.session)
    relationship = ground(work, access, family, person)
    shown = disclose_found(access, described)
    work.remark(relationship=relationship, fields=fields_shown(shown))
    claim = CLAIMS.get(access.role) if relationship is Relationship.NONE else None
    return Chosen(
        person=shown,
        viewing=viewing.reference if viewing else None,
        relationship=relationship,
        purposes=purposes_on(access.role, relationship),
        claim=claim,
    )


def known(work: Work, person: UUID) -> Person:
    """Return `person`, or raise NotFound where no visible line speaks of them to this role."""
    described = work.people.many([person]).get(person)
    if described is None or not may_be_told_of(work.access.role, described.lifecycle):
        raise NotFound
    return described


class Findable(Protocol):
    """People among whom one can search."""

    def find(self, sought: Sought, *, among: OwnPeople | None = None) -> Matches:
        """Return who may be the one sought."""
        ...

    def referred(self, own: OwnPeople, references: Collection[str]) -> frozenset[UUID]:
        """Return whom the service of `own` knows by its own `references`."""
        ...


def findable(people: Findable, access: Access, sought: Sought) -> Matches:
    """Return the matches among `people` this role may be told of."""
    findability = FINDABLE[access.role]
    if findability is Findability.NONE:
        raise Refused
    sought = sought.heeded
    own = own_people(access)
    if referred := _referred(people, sought, _referring(access)):
        return referred
    if findability is Findability.OPEN or access.role in ALWAYS_HEEDS_CONSENT:
        return people.find(sought)
    if own is None:
        raise Refused
    known = people.find(sought, among=own)
    if findability is Findability.OWN or known.answer is Answer.STRONG:
        return known
    answers = (_exactly(people.find(each)) for each in sought.exact)
    return next((each for each in answers if each.found), known)


def _referring(access: Access) -> OwnPeople | None:
    """Return whose references the role may find somebody by."""
    service = REFERENCES.get(access.role)
    return own_people(access) if service is None else ServicePeople(service=service)


def _referred(people: Findable, sought: Sought, whose: OwnPeople | None) -> Matches | None:
    """Return the one person whom these people's references name, or None for nobody or two."""
    if whose is None or not sought.references:
        return None
    references = {each.upper() for each in sought.references} | {*sought.references}
    found = people.referred(whose, references)
    if len(found) != 1:
        return None
    [person] = found
    match = Match(person=person, probability=1.0, why=(_REFERENCE_SAME,), differs=())
    return Matches(answer=Answer.STRONG, found=(match,))


def _is_exact(match: Match) -> bool:
    """Return whether a whole name and birth date agree, or an identifier, and nothing differs."""
    agrees = set(match.why)
    return not match.differs and (agrees >= _EXACT_NAME_AND_BIRTH or bool(agrees & _EXACT_NUMBER))


def _exactly(matches: Matches) -> Matches:
    """Return the one person who fits beyond doubt, or nobody: an answer of yes or no."""
    first = next(iter(matches.found), None)
    if matches.answer is not Answer.STRONG or first is None or not _is_exact(first):
        return Matches(answer=Answer.NONE)
    return Matches(answer=Answer.STRONG, found=(first,))


def disclosed_hits(work: Work, access: Access, matches: Matches) -> tuple[DisclosedHit, ...]:
    """Return the matches as this viewer may see them, read again and disclosed."""
    people = work.people.many([each.person for each in matches.found])
    return tuple(
        disclose_hit(
            access,
            people[each.person],
            strong=matches.answer is Answer.STRONG and each.probability >= STRONG,
            why=each.why,
            differs=each.differs,
        )
        for each in matches.found
        if each.person in people and may_be_told_of(access.role, people[each.person].lifecycle)
    )


def shown_matches(matches: Matches, hits: tuple[DisclosedHit, ...]) -> Matches:
    """Return the matches that were shown; with nobody left, the answer is that of nobody."""
    shown = {each.person for each in hits}
    found: tuple[Match, ...] = tuple(each for each in matches.found if each.person in shown)
    if not found and matches.answer is not Answer.TOO_MANY:
        return Matches(answer=Answer.NONE)
    return Matches(answer=matches.answer, found=found)


def terms(sought: Sought) -> str:
    """Return the terms of a search as the audit keeps them, sealed."""
    known = {each.name.replace("_", " "): getattr(sought, each.name) for each in fields(sought)}
    given = (
        (name, " ".join(value) if isinstance(value, tuple) else value)
        for name, value in known.items()
        if value is not None and value is not False and value not in {"", ()}
    )
    return "; ".join(name if value is True else f"{name} {value}" for name, value in given)


def _freshness(work: Work) -> tuple[Freshness, ...]:
    feeds = work.agencies.feeds()
    return tuple(
        Freshness(
            title=profile.title,
            as_of=_as_of(feeds.get(service)),
            failed=_failed(feeds.get(service)),
        )
        for service, profile in work.agencies.profiles().items()
        if profile.covered_since is not None
    )


def _as_of(feed: Feed | None) -> date | None:
    return feed.as_of if feed else None


def _failed(feed: Feed | None) -> bool:
    return feed is not None and feed.failed_at is not None
