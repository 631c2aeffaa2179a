"""The tables of watches: whose family a user watches, what they are to be told, and how."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class WatchRow(Row):
    """That a user watches a family, in one role.

    `marks` are keyed hashes of what their board said last; `compared_with` is the number of
    changes of boards that it was compared after.
    """

    __tablename__ = "watch"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(30))
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(24))
    started: Mapped[datetime]
    ends: Mapped[datetime] = mapped_column("ends_at")
    marks: Mapped[bytes]
    compared_at: Mapped[datetime] = mapped_column(index=True)
    compared_with: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (
        UniqueConstraint("account", "role", "person"),
        CheckConstraint("started < ends_at", name="ends_after_start"),
    )


class NoticeRow(Row):
    """That something changed about a family that is watched; what is kept nowhere."""

    __tablename__ = "notice"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    watch: Mapped[UUID] = mapped_column(ForeignKey("watch.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(index=True)
    opened_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "watch", "opened_at"),)


class NoticeMailRow(Row):
    """When a user wants e-mails about notices, and the day on which the last one went."""

    __tablename__ = "notice_mail"
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    mailing: Mapped[str] = mapped_column(String(8))
    mailed_on: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("mailing in ('at_once', 'daily', 'none')", name="mailing_known"),
    )
