"""The pages on which a service's desk adds an involvement by hand."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.validators import Length, ValidationError

from directory.domain.access import Access
from directory.domain.upkeep import AlreadySent, Lead, UpkeepFault
from directory.ledger.door import Ledger
from directory.operations import upkeep_adding as operations
from directory.operations.upkeep_adding import PARTS, Typed, Unfit
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.days import check_past
from directory.web.leads import Leads, lead_choices, lead_of, lead_words
from directory.web.pages import Page, Shown, render

blueprint = capability("upkeep_adding")


class Act(Protocol):
    """Checks or adds what was typed."""

    def __call__(self, ledger: Ledger, access: Access, *, typed: Typed) -> None:
        """Do it, or raise what cannot be so."""


_NOBODY = Lead(team=None, practitioner=None)
_MOST = Length(max=120, message="This is too long")


class AddForm(Form):
    """Who a new involvement is with, who leads, and since when."""

    source_reference = StringField("Your own reference", [_MOST])
    forenames = StringField("Forenames", [_MOST])
    surname = StringField("Surname", [_MOST])
    known_as = StringField("Known as (if different)", [_MOST])
    date_of_birth = StringField("Date of birth", [_MOST])
    house = StringField("House number or name", [_MOST])
    street = StringField("Street", [_MOST])
    postcode = StringField("Postcode", [_MOST])
    nhs_number = StringField("NHS number (if you have it)", [_MOST])
    lead = SelectField("Who leads for your service?", validate_choice=False)
    started = StringField("When did it begin?", [_MOST])
    last_involved = StringField("When was it last involved?", [_MOST])

    def validate_date_of_birth(self, field: StringField) -> None:
        """Refuse a day to come."""
        check_past(field, current_access().today, "The date of birth")

    def validate_lead(self, field: SelectField) -> None:
        """Refuse nobody."""
        if lead_of(field.data or "") is None:
            raise ValidationError("Choose who leads")

    def validate_started(self, field: StringField) -> None:
        """Refuse what is no day, and one to come."""
        check_past(field, current_access().today, "The day it began")

    def validate_last_involved(self, field: StringField) -> None:
        """Refuse what is no day, and one to come."""
        check_past(field, current_access().today, "The day it was last involved")

    def typed(self) -> Typed:
        """Return what was typed."""
        return Typed(
            parts={part: self[part].data or "" for part in PARTS},
            lead=lead_of(self.lead.data or "") or _NOBODY,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage(Page):
    """The form for a new involvement."""

    template: ClassVar[str] = "upkeep/add.html"
    form: AddForm


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPart(Shown):
    """One part as it was typed, under its words on the form."""

    words: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAddPage(Page):
    """What is to be added, to be checked."""

    template: ClassVar[str] = "upkeep/check_add.html"
    parts: tuple[TypedPart, ...]
    form: AddForm


@blueprint.get("/upkeep/add")
@performs(Action.UPKEEP)
def show() -> ResponseReturnValue:
    """Show the form for a new involvement."""
    return _add_page(AddForm())


@blueprint.post("/upkeep/add/check")
@performs(Action.UPKEEP)
def check() -> ResponseReturnValue:
    """Show what would be added, to be checked."""
    form = AddForm(request.form)
    if _goes(form, operations.check):
        leads = operations.leads(ledger(), current_access())
        return render(CheckAddPage(parts=_parts(form, leads), form=form))
    return _add_page(form, 422)


@blueprint.post("/upkeep/add")
@performs(Action.UPKEEP)
def add() -> ResponseReturnValue:
    """Add the involvement, or show the form again where something is to be changed."""
    form = AddForm(request.form)
    if "change" in request.form:
        return _add_page(form)
    if _goes(form, operations.add):
        return redirect("/upkeep?said=added", 303)
    return _add_page(form, 422)


def _add_page(form: AddForm, status: int = 200) -> ResponseReturnValue:
    form.lead.choices = lead_choices(operations.leads(ledger(), current_access()))
    return render(AddPage(form=form), status)


def _goes(form: AddForm, act: Act) -> bool:
    """Do it; where it cannot be, say so at each part and return False."""
    if not form.validate():
        return False
    try:
        act(ledger(), current_access(), typed=form.typed())
    except Unfit as unfit:
        for fault in unfit.faults:
            form[fault.column].errors = [f"{form[fault.column].label.text}: {fault.reason}"]
        return False
    except AlreadySent:
        form.source_reference.errors = ["Your service has an involvement under this reference"]
        return False
    except UpkeepFault as fault:
        form.form_errors = [f"It {fault}"]
        return False
    return True


def _parts(form: AddForm, leads: Leads) -> tuple[TypedPart, ...]:
    """Return what was typed, part by part, in the order of the form."""
    lead = lead_words(*leads.get(form.typed().lead, ("", "")))
    return tuple(
        TypedPart(words=each.label.text, typed=lead if each is form.lead else each.data.strip())
        for each in form
        if each is form.lead or (each.data or "").strip()
    )
