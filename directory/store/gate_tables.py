"""The table of gates: what each account holds that lets it see people."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class HeldGateRow(Row):
    """One gate that an account holds; what it held before is in the audit."""

    __tablename__ = "held_gate"
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    gate: Mapped[str] = mapped_column(String(20), primary_key=True)
    start: Mapped[date]
    end: Mapped[date] = mapped_column("end_day")
    evidence: Mapped[str] = mapped_column(String(40))
    __table_args__ = (CheckConstraint("start < end_day", name="in_order"),)
