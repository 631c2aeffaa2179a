"""See what stewards did or ask for; agree to it as the second person, decline, or take it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.matching import Act, ActKind, ActState, Desk, Part
from directory.domain.people import Person
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.matching import (
    PAGE_LENGTH,
    Looked,
    candidates_of,
    check_unchanged,
    described,
    enter,
    look,
    marks_of,
    names_in,
    pair_fields,
    pair_parts,
    unsaid,
)
from directory.operations.matching_decisions import AlreadyAsked, carry_out, put_back
from directory.operations.matching_merges import carry_out_merge, put_back_merge
from directory.operations.restrictions import complete_due
from directory.policy.disclosed import (
    DisclosedAct,
    DisclosedCandidate,
    DisclosedWaiting,
    fields_shown,
)
from directory.policy.disclosure import disclose_act
from directory.policy.matching import Compared, pupil_numbers_compared
from directory.policy.permissions import Action, desk_of

_A_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """A page of acts, the newest first; pages count from 1."""

    acts: tuple[DisclosedAct, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """One act with those it is about as they are now; `line` while it is about a waiting one.

    `undoes` is what it would take back. `seen` says what was shown.
    """

    act: DisclosedAct
    undoes: DisclosedAct | None
    state: ActState
    line: DisclosedWaiting | None
    people: tuple[DisclosedCandidate, ...]
    pupil_numbers: Compared
    seen: str


def list_acts(ledger: Ledger, access: Access, *, state: ActState, page: int) -> Acts:
    """Return what stewards did, or what waits for a second person to agree."""
    with ledger.entry(access, Event.MATCHES_LISTED, action=Action.MATCHING_DECIDE) as work:
        enter(work)
        found = work.matching_acts.acts(
            state,
            desk_of(access.role),
            work.guarded(),
            first=(page - 1) * PAGE_LENGTH,
            most=PAGE_LENGTH + 1,
        )
        acts = _disclosed(work, access, found[:PAGE_LENGTH])
        work.remark(fields=fields_shown(acts), words=state)
    return Acts(acts=acts, page=page, has_more=len(found) > PAGE_LENGTH)


def view_act(ledger: Ledger, access: Access, *, act: UUID) -> ActView:
    """Return one act of the viewer's own desk."""
    with ledger.entry(access, Event.MATCH_VIEWED, action=Action.MATCHING_DECIDE) as work:
        enter(work)
        view = _view(work, access, _own_desk(work, access, act))
        work.remark(
            shown=tuple(each.person for each in view.people),
            fields=pair_fields(view.people, view.pupil_numbers),
        )
    return view


def agree(ledger: Ledger, access: Access, *, act: UUID, seen: str) -> None:
    """Agree, as the second person, to what another asked for: it is done at once.

    Raises Changed where what was shown changed meanwhile.
    """
    with ledger.entry(access, Event.MATCH_AGREED, action=Action.MATCHING_DECIDE) as work:
        found = _asked(work, access, act)
        if found.asked_by == access.account:
            raise Refused
        check_unchanged(seen, _view(work, access, found).seen)
        work.matching_acts.finish(act, ActState.DONE, second=access.account, at=access.at)
        done = _own_desk(work, access, act)
        work.remark(subject=done.person, words=done.kind)
        _carry_out(work, access, done)
    if desk_of(access.role) is Desk.HELD:
        complete_due(ledger, access)


def decline(ledger: Ledger, access: Access, *, act: UUID) -> None:
    """Decline what another asked for, or withdraw what one asked for oneself."""
    with ledger.entry(access, Event.MATCH_DECLINED, action=Action.MATCHING_DECIDE) as work:
        found = _asked(work, access, act)
        second = None if found.asked_by == access.account else access.account
        work.matching_acts.finish(act, ActState.DECLINED, second=second, at=access.at)
        work.remark(subject=found.person, words=found.kind)


def take_back(ledger: Ledger, access: Access, *, act: UUID) -> ActState:
    """Take a decision or a merge back; a second person must agree to it at the held desk.

    Lines that were matched to the same person by evidence meanwhile stay with the person.
    """
    with ledger.entry(access, Event.MATCH_TAKEN_BACK, action=Action.MATCHING_DECIDE) as work:
        enter(work)
        found = _own_desk(work, access, act)
        work.remark(subject=found.person, occasion=found.waiting, words=found.kind)
        if not found.can_be_taken_back:
            raise NotFound
        if access.account is None:
            raise Refused
        if work.matching_acts.asks_to_undo(act):
            raise AlreadyAsked
        two_needed = desk_of(access.role) is Desk.HELD
        back = Act(
            reference=work.new_reference(),
            kind=ActKind.TAKE_BACK,
            state=ActState.ASKED if two_needed else ActState.DONE,
            asked_by=access.account,
            asked_at=access.at,
            undoes=act,
            two_needed=two_needed,
        )
        work.matching_acts.keep(back)
        if not two_needed:
            _put_back(work, found)
        work.remark(words=f"{found.kind}: {back.state}")
    return back.state


def _view(work: Work, access: Access, act: Act) -> ActView:
    """Return what is shown of `act`; its line too, while it still waits."""
    undone = work.matching_acts.act(act.undoes) if act.undoes else None
    named = names_in(undone or act)
    looked = _line_of(work, access, act)
    people = candidates_of(work, access, {each: unsaid(each) for each in named})
    if looked is not None:
        people = tuple(each for each in looked.candidates if each.person in named)
    pupil_numbers = _pupil_numbers(work, access, people)
    line = {Part.LINE: looked.waiting.digest} if looked else {}
    disclosed = _disclosed(work, access, (act, undone) if undone else (act,))
    return ActView(
        act=disclosed[0],
        undoes=disclosed[1] if undone else None,
        state=act.state,
        line=looked.line if looked else None,
        people=people,
        pupil_numbers=pupil_numbers,
        seen=marks_of(work, {**pair_parts(people, pupil_numbers), **line}),
    )


def _pupil_numbers(work: Work, access: Access, people: Sequence[DisclosedCandidate]) -> Compared:
    """Return how the pupil numbers of two people compare; nothing for anybody alone."""
    if len(people) != _A_PAIR:
        return Compared.NOTHING
    one, other = described(work, access, [each.person for each in people]).values()
    return pupil_numbers_compared(one, other)


def _line_of(work: Work, access: Access, act: Act) -> Looked | None:
    """Return the line that `act` asks about, None where it asks about none that waits still."""
    if act.waiting is None or act.kind is ActKind.MERGE or act.state is not ActState.ASKED:
        return None
    try:
        return look(work, access, act.waiting)
    except NotFound:
        return None


def _own_desk(work: Work, access: Access, act: UUID) -> Act:
    """Return the act, or raise NotFound where it is the other desk's."""
    found = work.matching_acts.act(act)
    touches = work.matching_acts.is_of(act, work.guarded())
    if found is None or (Desk.HELD if touches else Desk.OPEN) is not desk_of(access.role):
        raise NotFound
    return found


def _asked(work: Work, access: Access, act: UUID) -> Act:
    enter(work)
    work.remark(occasion=act)
    found = _own_desk(work, access, act)
    if found.state is not ActState.ASKED:
        raise NotFound
    return found


def _carry_out(work: Work, access: Access, act: Act) -> None:
    if act.kind is ActKind.MERGE:
        carry_out_merge(work, act)
    elif act.undoes is not None:
        undone = work.matching_acts.act(act.undoes)
        if undone is None or not undone.can_be_taken_back:
            raise NotFound
        _put_back(work, undone)
    elif act.waiting is not None:
        carry_out(work, act, look(work, access, act.waiting).waiting)


def _put_back(work: Work, act: Act) -> None:
    if act.kind is ActKind.MERGE:
        put_back_merge(work, act)
    else:
        put_back(work, act)


def _disclosed(work: Work, access: Access, acts: Collection[Act]) -> tuple[DisclosedAct, ...]:
    named = {person for act in acts for person in names_in(act)}
    people = described(work, access, named)
    actors = work.accounts.names({act.asked_by for act in acts})
    return tuple(
        disclose_act(access, act, actor=actors.get(act.asked_by, ""), people=_of(act, people))
        for act in acts
    )


def _of(act: Act, people: dict[UUID, Person]) -> tuple[Person, ...]:
    return tuple(people[each] for each in names_in(act) if each in people)
