"""Give, withdraw and show the gates of accounts."""

import csv
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import Account, SecondFactor
from directory.domain.assurance import assurance_standing
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.events import Event
from directory.domain.gates import (
    WARNING,
    Gate,
    GateFault,
    HeldGate,
    Standing,
    given,
    lapse_of,
    standings,
)
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.sessions import check_fresh
from directory.policy.gates import needed
from directory.policy.permissions import Action

PAGE_LENGTH = 50
MOST_LINES = 1_000
COLUMNS = ("email", "gate", "end", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountGates:
    """What an account holds, and how each gate stands today."""

    account: Account
    held: tuple[HeldGate, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """What an account is to hold: until `end`, the first day on which it does not."""

    gate: Gate
    end: date
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReport:
    """What became of one line of an import; `fault` is empty where the gate was given."""

    number: int
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsing:
    """A gate of somebody's that has lapsed or lapses soon, on the day `lapses`."""

    account: UUID
    name: str
    gate: Gate
    lapses: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsingList:
    """A page of them, those that lapse first at the top."""

    lapsing: tuple[Lapsing, ...]
    has_more: bool


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
            standings=standings(held, day=access.today, holidays=work.holidays),
        )


def give_gate(
    ledger: Ledger, access: Access, *, account: UUID, giving: Giving, rule: SecondFactor
) -> None:
    """Let the account hold the gate until its end, in place of what it held of it.

    Raises GateFault where the end or the evidence cannot be, FactorStale where the second factor
    must be given again.
    """
    with _managing(ledger, access, Event.GATE_GIVEN) as work:
        check_fresh(work, rule)
        held = given(gate=giving.gate, today=access.today, end=giving.end, evidence=giving.evidence)
        _check_other(work, account)
        work.gates.give(account, held)
        _note(work, account, held)


def withdraw_gate(
    ledger: Ledger, access: Access, *, account: UUID, gate: Gate, rule: SecondFactor
) -> None:
    """Let the account hold the gate no more, from this moment on. Raises FactorStale too."""
    with _managing(ledger, access, Event.GATE_WITHDRAWN) as work:
        check_fresh(work, rule)
        work.remark(words=f"account {account.hex} {gate}")
        _check_other(work, account)
        work.gates.withdraw(account, gate)


def my_gates(ledger: Ledger, access: Access) -> tuple[Standing, ...]:
    """Return how each gate that the user's role needs stands today."""
    with ledger.entry(access, Event.GATES_LISTED, action=Action.SESSION_OWN) as work:
        if access.account is None:
            raise Refused
        held = work.gates.held(access.account)
        found = standings(held, day=access.today, holidays=work.holidays)
        until = work.agencies.trust(access.organisation).assured_until
        of_organisation = assurance_standing(until, day=access.today, holidays=work.holidays)
        asked = () if until is None or not needed(access.role) else (of_organisation,)
        return tuple(each for each in found if each.gate in needed(access.role)) + asked


def list_lapsing(ledger: Ledger, access: Access, *, page: int) -> LapsingList:
    """Return a page, from 1, of the gates that have lapsed or will within the time of warning."""
    with _managing(ledger, access, Event.GATES_LISTED) as work:
        work.remark(words="those that lapse soon")
        found = work.gates.ending(
            access.today + WARNING, first=(page - 1) * PAGE_LENGTH, most=PAGE_LENGTH + 1
        )
        names = work.accounts.names({account for account, _ in found})
    shown = found[:PAGE_LENGTH]
    return LapsingList(
        lapsing=tuple(
            Lapsing(
                account=account,
                name=names.get(account, ""),
                gate=each.gate,
                lapses=lapse_of(each, work.holidays),
            )
            for account, each in shown
        ),
        has_more=len(found) > PAGE_LENGTH,
    )


def check_gates(ledger: Ledger, access: Access, *, text: str) -> tuple[LineReport, ...]:
    """Return what would become of each line of `text`; nothing is given.

    Raises GateFault where the whole cannot be read.
    """
    lines = _lines(text)
    with _managing(ledger, access, Event.GATES_LISTED) as work:
        work.remark(words=f"check of {len(lines)} lines")
        return tuple(
            LineReport(number=number, fault=_fault(work, line)) for number, line in lines.items()
        )


def import_gates(
    ledger: Ledger, access: Access, *, text: str, rule: SecondFactor
) -> tuple[LineReport, ...]:
    """Give the gates that the lines of `text` name, and return what became of each line.

    Each line is entered alone; one that is faulty is left out, and the others are taken. Raises
    GateFault where the whole cannot be read, FactorStale as give_gate does.
    """
    lines = _lines(text)
    with _managing(ledger, access, Event.GATES_LISTED) as work:
        check_fresh(work, rule)
        work.remark(words=f"import of {len(lines)} lines")
    return tuple(
        LineReport(number=number, fault=_taken(ledger, access, line))
        for number, line in lines.items()
    )


def _lines(text: str) -> dict[int, tuple[str, ...]]:
    """Return the lines that hold anything under their number, the heads left out.

    Each is read alone, so that a broken one cannot swallow the next; it has no cells.
    """
    if "\0" in text:
        raise GateFault("this is no text: it holds a NUL")
    read = text.removeprefix("\ufeff").splitlines()
    if len(read) > MOST_LINES:
        raise GateFault(f"more than {MOST_LINES:,} lines: send them in parts")
    lines = {number: _cells(line) for number, line in enumerate(read, start=1) if line.strip()}
    return {number: each for number, each in lines.items() if each != COLUMNS}


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a line; none where its quotation marks do not fit together."""
    try:
        found = next(csv.reader((line,), strict=True))
    except csv.Error:
        return ()
    cells = tuple(each.strip() for each in found)
    return COLUMNS if tuple(each.lower() for each in cells) == COLUMNS else cells


def _taken(ledger: Ledger, access: Access, line: tuple[str, ...]) -> str:
    """Give the gate of one line, and return what is wrong with it."""
    try:
        with _managing(ledger, access, Event.GATE_GIVEN) as work:
            account, held = _meant(work, line)
            work.gates.give(account, held)
            _note(work, account, held)
    except GateFault as fault:
        return str(fault)
    return ""


def _fault(work: Work, line: tuple[str, ...]) -> str:
    """Return what is wrong with one line, "" for nothing."""
    try:
        _meant(work, line)
    except GateFault as fault:
        return str(fault)
    return ""


def _meant(work: Work, line: tuple[str, ...]) -> tuple[UUID, HeldGate]:
    """Return whose gate a line gives, or raise GateFault."""
    email, held = _read(work.access, line)
    found = work.accounts.by_email(email)
    if found is None:
        raise GateFault("nobody has this e-mail")
    if found.reference == work.access.account:
        raise GateFault("your own account: another administrator has to do it")
    return found.reference, held


def _read(access: Access, line: tuple[str, ...]) -> tuple[str, HeldGate]:
    """Return whose gate the line names, with the gate, or raise GateFault."""
    if not line:
        raise GateFault("a quotation mark is missing or too many")
    if len(line) != len(COLUMNS):
        raise GateFault("not four columns")
    email, gate, end, evidence = line
    if gate not in set(Gate):
        raise GateFault("no such gate")
    try:
        last = parse_day(end)
    except MalformedDate as fault:
        raise GateFault(f"the end {fault}") from fault
    return email, given(gate=Gate(gate), today=access.today, end=last, evidence=evidence)


def _managing(ledger: Ledger, access: Access, event: Event) -> AbstractContextManager[Work]:
    return ledger.entry(access, event, action=Action.ACCOUNTS_MANAGE)


def _check_other(work: Work, account: UUID) -> None:
    """Refuse an administrator their own account."""
    if account == work.access.account:
        raise Refused
    if work.accounts.held(account) is None:
        raise NotFound


def _note(work: Work, account: UUID, held: HeldGate) -> None:
    words = f"account {account.hex} {held.gate} until {held.end.isoformat()} {held.evidence}"
    work.remark(words=words)
