"""The lines that wait for a steward, and what stewards said that later extracts must heed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from directory.domain.extracts import LineKind, LineState
from directory.domain.identifiers import Malformed, Postcode
from directory.domain.matching import ActKind, ActState, Desk, Expected, Sent, WaitingLine
from directory.domain.people import Address, Birth, Identifier, Identity, Name
from directory.domain.vocabulary import IdentifierKind, NameKind, Service
from directory.store.line_tables import FeedRow, LineIdentifierRow, LineNameRow, LineRow, PersonRow
from directory.store.matching_tables import (
    ExpectedBirthRow,
    MatchingActRow,
    WaitingCandidateRow,
    WaitingRow,
)
from directory.store.people import identifier_place
from directory.store.sealing import Sealer
from directory.store.visibility import seen

Values = dict[str, object]
_SAYING_WHO = (LineKind.PERSON, LineKind.INVOLVEMENT)
_COLUMNS = (
    WaitingRow.id,
    WaitingRow.since,
    WaitingRow.turn,
    LineRow.id.label("key"),
    LineRow.service,
    LineRow.source_reference,
    LineRow.visible_from,
    LineRow.digest,
    LineRow.birth,
    LineRow.house,
    LineRow.street,
    LineRow.postcode,
)
_LONGEST_CHAIN = 20  # of people merged into people who were merged


class MatchingStore:
    """Reads and keeps what waits, within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, unsealing identifiers with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def keep_waiting(
        self,
        service: Service,
        resembled: Mapping[str, Collection[UUID]],
        *,
        at: datetime,
        mint: Callable[[], UUID],
    ) -> None:
        """Keep that the lines under these references wait, and whom each resembled."""
        if not resembled:
            return
        rows = [
            {"id": mint(), "service": service, "source_reference": each, "since": at, "turn": at}
            for each in resembled
        ]
        self._add(WaitingRow, rows)
        found = self._connection.execute(
            select(WaitingRow.source_reference, WaitingRow.id).where(
                WaitingRow.service == service, WaitingRow.source_reference.in_(resembled)
            )
        )
        named = [
            {"waiting": row.id, "person": person}
            for row in found
            for person in resembled[row.source_reference]
        ]
        if named:
            self._add(WaitingCandidateRow, named)

    def resemble(self, people: Mapping[UUID, Collection[UUID]]) -> None:
        """Keep that lines that wait resemble these people too, each line by its reference."""
        named: list[Values] = [
            {"waiting": waiting, "person": person}
            for waiting, whom in people.items()
            for person in whom
        ]
        if named:
            self._add(WaitingCandidateRow, named)

    def apart(
        self, service: Service, identities: Mapping[str, bytes]
    ) -> dict[str, frozenset[UUID]]:
        """Return whom lines must not be linked to, by reference; most are linked to nobody so.

        A marker holds for the line's own reference, and for whatever says the same of who it is.
        `identities` are the identities' digests by the lines' references.
        """
        rows = self._connection.execute(
            select(
                WaitingRow.service,
                WaitingRow.source_reference,
                MatchingActRow.identity,
                MatchingActRow.person,
            )
            .join(WaitingRow, WaitingRow.id == MatchingActRow.waiting)
            .where(
                MatchingActRow.kind == ActKind.NOT_THIS_PERSON,
                MatchingActRow.state == ActState.DONE,
                MatchingActRow.undone_at.is_(None),
                or_(
                    MatchingActRow.identity.in_(identities.values()),
                    and_(
                        WaitingRow.service == service, WaitingRow.source_reference.in_(identities)
                    ),
                ),
            )
        ).all()
        became = self.became({row.person for row in rows})
        found: dict[str, set[UUID]] = {}
        for row in rows:
            for reference, identity in identities.items():
                own = row.service == service and row.source_reference == reference
                if own or bytes(row.identity) == identity:
                    found.setdefault(reference, set()).add(became.get(row.person, row.person))
        return {reference: frozenset(people) for reference, people in found.items()}

    def became(self, people: Collection[UUID]) -> dict[UUID, UUID]:
        """Return into whom those of `people` who were merged away were merged in the end."""
        into = self._merged(people)
        for _ in range(_LONGEST_CHAIN):
            further = self._merged(into.values())
            if not further:
                break
            into = {gone: further.get(kept, kept) for gone, kept in into.items()}
        return into

    def queue(
        self,
        desk: Desk,
        guarded: Collection[UUID],
        *,
        service: Service | None = None,
        first: int,
        most: int,
    ) -> tuple[WaitingLine, ...]:
        """Return a part of the desk's queue, the longest waiting first."""
        statement = _standing(desk, guarded).order_by(WaitingRow.turn, WaitingRow.id)
        if service is not None:
            statement = statement.where(LineRow.service == service)
        return self._lines(self._connection.execute(statement.offset(first).limit(most)).all())

    def held(
        self, service: Service, references: Collection[str], guarded: Collection[UUID]
    ) -> frozenset[str]:
        """Return which of the service's lines resembled somebody guarded when they were sent."""
        return frozenset(
            self._connection.scalars(
                select(WaitingRow.source_reference)
                .join(WaitingCandidateRow, WaitingCandidateRow.waiting == WaitingRow.id)
                .where(
                    WaitingRow.service == service,
                    WaitingRow.source_reference.in_(references),
                    WaitingCandidateRow.person.in_(guarded),
                )
            )
        )

    def counts(self, desk: Desk, guarded: Collection[UUID]) -> dict[Service, int]:
        """Return how many lines of each service wait at the desk; none that has no line."""
        waiting = _standing(desk, guarded).subquery()
        rows = self._connection.execute(
            select(waiting.c.service, func.count().label("lines")).group_by(waiting.c.service)
        )
        return {Service(row.service): row.lines for row in rows}

    def line(self, reference: UUID) -> WaitingLine | None:
        """Return the line that waits under `reference`, None where none does any more."""
        statement = _standing(None, ()).where(WaitingRow.id == reference)
        return next(iter(self._lines(self._connection.execute(statement).all())), None)

    def resembled(self, reference: UUID) -> frozenset[UUID]:
        """Return whom the line resembled whenever it was sent."""
        return frozenset(
            self._connection.scalars(
                select(WaitingCandidateRow.person).where(WaitingCandidateRow.waiting == reference)
            )
        )

    def sent(self, reference: UUID) -> Sent | None:
        """Return by what its service knows a line that waits or once did."""
        row = self._connection.execute(
            select(WaitingRow.service, WaitingRow.source_reference).where(
                WaitingRow.id == reference
            )
        ).first()
        if row is None:
            return None
        return Sent(service=Service(row.service), source_reference=row.source_reference)

    def postpone(self, reference: UUID, at: datetime) -> None:
        """Put the line at the end of the queue."""
        self._connection.execute(
            update(WaitingRow).where(WaitingRow.id == reference).values(turn=at)
        )

    def expect(self, expected: Expected) -> None:
        """Keep that a person is expected to be born."""
        self._connection.execute(
            insert(ExpectedBirthRow).values(person=expected.person, expected=expected.day)
        )

    def expected(self) -> tuple[Expected, ...]:
        """Return everybody whose birth is expected, and whom no born child was joined to yet."""
        rows = self._connection.execute(
            select(ExpectedBirthRow.person, ExpectedBirthRow.expected)
            .where(ExpectedBirthRow.joined_at.is_(None))
            .order_by(ExpectedBirthRow.person)
        )
        return tuple(Expected(person=row.person, day=row.expected) for row in rows)

    def join_born(self, person: UUID, at: datetime) -> bool:
        """Keep that a born child was joined to `person`; False where no birth was expected."""
        changed = self._connection.execute(
            update(ExpectedBirthRow)
            .where(ExpectedBirthRow.person == person, ExpectedBirthRow.joined_at.is_(None))
            .values(joined_at=at)
        )
        return changed.rowcount == 1

    def expect_again(self, person: UUID, joined_at: datetime) -> bool:
        """Expect the birth again; False where no born child was joined at that moment."""
        changed = self._connection.execute(
            update(ExpectedBirthRow)
            .where(ExpectedBirthRow.person == person, ExpectedBirthRow.joined_at == joined_at)
            .values(joined_at=None)
        )
        return changed.rowcount == 1

    def _merged(self, people: Collection[UUID]) -> dict[UUID, UUID]:
        if not people:
            return {}
        rows = self._connection.execute(
            select(PersonRow.id, PersonRow.merged_into).where(
                PersonRow.id.in_(set(people)), PersonRow.merged_into.is_not(None)
            )
        )
        return {row.id: row.merged_into for row in rows}

    def _add(self, table: type[WaitingRow | WaitingCandidateRow], rows: list[Values]) -> None:
        """Insert those of `rows` that are not there yet."""
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        self._connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)

    def _lines(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[WaitingLine, ...]:
        keys = [row.key for row in rows]
        names: dict[int, list[Name]] = {}
        for each in self._connection.execute(
            select(LineNameRow.__table__)
            .where(LineNameRow.line.in_(keys))
            .order_by(LineNameRow.line, LineNameRow.position)
        ):
            name = Name(kind=NameKind(each.kind), forenames=each.forenames, surname=each.surname)
            names.setdefault(each.line, []).append(name)
        numbers = self._identifiers(rows)
        return tuple(
            WaitingLine(
                reference=row.id,
                service=Service(row.service),
                source_reference=row.source_reference,
                since=row.since,
                turn=row.turn,
                digest=bytes(row.digest),
                identity=Identity(
                    names=tuple(names[row.key]),
                    birth=Birth(day=row.birth) if row.birth else None,
                    address=_address(row),
                    identifiers=numbers.get(row.key, ()),
                ),
            )
            for row in rows
        )

    def _identifiers(
        self, lines: Sequence[Row[*tuple[Any, ...]]]
    ) -> dict[int, tuple[Identifier, ...]]:
        places = {
            row.key: identifier_place(row.service, row.source_reference, row.visible_from)
            for row in lines
        }
        found: dict[int, tuple[Identifier, ...]] = {}
        for each in self._connection.execute(
            select(LineIdentifierRow.__table__)
            .where(LineIdentifierRow.line.in_(places))
            .order_by(LineIdentifierRow.line, LineIdentifierRow.kind)
        ):
            value = self._sealer.unseal(
                bytes(each.sealed), table="line_identifier", row=places[each.line], column=each.kind
            )
            identifier = Identifier(kind=IdentifierKind(each.kind), value=value)
            found[each.line] = (*found.get(each.line, ()), identifier)
        return found


def _standing(desk: Desk | None, guarded: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    """Select the lines that wait and are seen to wait, at one desk or at both."""
    statement = (
        select(*_COLUMNS)
        .join(
            LineRow,
            and_(
                LineRow.service == WaitingRow.service,
                LineRow.source_reference == WaitingRow.source_reference,
            ),
        )
        .join(FeedRow, seen(LineRow))
        .where(LineRow.state == LineState.WAITING, LineRow.kind.in_(_SAYING_WHO))
    )
    if desk is None:
        return statement
    held = exists().where(
        WaitingCandidateRow.waiting == WaitingRow.id, WaitingCandidateRow.person.in_(guarded)
    )
    return statement.where(held if desk is Desk.HELD else ~held)


def _address(row: Row[*tuple[Any, ...]]) -> Address | None:
    try:
        postcode = Postcode.parse(row.postcode) if row.postcode else None
    except Malformed:
        postcode = None
    if not (row.house or row.street or postcode):
        return None
    return Address(house=row.house, street=row.street, postcode=postcode)
