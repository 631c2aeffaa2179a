"""The tables of the audit: its chain, its keys, and the investigations that read it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class InvestigationRow(Row):
    """An IG lead's logged investigation, inside which the audit may be read."""

    __tablename__ = "investigation"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    matter: Mapped[str] = mapped_column(String(40))
    reason: Mapped[bytes]  # sealed
    opened: Mapped[datetime]
    closed: Mapped[datetime | None]


class InvestigatedPersonRow(Row):
    """The one person whom an investigation names; its key allows no second."""

    __tablename__ = "investigated_person"
    investigation: Mapped[UUID] = mapped_column(ForeignKey("investigation.id"), primary_key=True)
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    named: Mapped[datetime]


class AuditRow(Row):
    """One entry of the chain; the database refuses to change or delete it."""

    __tablename__ = "audit_entry"
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(unique=True)
    at: Mapped[datetime]
    log: Mapped[str] = mapped_column(String(8))
    event: Mapped[str] = mapped_column(String(30))
    outcome: Mapped[str] = mapped_column(String(8))
    actor: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(String(30))
    organisation: Mapped[UUID | None]
    session: Mapped[bytes]
    occasion: Mapped[UUID | None]
    purpose: Mapped[str] = mapped_column(String(24))
    power: Mapped[str] = mapped_column(String(80))
    relationship: Mapped[str] = mapped_column(String(16))
    service: Mapped[str] = mapped_column(String(30))
    fields: Mapped[str] = mapped_column(Text)
    agreements: Mapped[str] = mapped_column(Text)
    policy_version: Mapped[str] = mapped_column(String(20))
    seal_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed: Mapped[bytes]
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    __table_args__ = (Index(None, "actor", "at"), Index(None, "at"))


class AuditSubjectRow(Row):
    """A person in an entry, as a keyed hash."""

    __tablename__ = "audit_subject"
    sequence: Mapped[int] = mapped_column(
        ForeignKey("audit_entry.sequence"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    subject: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    part: Mapped[str] = mapped_column(String(8))


class AuditHeadRow(Row):
    """The end of the chain: one row, locked last."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(BigInteger)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class SealKeyRow(Row):
    """The wrapped key of one subject's sealed words; erasing it erases them."""

    __tablename__ = "seal_key"
    subject: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    wrapped: Mapped[bytes]
    purge_after: Mapped[datetime | None]
