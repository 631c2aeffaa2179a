"""The page on which a family is handed on to a colleague."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import EmailField, Form, TextAreaField
from wtforms.validators import Email, InputRequired, Length

from directory.domain.access import NotFound
from directory.domain.identifiers import holds_nhs_number
from directory.operations import handing_on as operations
from directory.operations.handing_on import NobodyToReceive
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.pages import Page, render

blueprint = capability("handing_on")

_LONGEST, _LONGEST_REASON = 120, 300


class HandOnForm(Form):
    """To whom, and why."""

    email = EmailField(
        "Your colleague’s work e-mail address",
        [
            InputRequired(message="Enter their work e-mail address"),
            Email(message="Enter an e-mail address such as name@council.gov.uk"),
            Length(max=_LONGEST, message=f"Use {_LONGEST} characters or fewer"),
        ],
    )
    reason = TextAreaField(
        "Why",
        [
            InputRequired(message="Enter why"),
            Length(max=_LONGEST_REASON, message=f"Use {_LONGEST_REASON} characters or fewer"),
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOnPage(Page):
    """Says what handing on does, and asks to whom."""

    template: ClassVar[str] = "families/hand_on.html"
    viewing: UUID
    form: HandOnForm


@blueprint.get("/families/<uuid:viewing>/hand-on")
@performs(Action.FAMILY_HAND_ON)
def begin(viewing: UUID) -> ResponseReturnValue:
    """Ask to whom the family is handed on."""
    _check_looked_at(viewing)
    return _page(viewing, HandOnForm())


@blueprint.post("/families/<uuid:viewing>/hand-on")
@performs(Action.FAMILY_HAND_ON)
def hand_on(viewing: UUID) -> ResponseReturnValue:
    """Hand the family on, and lead back to it."""
    _check_looked_at(viewing)
    form = HandOnForm(request.form)
    if not form.validate():
        return _page(viewing, form, status=422)
    if holds_nhs_number(form.reason.data or ""):
        form.reason.errors = ["Leave NHS numbers out of the reason"]
        return _page(viewing, form, status=422)
    try:
        operations.hand_on(
            ledger(),
            current_access(),
            viewing=viewing,
            email=form.email.data or "",
            reason=form.reason.data or "",
        )
    except NobodyToReceive:
        form.email.errors = ["No colleague of this address can take a family on"]
        return _page(viewing, form, status=422)
    return redirect(f"/families/{viewing}?said=handed_on", 303)


def _check_looked_at(viewing: UUID) -> None:
    if not ledger().looks_at(current_access(), viewing, action=Action.FAMILY_HAND_ON):
        raise NotFound


def _page(viewing: UUID, form: HandOnForm, *, status: int = 200) -> Response:
    return render(HandOnPage(viewing=viewing, form=form), status)
