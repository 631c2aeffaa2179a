"""What gives protected people away, kept as keyed hashes that lines are compared with."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from directory.domain.traces import Trace
from directory.store.restriction_tables import OrderRow, ProtectedRow, TraceRow
from directory.store.sealing import Sealer


class TraceStore:
    """Keeps and compares traces within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, hashing traces with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def capture(self, person: UUID, traces: Collection[Trace]) -> None:
        """Keep what gives `person` away; what was kept before stays.

        Where it is more than before, their orders are to be completed again.
        """
        hashes = {self._hash(each) for each in traces}
        kept = self._connection.scalars(select(TraceRow.hash).where(TraceRow.person == person))
        new = hashes - {bytes(each) for each in kept}
        if new:
            self._connection.execute(
                insert(TraceRow), [{"person": person, "hash": each} for each in sorted(new)]
            )
            theirs = select(ProtectedRow.order).where(ProtectedRow.person == person)
            self._connection.execute(
                update(OrderRow).where(OrderRow.id.in_(theirs)).values(is_complete=False)
            )

    def forget(self, people: Collection[UUID]) -> None:
        """Forget what gave away those of `people` whom no order protects any more.

        Should one protect them again, whatever is then told of them is new to it.
        """
        still = (
            select(ProtectedRow.person)
            .join(OrderRow, OrderRow.id == ProtectedRow.order)
            .where(OrderRow.ended.is_(None))
        )
        self._connection.execute(
            delete(TraceRow).where(TraceRow.person.in_(people), TraceRow.person.not_in(still))
        )

    def kept_of(self, traces: Collection[Trace]) -> Mapping[UUID, frozenset[Trace]]:
        """Return which of `traces` were left by whom of those protected, in one query."""
        by_hash = {self._hash(each): each for each in traces}
        rows = self._connection.execute(
            select(TraceRow.person, TraceRow.hash)
            .join(ProtectedRow, ProtectedRow.person == TraceRow.person)
            .join(OrderRow, OrderRow.id == ProtectedRow.order)
            .where(OrderRow.ended.is_(None), TraceRow.hash.in_(by_hash))
        )
        found: dict[UUID, set[Trace]] = {}
        for row in rows:
            found.setdefault(row.person, set()).add(by_hash[bytes(row.hash)])
        return {person: frozenset(each) for person, each in found.items()}

    def _hash(self, trace: Trace) -> bytes:
        return self._sealer.blind(f"trace/{trace.kind}", trace.text)
