"""The tables of agencies: organisations, services and the instance."""

from datetime import date
from uuid import UUID

from sqlalchemy import SmallInteger, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class OrganisationRow(Row):
    """A body that takes part."""

    __tablename__ = "organisation"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    suspended: Mapped[bool] = mapped_column(default=False)
    needs_consent: Mapped[bool] = mapped_column(default=False, server_default=false())
    assured_until: Mapped[date | None]
    assurance_evidence: Mapped[str] = mapped_column(String(40), default="", server_default="")


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


class InstanceRow(Row):
    """Facts about this instance: its council's name and area."""

    __tablename__ = "instance"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
