"""Decide whose a waiting line is, alone or asking a second person to agree, or take it back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.extracts import identity_digest
from directory.domain.matching import (
    Act,
    ActKind,
    ActState,
    Choice,
    Expected,
    Sent,
    WaitingLine,
)
from directory.domain.vocabulary import Lifecycle
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.matching import check_unchanged, chosen_of, look, marks
from directory.policy.permissions import Action


class AlreadyAsked(Refused):
    """A second person has to agree to something about the same line or people first."""


class MergedSince(Refused):
    """The person was merged since; that merge has to be taken back first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a steward decided about a waiting line, on what they had `seen`.

    `expected` is set for a new person who is not born yet: the day on which the birth is expected.
    """

    waiting: UUID
    choice: Choice
    person: UUID | None
    seen: str
    expected: date | None = None


_KINDS = {
    Choice.THIS_PERSON: ActKind.THIS_PERSON,
    Choice.NEW_PERSON: ActKind.NEW_PERSON,
    Choice.NOT_THIS_PERSON: ActKind.NOT_THIS_PERSON,
}


def decide(ledger: Ledger, access: Access, *, decision: Decision) -> ActState:
    """Decide whose the line is: it is seen at once, or once a second person agreed.

    Raises Changed where what the steward had seen changed meanwhile; nothing is done then.
    """
    with ledger.entry(
        access, Event.MATCH_DECIDED, action=Action.MATCHING_DECIDE, subject=decision.person
    ) as work:
        work.remark(occasion=decision.waiting, words=decision.choice)
        hold(work, decision.waiting)
        looked = look(work, access, decision.waiting)
        chosen = chosen_of(work, looked, decision.choice, decision.person)
        check_unchanged(decision.seen, marks(work, looked, chosen))
        if work.matching_acts.asked_about(waiting=decision.waiting):
            raise AlreadyAsked
        if access.account is None:
            raise Refused
        act = Act(
            reference=work.new_reference(),
            kind=_KINDS[decision.choice],
            state=ActState.ASKED if looked.two_needed else ActState.DONE,
            asked_by=access.account,
            asked_at=access.at,
            waiting=decision.waiting,
            person=chosen.person if chosen else None,
            expected=decision.expected,
            two_needed=looked.two_needed,
        )
        work.matching_acts.keep(act, identity=_held_apart(act, looked.waiting))
        if act.state is ActState.DONE:
            carry_out(work, act, looked.waiting)
        work.remark(words=f"{decision.choice}: {act.state}")
    return act.state


def leave_for_later(ledger: Ledger, access: Access, *, waiting: UUID) -> None:
    """Put the line at the end of the queue."""
    with ledger.entry(access, Event.MATCH_DECIDED, action=Action.MATCHING_DECIDE) as work:
        look(work, access, waiting)
        work.matching.postpone(waiting, access.at)
        work.remark(words=Choice.LATER)


def carry_out(work: Work, act: Act, line: WaitingLine) -> None:
    """Do what was decided about the line, in the open unit of work."""
    if act.kind is ActKind.NOT_THIS_PERSON:
        work.extracts.reserve(1)  # whoever stages lines asks anew whose they are
        return
    if act.kind is ActKind.THIS_PERSON and act.person is not None:
        person = act.person
        born = line.identity.birth is not None
        if born and work.matching.join_born(person, work.access.at):
            work.people.set_lifecycle(person, Lifecycle.LIVE)
    else:
        person = _begin(work, act)
    work.extracts.reserve(1)
    work.matching_acts.link(line.service, line.source_reference, person)
    work.extracts.recount(line.service)
    work.index_people([person])
    work.remark(subject=person)


def put_back(work: Work, act: Act) -> None:
    """Let the line of `act` wait again, or lift the marker it made."""
    if act.kind is not ActKind.NOT_THIS_PERSON:
        _let_wait(work, act)
    work.extracts.reserve(1)  # whoever stages lines asks anew whose they are
    work.matching_acts.mark_undone(act.reference, work.access.at)


def hold(work: Work, waiting: UUID) -> Sent:
    """Keep files with the line from being staged until the unit of work ends."""
    sent = work.matching.sent(waiting)
    if sent is None:
        raise NotFound
    work.matching_acts.hold_feed(sent.service)
    return sent


def _let_wait(work: Work, act: Act) -> None:
    if act.person is None or act.waiting is None:
        raise Refused
    sent = hold(work, act.waiting)
    if work.merges.is_merged(act.person):
        raise MergedSince
    work.matching_acts.unlink(sent.service, sent.source_reference, act.person)
    if work.matching.expect_again(act.person, act.done_at):
        work.people.set_lifecycle(act.person, Lifecycle.UNBORN)
    work.extracts.recount(sent.service)
    work.index_or_hide([act.person])


def _begin(work: Work, act: Act) -> UUID:
    person = work.new_reference()
    work.people.new([person], work.access.at)
    work.matching_acts.name_person(act.reference, person)
    if act.expected is not None:
        work.people.set_lifecycle(person, Lifecycle.UNBORN)
        work.matching.expect(Expected(person=person, day=act.expected))
    return person


def _held_apart(act: Act, line: WaitingLine) -> bytes | None:
    """Return for what else than the line's own reference a marker holds."""
    is_marker = act.kind is ActKind.NOT_THIS_PERSON
    return identity_digest(line.digest) if is_marker else None
