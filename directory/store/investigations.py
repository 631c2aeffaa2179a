"""Logged investigations, inside which the audit may be read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, insert, select, update

from directory.domain.audit import Investigation
from directory.store.audit_tables import InvestigatedPersonRow, InvestigationRow
from directory.store.sealing import Sealer


class InvestigationStore:
    """Reads and keeps investigations within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing reasons with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def keep(self, investigation: Investigation) -> None:
        """Keep `investigation`."""
        sealed = self._sealer.seal(
            investigation.reason,
            table="investigation",
            row=investigation.reference.hex,
            column="reason",
        )
        self._connection.execute(
            insert(InvestigationRow).values(
                id=investigation.reference,
                account=investigation.account,
                matter=investigation.matter,
                reason=sealed,
                opened=investigation.opened,
            )
        )

    def name_person(self, reference: UUID, person: UUID, at: datetime) -> None:
        """Keep that the investigation names `person`; it can name nobody else after that."""
        self._connection.execute(
            insert(InvestigatedPersonRow).values(investigation=reference, person=person, named=at)
        )

    def open_for(self, account: UUID | None, reference: UUID) -> Investigation | None:
        """Return the open investigation of `account` under `reference`, None for any other."""
        row = self._connection.execute(
            _open(account).where(InvestigationRow.id == reference)
        ).first()
        return None if row is None else self._investigation(row)

    def open_of(self, account: UUID | None) -> tuple[Investigation, ...]:
        """Return the open investigations of `account`, the newest first."""
        rows = self._connection.execute(
            _open(account).order_by(InvestigationRow.opened.desc(), InvestigationRow.id)
        )
        return tuple(self._investigation(row) for row in rows)

    def end(self, reference: UUID, at: datetime) -> None:
        """Close the investigation."""
        self._connection.execute(
            update(InvestigationRow).where(InvestigationRow.id == reference).values(closed=at)
        )

    def _investigation(self, row: Row[*tuple[Any, ...]]) -> Investigation:
        reason = self._sealer.unseal(
            bytes(row.reason), table="investigation", row=row.id.hex, column="reason"
        )
        return Investigation(
            reference=row.id,
            account=row.account,
            matter=row.matter,
            reason=reason,
            opened=row.opened,
            person=row.person,
        )


def _open(account: UUID | None) -> Select[*tuple[Any, ...]]:
    return (
        select(InvestigationRow.__table__, InvestigatedPersonRow.person)
        .outerjoin(InvestigatedPersonRow)
        .where(InvestigationRow.account == account, InvestigationRow.closed.is_(None))
    )
