"""The practitioners of one service, as its own desk keeps them."""

from collections.abc import Collection, Iterable
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

from directory.domain.agencies import Practitioner, Team
from directory.domain.extracts import SentPractitioner, SentTeam
from directory.domain.practitioners import Colleague, Contact
from directory.domain.sent_lines import Told
from directory.domain.vocabulary import Service
from directory.store.line_tables import (
    FeedRow,
    InvolvementRow,
    LeaverRow,
    LineRow,
    PractitionerRow,
    TeamRow,
)
from directory.store.lines import Values, practitioner_values, team_values
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

    def standing(self, service: Service, references: Collection[str]) -> dict[str, Told]:
        """Return the practitioners that are seen under the service's own `references`."""
        rows = self._connection.execute(
            select(
                PractitionerRow.__table__,
                TeamRow.source_reference.label("team_reference"),
                TeamRow.name.label("team_name"),
                TeamRow.organisation.label("organisation"),
                TeamRow.employer.label("employer"),
                TeamRow.duty_line.label("duty_line"),
                TeamRow.out_of_hours_line.label("out_of_hours_line"),
            )
            .join(FeedRow, seen(PractitionerRow))
            .outerjoin(TeamRow, and_(TeamRow.id == PractitionerRow.team, current(TeamRow)))
            .where(
                PractitionerRow.service == service,
                PractitionerRow.source_reference.in_(references),
            )
        )
        return {row.source_reference: _told(row) for row in rows}

    def keep_told(self, service: Service, told: Iterable[Told], day: date) -> None:
        """Keep practitioners and their teams in every version of them; new ones are seen at once.

        Phone and e-mail hold until a file of a day after `day`, all else until the next file.
        """
        told = tuple(told)
        teams = {each.team.team.reference: each.team for each in told if each.team}
        for team in teams.values():
            self._put(TeamRow, team_values(service, team))
        for each in told:
            said = practitioner_values(service, each.practitioner)
            self._put(PractitionerRow, {**said, "contact_on": day})
        if told:
            texts_changed(self._connection)

    def _put(self, table: type[TeamRow | PractitionerRow], values: Values) -> None:
        own = table.id == values["id"]
        if not self._connection.execute(update(table).where(own).values(values)).rowcount:
            self._connection.execute(insert(table).values({**values, "visible_from": 0}))


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


def _told(row: Row[*tuple[Any, ...]]) -> Told:
    practitioner = Practitioner(
        reference=row.id,
        name=row.name,
        role=row.role,
        phone=row.phone,
        email=row.email,
        left_on=row.left_on,
    )
    team = (
        Team(
            reference=row.team,
            name=row.team_name,
            organisation=row.organisation,
            duty_line=row.duty_line,
            out_of_hours_line=row.out_of_hours_line,
        )
        if row.team_reference
        else None
    )
    return Told(
        practitioner=SentPractitioner(
            source_reference=row.source_reference,
            practitioner=practitioner,
            team=team.reference if team else None,
        ),
        team=SentTeam(source_reference=row.team_reference, employer=row.employer or "", team=team)
        if team
        else None,
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
