"""The tables of files that services send by hand, and of what their headings stand for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class ColumnMeaningRow(Row):
    """One heading of a service's own, and the column of the contract that it stands for."""

    __tablename__ = "column_meaning"
    service: Mapped[str] = mapped_column(ForeignKey("feed.service"), primary_key=True)
    heading: Mapped[str] = mapped_column(String(60), primary_key=True)
    meaning: Mapped[str] = mapped_column(String(40))
    said_at: Mapped[datetime]
    said_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    __table_args__ = (UniqueConstraint("service", "meaning"),)


class SentFileRow(Row):
    """One file that was sent, or one extract that is to be taken back, and how far it is.

    The file itself is not here. `report` is sealed: counts, and each refusal's line, column and
    reason; never what a line says. `number` lets a file be taken that takes much away.
    """

    __tablename__ = "sent_file"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("feed.service"))
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    sent_at: Mapped[datetime]
    as_of: Mapped[date]
    work: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    number: Mapped[int] = mapped_column(default=0, server_default="0")
    fault: Mapped[str] = mapped_column(String(300), default="", server_default="")
    changed_at: Mapped[datetime]
    report: Mapped[bytes | None]
    __table_args__ = (
        Index(None, "service", "sent_at"),
        CheckConstraint("work in ('take', 'undo')", name="work_known"),
        CheckConstraint(
            "state in ('sent', 'checking', 'checked', 'asked', 'taking', 'taken', 'refused',"
            " 'failed', 'let_go')",
            name="state_known",
        ),
    )
