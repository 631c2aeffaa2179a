"""The tables of consent: what was asked, for which organisations, and what became of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class ConsentRow(Row):
    """One question to one person; none is ever changed."""

    __tablename__ = "consent"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    wording: Mapped[str] = mapped_column(String(40))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_from: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    asked_at: Mapped[datetime]
    manner: Mapped[str] = mapped_column(String(20))
    __table_args__ = (CheckConstraint("wording <> ''", name="worded"),)


class ConsentOrganisationRow(Row):
    """An organisation that a question is about."""

    __tablename__ = "consent_organisation"
    consent: Mapped[UUID] = mapped_column(ForeignKey("consent.id"), primary_key=True)
    organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    __table_args__ = (Index(None, "organisation"),)


class ConsentEventRow(Row):
    """The answer to a question, or the withdrawal of a consent; none is ever changed."""

    __tablename__ = "consent_event"
    consent: Mapped[UUID] = mapped_column(ForeignKey("consent.id"), primary_key=True)
    step: Mapped[int] = mapped_column(SmallInteger, primary_key=True)  # 1 answer, 2 withdrawal
    kind: Mapped[str] = mapped_column(String(10))
    by: Mapped[UUID] = mapped_column("by_account", ForeignKey("account.id"))
    at: Mapped[datetime]
    manner: Mapped[str] = mapped_column(String(20))
    giver: Mapped[str] = mapped_column(String(20))
    authority_seen: Mapped[date | None]
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    __table_args__ = (
        CheckConstraint(
            "(step = 1 and kind in ('given', 'refused')) or (step = 2 and kind = 'withdrawn')",
            name="step_known",
        ),
        CheckConstraint(
            "(kind = 'given') = (ends is not null) and (kind = 'given') = (starts is not null)",
            name="given_ends",
        ),
        CheckConstraint("starts < ends", name="in_order"),
        CheckConstraint("(kind = 'withdrawn') = (giver = '')", name="answered_by"),
        CheckConstraint(
            "(authority_seen is not null) = (giver in ('attorney', 'deputy'))",
            name="authority_seen",
        ),
    )
