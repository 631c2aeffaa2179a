"""The table of contacts that were reported as wrong; no report is ever deleted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class CorrectionRow(Row):
    """One report, with its answer. `standing` is unique while it is open, and empty afterwards."""

    __tablename__ = "correction"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(ForeignKey("service.service"))
    practitioner: Mapped[UUID | None]
    team: Mapped[UUID | None]
    person: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    wrong: Mapped[str] = mapped_column(String(12))
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    organisation: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str] = mapped_column(String(30))
    reported_at: Mapped[datetime]
    due: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[str] = mapped_column(String(10), default="", server_default="")
    standing: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True)
    __table_args__ = (
        Index(None, "service", "answered_at"),
        CheckConstraint(
            "wrong in ('number', 'email', 'left', 'other_leads', 'not_involved')",
            name="wrong_known",
        ),
        CheckConstraint("(practitioner is null) <> (team is null)", name="of_one"),
        CheckConstraint(
            "(person is not null) = (wrong in ('other_leads', 'not_involved'))",
            name="whose_involvement",
        ),
        CheckConstraint("reported_at < due", name="in_order"),
        CheckConstraint(
            "(answered_at is null) = (answered_by is null)"
            " and (answered_at is null) = (answer = '')",
            name="answered_whole",
        ),
        CheckConstraint("answer in ('', 'mended', 'right', 'passed_on')", name="answer_known"),
        CheckConstraint("(standing is null) = (answered_at is not null)", name="open_once"),
    )
