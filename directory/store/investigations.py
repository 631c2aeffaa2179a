"""Logged investigations, inside which the audit may be read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from directory.domain.audit import Investigation
from directory.store.sealing import Sealer
from directory.store.tables import InvestigationRow


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

    def open_for(self, account: UUID | None, reference: UUID) -> Investigation | None:
        """Return the open investigation of `account` under `reference`, None for any other."""
        row = self._connection.execute(
            select(InvestigationRow.__table__).where(
                InvestigationRow.id == reference,
                InvestigationRow.account == account,
                InvestigationRow.closed.is_(None),
            )
        ).first()
        if row is None:
            return None
        reason = self._sealer.unseal(
            bytes(row.reason), table="investigation", row=reference.hex, column="reason"
        )
        return Investigation(
            reference=row.id,
            account=row.account,
            matter=row.matter,
            reason=reason,
            opened=row.opened,
        )

    def open_references(self, account: UUID | None) -> tuple[UUID, ...]:
        """Return the open investigations of `account`, the newest first."""
        return tuple(
            self._connection.scalars(
                select(InvestigationRow.id)
                .where(InvestigationRow.account == account, InvestigationRow.closed.is_(None))
                .order_by(InvestigationRow.opened.desc())
            )
        )

    def end(self, reference: UUID, at: datetime) -> None:
        """Close the investigation."""
        self._connection.execute(
            update(InvestigationRow).where(InvestigationRow.id == reference).values(closed=at)
        )
