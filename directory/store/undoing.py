"""A feed's last delivery taken back: what was seen before it is seen again, in one flip."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, func, select, update
from sqlalchemy.orm import aliased

from directory.domain.extracts import Delivery, ExtractOutcome, said_by_hand
from directory.domain.upkeep import ByHand, merged
from directory.domain.vocabulary import Service
from directory.store.kept_rows import KeptRow, ever_by_hand, kept_row, values_of
from directory.store.line_tables import ExtractRow, FeedRow, InvolvementRow, LineRow, PersonRow
from directory.store.restriction_tables import OrderRow
from directory.store.row import Row
from directory.store.texts import texts_changed


class UndoStore:
    """Takes a feed's last delivery back, within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def last(self, claimed: Delivery) -> Delivery | None:
        """Return the delivery that can be taken back before `claimed`; None where none can.

        That is the one that is seen, unless another was taken back since it came. Its `before` is
        the as-of date of what was seen then, None where nothing was.
        """
        number = claimed.number - 1
        taken = self._taken(claimed.service, number)
        if taken is None or self._is_undone(claimed):
            return None
        previous = self._taken(claimed.service, number - 1)
        before = previous[0] if previous else None
        return replace(claimed, number=number, before=before, as_of=taken[0])

    def show_before(self, last: Delivery) -> bool:
        """Let every viewer see what was seen before `last`; False where its claim holds no more.

        The claim goes on holding, for what `last` staged is to be taken back. Lines that it pinned
        to the day they spoke of speak of the feed's own day again.
        """
        texts_changed(self._connection)
        previous = self._taken(last.service, last.number - 1)
        shown = self._connection.execute(
            update(FeedRow)
            .where(FeedRow.service == last.service, FeedRow.staging == last.token)
            .values(
                current=last.number - 1,
                as_of=last.before,
                delivered_at=previous[1] if previous else None,
                failed_at=self._failed_before(last),
            )
        )
        self._connection.execute(
            update(ExtractRow)
            .where(*_taken_as(last.service, last.number))
            .values(outcome=ExtractOutcome.UNDONE)
        )
        self._connection.execute(
            update(LineRow)
            .where(
                LineRow.service == last.service,
                LineRow.as_of == last.before,
                LineRow.visible_from < last.number,
                LineRow.visible_until >= last.number,
            )
            .values(as_of=None)
        )
        return shown.rowcount == 1

    def carry_by_hand(self, last: Delivery) -> None:
        """Let what desks said of lines since `last` brought them hold of what they were before."""
        before = aliased(LineRow)
        rows = self._connection.execute(
            select(InvolvementRow.__table__, before.id.label("before"), before.digest)
            .join(LineRow, LineRow.id == InvolvementRow.line)
            .join(
                before,
                (before.service == LineRow.service)
                & (before.source_reference == LineRow.source_reference)
                & (before.visible_until == last.number),
            )
            .where(
                LineRow.service == last.service,
                LineRow.visible_from == last.number,
                ever_by_hand(),
            )
        ).all()
        for row in rows:
            self._carry(kept_row(row), onto=row.before, digest=bytes(row.digest))

    def complete_orders_again(self) -> None:
        """Let every order be completed again: whom it hides may live with somebody once more."""
        self._connection.execute(
            update(OrderRow).where(OrderRow.ended.is_(None)).values(is_complete=False)
        )

    def _carry(self, kept: KeptRow, *, onto: int, digest: bytes) -> None:
        mine = InvolvementRow.line == onto
        found = self._connection.execute(select(InvolvementRow.__table__).where(mine)).first()
        if found is None:
            return
        old = kept_row(found)
        by_hand = ByHand(
            lead=kept.by_hand.lead or old.by_hand.lead,
            last_involved=kept.by_hand.last_involved or old.by_hand.last_involved,
            ended=kept.by_hand.ended or old.by_hand.ended,
        )
        confirmed = kept if kept.confirmed_on else old
        self._connection.execute(
            update(InvolvementRow)
            .where(mine)
            .values(
                **values_of(merged(kept.said, old.said, kept.by_hand), by_hand),
                revision=max(kept.revision, old.revision) + 1,
                confirmed_on=confirmed.confirmed_on,
                confirmed_by=confirmed.confirmed_by,
            )
        )
        if by_hand.is_anything:
            self._connection.execute(
                update(LineRow).where(LineRow.id == onto).values(digest=said_by_hand(digest))
            )

    def _taken(self, service: Service, number: int) -> tuple[date, datetime] | None:
        found = self._connection.execute(
            select(ExtractRow.as_of, ExtractRow.taken_at).where(*_taken_as(service, number))
        ).first()
        return (found.as_of, found.taken_at) if found else None

    def _is_undone(self, claimed: Delivery) -> bool:
        found = select(ExtractRow.id).where(
            ExtractRow.service == claimed.service,
            ExtractRow.delivery == claimed.number,
            ExtractRow.outcome == ExtractOutcome.UNDONE,
        )
        return self._connection.scalar(found.limit(1)) is not None

    def _failed_before(self, last: Delivery) -> datetime | None:
        """Return when the last file that came to nothing before `last` did so."""
        return self._connection.scalar(
            select(func.max(ExtractRow.taken_at)).where(
                ExtractRow.service == last.service,
                ExtractRow.delivery == last.number,
                ExtractRow.outcome.not_in((ExtractOutcome.TAKEN, ExtractOutcome.UNDONE)),
            )
        )


def speaking_of_people() -> tuple[Column[UUID], ...]:
    """Return every column that holds people and would not let one go."""
    return tuple(
        column
        for table in Row.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is PersonRow.__table__ and key.ondelete != "CASCADE"
    )


def _taken_as(service: Service, number: int) -> tuple[ColumnElement[bool], ...]:
    return (
        ExtractRow.service == service,
        ExtractRow.delivery == number,
        ExtractRow.outcome == ExtractOutcome.TAKEN,
    )
