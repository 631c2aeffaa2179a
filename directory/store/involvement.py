"""Involvements with their teams and lead practitioners, as they are visible now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    false,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from directory.domain.agencies import Practitioner, Team
from directory.domain.involvement import Involvement
from directory.domain.vocabulary import Service
from directory.store.availability import availability_of
from directory.store.availability_tables import AvailabilityRow
from directory.store.line_tables import (
    FeedRow,
    InvolvementRow,
    LeaverRow,
    LineRow,
    PractitionerRow,
    TeamRow,
)
from directory.store.texts import texts_changed
from directory.store.visibility import current, seen

_Cover = aliased(PractitionerRow, name="cover")
_CoverLeft = aliased(LeaverRow, name="cover_left")
_CoverAway = aliased(AvailabilityRow, name="cover_away")

COLUMNS = (
    LineRow.person,
    LineRow.service,
    LineRow.source_reference,
    LineRow.as_of,
    FeedRow.as_of.label("feed_as_of"),
    InvolvementRow.started,
    InvolvementRow.last_involved,
    InvolvementRow.ended,
    InvolvementRow.lead_on,
    InvolvementRow.last_on,
    InvolvementRow.ended_on,
    InvolvementRow.confirmed_on,
    TeamRow.id.label("team"),
    TeamRow.name.label("team_name"),
    TeamRow.organisation,
    TeamRow.duty_line,
    TeamRow.out_of_hours_line,
    PractitionerRow.id.label("practitioner"),
    PractitionerRow.name.label("practitioner_name"),
    PractitionerRow.role,
    PractitionerRow.phone,
    PractitionerRow.email,
    PractitionerRow.left_on,
    LeaverRow.left_on.label("deactivated_on"),
    AvailabilityRow.weekdays,
    AvailabilityRow.away_from,
    AvailabilityRow.away_until,
    _Cover.id.label("cover"),
    _Cover.name.label("cover_name"),
    _Cover.role.label("cover_role"),
    _Cover.phone.label("cover_phone"),
    _Cover.email.label("cover_email"),
    _Cover.left_on.label("cover_left_on"),
    _CoverLeft.left_on.label("cover_deactivated_on"),
    _CoverAway.weekdays.label("cover_weekdays"),
    _CoverAway.away_from.label("cover_away_from"),
    _CoverAway.away_until.label("cover_away_until"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated:
    """How people are allocated: to a practitioner by name, or to a team."""

    by_name: bool = False
    to_team: bool = False


def live_allocation(day: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a line is an allocation which holds on `day`."""
    return (
        LineRow.kind == "allocation",
        LineRow.person.is_not(None),
        or_(InvolvementRow.started.is_(None), InvolvementRow.started <= day),
        or_(InvolvementRow.ended.is_(None), InvolvementRow.ended > day),
    )


_ALLOCATED = (
    select(
        (InvolvementRow.practitioner == bindparam("practitioner")).label("by_name"),
        (InvolvementRow.team == bindparam("team")).label("to_team"),
    )
    .select_from(LineRow)
    .join(FeedRow, seen(LineRow))
    .join(InvolvementRow, InvolvementRow.line == LineRow.id)
    .where(
        LineRow.person.in_(bindparam("people", expanding=True)),
        *live_allocation(bindparam("day")),
    )
    .distinct()
)
"""To whom each allocation is; a condition on that would let SQLite read a whole team's lines."""


class InvolvementStore:
    """Reads involvements within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def of(self, people: Collection[UUID]) -> tuple[Involvement, ...]:
        """Return every visible involvement of `people`, in one query."""
        statement = (
            with_contacts(select(*COLUMNS)).where(LineRow.person.in_(people)).order_by(LineRow.id)
        )
        return tuple(involvement_of(row) for row in self._connection.execute(statement))

    def allocated(
        self, people: Collection[UUID], *, practitioner: UUID | None, team: UUID | None, day: date
    ) -> Allocated:
        """Return whether any of `people` is allocated to `practitioner`, or to `team`, on `day`.

        None is nobody, and takes no query where both are.
        """
        if practitioner is None and team is None:
            return Allocated()
        which = {"people": list(people), "practitioner": practitioner, "team": team, "day": day}
        rows = self._connection.execute(_ALLOCATED, which).all()
        return Allocated(
            by_name=any(row.by_name for row in rows), to_team=any(row.to_team for row in rows)
        )

    def allocations(
        self, *, practitioner: UUID | None, team: UUID | None, day: date, most: int
    ) -> tuple[tuple[UUID, date | None], ...]:
        """Return people allocated to `practitioner` or `team` on `day`, with since when.

        None is nobody: it stands for neither a practitioner nor a team.
        """
        mine = or_(
            false() if practitioner is None else InvolvementRow.practitioner == practitioner,
            false() if team is None else InvolvementRow.team == team,
        )
        rows = self._connection.execute(
            select(LineRow.person, InvolvementRow.started)
            .join(FeedRow, seen(LineRow))
            .join(InvolvementRow, InvolvementRow.line == LineRow.id)
            .where(mine, *live_allocation(day))
            .order_by(InvolvementRow.started.desc().nulls_last(), LineRow.id)
            .limit(most)
        )
        return tuple((row.person, row.started) for row in rows)

    def deactivate(self, practitioner: UUID, *, left_on: date, at: datetime) -> None:
        """Keep that `practitioner` has left; every reader falls back to the team at once.

        The day on which it was said first stands.
        """
        mine = LeaverRow.practitioner == practitioner
        if self._connection.scalar(select(LeaverRow.practitioner).where(mine)) is not None:
            return
        texts_changed(self._connection)
        self._connection.execute(
            insert(LeaverRow).values(practitioner=practitioner, left_on=left_on, entered_at=at)
        )

    def practitioner(self, service: Service, source_reference: str) -> UUID | None:
        """Return the practitioner whom `service` knows under `source_reference`."""
        return self._connection.scalar(
            select(PractitionerRow.id)
            .join(FeedRow, seen(PractitionerRow))
            .where(
                PractitionerRow.service == service,
                PractitionerRow.source_reference == source_reference,
            )
        )


def with_contacts(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return the selection of COLUMNS from the involvements that are seen, with whom to ring."""
    return (
        statement.select_from(LineRow)
        .join(FeedRow, seen(LineRow))
        .join(InvolvementRow, InvolvementRow.line == LineRow.id)
        .outerjoin(TeamRow, and_(TeamRow.id == InvolvementRow.team, current(TeamRow)))
        .outerjoin(
            PractitionerRow,
            and_(PractitionerRow.id == InvolvementRow.practitioner, current(PractitionerRow)),
        )
        .outerjoin(LeaverRow, LeaverRow.practitioner == InvolvementRow.practitioner)
        .outerjoin(AvailabilityRow, AvailabilityRow.practitioner == InvolvementRow.practitioner)
        .outerjoin(_Cover, and_(_Cover.id == AvailabilityRow.covered_by, current(_Cover)))
        .outerjoin(_CoverLeft, _CoverLeft.practitioner == _Cover.id)
        .outerjoin(_CoverAway, _CoverAway.practitioner == _Cover.id)
    )


def involvement_of(row: Row[*tuple[Any, ...]]) -> Involvement:
    """Return what COLUMNS say; it is as of the last word of the file or of the service's desk."""
    said_on = (row.lead_on, row.last_on, row.ended_on, row.confirmed_on)
    team = row.team and Team(
        reference=row.team,
        name=row.team_name,
        organisation=row.organisation,
        duty_line=row.duty_line,
        out_of_hours_line=row.out_of_hours_line,
    )
    return Involvement(
        person=row.person,
        service=Service(row.service),
        source_reference=row.source_reference,
        as_of=max([row.as_of or row.feed_as_of, *(each for each in said_on if each)]),
        started=row.started,
        last_involved=row.last_involved,
        ended=row.ended,
        team=team,
        lead=_lead(row) if row.practitioner else None,
        confirmed_on=_last(row.confirmed_on, row.lead_on, row.last_on),
    )


def _lead(row: Row[*tuple[Any, ...]]) -> Practitioner:
    return Practitioner(
        reference=row.practitioner,
        name=row.practitioner_name,
        role=row.role,
        phone=row.phone,
        email=row.email,
        left_on=_first(row.left_on, row.deactivated_on),
        availability=availability_of(row.weekdays, row.away_from, row.away_until, row.cover),
        cover=_cover(row) if row.cover else None,
    )


def _cover(row: Row[*tuple[Any, ...]]) -> Practitioner:
    return Practitioner(
        reference=row.cover,
        name=row.cover_name,
        role=row.cover_role,
        phone=row.cover_phone,
        email=row.cover_email,
        left_on=_first(row.cover_left_on, row.cover_deactivated_on),
        availability=availability_of(
            row.cover_weekdays, row.cover_away_from, row.cover_away_until, None
        ),
    )


def _first(*days: date | None) -> date | None:
    """Return the first of the days on which they were said to have left, if any was."""
    return min((each for each in days if each), default=None)


def _last(*days: date | None) -> date | None:
    return max((each for each in days if each), default=None)
