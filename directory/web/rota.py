"""The page of the rota: who is paged first, and in which turns."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.validators import InputRequired, ValidationError

from directory.domain.dates import LONDON, MalformedDate, parse_day
from directory.operations import rota as operations
from directory.operations.rota import TurnFault
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render

blueprint = capability("rota")

_SAID = frozenset({"added", "removed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView(Shown):
    """One turn of the rota."""

    turn: UUID
    name: str
    start: datetime
    end: datetime
    now: bool


class TurnForm(Form):
    """Whose turn, and from when to when."""

    officer = SelectField("Who", [InputRequired(message="Choose who")])
    start_day = StringField("From", [InputRequired(message="Enter the day it begins")])
    start_time = StringField("Begins at", [InputRequired(message="Enter the time it begins")])
    end_day = StringField("To", [InputRequired(message="Enter the day it ends")])
    end_time = StringField("Ends at", [InputRequired(message="Enter the time it ends")])

    def validate_start_day(self, field: StringField) -> None:
        """Refuse what is no day."""
        _check_day(field)

    def validate_end_day(self, field: StringField) -> None:
        """Refuse what is no day."""
        _check_day(field)

    def validate_start_time(self, field: StringField) -> None:
        """Refuse what is no time."""
        _check_clock(field)

    def validate_end_time(self, field: StringField) -> None:
        """Refuse what is no time."""
        _check_clock(field)

    def bounds(self) -> tuple[datetime, datetime]:
        """Return when the turn begins and ends, in UTC."""
        return (
            _moment(self.start_day.data, self.start_time.data),
            _moment(self.end_day.data, self.end_time.data),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaPage(Page):
    """The turns that go on or are to come, and the form for another."""

    template: ClassVar[str] = "rota/list.html"
    turns: tuple[TurnView, ...]
    is_covered: bool
    form: TurnForm
    said: str


@blueprint.get("/rota")
@performs(Action.ROTA_KEEP)
def show() -> ResponseReturnValue:
    """Show the rota."""
    return _page(TurnForm(data={"start_time": "17:00", "end_time": "09:00"}))


@blueprint.post("/rota")
@performs(Action.ROTA_KEEP)
def add() -> ResponseReturnValue:
    """Put a turn on the rota."""
    form = TurnForm(request.form)
    rota = operations.list_rota(ledger(), current_access())
    form.officer.choices = _offered(rota)
    if not form.validate():
        return _shown(rota, form, status=422)
    start, end = form.bounds()
    officer = UUID(form.officer.data)
    try:
        operations.add_turn(ledger(), current_access(), officer=officer, start=start, end=end)
    except TurnFault as fault:
        form.form_errors = [str(fault)[:1].upper() + str(fault)[1:]]
        return _shown(rota, form, status=422)
    return redirect("/rota?said=added", 303)


@blueprint.post("/rota/<uuid:turn>/remove")
@performs(Action.ROTA_KEEP)
def remove(turn: UUID) -> ResponseReturnValue:
    """Take a turn off the rota."""
    operations.remove_turn(ledger(), current_access(), turn=turn)
    return redirect("/rota?said=removed", 303)


def _page(form: TurnForm) -> Response:
    rota = operations.list_rota(ledger(), current_access())
    form.officer.choices = _offered(rota)
    return _shown(rota, form)


def _offered(rota: operations.Rota) -> list[SelectChoice]:
    return choices({str(each): name for each, name in rota.officers.items()}, unchosen="Choose one")


def _shown(rota: operations.Rota, form: TurnForm, *, status: int = 200) -> Response:
    turns = tuple(
        TurnView(turn=each.turn, name=each.name, start=each.start, end=each.end, now=each.now)
        for each in rota.turns
    )
    said = request.args.get("said", "")
    page = RotaPage(
        turns=turns,
        is_covered=any(each.now for each in turns),
        form=form,
        said=said if said in _SAID else "",
    )
    return render(page, status)


def _check_day(field: StringField) -> None:
    try:
        parse_day(field.data or "")
    except MalformedDate as fault:
        raise ValidationError(f"The day {fault}") from None


def _check_clock(field: StringField) -> None:
    try:
        _clock(field.data)
    except ValueError:
        raise ValidationError("Enter a time such as 09:00 or 17:30") from None


def _clock(text: str | None) -> time:
    return time.fromisoformat((text or "").strip()).replace(second=0, microsecond=0, tzinfo=None)


def _moment(day: str | None, clock: str | None) -> datetime:
    local = datetime.combine(parse_day(day or ""), _clock(clock), LONDON)
    return local.astimezone(UTC)
