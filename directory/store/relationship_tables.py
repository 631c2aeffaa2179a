"""The tables of what ties a user to people: additions, claims, look-ups and reasons given."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class AdditionRow(Row):
    """A person whom a worker knows to belong to a family."""

    __tablename__ = "family_addition"
    anchor: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(14))
    added_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    added_at: Mapped[datetime]
    __table_args__ = (
        Index(None, "person"),
        CheckConstraint("anchor <> person", name="two_people"),
    )


class ClaimRow(Row):
    """A relationship a user started, with a reason and an end."""

    __tablename__ = "claim"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    purpose: Mapped[str] = mapped_column(String(24))
    start: Mapped[datetime]
    end: Mapped[datetime] = mapped_column("end_at")
    reason: Mapped[bytes]  # sealed
    __table_args__ = (
        Index(None, "account", "person"),
        Index(None, "end_at"),
        Index(None, "id", "account", unique=True),  # a decision names both
        CheckConstraint("start < end_at", name="ends_after_start"),
    )


class LookUpRow(Row):
    """A search and its results as references, sealed, for its own session only."""

    __tablename__ = "look_up"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    session: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    at: Mapped[datetime]
    sealed: Mapped[bytes]


class ViewingRow(Row):
    """One user's look at one family in one session."""

    __tablename__ = "viewing"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    session: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(24))
    started: Mapped[datetime]
