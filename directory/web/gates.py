"""The pages about gates: an administrator's, and the one for who may see nobody today."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from directory.domain.access import NotFound
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.gates import Gate, GateFault, HeldGate, OfOrganisation, Standing
from directory.domain.vocabulary import Purpose
from directory.operations import gates as operations
from directory.operations.gates import AccountGates, Giving, LineReport
from directory.policy.gates import GatesClosed, OrganisationSuspended, urgent_purposes
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number
from directory.web.choices import choices
from directory.web.fresh_factor import freshly_proven
from directory.web.pages import Page, Shown, render
from directory.web.sign_in import second_factor_rule
from directory.web.wording import GATE_NAMES, GATE_STATES, PURPOSE_NAMES, STANDING_NAMES, day

blueprint = capability("gates")


class GiveForm(Form):
    """A gate to be given or renewed."""

    gate = SelectField("What they hold", [InputRequired(message="Choose what they hold")])
    end = StringField("Ends on", [InputRequired(message="Enter the day on which it ends")])
    evidence = StringField(
        "Reference of the evidence", [InputRequired(message="Enter the reference of the evidence")]
    )


class ImportForm(Form):
    """Lines of a CSV, one gate each."""

    lines = TextAreaField(
        "Lines",
        [
            InputRequired(message="Paste the lines"),
            Length(max=100_000, message="Paste at most 100,000 characters"),
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine(Shown):
    """One gate of an account, as its administrator sees it."""

    gate: Gate | OfOrganisation
    name: str
    state: str
    ends: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatesPage(Page):
    """Shows what an account holds."""

    template: ClassVar[str] = "gates/gates.html"
    form: GiveForm
    account: UUID
    name: str
    is_mine: bool
    gates: tuple[GateLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine(Shown):
    """What became of one line."""

    number: int
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage(Page):
    """Takes lines, says what would become of each, and then takes them."""

    template: ClassVar[str] = "gates/import.html"
    form: ImportForm
    good: int
    faults: tuple[ImportLine, ...]
    checked: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsingView(Shown):
    """Somebody's gate that has lapsed or lapses soon."""

    account: UUID
    name: str
    gate: str
    lapses: date
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsingPage(Page):
    """The gates to renew, those that lapse first at the top."""

    template: ClassVar[str] = "gates/lapsing.html"
    lapsing: tuple[LapsingView, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MyGatesPage(Page):
    """What one's own role needs to look at people, and how each stands."""

    template: ClassVar[str] = "gates/mine.html"
    gates: tuple[GateLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPage(Page):
    """Says which gates are not held, that nothing was shown, and what stays open."""

    template: ClassVar[str] = "gates/closed.html"
    gates: tuple[GateLine, ...]
    urgent: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendedPage(Page):
    """Says that nobody of the user's organisation is shown anybody."""

    template: ClassVar[str] = "gates/suspended.html"


@blueprint.get("/accounts/<uuid:account>/gates")
@performs(Action.ACCOUNTS_MANAGE)
def show(account: UUID) -> ResponseReturnValue:
    """Show what an account holds."""
    return _gates_page(GiveForm(), account, 200)


@blueprint.post("/accounts/<uuid:account>/gates")
@performs(Action.ACCOUNTS_MANAGE)
@freshly_proven
def give(account: UUID) -> ResponseReturnValue:
    """Give a gate, or renew it."""
    form = GiveForm(request.form)
    form.gate.choices = choices(GATE_NAMES)
    if not form.validate():
        return _gates_page(form, account, 422)
    try:
        operations.give_gate(
            ledger(),
            current_access(),
            account=account,
            giving=Giving(
                gate=Gate(form.gate.data),
                end=parse_day(form.end.data or ""),
                evidence=form.evidence.data or "",
            ),
            rule=second_factor_rule(),
        )
    except MalformedDate as fault:
        form.end.errors = [f"The day {fault}"]
        return _gates_page(form, account, 422)
    except GateFault as fault:
        form.end.errors = [str(fault).capitalize()]
        return _gates_page(form, account, 422)
    return redirect(f"/accounts/{account}/gates", 303)


@blueprint.post("/accounts/<uuid:account>/gates/<gate>/withdraw")
@performs(Action.ACCOUNTS_MANAGE)
@freshly_proven
def withdraw(account: UUID, gate: str) -> ResponseReturnValue:
    """Withdraw a gate."""
    if gate not in set(Gate):
        raise NotFound
    operations.withdraw_gate(
        ledger(), current_access(), account=account, gate=Gate(gate), rule=second_factor_rule()
    )
    return redirect(f"/accounts/{account}/gates", 303)


@blueprint.get("/accounts/gates")
@performs(Action.ACCOUNTS_MANAGE)
def ask_for_lines() -> ResponseReturnValue:
    """Ask for the lines of an import."""
    return render(ImportPage(form=ImportForm(), good=0, faults=()))


@blueprint.post("/accounts/gates")
@performs(Action.ACCOUNTS_MANAGE)
def check_lines() -> ResponseReturnValue:
    """Say what would become of each line, before any is taken."""
    form = ImportForm(request.form)
    if not form.validate():
        return render(ImportPage(form=form, good=0, faults=()), 422)
    try:
        found = operations.check_gates(ledger(), current_access(), text=form.lines.data or "")
    except GateFault as fault:
        return _unread(form, fault)
    return render(replace(_report(form, found), checked=True))


@blueprint.post("/accounts/gates/take")
@performs(Action.ACCOUNTS_MANAGE)
@freshly_proven
def take_lines() -> ResponseReturnValue:
    """Take the lines of an import, and report on each that could not be taken."""
    form = ImportForm(request.form)
    if not form.validate():
        return render(ImportPage(form=form, good=0, faults=()), 422)
    try:
        found = operations.import_gates(
            ledger(), current_access(), text=form.lines.data or "", rule=second_factor_rule()
        )
    except GateFault as fault:
        return _unread(form, fault)
    return render(replace(_report(ImportForm(), found), taken=True))


@blueprint.get("/accounts/gates/lapsing")
@performs(Action.ACCOUNTS_MANAGE)
def lapsing() -> ResponseReturnValue:
    """Show which gates to renew."""
    access = current_access()
    number = asked_number("page") or 1
    found = operations.list_lapsing(ledger(), access, page=number)
    views = tuple(
        LapsingView(
            account=each.account,
            name=each.name,
            gate=GATE_NAMES[each.gate],
            lapses=each.lapses,
            is_over=each.lapses <= access.today,
        )
        for each in found.lapsing
    )
    return render(LapsingPage(lapsing=views, page=number, has_more=found.has_more))


@blueprint.get("/gates")
@performs(Action.SESSION_OWN)
def mine() -> ResponseReturnValue:
    """Show what one's own role needs, and how each gate stands."""
    found = operations.my_gates(ledger(), current_access())
    return render(MyGatesPage(gates=tuple(_line(each, None) for each in found)))


@blueprint.app_errorhandler(GatesClosed)
def closed(error: GatesClosed) -> ResponseReturnValue:
    """Say which gates are closed to who asked to see somebody."""
    role = current_access().role
    urgent = tuple(PURPOSE_NAMES[each] for each in Purpose if each in urgent_purposes(role))
    lines = tuple(_line(each, None) for each in error.closed)
    return render(ClosedPage(gates=lines, urgent=urgent), 403)


@blueprint.app_errorhandler(OrganisationSuspended)
def suspended(_error: OrganisationSuspended) -> ResponseReturnValue:
    """Say that the user's organisation is suspended."""
    return render(SuspendedPage(), 403)


def _unread(form: ImportForm, fault: GateFault) -> ResponseReturnValue:
    form.lines.errors = [str(fault).capitalize()]
    return render(ImportPage(form=form, good=0, faults=()), 422)


def _report(form: ImportForm, found: tuple[LineReport, ...]) -> ImportPage:
    faults = tuple(ImportLine(number=each.number, fault=each.fault) for each in found if each.fault)
    return ImportPage(form=form, good=len(found) - len(faults), faults=faults)


def _gates_page(form: GiveForm, account: UUID, status: int) -> Response:
    found = operations.show_gates(ledger(), current_access(), account=account)
    form.gate.choices = choices(GATE_NAMES)
    page = GatesPage(
        form=form,
        account=account,
        name=found.account.display_name,
        is_mine=account == current_access().account,
        gates=_lines(found),
    )
    return render(page, status)


def _lines(found: AccountGates) -> tuple[GateLine, ...]:
    held = {str(each.gate): each for each in found.held}
    return tuple(_line(each, held.get(str(each.gate))) for each in found.standings)


def _line(standing: Standing, held: HeldGate | None) -> GateLine:
    return GateLine(
        gate=standing.gate,
        name=STANDING_NAMES[standing.gate],
        state=GATE_STATES[standing.state],
        ends=day(standing.lapses) if standing.lapses else "",
        evidence=held.evidence if held else "",
    )
