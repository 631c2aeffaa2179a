"""The table of emergency access."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class OccasionRow(Row):
    """One user's emergency access to one family, with its review; none is ever deleted."""

    __tablename__ = "emergency"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(30))
    team: Mapped[UUID | None]
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[bytes]  # sealed
    started: Mapped[datetime]
    ends: Mapped[datetime]
    review_due: Mapped[datetime] = mapped_column(index=True)
    earlier: Mapped[int]
    reviewed: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str] = mapped_column(String(14), default="")
    __table_args__ = (
        Index(None, "account", "ends"),
        CheckConstraint("started < ends", name="ends_after_start"),
        CheckConstraint("reviewed_by <> account", name="two_people"),
        CheckConstraint(
            "(reviewed is null) = (reviewed_by is null) and (reviewed is null) = (outcome = '')",
            name="reviewed_whole",
        ),
    )
