"""The interests that users declared, as marks of who is meant."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, insert, literal, or_, select

from directory.domain.restrictions import InterestKind
from directory.store.line_tables import PersonRow
from directory.store.restriction_tables import InterestPersonRow, InterestRow
from directory.store.sealing import Sealer
from directory.store.types import Reference


class InterestStore:
    """Reads and keeps declared interests within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, making marks with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def declare(
        self, account: UUID, kind: InterestKind, texts: Collection[str], at: datetime
    ) -> None:
        """Keep that `account` has an interest in whoever any of `texts` tells of.

        What was declared before stays as it was.
        """
        kept = self._connection.scalars(
            select(InterestRow.mark).where(InterestRow.account == account)
        )
        new = self._marks(texts) - {bytes(each) for each in kept}
        if new:
            self._connection.execute(
                insert(InterestRow),
                [
                    {"account": account, "mark": each, "kind": kind, "declared_at": at}
                    for each in sorted(new)
                ],
            )

    def meet(self, people: Mapping[UUID, Collection[str]]) -> None:
        """Keep in whom of `people`, each told by texts, users declared an interest.

        Whoever was met once stays met: an interest does not end with a new name.
        """
        by_mark = {mark: person for person, texts in people.items() for mark in self._marks(texts)}
        rows = self._connection.execute(
            select(InterestRow.account, InterestRow.mark).where(InterestRow.mark.in_(by_mark))
        )
        met = {(row.account, by_mark[bytes(row.mark)]) for row in rows}
        if not met:
            return
        kept = self._connection.execute(
            select(InterestPersonRow.account, InterestPersonRow.person).where(
                InterestPersonRow.person.in_({person for _, person in met})
            )
        )
        new = met - {(row.account, row.person) for row in kept}
        if new:
            self._connection.execute(
                insert(InterestPersonRow),
                [{"account": account, "person": person} for account, person in sorted(new)],
            )

    def meet_for(
        self, account: UUID, people: Collection[UUID], *, nobody: Collection[UUID]
    ) -> None:
        """Keep that `account` declared an interest in `people`; what was met before stays.

        Of `nobody`, references that nothing is said of, as many are kept beside them as there are
        fewer people: it is one statement, and as many rows, whether or not there is anybody.
        """
        met = select(InterestPersonRow.person).where(InterestPersonRow.account == account)
        is_nobody = PersonRow.id.in_(nobody)
        new = (
            select(literal(account, Reference()), PersonRow.id)
            .where(or_(PersonRow.id.in_(people), is_nobody), PersonRow.id.not_in(met))
            .order_by(is_nobody)
            .limit(max(len(people), len(nobody)))
        )
        self._connection.execute(
            insert(InterestPersonRow).from_select(
                [InterestPersonRow.account, InterestPersonRow.person], new
            )
        )

    def counts(self, account: UUID) -> dict[InterestKind, int]:
        """Return how many of each kind `account` declared."""
        rows = self._connection.execute(
            select(InterestRow.kind, func.count().label("many"))
            .where(InterestRow.account == account)
            .group_by(InterestRow.kind)
        )
        return {InterestKind(row.kind): row.many for row in rows}

    def _marks(self, texts: Iterable[str]) -> frozenset[bytes]:
        return frozenset(self._sealer.blind("interest", each) for each in texts)
