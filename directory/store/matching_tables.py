"""The tables of matching: which lines wait, what stewards decided, and how to put it back."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class WaitingRow(Row):
    """A line that waits or once did, under a random reference that no version changes."""

    __tablename__ = "waiting_line"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("feed.service"))
    source_reference: Mapped[str] = mapped_column(String(130))
    since: Mapped[datetime]
    turn: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (UniqueConstraint("service", "source_reference"),)


class WaitingCandidateRow(Row):
    """Somebody whom a waiting line resembled when it was sent."""

    __tablename__ = "waiting_candidate"
    waiting: Mapped[UUID] = mapped_column(
        ForeignKey("waiting_line.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class NamingRow(Row):
    """Whom an allocation or a tie names, by the references of their own lines."""

    __tablename__ = "line_naming"
    line: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("line.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_reference: Mapped[str] = mapped_column(String(40), index=True)
    other_reference: Mapped[str] = mapped_column(String(40), index=True)
    tie: Mapped[str] = mapped_column(String(20))
    started: Mapped[date | None]
    ended: Mapped[date | None]


class MatchingActRow(Row):
    """What a steward decided, or asks a second one to agree to; none is ever deleted."""

    __tablename__ = "matching_act"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(8))
    waiting: Mapped[UUID | None] = mapped_column(ForeignKey("waiting_line.id"), index=True)
    person: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    other: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    undoes: Mapped[UUID | None] = mapped_column(ForeignKey("matching_act.id"), index=True)
    reason: Mapped[str] = mapped_column(String(30))
    identity: Mapped[bytes | None] = mapped_column(LargeBinary(8), index=True)
    expected: Mapped[date | None]
    lifecycle: Mapped[str] = mapped_column(String(20))
    two_needed: Mapped[bool]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    second_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    second_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    __table_args__ = (
        Index(None, "state", "asked_at"),
        CheckConstraint(
            "kind in ('this_person','new_person','not_this_person','merge','take_back')",
            name="kind",
        ),
        CheckConstraint("state in ('asked','done','declined')", name="state"),
        CheckConstraint("other <> person", name="two_persons"),
        CheckConstraint("second_by <> asked_by", name="two_people"),
        CheckConstraint(
            "state <> 'done' or not two_needed or second_by is not null", name="second_agreed"
        ),
    )


class MergedLineRow(Row):
    """A line, or the far end of a tie, that a merge moved."""

    __tablename__ = "merged_line"
    act: Mapped[UUID] = mapped_column(ForeignKey("matching_act.id"), primary_key=True)
    line: Mapped[int] = mapped_column(
        BigInteger,
        ForeignKey("line.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    part: Mapped[str] = mapped_column(String(4), primary_key=True)
    __table_args__ = (CheckConstraint("part in ('line','tie')", name="part"),)


class MergedAdditionRow(Row):
    """An addition to a family that a merge moved, as it stood before."""

    __tablename__ = "merged_addition"
    act: Mapped[UUID] = mapped_column(ForeignKey("matching_act.id"), primary_key=True)
    anchor: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    added_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)


class ExpectedBirthRow(Row):
    """Somebody who was entered before their birth, and when it was expected."""

    __tablename__ = "expected_birth"
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    expected: Mapped[date]
    joined_at: Mapped[datetime | None]
