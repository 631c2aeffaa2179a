"""The table of local rules: each change that was proposed, and who agreed to it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class RuleChangeRow(Row):
    """One proposed change of one rule; none is ever deleted, nor changed once it was decided."""

    __tablename__ = "rule_change"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(20))
    service: Mapped[str] = mapped_column(String(30))  # "" where it is the council's
    value: Mapped[str] = mapped_column(String(1500))
    effective: Mapped[date]
    why: Mapped[str] = mapped_column(String(500))
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    standing: Mapped[str] = mapped_column(String(10))
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("standing in ('waiting', 'agreed', 'declined')", name="standing_known"),
        CheckConstraint("standing <> 'agreed' or decided_by <> proposed_by", name="two_people"),
        CheckConstraint(
            "(decided_by is null) = (decided_at is null)"
            " and (decided_by is null) = (standing = 'waiting')",
            name="decided_whole",
        ),
    )
