"""Files that service leads sent, and how far each is; never what their lines say."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from directory.domain.extracts import ExtractOutcome, Report
from directory.domain.sending import GOES_ON, KEEPS_FILE, Sent, SentState, SentWork, Taken
from directory.domain.sent_reports import read, written
from directory.domain.vocabulary import Service
from directory.store.line_tables import ExtractRow, FeedRow
from directory.store.sealing import Sealer
from directory.store.sending_tables import SentFileRow

_TABLE = "sent_file"


class SendingStore:
    """Reads and keeps what was sent, within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing reports with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def add(self, sent: Sent) -> None:
        """Keep that something was sent."""
        self._connection.execute(
            insert(SentFileRow).values(
                id=sent.reference,
                service=sent.service,
                account=sent.account,
                sent_at=sent.sent_at,
                as_of=sent.as_of,
                work=sent.work,
                state=sent.state,
                changed_at=sent.changed_at,
            )
        )

    def of(self, reference: UUID) -> Sent | None:
        """Return what was sent under `reference`, if anything was."""
        row = self._connection.execute(
            select(SentFileRow.__table__).where(SentFileRow.id == reference)
        ).first()
        return self._sent(row) if row else None

    def latest(self, service: Service, *, most: int) -> tuple[Sent, ...]:
        """Return what was sent of `service`, the newest first."""
        rows = self._connection.execute(
            select(SentFileRow.__table__)
            .where(SentFileRow.service == service)
            .order_by(SentFileRow.sent_at.desc(), SentFileRow.id)
            .limit(most)
        )
        return tuple(map(self._sent, rows))

    def keeping(self, service: Service) -> tuple[Sent, ...]:
        """Return what of `service` is not over: its file is still there."""
        return self._where(SentFileRow.service == service, SentFileRow.state.in_(KEEPS_FILE))

    def move(
        self,
        reference: UUID,
        *,
        before: Collection[SentState],
        to: SentState,
        at: datetime,
        number: int | None = None,
        fault: str = "",
    ) -> bool:
        """Keep how far it is; False where it is in no state of `before` any more."""
        statement = (
            update(SentFileRow)
            .where(SentFileRow.id == reference, SentFileRow.state.in_(before))
            .values(state=to, changed_at=at, fault=fault)
        )
        if number is not None:
            statement = statement.values(number=number)
        return bool(self._connection.execute(statement).rowcount)

    def tell(self, reference: UUID, report: Report) -> None:
        """Keep the report on it, sealed."""
        sealed = self._sealer.seal(
            written(report), table=_TABLE, row=reference.hex, column="report"
        )
        self._connection.execute(
            update(SentFileRow).where(SentFileRow.id == reference).values(report=sealed)
        )

    def all_kept(self) -> tuple[Sent, ...]:
        """Return all that is not over, whichever service's."""
        return self._where(SentFileRow.state.in_(KEEPS_FILE))

    def forget(self, before: datetime) -> int:
        """Forget what was sent before that moment and is over; return how much was."""
        gone = self._connection.execute(
            delete(SentFileRow).where(
                SentFileRow.sent_at < before, SentFileRow.state.not_in(GOES_ON)
            )
        )
        return gone.rowcount

    def taken(self, service: Service) -> Taken | None:
        """Return the extract whose lines are seen, None where there is none."""
        row = self._connection.execute(
            select(ExtractRow.as_of, ExtractRow.taken_at, ExtractRow.lines, ExtractRow.refused)
            .join(FeedRow, FeedRow.service == ExtractRow.service)
            .where(
                FeedRow.service == service,
                ExtractRow.delivery == FeedRow.current,
                ExtractRow.outcome == ExtractOutcome.TAKEN,
            )
        ).first()
        if row is None:
            return None
        return Taken(as_of=row.as_of, taken_at=row.taken_at, lines=row.lines, refused=row.refused)

    def _where(self, *conditions: ColumnElement[bool]) -> tuple[Sent, ...]:
        rows = self._connection.execute(select(SentFileRow.__table__).where(*conditions))
        return tuple(map(self._sent, rows))

    def _sent(self, row: Row[Any]) -> Sent:
        return Sent(
            reference=row.id,
            service=Service(row.service),
            account=row.account,
            sent_at=row.sent_at,
            as_of=row.as_of,
            work=SentWork(row.work),
            state=SentState(row.state),
            changed_at=row.changed_at,
            number=row.number,
            fault=row.fault,
            report=self._report(row) if row.report else None,
        )

    def _report(self, row: Row[Any]) -> Report:
        text = self._sealer.unseal(bytes(row.report), table=_TABLE, row=row.id.hex, column="report")
        return read(text)
