"""The tables of agreements: their versions, how far each has come, and who signed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class AgreementRow(Row):
    """One version of a data-sharing agreement; a list is lines of text, None is not given."""

    __tablename__ = "agreement"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    powers: Mapped[str] = mapped_column(Text)
    purposes: Mapped[str] = mapped_column(Text)
    services: Mapped[str] = mapped_column(Text)
    start: Mapped[date]
    review: Mapped[date]
    end: Mapped[date] = mapped_column("end_day")
    country: Mapped[str | None] = mapped_column(String(20))
    bases: Mapped[str | None] = mapped_column(Text)
    special: Mapped[str | None] = mapped_column(Text)
    schedule: Mapped[str | None] = mapped_column(Text)
    policy_document: Mapped[str | None] = mapped_column(String(120))
    confidentiality: Mapped[str | None] = mapped_column(String(20))
    dpia: Mapped[str | None] = mapped_column(String(40))
    fields: Mapped[str | None] = mapped_column(Text)  # None: every one
    __table_args__ = (
        UniqueConstraint("reference", "version"),
        CheckConstraint("start < end_day", name="ends_after_start"),
    )


class CourseRow(Row):
    """How far a version has come; without one, or until it is activated, it is a draft.

    Nobody stands for the council's own file.
    """

    __tablename__ = "agreement_course"
    agreement: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    edited_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    edited_at: Mapped[datetime | None]
    activated_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    activated_at: Mapped[datetime | None]
    ended_from: Mapped[date | None]
    superseded_from: Mapped[date | None]
    __table_args__ = (
        CheckConstraint("edited_by <> activated_by", name="four_eyes"),
        CheckConstraint("activated_at IS NOT NULL OR activated_by IS NULL", name="activated_when"),
        CheckConstraint(
            "activated_at IS NOT NULL OR (ended_from IS NULL AND superseded_from IS NULL)",
            name="over_once_active",
        ),
    )


class PartyRow(Row):
    """An organisation's place, and signature, in an agreement."""

    __tablename__ = "agreement_party"
    agreement: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    signed_on: Mapped[date | None]
    signed_by: Mapped[str | None] = mapped_column(String(120))
