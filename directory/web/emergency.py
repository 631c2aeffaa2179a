"""The pages of emergency access: to open it, and to review what others opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from directory.domain.access import NotFound
from directory.domain.dates import local_day
from directory.domain.emergency import EmergencyReason, OwnOccasion, ReviewOutcome
from directory.operations import emergency as operations
from directory.operations.emergency import ToReview
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.fresh_factor import freshly_proven
from directory.web.pages import Page, Shown, render
from directory.web.sign_in import second_factor_rule
from directory.web.wording import ROLE_NAMES

blueprint = capability("emergency")

_A_MOMENT = timedelta(seconds=1)  # before the midnight that ends a day

_REASONS: Mapping[EmergencyReason, str] = {
    EmergencyReason.RISK_TO_LIFE: "A life is at risk",
    EmergencyReason.SERIOUS_HARM: "Somebody may come to serious harm now",
    EmergencyReason.MISSING_CHILD: "A child is missing",
    EmergencyReason.SERVICES_CLOSED: "It cannot wait and nobody answers",
}


class OpenForm(Form):
    """Why it cannot wait."""

    reason = RadioField(
        "Why can it not wait?",
        [InputRequired(message="Choose why it cannot wait")],
        choices=choices(_REASONS),
    )
    words = TextAreaField(
        "What do you need to find out?",
        [
            InputRequired(message="Write one sentence"),
            Length(max=500, message="Write at most 500 characters"),
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage(Page):
    """Asks why it cannot wait."""

    template: ClassVar[str] = "emergency/open.html"
    back: str
    form: OpenForm


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionView(Shown):
    """One occasion to review, and nobody of the family."""

    reference: UUID
    user: str
    role: str
    reason: str
    words: str
    started: datetime
    review_by: date
    overdue: bool
    repeated: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Page):
    """The occasions that wait for review."""

    template: ClassVar[str] = "emergency/review.html"
    occasions: tuple[OccasionView, ...]


@blueprint.get("/families/<uuid:viewing>/emergency")
@performs(Action.EMERGENCY_OPEN)
def ask(viewing: UUID) -> ResponseReturnValue:
    """Ask why it cannot wait."""
    if not ledger().looks_at(current_access(), viewing, action=Action.EMERGENCY_OPEN):
        raise NotFound
    return render(OpenPage(back=f"/families/{viewing}", form=OpenForm()))


@blueprint.post("/families/<uuid:viewing>/emergency")
@performs(Action.EMERGENCY_OPEN)
@freshly_proven
def open_emergency(viewing: UUID) -> ResponseReturnValue:
    """Open emergency access to the family."""
    if not ledger().looks_at(current_access(), viewing, action=Action.EMERGENCY_OPEN):
        raise NotFound
    form = OpenForm(request.form)
    if not form.validate():
        return render(OpenPage(back=f"/families/{viewing}", form=form), 422)
    operations.open_emergency(
        ledger(),
        current_access(),
        viewing=viewing,
        reason=EmergencyReason(form.reason.data),
        words=form.words.data or "",
        rule=second_factor_rule(),
    )
    return redirect(f"/families/{viewing}", 303)


@blueprint.get("/emergency")
@performs(Action.EMERGENCY_REVIEW)
def to_review() -> ResponseReturnValue:
    """Show what waits for review."""
    return _review_page(200)


@blueprint.post("/emergency/<uuid:occasion>")
@performs(Action.EMERGENCY_REVIEW)
def review(occasion: UUID) -> ResponseReturnValue:
    """Take what the review of an occasion found."""
    outcome = request.form.get("outcome", "")
    if outcome not in set(ReviewOutcome):
        abort(400)
    try:
        operations.review(
            ledger(), current_access(), occasion=occasion, outcome=ReviewOutcome(outcome)
        )
    except OwnOccasion:
        return _review_page(422)
    return redirect("/emergency", 303)


def _review_page(status: int) -> ResponseReturnValue:
    found = operations.list_to_review(ledger(), current_access())
    return render(ReviewPage(occasions=tuple(map(_view, found))), status)


def _view(each: ToReview) -> OccasionView:
    return OccasionView(
        reference=each.reference,
        user=each.user,
        role=ROLE_NAMES[each.role],
        reason=_REASONS[each.reason],
        words=each.words,
        started=each.started,
        review_by=local_day(each.review_due - _A_MOMENT),
        overdue=each.overdue,
        repeated=each.repeated,
        own=each.own,
    )
