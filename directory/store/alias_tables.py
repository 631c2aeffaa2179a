"""The table of the pairs of names that were met in confirmed links."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class NamePairRow(Row):
    """A pair of names that enough homes bear out: nothing says who, or how many exactly.

    `people` is the least number of homes that bear it out, so of as many people.
    """

    __tablename__ = "name_pair"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(String(10))
    one: Mapped[str] = mapped_column(String(32))
    other: Mapped[str] = mapped_column(String(32))
    people: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    met_at: Mapped[datetime]
    decided: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("part", "one", "other"),
        CheckConstraint("one < other", name="in_order"),
        CheckConstraint("people >= 5", name="nobody_is_told"),
        CheckConstraint("(state = 'proposed') = (decided IS NULL)", name="decided_when"),
    )
