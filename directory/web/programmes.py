"""The pages on which an administrator looks after programmes and their keys."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from directory.domain.programmes import (
    KEYS_AT_ONCE,
    LONGEST_NAME,
    ProgrammeFault,
    ProgrammeKey,
    TooManyKeys,
)
from directory.domain.vocabulary import Scope, Service
from directory.operations import programmes as operations
from directory.operations.programmes import Kept, ProgrammePlan
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.fresh_factor import freshly_proven
from directory.web.pages import Page, Shown, render
from directory.web.sign_in import second_factor_rule
from directory.web.wording import SCOPE_NAMES, SERVICE_NAMES

blueprint = capability("programmes")


OFFERED = (Scope.INVOLVEMENTS_WRITE, Scope.PRACTITIONERS_WRITE)
"""What a programme may be given: nothing asks for the other scope yet."""


class ProgrammeForm(Form):
    """A new programme."""

    name = StringField(
        "What it is called",
        [
            InputRequired(message="Enter what it is called"),
            Length(max=LONGEST_NAME, message=f"Name must be {LONGEST_NAME} characters or fewer"),
        ],
        description="Such as: Hillside housing system.",
    )
    organisation = SelectField(
        "Whose it is", [InputRequired(message="Choose the organisation whose it is")]
    )
    scopes = SelectMultipleField(
        "What it may do",
        [InputRequired(message="Choose what it may do")],
        choices=choices({each: SCOPE_NAMES[each] for each in OFFERED}),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    service = SelectField(
        "Service it sends for", choices=choices(SERVICE_NAMES, unchosen="Choose one")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView(Shown):
    """A key, by what may be shown of it."""

    key: UUID
    made_on: date
    end: date
    state: str
    last_used: date | None
    opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView(Shown):
    """A programme and its keys."""

    programme: UUID
    name: str
    organisation: str
    service: str
    scopes: tuple[str, ...]
    state: str
    enabled: bool
    keys: tuple[KeyView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammesPage(Page):
    """Every programme."""

    template: ClassVar[str] = "programmes/list.html"
    programmes: tuple[ProgrammeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage(Page):
    """Asks for a new programme."""

    template: ClassVar[str] = "programmes/new.html"
    form: ProgrammeForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePage(Page):
    """One programme, with what can be done about it."""

    template: ClassVar[str] = "programmes/one.html"
    of: ProgrammeView
    may_have_another: bool
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPage(Page):
    """Shows a new key this once."""

    template: ClassVar[str] = "programmes/key.html"
    of: ProgrammeView
    key: str


@blueprint.get("/programmes")
@performs(Action.PROGRAMMES_KEEP)
def show_all() -> ResponseReturnValue:
    """Show every programme."""
    found = operations.list_programmes(ledger(), current_access())
    return render(ProgrammesPage(programmes=tuple(map(_view, found))))


@blueprint.get("/programmes/new")
@performs(Action.PROGRAMMES_KEEP)
def ask() -> ResponseReturnValue:
    """Ask for a new programme."""
    return render(NewPage(form=_offering(ProgrammeForm())))


@blueprint.post("/programmes/new")
@performs(Action.PROGRAMMES_KEEP)
@freshly_proven
def make() -> ResponseReturnValue:
    """Make a programme, and lead to it."""
    form = _offering(ProgrammeForm(request.form))
    if not form.validate():
        return render(NewPage(form=form), 422)
    service = form.service.data
    plan = ProgrammePlan(
        name=form.name.data or "",
        organisation=form.organisation.data,
        scopes=frozenset(map(Scope, form.scopes.data or ())),
        service=Service(service) if service else None,
    )
    try:
        made = operations.make_programme(
            ledger(), current_access(), plan=plan, rule=second_factor_rule()
        )
    except ProgrammeFault as fault:
        form.service.errors = [f"The programme {fault}"]
        return render(NewPage(form=form), 422)
    return redirect(f"/programmes/{made}", 303)


@blueprint.get("/programmes/<uuid:programme>")
@performs(Action.PROGRAMMES_KEEP)
def show(programme: UUID) -> ResponseReturnValue:
    """Show one programme."""
    return _page(programme)


@blueprint.post("/programmes/<uuid:programme>/keys")
@performs(Action.PROGRAMMES_KEEP)
@freshly_proven
def make_key(programme: UUID) -> ResponseReturnValue:
    """Make a key, and show it this once: it stands at no address that can be reopened."""
    access = current_access()
    try:
        key = operations.make_key(ledger(), access, programme=programme, rule=second_factor_rule())
    except TooManyKeys:
        return _page(programme, refused="Two keys open already. End one of them first.", status=422)
    found = operations.view_programme(ledger(), access, programme=programme)
    return render(KeyPage(of=_view(found), key=key))


@blueprint.post("/programmes/<uuid:programme>/keys/<uuid:key>/end")
@performs(Action.PROGRAMMES_KEEP)
def end_key(programme: UUID, key: UUID) -> ResponseReturnValue:
    """End a key."""
    operations.end_key(ledger(), current_access(), programme=programme, key=key)
    return redirect(f"/programmes/{programme}", 303)


@blueprint.post("/programmes/<uuid:programme>/disable")
@performs(Action.PROGRAMMES_KEEP)
def disable(programme: UUID) -> ResponseReturnValue:
    """Let no key of the programme open anything."""
    operations.disable_programme(ledger(), current_access(), programme=programme)
    return redirect(f"/programmes/{programme}", 303)


@blueprint.post("/programmes/<uuid:programme>/enable")
@performs(Action.PROGRAMMES_KEEP)
@freshly_proven
def enable(programme: UUID) -> ResponseReturnValue:
    """Let the programme's keys open again what they did."""
    operations.enable_programme(
        ledger(), current_access(), programme=programme, rule=second_factor_rule()
    )
    return redirect(f"/programmes/{programme}", 303)


def _offering(form: ProgrammeForm) -> ProgrammeForm:
    known = operations.organisations(ledger(), current_access())
    form.organisation.choices = choices(known, unchosen="Choose one")
    return form


def _page(programme: UUID, *, refused: str = "", status: int = 200) -> Response:
    view = _view(operations.view_programme(ledger(), current_access(), programme=programme))
    opening = sum(each.opens for each in view.keys)
    page = ProgrammePage(of=view, may_have_another=opening < KEYS_AT_ONCE, refused=refused)
    return render(page, status)


def _view(kept: Kept) -> ProgrammeView:
    programme = kept.programme
    keys = tuple(map(_key, kept.keys))
    return ProgrammeView(
        programme=programme.reference,
        name=programme.name,
        organisation=kept.organisation,
        service=SERVICE_NAMES[programme.service] if programme.service else "",
        scopes=tuple(SCOPE_NAMES[each] for each in Scope if each in programme.scopes),
        state=_state(keys) if programme.enabled else "Disabled",
        enabled=programme.enabled,
        keys=keys,
    )


def _state(keys: tuple[KeyView, ...]) -> str:
    return "In use" if any(each.opens for each in keys) else "No key that opens anything"


def _key(key: ProgrammeKey) -> KeyView:
    today = current_access().today
    opens = key.opens_on(today)
    return KeyView(
        key=key.reference,
        made_on=key.made_on,
        end=key.end,
        state="Opens" if opens else "Ended" if key.ended else "Over",
        last_used=key.last_used,
        opens=opens,
    )
