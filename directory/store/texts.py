"""Texts about organisations, services, teams and practitioners' roles, as they stand now."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, or_, select, text, true, update

from directory.domain.texts import Text, TextKind, TextMatch
from directory.domain.vocabulary import Service
from directory.store.agency_tables import OrganisationRow, ServiceRow
from directory.store.line_tables import CounterRow, FeedRow, LeaverRow, PractitionerRow, TeamRow
from directory.store.visibility import seen

_COUNTER = "text"
_BETWEEN = "/"  # stands in no reference of a team


def texts_changed(connection: Connection) -> None:
    """Count one more change of the texts, in the unit of work that changes them."""
    connection.execute(
        text("insert into counter (name, next) values (:name, 0) on conflict do nothing"),
        {"name": _COUNTER},
    )
    connection.execute(
        update(CounterRow).where(CounterRow.name == _COUNTER).values(next=CounterRow.next + 1)
    )


class TextStore:
    """Reads texts within one unit of work; no practitioner's name is among what is read."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def sequence(self) -> int:
        """Return how many changes of the texts there have been."""
        found = self._connection.scalar(select(CounterRow.next).where(CounterRow.name == _COUNTER))
        return int(found or 0)

    def all(self, day: date) -> tuple[Text, ...]:
        """Return every text that stands on `day`."""
        anything = true()
        return (
            *self._organisations(anything),
            *self._services(anything),
            *self._teams(anything),
            *self._roles(anything, day),
        )

    def named(self, matches: Collection[TextMatch], day: date) -> dict[TextMatch, Text]:
        """Return the texts of those `matches` that stand on `day`; what is gone is left out."""
        of_kind = {kind: [m.reference for m in matches if m.kind is kind] for kind in TextKind}
        teams = [UUID(hex=each) for each in of_kind[TextKind.TEAM]]
        roles = of_kind[TextKind.PRACTITIONER_ROLE]
        with_roles = {UUID(hex=each.partition(_BETWEEN)[0]) for each in roles}
        found = (
            *self._organisations(OrganisationRow.reference.in_(of_kind[TextKind.ORGANISATION])),
            *self._services(ServiceRow.service.in_(of_kind[TextKind.SERVICE])),
            *self._teams(TeamRow.id.in_(teams)),
            *self._roles(TeamRow.id.in_(with_roles), day),
        )
        by_match = {TextMatch(kind=each.kind, reference=each.reference): each for each in found}
        return {each: by_match[each] for each in matches if each in by_match}

    def _organisations(self, wanted: ColumnElement[bool]) -> Iterator[Text]:
        rows = self._connection.execute(
            select(OrganisationRow.reference, OrganisationRow.name).where(wanted)
        )
        for row in rows:
            yield Text(kind=TextKind.ORGANISATION, reference=row.reference, name=row.name)

    def _services(self, wanted: ColumnElement[bool]) -> Iterator[Text]:
        rows = self._connection.execute(
            select(
                ServiceRow.service, ServiceRow.title, ServiceRow.area, ServiceRow.team_only
            ).where(wanted)
        )
        for row in rows:
            yield Text(
                kind=TextKind.SERVICE,
                reference=row.service,
                name=row.title,
                within=(row.area,) if row.area else (),
                service=Service(row.service),
                team_only=row.team_only,
            )

    def _teams(self, wanted: ColumnElement[bool]) -> Iterator[Text]:
        rows = self._connection.execute(
            select(
                TeamRow.id,
                TeamRow.name,
                TeamRow.organisation,
                TeamRow.service,
                ServiceRow.title,
                ServiceRow.team_only,
            )
            .join(FeedRow, seen(TeamRow))
            .join(ServiceRow, ServiceRow.service == TeamRow.service)
            .where(wanted)
        )
        for row in rows:
            yield Text(
                kind=TextKind.TEAM,
                reference=row.id.hex,
                name=row.name,
                within=_told(row.organisation, row.title),
                service=Service(row.service),
                team_only=row.team_only,
            )

    def _roles(self, wanted: ColumnElement[bool], day: date) -> Iterator[Text]:
        here = or_(PractitionerRow.left_on.is_(None), PractitionerRow.left_on > day)
        rows = self._connection.execute(
            select(
                PractitionerRow.role,
                TeamRow.id,
                TeamRow.name,
                TeamRow.organisation,
                TeamRow.service,
                ServiceRow.title,
                ServiceRow.team_only,
            )
            .distinct()
            .select_from(PractitionerRow)
            .join(FeedRow, seen(PractitionerRow))
            .join(TeamRow, (TeamRow.id == PractitionerRow.team) & seen(TeamRow))
            .join(ServiceRow, ServiceRow.service == TeamRow.service)
            .outerjoin(LeaverRow, LeaverRow.practitioner == PractitionerRow.id)
            .where(wanted, here, LeaverRow.practitioner.is_(None), PractitionerRow.role != "")
        )
        for row in rows:
            yield Text(
                kind=TextKind.PRACTITIONER_ROLE,
                reference=f"{row.id.hex}{_BETWEEN}{row.role}",
                name=row.role,
                within=_told(row.name, row.organisation, row.title),
                service=Service(row.service),
                team_only=row.team_only,
            )


def _told(*names: str) -> tuple[str, ...]:
    return tuple(name for name in names if name)
