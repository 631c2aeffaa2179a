"""The page of the organisations' assurances."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.validators import InputRequired

from directory.domain.assurance import AMBER, Assurance
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.gates import GateFault
from directory.operations import assurance as operations
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render

blueprint = capability("assurance")


class AssureForm(Form):
    """Which organisation, until when, and by what."""

    organisation = SelectField("Organisation", [InputRequired(message="Choose an organisation")])
    until = StringField("Assured until", [InputRequired(message="Enter the day on which it ends")])
    evidence = StringField(
        "Reference of the evidence", [InputRequired(message="Enter the reference of the evidence")]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AssuranceView(Shown):
    """One organisation's assurance."""

    name: str
    until: date
    evidence: str
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssurancePage(Page):
    """The assurances, and the form that records one."""

    template: ClassVar[str] = "assurance/list.html"
    assured: tuple[AssuranceView, ...]
    unasked: int
    amber_days: int
    form: AssureForm
    said: str


@blueprint.get("/assurance")
@performs(Action.ASSURANCE_KEEP)
def show() -> ResponseReturnValue:
    """Show the assurances."""
    found = operations.list_assurances(ledger(), current_access())
    return _page(found, _form(found, AssureForm()))


@blueprint.post("/assurance")
@performs(Action.ASSURANCE_KEEP)
def keep() -> ResponseReturnValue:
    """Record an assurance."""
    found = operations.list_assurances(ledger(), current_access())
    form = _form(found, AssureForm(request.form))
    if not form.validate():
        return _page(found, form, status=422)
    try:
        operations.assure(
            ledger(),
            current_access(),
            organisation=UUID(form.organisation.data),
            until=parse_day(form.until.data or ""),
            evidence=form.evidence.data or "",
        )
    except MalformedDate as fault:
        form.until.errors = [f"The day {fault}"]
        return _page(found, form, status=422)
    except GateFault as fault:
        form.until.errors = [str(fault).capitalize()]
        return _page(found, form, status=422)
    return redirect("/assurance?said=kept", 303)


def _form(found: tuple[Assurance, ...], form: AssureForm) -> AssureForm:
    names = {str(each.organisation): each.name for each in found}
    ordered = dict(sorted(names.items(), key=lambda each: each[1].casefold()))
    form.organisation.choices = choices(ordered, unchosen="Choose one")
    return form


def _page(found: tuple[Assurance, ...], form: AssureForm, *, status: int = 200) -> Response:
    today = current_access().today
    page = AssurancePage(
        assured=tuple(
            AssuranceView(
                name=each.name,
                until=each.until,
                evidence=each.evidence,
                is_over=each.until <= today,
            )
            for each in found
            if each.until is not None
        ),
        unasked=sum(each.until is None for each in found),
        amber_days=AMBER.days,
        form=form,
        said="kept" if request.args.get("said") else "",
    )
    return render(page, status)
