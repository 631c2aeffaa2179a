"""The teams of one service, as its own desk keeps them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, exists, func, insert, or_, select, update

from directory.domain.extracts import SentTeam
from directory.domain.teams import Lines, OwnTeam
from directory.domain.vocabulary import Service
from directory.store.line_tables import FeedRow, InvolvementRow, LineRow, TeamRow
from directory.store.lines import team_values
from directory.store.texts import texts_changed
from directory.store.visibility import seen

_BY_HAND = 0
"""The delivery of what no file brought: it is seen from the first on, until a file replaces it."""


class TeamStore:
    """Reads and changes a service's teams within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def every(self, service: Service, day: date) -> tuple[OwnTeam, ...]:
        """Return the service's teams, those without a duty line first, then by name."""
        rows = self._connection.execute(
            _every(service, day).order_by(TeamRow.duty_line != "", TeamRow.name, TeamRow.id)
        )
        return tuple(map(_team, rows))

    def one(self, service: Service, team: UUID, day: date) -> OwnTeam | None:
        """Return the team, None for any other service's."""
        rows = self._connection.execute(_every(service, day).where(TeamRow.id == team))
        return next(map(_team, rows), None)

    def say_lines(self, team: UUID, lines: Lines, day: date) -> None:
        """Keep the team's lines, in every version of it."""
        self._connection.execute(
            update(TeamRow)
            .where(TeamRow.id == team)
            .values(
                duty_line=lines.duty_line, out_of_hours_line=lines.out_of_hours_line, lines_on=day
            )
        )

    def is_known(self, team: UUID) -> bool:
        """Return whether any file, or anybody, ever named the team."""
        return bool(self._connection.scalar(select(exists().where(TeamRow.id == team))))

    def make(self, service: Service, sent: SentTeam, day: date) -> None:
        """Keep a team that no file named so far."""
        texts_changed(self._connection)
        self._connection.execute(
            insert(TeamRow).values(
                **team_values(service, sent), visible_from=_BY_HAND, lines_on=day
            )
        )


def _every(service: Service, day: date) -> Select[*tuple[Any, ...]]:
    leading = (
        select(InvolvementRow.team, func.count().label("many"))
        .select_from(LineRow)
        .join(FeedRow, seen(LineRow))
        .join(InvolvementRow, InvolvementRow.line == LineRow.id)
        .where(
            LineRow.service == service,
            or_(InvolvementRow.ended.is_(None), InvolvementRow.ended > day),
        )
        .group_by(InvolvementRow.team)
        .subquery("leading")
    )
    return (
        select(
            TeamRow.id,
            TeamRow.name,
            TeamRow.organisation,
            TeamRow.duty_line,
            TeamRow.out_of_hours_line,
            func.coalesce(leading.c.many, 0).label("many"),
        )
        .select_from(TeamRow)
        .join(FeedRow, seen(TeamRow))
        .outerjoin(leading, leading.c.team == TeamRow.id)
        .where(TeamRow.service == service)
    )


def _team(row: Row[*tuple[Any, ...]]) -> OwnTeam:
    return OwnTeam(
        reference=row.id,
        name=row.name,
        organisation=row.organisation,
        lines=Lines(duty_line=row.duty_line, out_of_hours_line=row.out_of_hours_line),
        leads=row.many,
    )
