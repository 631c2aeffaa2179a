"""The tables of accounts: who signs in, how, and in which sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class AccountRow(Row):
    """A user's account."""

    __tablename__ = "account"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    practitioner: Mapped[UUID | None]
    team: Mapped[UUID | None]
    service: Mapped[str | None] = mapped_column(String(30))
    version: Mapped[int] = mapped_column(default=1)
    disabled: Mapped[bool] = mapped_column(default=False)
    password: Mapped[str] = mapped_column(String(200), default="")
    second_factor: Mapped[bytes | None]  # sealed
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class AccountRoleRow(Row):
    """A role an account may act in."""

    __tablename__ = "account_role"
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(30), primary_key=True)


class SessionRow(Row):
    """A signed-in session, known by the hash of its token."""

    __tablename__ = "session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int]
    acting_as: Mapped[str] = mapped_column(String(30), default="")
    started: Mapped[datetime]
    seen: Mapped[datetime]
    locked: Mapped[bool] = mapped_column(default=False)
    proven: Mapped[datetime | None]


class AttemptRow(Row):
    """A failed sign-in, by keyed hashes of the account's name and the address it came from."""

    __tablename__ = "sign_in_attempt"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime]
    __table_args__ = (Index(None, "account_hash", "at"), Index(None, "address_hash", "at"))


class OneTimeLinkRow(Row):
    """A link that lets its account set a password, once."""

    __tablename__ = "one_time_link"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    end: Mapped[datetime] = mapped_column("end_at")
    used_at: Mapped[datetime | None]
