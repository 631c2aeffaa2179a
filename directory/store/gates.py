"""What each account holds of the gates."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from directory.domain.gates import Gate, HeldGate
from directory.store.account_tables import AccountRow
from directory.store.gate_tables import HeldGateRow

_HELD = select(HeldGateRow.__table__).where(HeldGateRow.account == bindparam("account"))


class GateStore:
    """Reads and keeps gates within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def held(self, account: UUID) -> tuple[HeldGate, ...]:
        """Return the gates that `account` was given and that were not withdrawn."""
        rows = self._connection.execute(_HELD, {"account": account})
        return tuple(_held(row) for row in rows)

    def ending(self, before: date, *, first: int, most: int) -> tuple[tuple[UUID, HeldGate], ...]:
        """Return whose gates end before or on `before`, of accounts that are not disabled."""
        table = HeldGateRow.__table__
        rows = self._connection.execute(
            select(table)
            .join(AccountRow, AccountRow.id == HeldGateRow.account)
            .where(HeldGateRow.end <= before, AccountRow.disabled.is_(False))
            .order_by(HeldGateRow.end, HeldGateRow.account, HeldGateRow.gate)
            .offset(first)
            .limit(most)
        )
        return tuple((row.account, _held(row)) for row in rows)

    def give(self, account: UUID, held: HeldGate) -> None:
        """Let `account` hold the gate, in place of what it held of it."""
        self.withdraw(account, held.gate)
        self._connection.execute(
            insert(HeldGateRow).values(
                account=account,
                gate=held.gate,
                start=held.start,
                end=held.end,
                evidence=held.evidence,
            )
        )

    def withdraw(self, account: UUID, gate: Gate) -> None:
        """Let `account` hold the gate no more."""
        self._connection.execute(
            delete(HeldGateRow).where(HeldGateRow.account == account, HeldGateRow.gate == gate)
        )


def _held(row: Row[*tuple[Any, ...]]) -> HeldGate:
    return HeldGate(gate=Gate(row.gate), start=row.start, end=row.end_day, evidence=row.evidence)
