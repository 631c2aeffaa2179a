"""The page of the organisations' assurances."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.validators import InputRequired, Length

from directory.domain.assurance import AMBER, Assurance
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.gates import GateFault
from directory.operations import assurance as operations
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render

blueprint = capability("assurance")

_SAID = frozenset({"kept", "suspended", "restored"})


class AssureForm(Form):
    """Which organisation, until when, and by what."""

    organisation = SelectField("Organisation", [InputRequired(message="Choose an organisation")])
    until = StringField("Assured until", [InputRequired(message="Enter the day on which it ends")])
    evidence = StringField(
        "Reference of the evidence", [InputRequired(message="Enter the reference of the evidence")]
    )


class SuspendForm(Form):
    """Which organisation is to see nobody, and why."""

    stopped = SelectField("To suspend", [InputRequired(message="Choose an organisation")])
    why = StringField(
        "Why", [InputRequired(message="Enter why"), Length(max=200, message="Use 200 characters")]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendedView(Shown):
    """A suspended organisation."""

    organisation: UUID
    name: str


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
    suspended: tuple[SuspendedView, ...]
    form: AssureForm
    suspending: SuspendForm
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


@blueprint.post("/assurance/suspend")
@performs(Action.ASSURANCE_KEEP)
def suspend() -> ResponseReturnValue:
    """Suspend an organisation."""
    found = operations.list_assurances(ledger(), current_access())
    form = SuspendForm(request.form)
    form.stopped.choices = _others(found)
    if not form.validate():
        return _page(found, _form(found, AssureForm()), suspending=form, status=422)
    operations.suspend(
        ledger(),
        current_access(),
        organisation=UUID(form.stopped.data),
        why=form.why.data or "",
    )
    return redirect("/assurance?said=suspended", 303)


@blueprint.post("/assurance/<uuid:organisation>/restore")
@performs(Action.ASSURANCE_KEEP)
def restore(organisation: UUID) -> ResponseReturnValue:
    """End an organisation's suspension."""
    operations.restore(ledger(), current_access(), organisation=organisation)
    return redirect("/assurance?said=restored", 303)


def _others(found: tuple[Assurance, ...]) -> list[SelectChoice]:
    """Return the organisations that can be suspended: all but the user's own."""
    own = current_access().organisation
    return _offered(each for each in found if each.organisation != own and not each.suspended)


def _offered(organisations: Iterable[Assurance]) -> list[SelectChoice]:
    names = {str(each.organisation): each.name for each in organisations}
    ordered = dict(sorted(names.items(), key=lambda each: each[1].casefold()))
    return choices(ordered, unchosen="Choose one")


def _form(found: tuple[Assurance, ...], form: AssureForm) -> AssureForm:
    form.organisation.choices = _offered(found)
    return form


def _page(
    found: tuple[Assurance, ...],
    form: AssureForm,
    *,
    suspending: SuspendForm | None = None,
    status: int = 200,
) -> Response:
    today, said = current_access().today, request.args.get("said", "")
    if suspending is None:
        suspending = SuspendForm()
        suspending.stopped.choices = _others(found)
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
        suspended=tuple(
            SuspendedView(organisation=each.organisation, name=each.name)
            for each in found
            if each.suspended
        ),
        suspending=suspending,
        said=said if said in _SAID else "",
    )
    return render(page, status)
