"""The page on which a service lead says what their own column headings stand for."""

from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.validators import ValidationError

from directory.domain.access import NotFound, Refused
from directory.domain.mapping import MOST_HEADING, HeadingRefused
from directory.domain.vocabulary import Service
from directory.operations import mapping
from directory.operations.columns import known_columns
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render

blueprint = capability("headings")


class HeadingForm(Form):
    """A heading of the sender's own, and the column it stands for."""

    heading = StringField("Your heading")
    column = SelectField("It is our column", validate_choice=False)

    def validate_heading(self, field: StringField) -> None:
        """Refuse none, and one that is too long."""
        text = (field.data or "").strip()
        if not 0 < len(text) <= MOST_HEADING:
            raise ValidationError(f"Enter your heading, {MOST_HEADING} letters at most")

    def validate_column(self, field: SelectField) -> None:
        """Refuse no choice."""
        if field.data not in known_columns(_own()):
            raise ValidationError("Choose which column it is")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingView(Shown):
    """One heading, and the column it stands for."""

    heading: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingsPage(Page):
    """What the service's own headings stand for."""

    template: ClassVar[str] = "sending/headings.html"
    headings: tuple[HeadingView, ...]
    form: HeadingForm


@blueprint.get("/extracts/headings")
@performs(Action.EXTRACT_SEND)
def headings_page() -> ResponseReturnValue:
    """Show what the service's own headings stand for."""
    return _page(HeadingForm())


@blueprint.post("/extracts/headings")
@performs(Action.EXTRACT_SEND)
def say() -> ResponseReturnValue:
    """Keep what a heading stands for."""
    form = HeadingForm(request.form)
    if not form.validate():
        return _page(form, 422)
    try:
        mapping.say_meaning(
            ledger(),
            current_access(),
            service=_own(),
            heading=form.heading.data or "",
            column=form.column.data or "",
        )
    except HeadingRefused as fault:
        form.heading.errors = [f"It {fault}"]
        return _page(form, 422)
    return redirect("/extracts/headings", 303)


@blueprint.post("/extracts/headings/forget")
@performs(Action.EXTRACT_SEND)
def forget() -> ResponseReturnValue:
    """Forget what a heading stands for."""
    with suppress(NotFound):  # somebody else was first
        mapping.forget_meaning(
            ledger(), current_access(), service=_own(), heading=request.form.get("heading", "")
        )
    return redirect("/extracts/headings", 303)


def _page(form: HeadingForm, status: int = 200) -> ResponseReturnValue:
    found = mapping.list_meanings(ledger(), current_access(), service=_own())
    form.column.choices = choices(
        {name: name for name in known_columns(_own())}, unchosen="Choose a column"
    )
    shown = tuple(HeadingView(heading=own, column=name) for own, name in found.items())
    return render(HeadingsPage(headings=shown, form=form), status)


def _own() -> Service:
    service = current_access().service
    if service is None:
        raise Refused
    return service
