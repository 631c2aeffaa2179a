"""The tables of programmes: their keys, what they sent and what they were answered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class ProgrammeRow(Row):
    """A system of an organisation; `scopes` are words with a space between."""

    __tablename__ = "programme"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    service: Mapped[str | None] = mapped_column(ForeignKey("service.service"))
    scopes: Mapped[str] = mapped_column(String(80))
    enabled: Mapped[bool] = mapped_column(default=True)


class ProgrammeKeyRow(Row):
    """A key of a programme, by its keyed hash alone."""

    __tablename__ = "programme_key"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    programme: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    made_on: Mapped[date]
    end: Mapped[date] = mapped_column("end_day")
    ended: Mapped[bool] = mapped_column(default=False)
    last_used: Mapped[date | None]
    __table_args__ = (CheckConstraint("made_on < end_day", name="in_order"),)


class SentLineRow(Row):
    """A line that a programme sent and that is still to be taken, sealed.

    `revision` is what its sender was told, and what the line is to have.
    """

    __tablename__ = "sent_line"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    programme: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    service: Mapped[str] = mapped_column(ForeignKey("feed.service"))
    source_reference: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int]
    at: Mapped[datetime]
    sealed: Mapped[bytes]
    __table_args__ = (
        UniqueConstraint("service", "source_reference"),
        CheckConstraint("revision > 0", name="revised"),
    )


class SentAnswerRow(Row):
    """What a programme was answered, for whoever sends the same again under the same key."""

    __tablename__ = "sent_answer"
    programme: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    asked_as: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary(16))
    at: Mapped[datetime]
    sealed: Mapped[bytes]
    __table_args__ = (Index(None, "programme", "at"),)
