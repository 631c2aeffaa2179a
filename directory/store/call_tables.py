"""The tables of calls: searches still to be compared, who is to be rung, who was told, the rota."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class DueLookUpRow(Row):
    """A search that is still to be compared with those its user is not told of."""

    __tablename__ = "look_up_due"
    look_up: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(index=True)


class CallRow(Row):
    """That somebody is to be rung; about whom is kept nowhere."""

    __tablename__ = "call"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    caller: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    __table_args__ = (
        CheckConstraint("(answered_at is null) = (answered_by is null)", name="answered_whole"),
        CheckConstraint("answered_by <> caller", name="two_people"),
    )


class CallPageRow(Row):
    """That an account was told of a call: by a letter, once it has gone."""

    __tablename__ = "call_page"
    call: Mapped[UUID] = mapped_column(ForeignKey("call.id"), primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)


class TurnRow(Row):
    """One officer's turn of duty."""

    __tablename__ = "rota_turn"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    start: Mapped[datetime] = mapped_column("starts")
    end: Mapped[datetime] = mapped_column("ends", index=True)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    __table_args__ = (CheckConstraint("starts < ends", name="in_order"),)
