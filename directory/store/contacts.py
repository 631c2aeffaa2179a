"""Teams and practitioners as files bring them: standing, and staged unseen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from directory.domain.extracts import Delivery, SentPractitioner, SentTeam
from directory.store.line_tables import FOREVER, PractitionerRow, TeamRow
from directory.store.lines import Values, practitioner_values, team_values

_LINES = ("duty_line", "out_of_hours_line", "lines_on")
_CONTACT = ("phone", "email", "contact_on")


class ContactVersions:
    """Stages versions of teams and practitioners within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def changed_teams(self, delivery: Delivery, sent: Sequence[SentTeam]) -> list[SentTeam]:
        """Return the teams that are new or differ from their standing version."""
        values = [team_values(delivery.service, each) for each in sent]
        differs = self._differs(TeamRow, values)
        return [each for each, is_changed in zip(sent, differs, strict=True) if is_changed]

    def changed_practitioners(
        self, delivery: Delivery, sent: Sequence[SentPractitioner]
    ) -> list[SentPractitioner]:
        """Return the practitioners who are new or differ from their standing version."""
        values = [practitioner_values(delivery.service, each) for each in sent]
        differs = self._differs(PractitionerRow, values)
        return [each for each, is_changed in zip(sent, differs, strict=True) if is_changed]

    def reachable_teams(self, teams: Collection[UUID]) -> frozenset[UUID]:
        """Return those of `teams` whose standing version has a duty line."""
        return self._standing(TeamRow, teams, TeamRow.duty_line != "")

    def reachable_practitioners(self, practitioners: Collection[UUID]) -> frozenset[UUID]:
        """Return those of `practitioners` who are here and stand with a phone or an e-mail."""
        return self._standing(
            PractitionerRow,
            practitioners,
            or_(PractitionerRow.phone != "", PractitionerRow.email != ""),
            PractitionerRow.left_on.is_(None),
        )

    def stage_teams(self, delivery: Delivery, changed: Iterable[SentTeam]) -> None:
        """Keep changed teams, unseen, with what the desk said since the file's day."""
        sent = [team_values(delivery.service, each) for each in changed]
        said = TeamRow.lines_on >= delivery.as_of
        kept = self._kept(TeamRow, [each["id"] for each in sent], said, _LINES)
        values = [{**each, "lines_on": None, **kept.get(each["id"], {})} for each in sent]
        self._stage_versions(TeamRow, delivery, values)

    def stage_practitioners(self, delivery: Delivery, changed: Iterable[SentPractitioner]) -> None:
        """Keep changed practitioners, unseen, with what the desk said since the file's day."""
        sent = [practitioner_values(delivery.service, each) for each in changed]
        said = PractitionerRow.contact_on >= delivery.as_of
        kept = self._kept(PractitionerRow, [each["id"] for each in sent], said, _CONTACT)
        values = [{**each, "contact_on": None, **kept.get(each["id"], {})} for each in sent]
        self._stage_versions(PractitionerRow, delivery, values)

    def undo(self, delivery: Delivery) -> None:
        """Take back the teams and practitioners that an abandoned delivery staged."""
        for table in (TeamRow, PractitionerRow):
            own = table.service == delivery.service
            self._connection.execute(
                delete(table).where(own, table.visible_from == delivery.number)
            )
            self._connection.execute(
                update(table)
                .where(own, table.visible_until == delivery.number)
                .values(visible_until=FOREVER)
            )

    def _kept(
        self,
        table: type[TeamRow | PractitionerRow],
        ids: Collection[object],
        said: ColumnElement[bool],
        parts: Sequence[str],
    ) -> Mapping[object, Values]:
        """Return those parts of the standing versions that the desk `said`."""
        rows = self._connection.execute(
            select(table.__table__).where(table.id.in_(ids), table.visible_until == FOREVER, said)
        ).mappings()
        return {row["id"]: {each: row[each] for each in parts} for row in rows}

    def _standing(
        self,
        table: type[TeamRow | PractitionerRow],
        ids: Collection[UUID],
        *which: ColumnElement[bool],
    ) -> frozenset[UUID]:
        return frozenset(
            self._connection.scalars(
                select(table.id).where(table.id.in_(ids), table.visible_until == FOREVER, *which)
            )
        )

    def _differs(
        self, table: type[TeamRow | PractitionerRow], sent: Sequence[dict[str, object]]
    ) -> list[bool]:
        rows = self._connection.execute(
            select(table.__table__).where(
                table.id.in_([each["id"] for each in sent]), table.visible_until == FOREVER
            )
        ).mappings()
        standing = {row["id"]: row for row in rows}
        return [
            each["id"] not in standing
            or any(standing[each["id"]][name] != value for name, value in each.items())
            for each in sent
        ]

    def _stage_versions(
        self,
        table: type[TeamRow | PractitionerRow],
        delivery: Delivery,
        changed: Sequence[dict[str, object]],
    ) -> None:
        if not changed:
            return
        self._connection.execute(
            update(table)
            .where(table.id.in_([each["id"] for each in changed]), table.visible_until == FOREVER)
            .values(visible_until=delivery.number)
        )
        versions = [{**each, "visible_from": delivery.number} for each in changed]
        self._connection.execute(insert(table), versions)
