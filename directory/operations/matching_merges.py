"""Merge two people whom a steward takes for one, and take a merge back exactly."""

from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.matching import Act, ActKind, ActState, MergeReason, Part
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.matching import (
    check_unchanged,
    described,
    look,
    marks_of,
    pair_fields,
    pair_parts,
)
from directory.operations.matching_decisions import AlreadyAsked, MergedSince
from directory.policy.disclosed import DisclosedCandidate, DisclosedWaiting
from directory.policy.matching import Compared, numbers_differ, pupil_numbers_compared
from directory.policy.permissions import Action


class SetApart(Refused):
    """A marker says that a line of one of them is not the other's: it must be lifted first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeCheck:
    """What a merge would do; `kept` stays and `gone` is merged into them."""

    line: DisclosedWaiting
    kept: DisclosedCandidate
    gone: DisclosedCandidate
    pupil_numbers: Compared
    two_needed: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDecision:
    """That two people whom the waiting line resembles are one, on what was `seen` of both."""

    waiting: UUID
    people: frozenset[UUID]
    reason: MergeReason
    seen: str


def check_merge(
    ledger: Ledger, access: Access, *, waiting: UUID, people: frozenset[UUID]
) -> MergeCheck:
    """Return what merging two people whom the waiting line resembles would do."""
    with ledger.entry(access, Event.MATCH_VIEWED, action=Action.MATCHING_DECIDE) as work:
        found = _found(work, access, waiting, people)
        both = (found.kept, found.gone)
        work.remark(
            shown=tuple(each.person for each in both),
            fields=pair_fields(both, found.pupil_numbers),
        )
    return found


def merge(ledger: Ledger, access: Access, *, decision: MergeDecision) -> ActState:
    """Merge two people, or ask a second person to agree where their NHS numbers differ.

    Raises Changed where what was seen of either changed meanwhile, and SetApart.
    """
    with ledger.entry(access, Event.PEOPLE_MERGED, action=Action.MATCHING_DECIDE) as work:
        work.remark(words=decision.reason)
        work.extracts.reserve(1)  # whoever stages lines waits, and asks anew whose they are
        found = _found(work, access, decision.waiting, decision.people)
        check_unchanged(decision.seen, found.seen)
        kept, gone = found.kept.person, found.gone.person
        if work.matching_acts.asked_about(people=decision.people):
            raise AlreadyAsked
        if access.account is None:
            raise Refused
        act = Act(
            reference=work.new_reference(),
            kind=ActKind.MERGE,
            state=ActState.ASKED if found.two_needed else ActState.DONE,
            asked_by=access.account,
            asked_at=access.at,
            waiting=decision.waiting,
            person=kept,
            other=gone,
            reason=decision.reason,
            two_needed=found.two_needed,
        )
        work.matching_acts.keep(act)
        if act.state is ActState.DONE:
            carry_out_merge(work, act)
        work.remark(subject=kept, shown=(gone,), words=f"{decision.reason}: {act.state}")
    return act.state


def carry_out_merge(work: Work, act: Act) -> None:
    """Merge the two people of `act`, in the open unit of work."""
    kept, gone = _both(act)
    if work.merges.are_set_apart(kept, gone):
        raise SetApart
    if work.merges.is_merged(kept) or work.merges.is_merged(gone):
        raise MergedSince
    work.extracts.reserve(1)
    work.merges.merge(act.reference, kept=kept, gone=gone)
    work.restrictions.follow(gone, kept)
    work.matching.join_born(gone, work.access.at)
    work.index_or_hide([kept, gone])


def put_back_merge(work: Work, act: Act) -> None:
    """Put back all that the merge of `act` moved; raises MergedSince after a later merge.

    Whoever protects the one protects the other from then on: they were taken for one person.
    """
    kept, gone = _both(act)
    if work.merges.is_merged(kept):
        raise MergedSince
    work.extracts.reserve(1)
    work.merges.unmerge(act.reference, kept=kept, gone=gone, at=work.access.at)
    work.matching.expect_again(gone, act.done_at)
    work.restrictions.follow(kept, gone)
    work.index_or_hide([kept, gone])


def _found(work: Work, access: Access, waiting: UUID, people: frozenset[UUID]) -> MergeCheck:
    looked = look(work, access, waiting)
    both = [each for each in looked.candidates if each.person in people]
    if len(both) != 2 or len(people) != 2:  # noqa: PLR2004 - two people are merged
        raise NotFound
    kept, gone = sorted(both, key=_stays)
    known = described(work, access, [kept.person, gone.person])
    pair = (known[kept.person], known[gone.person])
    pupil_numbers = pupil_numbers_compared(*pair)
    parts = {**pair_parts((kept, gone), pupil_numbers), Part.LINE: looked.waiting.digest}
    return MergeCheck(
        line=looked.line,
        kept=kept,
        gone=gone,
        pupil_numbers=pupil_numbers,
        two_needed=looked.two_needed or numbers_differ(*pair),
        seen=marks_of(work, parts),
    )


def _stays(candidate: DisclosedCandidate) -> tuple[bool, int, str]:
    """Order by who stays: somebody born before somebody expected, then whom more know."""
    return (candidate.expected is not None, -candidate.services_known, str(candidate.person))


def _both(act: Act) -> tuple[UUID, UUID]:
    if act.person is None or act.other is None:
        raise Refused
    return act.person, act.other
