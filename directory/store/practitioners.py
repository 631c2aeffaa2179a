"""The practitioners of one service, as its own desk keeps them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Subquery,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from directory.domain.extracts import SentPractitioner
from directory.domain.practitioners import Colleague, Contact
from directory.domain.vocabulary import Service
from directory.store.line_tables import (
    FeedRow,
    InvolvementRow,
    LeaverRow,
    LineRow,
    PractitionerRow,
    TeamRow,
)
from directory.store.lines import practitioner_values
from directory.store.texts import texts_changed
from directory.store.visibility import current, seen

_BY_HAND = 0  # the delivery of what no file brought


class PractitionerStore:
    """Reads and changes a service's practitioners within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def page(self, service: Service, day: date, *, first: int, most: int) -> tuple[Colleague, ...]:
        """Return practitioners: first who has left and still leads something, then by name."""
        leading = _leading(service, day)
        has_left = or_(PractitionerRow.left_on <= day, LeaverRow.left_on <= day)
        waits = case((and_(has_left, leading.c.many > 0), 0), else_=1)
        rows = self._connection.execute(
            _every(service, leading)
            .order_by(waits, PractitionerRow.name, PractitionerRow.id)
            .offset(first)
            .limit(most)
        )
        return tuple(map(_colleague, rows))

    def one(self, service: Service, practitioner: UUID, day: date) -> Colleague | None:
        """Return the practitioner, None for any other service's."""
        rows = self._connection.execute(
            _every(service, _leading(service, day)).where(PractitionerRow.id == practitioner)
        )
        return next(map(_colleague, rows), None)

    def led_by(
        self, service: Service, practitioner: UUID, day: date, *, most: int
    ) -> dict[int, int]:
        """Return lines of involvements that go on under the practitioner, with their revisions."""
        rows = self._connection.execute(
            select(LineRow.id, InvolvementRow.revision)
            .join(FeedRow, seen(LineRow))
            .join(InvolvementRow, InvolvementRow.line == LineRow.id)
            .where(
                LineRow.service == service,
                InvolvementRow.practitioner == practitioner,
                _goes_on(day),
            )
            .order_by(LineRow.id)
            .limit(most)
        )
        return {row.id: row.revision for row in rows}

    def who_may_cover(
        self, service: Service, practitioner: UUID, day: date
    ) -> dict[UUID, tuple[str, str]]:
        """Return colleagues of the same organisation who work on `day`: the names of each and team.

        They are by name. Another organisation's would be shown under the wrong one.
        """
        own = (
            select(TeamRow.organisation)
            .join(FeedRow, seen(TeamRow))
            .join(PractitionerRow, PractitionerRow.team == TeamRow.id)
            .where(PractitionerRow.id == practitioner, current(PractitionerRow))
        )
        rows = self._connection.execute(
            select(PractitionerRow.id, PractitionerRow.name, TeamRow.name.label("team"))
            .join(FeedRow, seen(PractitionerRow))
            .join(TeamRow, and_(TeamRow.id == PractitionerRow.team, current(TeamRow)))
            .outerjoin(LeaverRow, LeaverRow.practitioner == PractitionerRow.id)
            .where(
                PractitionerRow.service == service,
                PractitionerRow.id != practitioner,
                TeamRow.organisation.in_(own),
                or_(PractitionerRow.left_on.is_(None), PractitionerRow.left_on > day),
                or_(LeaverRow.left_on.is_(None), LeaverRow.left_on > day),
            )
            .order_by(PractitionerRow.name, PractitionerRow.id)
        )
        return {row.id: (row.name, row.team) for row in rows}

    def reach(self, practitioner: UUID, contact: Contact, day: date) -> None:
        """Keep how the practitioner is reached, in every version of them."""
        self._connection.execute(
            update(PractitionerRow)
            .where(PractitionerRow.id == practitioner)
            .values(phone=contact.phone, email=contact.email, contact_on=day)
        )

    def is_known(self, practitioner: UUID) -> bool:
        """Return whether any file, or anybody, ever named the practitioner."""
        named = exists().where(PractitionerRow.id == practitioner)
        return bool(self._connection.scalar(select(named)))

    def make(self, service: Service, sent: SentPractitioner, day: date) -> None:
        """Keep a practitioner whom no file named so far: one replaces them from a later day on."""
        texts_changed(self._connection)
        self._connection.execute(
            insert(PractitionerRow).values(
                **practitioner_values(service, sent), visible_from=_BY_HAND, contact_on=day
            )
        )

    def come_back(self, practitioner: UUID) -> None:
        """Keep that what was said here of their leaving does not hold."""
        texts_changed(self._connection)
        self._connection.execute(delete(LeaverRow).where(LeaverRow.practitioner == practitioner))


def _goes_on(day: date) -> ColumnElement[bool]:
    return or_(InvolvementRow.ended.is_(None), InvolvementRow.ended > day)


def _leading(service: Service, day: date) -> Subquery:
    """Return how many involvements go on under each practitioner of `service`."""
    return (
        select(InvolvementRow.practitioner, func.count().label("many"))
        .select_from(LineRow)
        .join(FeedRow, seen(LineRow))
        .join(InvolvementRow, InvolvementRow.line == LineRow.id)
        .where(LineRow.service == service, _goes_on(day))
        .group_by(InvolvementRow.practitioner)
        .subquery("leading")
    )


def _every(service: Service, leading: Subquery) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PractitionerRow.id,
            PractitionerRow.name,
            PractitionerRow.role,
            PractitionerRow.phone,
            PractitionerRow.email,
            PractitionerRow.left_on,
            LeaverRow.left_on.label("said_left_on"),
            TeamRow.name.label("team_name"),
            func.coalesce(leading.c.many, 0).label("many"),
        )
        .select_from(PractitionerRow)
        .join(FeedRow, seen(PractitionerRow))
        .outerjoin(LeaverRow, LeaverRow.practitioner == PractitionerRow.id)
        .outerjoin(TeamRow, and_(TeamRow.id == PractitionerRow.team, current(TeamRow)))
        .outerjoin(leading, leading.c.practitioner == PractitionerRow.id)
        .where(PractitionerRow.service == service)
    )


def _colleague(row: Row[*tuple[Any, ...]]) -> Colleague:
    left = [each for each in (row.left_on, row.said_left_on) if each]
    return Colleague(
        reference=row.id,
        name=row.name,
        role=row.role,
        team_name=row.team_name or "",
        contact=Contact(phone=row.phone, email=row.email),
        leads=row.many,
        left_on=min(left, default=None),
        said_here=row.said_left_on is not None,
    )
