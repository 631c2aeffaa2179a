"""What stewards did: linking a line, letting it wait again, and every act under its reference."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from directory.domain.extracts import LineKind, LineState
from directory.domain.matching import Act, ActKind, ActState, Desk
from directory.domain.vocabulary import Service
from directory.store.line_tables import FeedRow, LineRow, TieRow
from directory.store.matching_tables import MatchingActRow, NamingRow, WaitingCandidateRow

_SAYING_WHO = (LineKind.PERSON, LineKind.INVOLVEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """An allocation or a tie, with whom it names."""

    key: int
    kind: LineKind
    person: str
    other: str
    values: dict[str, object]


class MatchingActStore:
    """Reads and keeps acts, and does what they say to lines, within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def hold_feed(self, service: Service) -> None:
        """Keep files of `service` from being staged until the unit of work ends."""
        self._connection.execute(
            select(FeedRow.service).where(FeedRow.service == service).with_for_update()
        )

    def keep(self, act: Act, *, identity: bytes | None = None) -> None:
        """Keep `act`; `identity` is the digest of whatever a marker is to hold for too."""
        self._connection.execute(
            insert(MatchingActRow).values(
                id=act.reference,
                kind=act.kind,
                state=act.state,
                waiting=act.waiting,
                person=act.person,
                other=act.other,
                undoes=act.undoes,
                reason=act.reason,
                identity=identity,
                expected=act.expected,
                lifecycle="",
                two_needed=act.two_needed,
                asked_by=act.asked_by,
                asked_at=act.asked_at,
            )
        )

    def act(self, reference: UUID) -> Act | None:
        """Return the act under `reference`, locked until the unit of work ends."""
        row = self._connection.execute(
            select(MatchingActRow.__table__).where(MatchingActRow.id == reference).with_for_update()
        ).first()
        return None if row is None else _act(row)

    def acts(
        self,
        state: ActState,
        desk: Desk,
        guarded: Collection[UUID],
        *,
        first: int,
        most: int,
    ) -> tuple[Act, ...]:
        """Return the desk's acts in this state, the newest first."""
        touches = _touches(guarded)
        rows = self._connection.execute(
            select(MatchingActRow.__table__)
            .where(MatchingActRow.state == state, touches if desk is Desk.HELD else ~touches)
            .order_by(MatchingActRow.asked_at.desc(), MatchingActRow.id)
            .offset(first)
            .limit(most)
        )
        return tuple(_act(row) for row in rows)

    def is_of(self, act: UUID, guarded: Collection[UUID]) -> bool:
        """Return whether the act touches anybody of `guarded`."""
        found = self._connection.scalar(
            select(MatchingActRow.id).where(MatchingActRow.id == act, _touches(guarded))
        )
        return found is not None

    def asked_about(
        self, *, waiting: UUID | None = None, people: Collection[UUID] = ()
    ) -> tuple[Act, ...]:
        """Return what a second person still has to agree to, about the line or any of `people`."""
        about: list[ColumnElement[bool]] = []
        if waiting is not None:
            about.append(MatchingActRow.waiting == waiting)
        if people:
            about.append(MatchingActRow.person.in_(people))
            about.append(MatchingActRow.other.in_(people))
        rows = self._connection.execute(
            select(MatchingActRow.__table__)
            .where(MatchingActRow.state == ActState.ASKED, or_(*about))
            .order_by(MatchingActRow.asked_at, MatchingActRow.id)
        )
        return tuple(_act(row) for row in rows)

    def asks_to_undo(self, act: UUID) -> bool:
        """Return whether a second person still has to agree to take `act` back."""
        found = self._connection.scalar(
            select(MatchingActRow.id).where(
                MatchingActRow.undoes == act, MatchingActRow.state == ActState.ASKED
            )
        )
        return found is not None

    def standing_about(self, waiting: UUID, kind: ActKind) -> tuple[Act, ...]:
        """Return the acts of this kind about the line that are done and not taken back."""
        rows = self._connection.execute(
            select(MatchingActRow.__table__)
            .where(
                MatchingActRow.waiting == waiting,
                MatchingActRow.kind == kind,
                MatchingActRow.state == ActState.DONE,
                MatchingActRow.undone_at.is_(None),
            )
            .order_by(MatchingActRow.asked_at, MatchingActRow.id)
        )
        return tuple(_act(row) for row in rows)

    def finish(
        self, reference: UUID, state: ActState, *, second: UUID | None, at: datetime
    ) -> None:
        """Keep how an act that was asked for ended, and which second person said so."""
        self._connection.execute(
            update(MatchingActRow)
            .where(MatchingActRow.id == reference)
            .values(state=state, second_by=second, second_at=at)
        )

    def name_person(self, reference: UUID, person: UUID) -> None:
        """Keep which person the act began."""
        self._connection.execute(
            update(MatchingActRow).where(MatchingActRow.id == reference).values(person=person)
        )

    def mark_undone(self, reference: UUID, at: datetime) -> None:
        """Keep that the act was taken back."""
        self._connection.execute(
            update(MatchingActRow).where(MatchingActRow.id == reference).values(undone_at=at)
        )

    def link(self, service: Service, reference: str, person: UUID) -> None:
        """Give the waiting line to `person`, staged versions too, and whatever names it."""
        self._connection.execute(
            update(LineRow)
            .where(
                LineRow.service == service,
                LineRow.source_reference == reference,
                LineRow.state == LineState.WAITING,
                _may_be_seen(service),
            )
            .values(person=person, state=LineState.LINKED)
        )
        self._link_naming(service, reference)

    def unlink(self, service: Service, reference: str, person: UUID) -> None:
        """Let the line wait again, and whatever names it."""
        self._connection.execute(
            update(LineRow)
            .where(
                LineRow.service == service,
                LineRow.source_reference == reference,
                LineRow.kind.in_(_SAYING_WHO),
                LineRow.person == person,
                _may_be_seen(service),
            )
            .values(person=None, state=LineState.WAITING)
        )
        keys = [each.key for each in self._naming(service, reference)]
        self._connection.execute(delete(TieRow).where(TieRow.line.in_(keys)))
        self._connection.execute(
            update(LineRow).where(LineRow.id.in_(keys)).values(person=None, state=LineState.WAITING)
        )

    def _link_naming(self, service: Service, reference: str) -> None:
        """Give the lines that name the one under `reference` to their people, if all are known."""
        waiting = self._naming(service, reference, LineRow.state == LineState.WAITING)
        named = {each for line in waiting for each in (line.person, line.other) if each}
        rows = self._connection.execute(
            select(LineRow.source_reference, LineRow.person)
            .where(
                LineRow.service == service,
                LineRow.source_reference.in_(named),
                LineRow.person.is_not(None),
                LineRow.visible_until > _current(service),
            )
            .order_by(LineRow.visible_from)
        )
        people: dict[str, UUID] = {row.source_reference: row.person for row in rows}
        for line in waiting:
            person, other = people.get(line.person), people.get(line.other)
            if person is None or (line.other and other is None):
                continue
            self._connection.execute(
                update(LineRow)
                .where(LineRow.id == line.key)
                .values(person=person, state=LineState.LINKED)
            )
            if other is not None and other != person:
                self._connection.execute(insert(TieRow).values(other=other, **line.values))

    def _naming(
        self, service: Service, reference: str, *which: ColumnElement[bool]
    ) -> tuple[_Named, ...]:
        """Return the lines of `service` that name the one under `reference`."""
        rows = self._connection.execute(
            select(NamingRow.__table__, LineRow.kind)
            .join(LineRow, LineRow.id == NamingRow.line)
            .where(
                or_(
                    NamingRow.person_reference == reference, NamingRow.other_reference == reference
                ),
                LineRow.service == service,
                _may_be_seen(service),
                *which,
            )
            .order_by(NamingRow.line)
        )
        return tuple(
            _Named(
                key=row.line,
                kind=LineKind(row.kind),
                person=row.person_reference,
                other=row.other_reference,
                values={
                    "line": row.line,
                    "kind": row.tie,
                    "started": row.started,
                    "ended": row.ended,
                },
            )
            for row in rows
        )


def _touches(guarded: Collection[UUID]) -> ColumnElement[bool]:
    """Return whether an act, or the one it takes back, is about anybody of `guarded`."""
    undone = aliased(MatchingActRow)
    resembles = (
        select(WaitingCandidateRow.waiting)
        .where(WaitingCandidateRow.person.in_(guarded))
        .scalar_subquery()
    )

    def about(act: type[MatchingActRow]) -> ColumnElement[bool]:
        return or_(
            func.coalesce(act.person.in_(guarded), false()),
            func.coalesce(act.other.in_(guarded), false()),
            func.coalesce(act.waiting.in_(resembles), false()),
        )

    through = exists().where(undone.id == MatchingActRow.undoes, about(undone))
    return or_(about(MatchingActRow), through)


def _may_be_seen(service: Service) -> ColumnElement[bool]:
    """Return whether a version is seen, is to be, or would be were a delivery undone or sent anew.

    So a decision holds whatever becomes of the last delivery, and of a line that is held.
    """
    held = aliased(LineRow)
    return or_(
        LineRow.visible_until >= _current(service),
        exists().where(
            held.state == LineState.HELD,
            held.service == LineRow.service,
            held.source_reference == LineRow.source_reference,
            held.visible_from == LineRow.visible_until,
        ),
    )


def _current(service: Service) -> ColumnElement[int]:
    return select(FeedRow.current).where(FeedRow.service == service).scalar_subquery()


def _act(row: Row[*tuple[Any, ...]]) -> Act:
    return Act(
        reference=row.id,
        kind=ActKind(row.kind),
        state=ActState(row.state),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        waiting=row.waiting,
        person=row.person,
        other=row.other,
        undoes=row.undoes,
        reason=row.reason,
        two_needed=row.two_needed,
        expected=row.expected,
        second_by=row.second_by,
        second_at=row.second_at,
        undone=row.undone_at is not None,
    )
