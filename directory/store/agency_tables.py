"""The tables of agencies: organisations, services, what they agreed, and the instance."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class OrganisationRow(Row):
    """A body that takes part."""

    __tablename__ = "organisation"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    suspended: Mapped[bool] = mapped_column(default=False)


class ServiceRow(Row):
    """A service as a whole: its common line, coverage and meaning."""

    __tablename__ = "service"
    service: Mapped[str] = mapped_column(String(30), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    common_line: Mapped[str] = mapped_column(String(40))
    out_of_hours_line: Mapped[str] = mapped_column(String(40), default="")
    area: Mapped[str] = mapped_column(String(120))
    covered_since: Mapped[date | None]
    update_cycle_days: Mapped[int]
    date_meaning: Mapped[str] = mapped_column(String(300))
    team_only: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(SmallInteger)


class AgreementRow(Row):
    """One version of a data-sharing agreement."""

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
    __table_args__ = (
        UniqueConstraint("reference", "version"),
        CheckConstraint("start < end_day", name="ends_after_start"),
    )


class PartyRow(Row):
    """An organisation's place, and signature, in an agreement."""

    __tablename__ = "agreement_party"
    agreement: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    signed_on: Mapped[date | None]


class InstanceRow(Row):
    """Facts about this instance: its council's name and area."""

    __tablename__ = "instance"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
