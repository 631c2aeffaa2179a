"""Orders that protect people, whom they hide from whom, and what gives those people away."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from directory.domain.restrictions import (
    REVIEWED_EVERY,
    Actor,
    Done,
    Lifting,
    Order,
    OrderAct,
    OrderKind,
    Protection,
    Shield,
    Standing,
)
from directory.store.involvement import live_allocation
from directory.store.line_tables import FeedRow, InvolvementRow, LineRow
from directory.store.restriction_tables import (
    InterestPersonRow,
    LiftingRow,
    NamedRow,
    OrderEventRow,
    OrderRow,
    ProtectedRow,
)
from directory.store.visibility import seen

_ACTS = tuple(OrderAct)
"""Acts of one moment in the order they are done in: protection is asked for, then completed."""


_IS_NAMED = exists().where(
    NamedRow.order == ProtectedRow.order, NamedRow.account == bindparam("account")
)
_IS_ALLOCATED = (
    select(LineRow.id)
    .join(FeedRow, seen(LineRow))
    .join(InvolvementRow, InvolvementRow.line == LineRow.id)
    .where(
        LineRow.person == ProtectedRow.person,
        or_(
            InvolvementRow.practitioner == bindparam("practitioner"),
            InvolvementRow.team == bindparam("team"),
        ),
        *live_allocation(bindparam("day")),
    )
    .exists()
)
_IS_AT_DESK = (
    select(LineRow.id)
    .join(FeedRow, seen(LineRow))
    .where(LineRow.person == ProtectedRow.person, LineRow.service == bindparam("desk"))
    .exists()
)


def _protected(*works_with: ColumnElement[bool]) -> Select[UUID, int, bool]:
    """Return the selection of everybody an order protects, and whether the viewer works with them.

    Only what the viewer has is looked for: a worker's people, or a desk's.
    """
    return (
        select(ProtectedRow.person, OrderRow.protection, or_(*works_with).label("works_with"))
        .join(OrderRow, OrderRow.id == ProtectedRow.order)
        .where(OrderRow.ended.is_(None))
    )


_PROTECTED = {
    (False, False): _protected(_IS_NAMED),
    (True, False): _protected(_IS_NAMED, _IS_ALLOCATED),
    (False, True): _protected(_IS_NAMED, _IS_AT_DESK),
    (True, True): _protected(_IS_NAMED, _IS_ALLOCATED, _IS_AT_DESK),
}
"""It, by whether the viewer has people of their own or their team's, and a desk."""

_INTERESTS = select(InterestPersonRow.person).where(
    InterestPersonRow.account == bindparam("account")
)


class RestrictionStore:
    """Reads and keeps orders within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def shield(self, standing: Standing) -> Shield:
        """Return whom the viewer is not told of, and whom only in part, in two queries.

        Who stands under two orders is hidden if either hides them.
        """
        has_people = standing.practitioner is not None or standing.team is not None
        statement = _PROTECTED[has_people, standing.desk is not None]
        rows = self._connection.execute(
            statement,
            {
                "account": standing.account,
                "practitioner": standing.practitioner,
                "team": standing.team,
                "desk": standing.desk,
                "day": standing.day,
            },
        ).all()
        secret = {row.person for row in rows if row.protection == Protection.HIDDEN}
        hidden = {
            row.person for row in rows if row.protection == Protection.HIDDEN and not row.works_with
        }
        brokered = {row.person for row in rows if row.protection == Protection.BROKERED}
        interests = frozenset(self._connection.scalars(_INTERESTS, {"account": standing.account}))
        return Shield(
            hidden=frozenset(hidden) | interests,
            interests=interests,
            opened=frozenset(secret - hidden) - interests,
            brokered=frozenset(brokered - secret),
        )

    def protections(self, people: Collection[UUID]) -> dict[UUID, Protection]:
        """Return how far those of `people` are protected who are, the stricter order counting."""
        rows = self._connection.execute(
            select(ProtectedRow.person, func.max(OrderRow.protection).label("protection"))
            .join(OrderRow, OrderRow.id == ProtectedRow.order)
            .where(OrderRow.ended.is_(None), ProtectedRow.person.in_(people))
            .group_by(ProtectedRow.person)
        )
        return {row.person: Protection(row.protection) for row in rows}

    def protected(self) -> frozenset[UUID]:
        """Return everybody whom an order protects."""
        return frozenset(
            self._connection.scalars(
                select(ProtectedRow.person)
                .join(OrderRow, OrderRow.id == ProtectedRow.order)
                .where(OrderRow.ended.is_(None))
            )
        )

    def keep(self, order: Order) -> None:
        """Keep a new order, with whom it protects and who asked."""
        self._connection.execute(
            insert(OrderRow).values(
                id=order.reference,
                kind=order.kind,
                protection=order.protection,
                asked_by=order.asked_by.account,
                asked_organisation=order.asked_by.organisation,
                since=order.since,
                review_due=order.review_due,
                is_complete=False,
            )
        )
        for person in order.people:
            self._protect(order.reference, person)

    def take_in(self, order: UUID, person: UUID) -> None:
        """Keep that the order protects `person` as well, who lives with its people or is one.

        It is to be completed again, and so is every other that protects whom it was made for: that
        protects whoever this does.
        """
        self._protect(order, person, taken_in=True)
        subjects = select(ProtectedRow.person).where(
            ProtectedRow.order == order, ProtectedRow.taken_in.is_(False)
        )
        theirs = select(ProtectedRow.order).where(ProtectedRow.person.in_(subjects))
        self._connection.execute(
            update(OrderRow)
            .where(OrderRow.ended.is_(None), OrderRow.id.in_(theirs))
            .values(is_complete=False)
        )

    def complete(self, order: UUID) -> None:
        """Keep that whoever lives with the order's people was taken in, as far as is known."""
        self._change(order, is_complete=True)

    def incomplete(self) -> tuple[UUID, ...]:
        """Return the orders in force whose people are to be compared with everybody again."""
        return tuple(
            self._connection.scalars(
                select(OrderRow.id)
                .where(OrderRow.ended.is_(None), OrderRow.is_complete.is_(False))
                .order_by(OrderRow.id)
            )
        )

    def made_for(self, order: UUID) -> frozenset[UUID]:
        """Return whom the order was made for; the others it protects were taken in."""
        return frozenset(
            self._connection.scalars(
                select(ProtectedRow.person).where(
                    ProtectedRow.order == order, ProtectedRow.taken_in.is_(False)
                )
            )
        )

    def follow(self, merged: UUID, kept: UUID) -> None:
        """Keep that the orders about `merged` protect `kept` too, taken for the same person."""
        have = select(ProtectedRow.order).where(ProtectedRow.person == kept)
        rows = self._connection.execute(
            select(ProtectedRow.order, ProtectedRow.taken_in).where(
                ProtectedRow.person == merged, ProtectedRow.order.not_in(have)
            )
        ).all()
        for row in rows:
            self._protect(row.order_id, kept, taken_in=row.taken_in)

    def enter(self, event: UUID, order: UUID, done: Done) -> None:
        """Keep an event in the life of the order."""
        self._connection.execute(
            insert(OrderEventRow).values(
                id=event, order_id=order, act=done.act, at=done.at, account=done.by
            )
        )

    def events(self, order: UUID) -> tuple[Done, ...]:
        """Return the life of the order, the oldest event first."""
        rows = self._connection.execute(
            select(OrderEventRow.act, OrderEventRow.at, OrderEventRow.account).where(
                OrderEventRow.order == order
            )
        )
        done = (Done(act=OrderAct(row.act), at=row.at, by=row.account) for row in rows)
        return tuple(sorted(done, key=lambda each: (each.at, _ACTS.index(each.act))))

    def order(self, reference: UUID) -> Order | None:
        """Return the order under `reference`."""
        return next(iter(self._orders(OrderRow.id == reference)), None)

    def standing(self) -> tuple[Order, ...]:
        """Return the orders in force and those to be countersigned, what is due first."""
        return self._orders(or_(OrderRow.ended.is_(None), OrderRow.countersign_by.is_not(None)))

    def about(self, people: Collection[UUID]) -> tuple[Order, ...]:
        """Return the orders in force that protect any of `people`."""
        mine = select(ProtectedRow.order).where(ProtectedRow.person.in_(people))
        return self._orders(and_(OrderRow.ended.is_(None), OrderRow.id.in_(mine)))

    def change(self, order: UUID, *, kind: OrderKind, protection: Protection) -> None:
        """Keep how far the order goes and what it stands on."""
        self._change(order, kind=kind, protection=protection)

    def name(self, order: UUID, account: UUID) -> None:
        """Keep that the order names `account`."""
        self._connection.execute(insert(NamedRow).values(order_id=order, account=account))

    def unname(self, order: UUID, account: UUID) -> None:
        """Keep that the order names `account` no longer."""
        self._connection.execute(
            delete(NamedRow).where(NamedRow.order == order, NamedRow.account == account)
        )

    def reviewed(self, order: UUID, at: datetime) -> None:
        """Keep that the order was reviewed, and when it is due again."""
        self._change(order, review_due=at + REVIEWED_EVERY)

    def ask_lifting(self, order: UUID, lifting: Lifting) -> None:
        """Keep that it is asked that the order be lifted."""
        self._connection.execute(
            insert(LiftingRow).values(
                id=lifting.reference,
                order_id=order,
                asked_by=lifting.asked_by.account,
                asked_organisation=lifting.asked_by.organisation,
                asked_at=lifting.asked_at,
                earliest=lifting.earliest,
            )
        )

    def decline_lifting(self, lifting: UUID, at: datetime) -> None:
        """Keep that the order is not lifted on what was asked."""
        self._connection.execute(
            update(LiftingRow).where(LiftingRow.id == lifting).values(declined_at=at)
        )

    def agree_lifting(self, lifting: UUID, second: Actor, at: datetime) -> None:
        """Keep that a second person agreed."""
        self._connection.execute(
            update(LiftingRow)
            .where(LiftingRow.id == lifting)
            .values(agreed_by=second.account, agreed_organisation=second.organisation, agreed_at=at)
        )

    def end(
        self, order: UUID, by: UUID, at: datetime, *, countersign_by: datetime | None = None
    ) -> None:
        """Keep that the order ended, and by when somebody must countersign that.

        The others are to be completed again: whom it hid may live with whom they protect.
        """
        self._change(order, ended=at, lifted_by=by, countersign_by=countersign_by)
        self._connection.execute(
            update(OrderRow).where(OrderRow.ended.is_(None)).values(is_complete=False)
        )

    def countersigned(self, order: UUID) -> None:
        """Keep that the order's end was countersigned."""
        self._change(order, countersign_by=None)

    def _protect(self, order: UUID, person: UUID, *, taken_in: bool = False) -> None:
        self._connection.execute(
            insert(ProtectedRow).values(order_id=order, person=person, taken_in=taken_in)
        )

    def _change(self, order: UUID, **values: object) -> None:
        self._connection.execute(update(OrderRow).where(OrderRow.id == order).values(**values))

    def _orders(self, which: ColumnElement[bool]) -> tuple[Order, ...]:
        """Return the orders that `which` tells, in four queries however many they are."""
        rows = self._connection.execute(
            select(OrderRow.__table__).where(which).order_by(OrderRow.review_due, OrderRow.id)
        ).all()
        references = [row.id for row in rows]
        people = self._gathered(
            select(ProtectedRow.order, ProtectedRow.person)
            .where(ProtectedRow.order.in_(references))
            .order_by(ProtectedRow.person)
        )
        named = self._gathered(
            select(NamedRow.order, NamedRow.account).where(NamedRow.order.in_(references))
        )
        liftings = self._liftings(references)
        return tuple(
            _order(row, people.get(row.id, []), named.get(row.id, []), liftings.get(row.id))
            for row in rows
        )

    def _gathered(self, statement: Select[*tuple[UUID, UUID]]) -> dict[UUID, list[UUID]]:
        found: dict[UUID, list[UUID]] = {}
        for row in self._connection.execute(statement):
            found.setdefault(row[0], []).append(row[1])
        return found

    def _liftings(self, orders: Collection[UUID]) -> dict[UUID, Lifting]:
        rows = self._connection.execute(
            select(LiftingRow.__table__).where(
                LiftingRow.order.in_(orders),
                LiftingRow.agreed_at.is_(None),
                LiftingRow.declined_at.is_(None),
            )
        )
        return {
            row.order_id: Lifting(
                reference=row.id,
                asked_by=Actor(account=row.asked_by, organisation=row.asked_organisation),
                asked_at=row.asked_at,
            )
            for row in rows
        }


def _order(
    row: Row[*tuple[Any, ...]], people: list[UUID], named: list[UUID], lifting: Lifting | None
) -> Order:
    return Order(
        reference=row.id,
        kind=OrderKind(row.kind),
        protection=Protection(row.protection),
        people=tuple(people),
        named=frozenset(named),
        asked_by=Actor(account=row.asked_by, organisation=row.asked_organisation),
        since=row.since,
        review_due=row.review_due,
        lifting=lifting if row.ended is None else None,
        ended=row.ended,
        countersign_by=row.countersign_by,
        lifted_by=row.lifted_by,
    )
