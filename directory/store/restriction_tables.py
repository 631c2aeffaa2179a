"""The tables of protected records: orders, whom they protect, and what gives those people away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, false, true
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class OrderRow(Row):
    """An order that protects people; none is ever deleted."""

    __tablename__ = "restriction_order"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    protection: Mapped[int]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    since: Mapped[datetime]
    review_due: Mapped[datetime]
    ended: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    countersign_by: Mapped[datetime | None]
    is_complete: Mapped[bool] = mapped_column(server_default=true())
    # not while more was captured of its people than others were compared with
    __table_args__ = (
        Index(None, "ended"),
        CheckConstraint("protection in (1, 2)", name="protection"),
        CheckConstraint("kind <> 'adoption' or ended is null", name="for_good"),
        CheckConstraint("ended is null or lifted_by is not null", name="somebody_lifted"),
    )


class ProtectedRow(Row):
    """Somebody whom an order protects."""

    __tablename__ = "restriction_person"
    order: Mapped[UUID] = mapped_column(
        "order_id", ForeignKey("restriction_order.id"), primary_key=True
    )
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    taken_in: Mapped[bool] = mapped_column(server_default=false())
    # since lines say that they live with, or are, somebody it was made for


class NamedRow(Row):
    """A user whom an order names: they still find the people it hides."""

    __tablename__ = "restriction_named"
    order: Mapped[UUID] = mapped_column(
        "order_id", ForeignKey("restriction_order.id"), primary_key=True
    )
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)


class TraceRow(Row):
    """A part of who somebody protected is, as a keyed hash that lines are compared with."""

    __tablename__ = "restriction_trace"
    person: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    __table_args__ = (Index(None, "hash"),)


class LiftingRow(Row):
    """That an order be lifted, as one asked it and as another agreed or declined."""

    __tablename__ = "restriction_lifting"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order: Mapped[UUID] = mapped_column("order_id", ForeignKey("restriction_order.id"), index=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    asked_organisation: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    asked_at: Mapped[datetime]
    earliest: Mapped[datetime]
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    agreed_organisation: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    agreed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("earliest > asked_at", name="waits"),
        CheckConstraint("agreed_by <> asked_by", name="two_people"),
        CheckConstraint("agreed_organisation <> asked_organisation", name="two_organisations"),
        CheckConstraint(
            "agreed_at is null or (agreed_by is not null and agreed_organisation is not null"
            " and agreed_at >= earliest)",
            name="agreed_in_time",
        ),
    )


class OrderEventRow(Row):
    """One event in the life of an order."""

    __tablename__ = "restriction_event"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    order: Mapped[UUID] = mapped_column("order_id", ForeignKey("restriction_order.id"), index=True)
    act: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    account: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  # none: a service's file


class InterestRow(Row):
    """A user's declared interest in somebody, as a keyed mark of who that is."""

    __tablename__ = "interest"
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(10))
    declared_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("kind in ('self','relative','household','colleague')", name="kind"),
    )


class InterestPersonRow(Row):
    """Somebody whom a user's declared interest turned out to be about."""

    __tablename__ = "interest_person"
    account: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    person: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
