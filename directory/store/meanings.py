"""What feeds' own headings stand for."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, or_, select

from directory.domain.mapping import Meaning
from directory.domain.vocabulary import Service
from directory.store.sending_tables import ColumnMeaningRow


class MeaningStore:
    """Reads and keeps what headings stand for, within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def of(self, service: Service) -> Mapping[str, str]:
        """Return what the headings of `service` stand for, by heading."""
        rows = self._connection.execute(
            select(ColumnMeaningRow.heading, ColumnMeaningRow.meaning)
            .where(ColumnMeaningRow.service == service)
            .order_by(ColumnMeaningRow.heading)
        )
        return {row.heading: row.meaning for row in rows}

    def say(self, meaning: Meaning) -> None:
        """Keep what a heading stands for, in place of what was said of either before."""
        self._connection.execute(
            delete(ColumnMeaningRow).where(
                ColumnMeaningRow.service == meaning.service,
                or_(
                    ColumnMeaningRow.heading == meaning.heading,
                    ColumnMeaningRow.meaning == meaning.column,
                ),
            )
        )
        self._connection.execute(
            insert(ColumnMeaningRow).values(
                service=meaning.service,
                heading=meaning.heading,
                meaning=meaning.column,
                said_at=meaning.said_at,
                said_by=meaning.said_by,
            )
        )

    def forget(self, service: Service, heading: str) -> bool:
        """Forget what a heading stands for; False where nothing was said of it."""
        gone = self._connection.execute(
            delete(ColumnMeaningRow).where(
                ColumnMeaningRow.service == service, ColumnMeaningRow.heading == heading
            )
        )
        return bool(gone.rowcount)
