"""Report that a contact is wrong, and answer what was reported of one's own service's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.corrections import (
    TOLD_FOR,
    About,
    Answer,
    Answered,
    Correction,
    Named,
    Reporter,
    Wrong,
    about_what,
    answer_due,
    offered,
)
from directory.domain.events import Event
from directory.domain.people import Person
from directory.domain.upkeep import Kept
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.sight import card_in, see
from directory.operations.upkeep import enter_own
from directory.policy.corrections import DisclosedCorrection, disclose_correction
from directory.policy.disclosed import DisclosedContact, DisclosedPerson, fields_shown
from directory.policy.permissions import Action, may_be_told_of

AT_ONCE = 20
NOBODY = UUID(int=0)
"""Asked for beside others, so that statements are as many whoever is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a contact stands: on a service's card about a member of a family that is looked at.

    `contact` is whom it shows, None for the first that may be reported.
    """

    viewing: UUID
    person: UUID
    service: Service
    contact: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReport:
    """A contact that may be reported, and what can be wrong with it."""

    member: DisclosedPerson
    contact: DisclosedContact
    title: str
    offered: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One page of what a service is to answer; `more` where another page follows."""

    corrections: tuple[DisclosedCorrection, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A report that no one answered in time, and nobody it is about."""

    service: Service
    wrong: Wrong
    reported_at: datetime
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a user reported, how it stands, and nobody it is about; `answer` None while open."""

    service: Service
    wrong: Wrong
    reported_at: datetime
    answer_by: date
    overdue: bool
    answer: Answer | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A report that its service's desk may be told of."""

    named: Named
    person: Person | None
    kept: Kept | None


def begin(ledger: Ledger, access: Access, *, place: Place) -> ToReport:
    """Return the contact that stands in `place`, to say what is wrong with it.

    Raises NotFound where none stands there, or none that may be reported.
    """
    with ledger.entry(access, Event.REPORT_BEGUN, action=Action.CONTACT_REPORT) as work:
        found, _ = _found(work, access, place)
        work.remark(fields=fields_shown((found.member, found.contact)))
    return found


def report(ledger: Ledger, access: Access, *, place: Place, wrong: Wrong) -> None:
    """Report what is wrong with a contact; while one's report stands open, again changes nothing.

    Raises NotFound as `begin` does, and NotOfThisContact for what cannot be wrong with it.
    """
    with ledger.entry(access, Event.CONTACT_REPORTED, action=Action.CONTACT_REPORT) as work:
        _, shown = _found(work, access, place)
        work.remark(words=wrong)
        if access.account is None:
            raise Refused
        work.corrections.keep(
            Correction(
                reference=work.new_reference(),
                about=about_what(shown, wrong),
                wrong=wrong,
                reporter=Reporter(
                    account=access.account, organisation=access.organisation, role=access.role
                ),
                at=access.at,
                due=answer_due(access.at, work.holidays),
            )
        )


def list_mine(ledger: Ledger, access: Access) -> tuple[Own, ...]:
    """Return what the user reported of late, the newest first, and what was answered.

    A report about the involvement of somebody the user may know of no more is left out.
    """
    with ledger.entry(access, Event.OWN_REPORTS_LISTED, action=Action.CONTACT_REPORT) as work:
        if access.account is None:
            raise Refused
        found = work.corrections.of(access.account, since=access.at - TOLD_FOR)
        told = _told_of(work, access, found)
    return tuple(
        Own(
            service=each.about.service,
            wrong=each.wrong,
            reported_at=each.at,
            answer_by=each.answer_by,
            overdue=each.is_overdue(access.at),
            answer=each.answered.answer if each.answered else None,
            answered_at=each.answered.at if each.answered else None,
        )
        for each in found
        if each.about.person is None or each.about.person in told
    )


def list_waiting(ledger: Ledger, access: Access, *, page: int) -> Waiting:
    """Return a page of what the user's own service is to answer, the most overdue first.

    A report about somebody the user may not know of, or not of their own, is as one never made.
    """
    with ledger.entry(access, Event.REPORTS_LISTED, action=Action.CORRECTIONS_ANSWER) as work:
        waiting = _waiting(work, access)
        start = (page - 1) * AT_ONCE
        shown = tuple(
            disclose_correction(access, each.named, person=each.person, kept=each.kept)
            for each in waiting[start : start + AT_ONCE]
        )
        people = tuple(each.person.person for each in shown if each.person is not None)
        work.remark(shown=people, fields=fields_shown(shown))
    return Waiting(corrections=shown, more=len(waiting) > start + AT_ONCE)


def answer(ledger: Ledger, access: Access, *, correction: UUID, answer: Answer) -> None:
    """Answer a report, and every other that says the same of the same; their badge goes at once.

    Raises NotFound for one that is answered, another service's, or as one never made.
    """
    with ledger.entry(access, Event.REPORT_ANSWERED, action=Action.CORRECTIONS_ANSWER) as work:
        waiting = [each.named.correction for each in _waiting(work, access)]
        found = next((each for each in waiting if each.reference == correction), None)
        if found is None or access.account is None:
            raise NotFound
        work.remark(words=f"{found.wrong}: {answer}")
        if found.about.person is not None:
            work.remark(subject=found.about.person)
        work.corrections.answer(
            [each.reference for each in waiting if each.is_alike(found)],
            Answered(answer=answer, by=access.account, at=access.at),
        )


def list_overdue(ledger: Ledger, access: Access) -> tuple[Overdue, ...]:
    """Return what no service answered in time, the longest overdue first.

    A report about the involvement of somebody who is hidden is as one never made.
    """
    with ledger.entry(
        access, Event.OVERDUE_REPORTS_LISTED, action=Action.CORRECTIONS_OVERSEE
    ) as work:
        found = work.corrections.overdue(access.at)
        told = _told_of(work, access, found)
    return tuple(
        Overdue(
            service=each.about.service,
            wrong=each.wrong,
            reported_at=each.at,
            days=each.days_overdue(access.at),
        )
        for each in found
        if each.about.person is None or each.about.person in told
    )


def _found(work: Work, access: Access, place: Place) -> tuple[ToReport, About]:
    """Return the contact in `place`, and what a report would be about."""
    sight = see(work, access, place.viewing)
    card = card_in(work, access, sight, person=place.person, service=place.service)
    for each in card.contacts:
        if each.about is not None and place.contact in {None, each.about}:
            named = bool(each.practitioner)
            about = About(
                service=place.service,
                practitioner=each.about if named else None,
                team=None if named else each.about,
                person=place.person,
            )
            found = ToReport(
                member=card.line.member,
                contact=each,
                title=card.line.title,
                offered=offered(about),
            )
            return found, about
    raise NotFound


def _told_of(work: Work, access: Access, reports: Iterable[Correction]) -> dict[UUID, Person]:
    """Return those whose involvements the reports are about of whom this user may know."""
    about = {each.about.person for each in reports if each.about.person is not None}
    return {
        reference: person
        for reference, person in work.people.many({NOBODY, *about}).items()
        if may_be_told_of(access.role, person.lifecycle)
    }


def _waiting(work: Work, access: Access) -> tuple[_Told, ...]:
    """Return what this desk is to answer and may be told of, the most overdue first."""
    service = enter_own(work, access)
    found = work.corrections.waiting(service)
    people = _told_of(work, access, (each.correction for each in found))
    own = work.upkeep.about(service, {NOBODY, *people})
    told = (_told(each, people, own) for each in found)
    return tuple(each for each in told if each is not None)


def _told(named: Named, people: dict[UUID, Person], own: tuple[Kept, ...]) -> _Told | None:
    """Return a report with whose involvement it is about, None where that is not to be told."""
    about = named.correction.about
    if about.person is None:
        return _Told(named=named, person=None, kept=None)
    kept = [each for each in own if each.person == about.person]
    if not kept:
        return None
    theirs = min(kept, key=lambda each: not _is_of(each, about))
    return _Told(named=named, person=people[about.person], kept=theirs)


def _is_of(kept: Kept, about: About) -> bool:
    """Return whether this involvement shows the contact that was reported."""
    lead, team = kept.said.lead.practitioner, kept.said.lead.team
    return lead == about.practitioner if about.practitioner else team == about.team
