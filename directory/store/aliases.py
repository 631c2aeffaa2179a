"""The pairs of names that were met in confirmed links, and what stewards decided about them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from directory.domain.aliases import Met, NamePair, PairState, Part, ProposedPair
from directory.domain.vocabulary import Lifecycle, NameKind
from directory.store.alias_tables import NamePairRow
from directory.store.line_tables import FeedRow, LineNameRow, LineRow, PersonRow
from directory.store.visibility import seen

LONGEST_PAIR = 31
"""Letters of both names together: what the index's own table holds."""

_AT_ONCE = 10_000


class AliasStore:
    """Reads and keeps pairs of names within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def named(self, guarded: Collection[UUID]) -> Iterator[list[tuple[UUID, str, str, str]]]:
        """Yield how lines name each living person, one by one, nobody of `guarded` among them.

        Each is (person, service, forenames, surname) of a name of today that is seen.
        """
        asked = (
            select(LineRow.person, LineRow.service, LineNameRow.forenames, LineNameRow.surname)
            .join(FeedRow, seen(LineRow))
            .join(PersonRow, PersonRow.id == LineRow.person)
            .join(LineNameRow, LineNameRow.line == LineRow.id)
            .where(LineNameRow.kind == NameKind.CURRENT, PersonRow.lifecycle == Lifecycle.LIVE)
            .order_by(LineRow.person)
        )
        rows = self._connection.execution_options(yield_per=_AT_ONCE).execute(asked)
        for person, of_one in groupby(rows, key=attrgetter("person")):
            if person not in guarded:
                yield [(each.person, each.service, each.forenames, each.surname) for each in of_one]

    def propose(self, reference: UUID, met: Met, at: datetime) -> None:
        """Keep a pair to be decided on; one that is known keeps what was decided."""
        one, other = met.names
        known = update(NamePairRow).where(
            NamePairRow.part == met.part, NamePairRow.one == one, NamePairRow.other == other
        )
        if not self._connection.execute(known.values(people=met.people)).rowcount:
            self._connection.execute(
                insert(NamePairRow).values(
                    id=reference, part=met.part, one=one, other=other, people=met.people,
                    state=PairState.PROPOSED, met_at=at,
                )
            )  # fmt: skip

    def pairs(self, state: PairState, *, first: int, most: int) -> tuple[ProposedPair, ...]:
        """Return pairs that stand there: those most people bear out first."""
        asked = (
            select(NamePairRow.__table__)
            .where(NamePairRow.state == state)
            .order_by(NamePairRow.people.desc(), NamePairRow.one, NamePairRow.other)
        )
        found = self._connection.execute(asked.offset(first).limit(most))
        return tuple(map(_pair, found))

    def pair(self, reference: UUID) -> ProposedPair | None:
        """Return the pair kept under `reference`, if any."""
        asked = select(NamePairRow.__table__).where(NamePairRow.id == reference)
        return next(map(_pair, self._connection.execute(asked)), None)

    def decide(self, reference: UUID, state: PairState, at: datetime) -> None:
        """Keep where a pair stands from now on."""
        decided = None if state is PairState.PROPOSED else at
        self._connection.execute(
            update(NamePairRow)
            .where(NamePairRow.id == reference)
            .values(state=state, decided=decided)
        )

    def accepted(self) -> frozenset[NamePair]:
        """Return the names of every accepted pair."""
        asked = select(NamePairRow.one, NamePairRow.other).where(
            NamePairRow.state == PairState.ACCEPTED
        )
        return frozenset((row.one, row.other) for row in self._connection.execute(asked))


def _pair(row: object) -> ProposedPair:
    one, other = attrgetter("one", "other")(row)
    part, people, reference, state, decided = attrgetter(
        "part", "people", "id", "state", "decided"
    )(row)
    return ProposedPair(
        reference=reference,
        met=Met(part=Part(part), names=(one, other), people=people),
        state=PairState(state),
        decided=decided,
    )


def fits(pairs: Iterable[Met]) -> tuple[Met, ...]:
    """Return those of `pairs` that the index's own table can hold."""
    return tuple(each for each in pairs if sum(map(len, each.names)) <= LONGEST_PAIR)
