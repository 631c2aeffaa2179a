"""Give, withdraw and show the gates of accounts."""

import csv
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import Account
from directory.domain.audit import Event
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.gates import Gate, GateFault, HeldGate, Standing, given, standings
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.policy.permissions import Action

MOST_LINES = 1_000
COLUMNS = ("email", "gate", "end", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountGates:
    """What an account holds, and how each gate stands today."""

    account: Account
    held: tuple[HeldGate, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReport:
    """What became of one line of an import; `fault` is empty where the gate was given."""

    number: int
    fault: str


def show_gates(ledger: Ledger, access: Access, *, account: UUID) -> AccountGates:
    """Return the gates of an account, or raise NotFound."""
    with _managing(ledger, access, Event.GATES_LISTED) as work:
        work.remark(words=f"account {account.hex}")
        found = work.accounts.account(account)
        if found is None:
            raise NotFound
        held = work.gates.held(account)
        return AccountGates(
            account=found,
            held=held,
            standings=standings(held, day=access.today, holidays=work.backing.holidays),
        )


def give_gate(
    ledger: Ledger, access: Access, *, account: UUID, gate: Gate, end: date, evidence: str
) -> None:
    """Let the account hold the gate until `end`, in place of what it held of it.

    Raises GateFault where the end or the evidence cannot be.
    """
    with _managing(ledger, access, Event.GATE_GIVEN) as work:
        held = given(gate=gate, today=access.today, end=end, evidence=evidence)
        _give(work, account, held)
        _note(work, account, held)


def withdraw_gate(ledger: Ledger, access: Access, *, account: UUID, gate: Gate) -> None:
    """Let the account hold the gate no more, from this moment on."""
    with _managing(ledger, access, Event.GATE_WITHDRAWN) as work:
        work.remark(words=f"account {account.hex} {gate}")
        _check_other(work, account)
        work.gates.withdraw(account, gate)


def import_gates(ledger: Ledger, access: Access, *, text: str) -> tuple[LineReport, ...]:
    """Give the gates that the lines of `text` name, and return what became of each line.

    Each line is entered alone; one that is faulty is left out, and the others are taken.
    """
    lines = list(csv.reader(text.splitlines()))[:MOST_LINES]
    with _managing(ledger, access, Event.GATES_LISTED) as work:
        work.remark(words=f"import of {len(lines)} lines")
    return tuple(
        LineReport(number=number, fault=_taken(ledger, access, line))
        for number, line in enumerate(lines, start=1)
        if line and tuple(line) != COLUMNS
    )


def _taken(ledger: Ledger, access: Access, line: list[str]) -> str:
    """Give the gate of one line, and return what is wrong with it."""
    try:
        email, held = _read(access, line)
        with _managing(ledger, access, Event.GATE_GIVEN) as work:
            account = _whose(work, email)
            _give(work, account, held)
            _note(work, account, held)
    except GateFault as fault:
        return str(fault)
    except NotFound:
        return "nobody has this e-mail"
    except Refused:
        return "your own account: another administrator has to do it"
    return ""


def _read(access: Access, line: list[str]) -> tuple[str, HeldGate]:
    """Return whose gate the line names, with the gate, or raise GateFault."""
    if len(line) != len(COLUMNS):
        raise GateFault("not four columns")
    email, gate, end, evidence = (each.strip() for each in line)
    if gate not in set(Gate):
        raise GateFault("no such gate")
    try:
        last = parse_day(end)
    except MalformedDate as fault:
        raise GateFault(f"the end {fault}") from fault
    return email, given(gate=Gate(gate), today=access.today, end=last, evidence=evidence)


def _whose(work: Work, email: str) -> UUID:
    found = work.accounts.by_email(email)
    if found is None:
        raise NotFound
    return found.reference


def _managing(ledger: Ledger, access: Access, event: Event) -> AbstractContextManager[Work]:
    return ledger.entry(access, event, action=Action.ACCOUNTS_MANAGE)


def _give(work: Work, account: UUID, held: HeldGate) -> None:
    _check_other(work, account)
    work.gates.give(account, held)


def _check_other(work: Work, account: UUID) -> None:
    """Refuse an administrator their own account."""
    if account == work.access.account:
        raise Refused
    if work.accounts.held(account) is None:
        raise NotFound


def _note(work: Work, account: UUID, held: HeldGate) -> None:
    words = f"account {account.hex} {held.gate} until {held.end.isoformat()} {held.evidence}"
    work.remark(words=words)
