"""The pages about gates: an administrator's, and the one for who may see nobody today."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from directory.domain.access import NotFound
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.gates import Gate, GateFault, GateState, HeldGate, Standing
from directory.operations import gates as operations
from directory.operations.gates import AccountGates
from directory.policy.gates import GatesClosed
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render
from directory.web.wording import GATE_NAMES, GATE_STATES, day

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

    lines = TextAreaField("Lines", [InputRequired(message="Paste the lines"), Length(max=100_000)])


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine(Shown):
    """One gate of an account, as its administrator sees it."""

    gate: Gate
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
    """Takes lines, and reports on each."""

    template: ClassVar[str] = "gates/import.html"
    form: ImportForm
    given: int
    faults: tuple[ImportLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPage(Page):
    """Says which gates are not held, and that nothing was shown."""

    template: ClassVar[str] = "gates/closed.html"
    gates: tuple[GateLine, ...]


@blueprint.get("/accounts/<uuid:account>/gates")
@performs(Action.ACCOUNTS_MANAGE)
def show(account: UUID) -> ResponseReturnValue:
    """Show what an account holds."""
    return _gates_page(GiveForm(), account, 200)


@blueprint.post("/accounts/<uuid:account>/gates")
@performs(Action.ACCOUNTS_MANAGE)
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
            gate=Gate(form.gate.data),
            end=parse_day(form.end.data or ""),
            evidence=form.evidence.data or "",
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
def withdraw(account: UUID, gate: str) -> ResponseReturnValue:
    """Withdraw a gate."""
    if gate not in set(Gate):
        raise NotFound
    operations.withdraw_gate(ledger(), current_access(), account=account, gate=Gate(gate))
    return redirect(f"/accounts/{account}/gates", 303)


@blueprint.get("/accounts/gates")
@performs(Action.ACCOUNTS_MANAGE)
def ask_for_lines() -> ResponseReturnValue:
    """Ask for the lines of an import."""
    return render(ImportPage(form=ImportForm(), given=0, faults=()))


@blueprint.post("/accounts/gates")
@performs(Action.ACCOUNTS_MANAGE)
def take_lines() -> ResponseReturnValue:
    """Take the lines of an import, and report on each that could not be taken."""
    form = ImportForm(request.form)
    if not form.validate():
        return render(ImportPage(form=form, given=0, faults=()), 422)
    found = operations.import_gates(ledger(), current_access(), text=form.lines.data or "")
    faults = tuple(ImportLine(number=each.number, fault=each.fault) for each in found if each.fault)
    return render(ImportPage(form=ImportForm(), given=len(found) - len(faults), faults=faults))


@blueprint.app_errorhandler(GatesClosed)
def closed(error: GatesClosed) -> ResponseReturnValue:
    """Say which gates are closed to who asked to see somebody."""
    return render(ClosedPage(gates=tuple(_line(each, None) for each in error.closed)), 403)


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
    held = {each.gate: each for each in found.held}
    return tuple(_line(each, held.get(each.gate)) for each in found.standings)


def _line(standing: Standing, held: HeldGate | None) -> GateLine:
    return GateLine(
        gate=standing.gate,
        name=GATE_NAMES[standing.gate],
        state=GATE_STATES[standing.state],
        ends="" if standing.state is GateState.MISSING else day(standing.lapses),
        evidence=held.evidence if held else "",
    )
