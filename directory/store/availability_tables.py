"""The table of the days on which practitioners are at work, and of who stands in for them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class AvailabilityRow(Row):
    """What a service's desk says of one practitioner, whatever version of them is seen.

    `weekdays` has a bit for each day from Monday on, and is 0 where nobody said.
    """

    __tablename__ = "availability"
    practitioner: Mapped[UUID] = mapped_column(primary_key=True)
    weekdays: Mapped[int] = mapped_column(SmallInteger)
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    covered_by: Mapped[UUID | None]
    said_at: Mapped[datetime]
    said_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    __table_args__ = (
        CheckConstraint("weekdays between 0 and 127", name="days_of_a_week"),
        CheckConstraint("away_until is null or away_until > away_from", name="in_order"),
        CheckConstraint(
            "away_from is not null or (away_until is null and covered_by is null)",
            name="away_whole",
        ),
        CheckConstraint("covered_by <> practitioner", name="two_people"),
    )
