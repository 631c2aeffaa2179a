"""On which days practitioners are at work, and who stands in while they are away."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from directory.domain.availability import AT_WORK, Availability, Away, Weekday
from directory.store.availability_tables import AvailabilityRow


class AvailabilityStore:
    """Reads and keeps availabilities within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def of(self, practitioner: UUID) -> Availability:
        """Return what was said of the practitioner, AT_WORK where nothing was."""
        row = self._connection.execute(
            select(AvailabilityRow.__table__).where(AvailabilityRow.practitioner == practitioner)
        ).first()
        if row is None:
            return AT_WORK
        return availability_of(row.weekdays, row.away_from, row.away_until, row.covered_by)

    def keep(self, practitioner: UUID, said: Availability, *, at: datetime, by: UUID) -> None:
        """Keep what is said of the practitioner, in place of what was."""
        away = said.away
        values = {
            "weekdays": _bits(said.weekdays),
            "away_from": away and away.start,
            "away_until": away and away.end,
            "covered_by": away and away.cover,
            "said_at": at,
            "said_by": by,
        }
        changed = self._connection.execute(
            update(AvailabilityRow)
            .where(AvailabilityRow.practitioner == practitioner)
            .values(values)
        )
        if not changed.rowcount:
            self._connection.execute(
                insert(AvailabilityRow).values(practitioner=practitioner, **values)
            )


def availability_of(
    weekdays: int | None, start: date | None, end: date | None, cover: UUID | None
) -> Availability:
    """Return what the columns of one row say; all None where there is no row."""
    return Availability(
        weekdays=frozenset(each for each in Weekday if (weekdays or 0) >> each & 1),
        away=Away(start=start, end=end, cover=cover) if start else None,
    )


def _bits(weekdays: Iterable[Weekday]) -> int:
    return sum(1 << each for each in weekdays)
