"""The pairs of names that were met in confirmed links, and what stewards decided about them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from directory.domain.aliases import Met, NamePair, PairState, Part, ProposedPair
from directory.domain.matching import ActKind, ActState
from directory.domain.vocabulary import Lifecycle, NameKind
from directory.store.alias_tables import NamePairRow
from directory.store.line_tables import FeedRow, LineNameRow, LineRow, PersonRow, TieRow
from directory.store.matching_tables import MatchingActRow, MergedLineRow, WaitingRow
from directory.store.visibility import seen

_AT_ONCE = 10_000
_STANDS = and_(MatchingActRow.state == ActState.DONE, MatchingActRow.undone_at.is_(None))

LineKey = tuple[str, str]
"""By what a line is known through all its versions: its service and its reference there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBy:
    """How a line names its person today."""

    line: LineKey
    forenames: str
    surname: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LivesAt:
    """Where a line says its person lives, and in which family of its service's."""

    person: UUID
    service: str
    house: str
    street: str
    postcode: str
    family: str


class AliasStore:
    """Reads and keeps pairs of names within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def named(self, guarded: Collection[UUID]) -> Iterator[tuple[UUID, list[NamedBy]]]:
        """Yield each living person with how seen lines name them today, nobody of `guarded`."""
        asked = (
            select(
                LineRow.person,
                LineRow.service,
                LineRow.source_reference,
                LineNameRow.forenames,
                LineNameRow.surname,
            )
            .join(FeedRow, seen(LineRow))
            .join(PersonRow, PersonRow.id == LineRow.person)
            .join(LineNameRow, LineNameRow.line == LineRow.id)
            .where(LineNameRow.kind == NameKind.CURRENT, PersonRow.lifecycle == Lifecycle.LIVE)
            .order_by(LineRow.person)
        )
        rows = self._connection.execution_options(yield_per=_AT_ONCE).execute(asked)
        for person, of_one in groupby(rows, key=attrgetter("person")):
            if person not in guarded:
                yield person, [_named_by(each) for each in of_one]

    def linked_by_stewards(self) -> dict[LineKey, frozenset[UUID]]:
        """Return the standing decisions that gave a line to its person, by the line.

        A steward said of the line alone whose it is, or moved it in a merge with all of a person's.
        """
        waited = (
            select(WaitingRow.service, WaitingRow.source_reference, MatchingActRow.id)
            .join(WaitingRow, WaitingRow.id == MatchingActRow.waiting)
            .where(MatchingActRow.kind == ActKind.THIS_PERSON, _STANDS)
        )
        moved = (
            select(LineRow.service, LineRow.source_reference, MatchingActRow.id)
            .join(MergedLineRow, MergedLineRow.line == LineRow.id)
            .join(MatchingActRow, MatchingActRow.id == MergedLineRow.act)
            .where(MergedLineRow.part == "line", _STANDS)
        )
        found: dict[LineKey, frozenset[UUID]] = {}
        for asked in (waited, moved):
            for service, reference, act in self._connection.execute(asked):
                key = service, reference
                found[key] = found.get(key, frozenset()) | {act}
        return found

    def homes(self, people: Collection[UUID]) -> Iterator[LivesAt]:
        """Yield where seen lines say that `people` live, and in which families."""
        for few in _parts(people):
            rows = self._connection.execute(
                select(
                    LineRow.person,
                    LineRow.service,
                    LineRow.house,
                    LineRow.street,
                    LineRow.postcode,
                    LineRow.family,
                )
                .join(FeedRow, seen(LineRow))
                .where(LineRow.person.in_(few))
            )
            yield from (LivesAt(**each) for each in rows.mappings())

    def ties(self, people: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
        """Yield whom seen lines tie any of `people` to, each tie as a line has it."""
        for few in _parts(people):
            rows = self._connection.execute(
                select(LineRow.person, TieRow.other)
                .join(TieRow, TieRow.line == LineRow.id)
                .join(FeedRow, seen(LineRow))
                .where(LineRow.person.is_not(None))
                .where(or_(LineRow.person.in_(few), TieRow.other.in_(few)))
            )
            yield from ((each.person, each.other) for each in rows)

    def propose(self, reference: UUID, met: Met, at: datetime) -> None:
        """Keep a pair to be decided on; one that is known keeps what was decided."""
        one, other = met.names
        known = update(NamePairRow).where(
            NamePairRow.part == met.part, NamePairRow.one == one, NamePairRow.other == other
        )
        if not self._connection.execute(known.values(people=met.homes)).rowcount:
            self._connection.execute(
                insert(NamePairRow).values(
                    id=reference, part=met.part, one=one, other=other, people=met.homes,
                    state=PairState.PROPOSED, met_at=at,
                )
            )  # fmt: skip

    def withdraw(self, met: Iterable[Met]) -> None:
        """Forget the pairs not decided on that are not among `met` any more."""
        stand = {(each.part, each.names) for each in met}
        undecided = select(NamePairRow.__table__).where(NamePairRow.state == PairState.PROPOSED)
        gone = [
            {"gone": each.reference}
            for each in map(_pair, self._connection.execute(undecided))
            if (each.met.part, each.met.names) not in stand
        ]
        if gone:
            self._connection.execute(
                delete(NamePairRow).where(NamePairRow.id == bindparam("gone")), gone
            )

    def pairs(self, state: PairState, *, first: int, most: int) -> tuple[ProposedPair, ...]:
        """Return pairs that stand there: those most homes bear out first."""
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
        met=Met(part=Part(part), names=(one, other), homes=people),
        state=PairState(state),
        decided=decided,
    )


def _named_by(row: object) -> NamedBy:
    service, reference, forenames, surname = attrgetter(
        "service", "source_reference", "forenames", "surname"
    )(row)
    return NamedBy(line=(service, reference), forenames=forenames, surname=surname)


def _parts(people: Collection[UUID]) -> Iterator[list[UUID]]:
    """Yield `people`, as many as one statement takes at a time."""
    every = list(people)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
