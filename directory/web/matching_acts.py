"""The pages of merges, and of what stewards did, which a second one agrees to or takes back."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.validators import InputRequired

from directory.domain.access import NotFound
from directory.domain.matching import ActState, Changed, MergeReason, Part
from directory.operations import matching_acts as operations
from directory.operations import matching_merges as merges
from directory.operations.matching_acts import ActView
from directory.operations.matching_decisions import AlreadyAsked, MergedSince
from directory.operations.matching_merges import MergeDecision, SetApart
from directory.policy.disclosed import DisclosedAct, DisclosedCandidate, DisclosedWaiting
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number
from directory.web.choices import choices
from directory.web.matching import (
    CandidateView,
    SeenForm,
    candidate_views,
    told,
)
from directory.web.matching_pairs import PairView, pair_view
from directory.web.pages import Page, render

blueprint = capability("matching_acts")

_REASONS = {
    MergeReason.SAME_NUMBER: "They have the same NHS number",
    MergeReason.SAME_IDENTITY: "Name, date of birth and address agree",
    MergeReason.SERVICE_CONFIRMED: "A service that knows the person confirmed it",
    MergeReason.BORN_CHILD: "One of them was entered before the birth",
}
_A_PAIR = 2


class MergeForm(SeenForm):
    """Why two people are one."""

    reason = RadioField(
        "Why are they one person?",
        [InputRequired(message="Choose why they are one person")],
        choices=choices(_REASONS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage(Page):
    """What a merge would do; `changed` are the parts that changed since it was shown."""

    template: ClassVar[str] = "matching/merge.html"
    line: DisclosedWaiting
    pair: PairView
    two_needed: bool
    changed: tuple[Part, ...]
    set_apart: bool
    form: MergeForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsPage(Page):
    """What stewards did, or ask for."""

    template: ClassVar[str] = "matching/acts.html"
    state: ActState
    acts: tuple[DisclosedAct, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage(Page):
    """One act, to agree to, decline or take back."""

    template: ClassVar[str] = "matching/act.html"
    act: DisclosedAct
    undoes: DisclosedAct | None
    state: ActState
    line: DisclosedWaiting | None
    compared: tuple[CandidateView, ...]
    people: tuple[DisclosedCandidate, ...]
    pair: PairView | None
    changed: tuple[Part, ...]
    later_merge: bool
    form: SeenForm


@blueprint.get("/matching/<uuid:waiting>/merge/<uuid:one>/<uuid:other>")
@performs(Action.MATCHING_DECIDE)
def check_merge(waiting: UUID, one: UUID, other: UUID) -> ResponseReturnValue:
    """Show what merging two people would do."""
    return _merge_page(MergeForm(), waiting, frozenset({one, other}))


@blueprint.post("/matching/<uuid:waiting>/merge/<uuid:one>/<uuid:other>")
@performs(Action.MATCHING_DECIDE)
def merge(waiting: UUID, one: UUID, other: UUID) -> ResponseReturnValue:
    """Merge two people."""
    form, people = MergeForm(request.form), frozenset({one, other})
    if not form.validate():
        return _merge_page(form, waiting, people, status=422)
    decision = MergeDecision(
        waiting=waiting,
        people=people,
        reason=MergeReason(form.reason.data),
        seen=form.seen.data or "",
    )
    try:
        state = merges.merge(ledger(), current_access(), decision=decision)
    except Changed as fault:
        return _merge_page(form, waiting, people, changed=fault.parts, status=409)
    except SetApart:
        return _merge_page(form, waiting, people, set_apart="yes", status=409)
    except (AlreadyAsked, MergedSince, NotFound):
        return told("gone")
    return told("asked" if state is ActState.ASKED else "merged")


@blueprint.get("/matching/asked")
@performs(Action.MATCHING_DECIDE)
def asked() -> ResponseReturnValue:
    """Show what waits for a second person to agree."""
    return _acts_page(ActState.ASKED)


@blueprint.get("/matching/decided")
@performs(Action.MATCHING_DECIDE)
def decided() -> ResponseReturnValue:
    """Show what was decided."""
    return _acts_page(ActState.DONE)


@blueprint.get("/matching/decided/<uuid:act>")
@performs(Action.MATCHING_DECIDE)
def show(act: UUID) -> ResponseReturnValue:
    """Show one decision."""
    return _act_page(act)


@blueprint.post("/matching/decided/<uuid:act>/agree")
@performs(Action.MATCHING_DECIDE)
def agree(act: UUID) -> ResponseReturnValue:
    """Agree as the second person."""
    seen = SeenForm(request.form).seen.data or ""
    try:
        operations.agree(ledger(), current_access(), act=act, seen=seen)
    except Changed as fault:
        return _act_page(act, changed=fault.parts, status=409)
    except (MergedSince, SetApart):
        return _act_page(act, later_merge="yes", status=409)
    except NotFound:
        return told("gone")
    return told("agreed")


@blueprint.post("/matching/decided/<uuid:act>/decline")
@performs(Action.MATCHING_DECIDE)
def decline(act: UUID) -> ResponseReturnValue:
    """Decline what was asked for, or withdraw it."""
    operations.decline(ledger(), current_access(), act=act)
    return told("declined")


@blueprint.post("/matching/decided/<uuid:act>/take-back")
@performs(Action.MATCHING_DECIDE)
def take_back(act: UUID) -> ResponseReturnValue:
    """Take a decision or a merge back."""
    try:
        state = operations.take_back(ledger(), current_access(), act=act)
    except MergedSince:
        return _act_page(act, later_merge="yes", status=409)
    except AlreadyAsked:
        return told("gone")
    return told("asked" if state is ActState.ASKED else "taken_back")


def _merge_page(
    form: MergeForm,
    waiting: UUID,
    people: frozenset[UUID],
    *,
    changed: tuple[Part, ...] = (),
    set_apart: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    found = merges.check_merge(ledger(), current_access(), waiting=waiting, people=people)
    form.seen.data = found.seen
    page = MergePage(
        line=found.line,
        pair=pair_view(found.kept, found.gone, found.pupil_numbers),
        two_needed=found.two_needed,
        changed=changed,
        set_apart=bool(set_apart),
        form=form,
    )
    return render(page, status)


def _acts_page(state: ActState) -> ResponseReturnValue:
    page = asked_number("page") or 1
    found = operations.list_acts(ledger(), current_access(), state=state, page=page)
    return render(ActsPage(state=state, acts=found.acts, page=found.page, has_more=found.has_more))


def _pair(found: ActView) -> PairView | None:
    """Return the two whom an act is about, the one who stays first; None for anybody alone."""
    if len(found.people) != _A_PAIR:
        return None
    kept, gone = found.people
    return pair_view(kept, gone, found.pupil_numbers)


def _act_page(
    act: UUID, *, changed: tuple[Part, ...] = (), later_merge: str = "", status: int = 200
) -> ResponseReturnValue:
    found = operations.view_act(ledger(), current_access(), act=act)
    form = SeenForm()
    form.seen.data = found.seen
    page = ActPage(
        act=found.act,
        undoes=found.undoes,
        state=found.state,
        line=found.line,
        compared=candidate_views(found.line, found.people) if found.line else (),
        people=found.people,
        pair=_pair(found),
        changed=changed,
        later_merge=bool(later_merge),
        form=form,
    )
    return render(page, status)
