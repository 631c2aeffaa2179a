"""Organisations, services as a whole and their feeds."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from directory.domain.agencies import CommonLine, Feed, ServiceProfile
from directory.domain.assurance import Assurance, Trust
from directory.domain.vocabulary import Service
from directory.store.agency_tables import InstanceRow, OrganisationRow, ServiceRow
from directory.store.line_tables import FeedRow
from directory.store.texts import texts_changed

_ITSELF = OrganisationRow.id == bindparam("organisation")
_TRUST = select(
    OrganisationRow.suspended, OrganisationRow.assured_until, OrganisationRow.needs_consent
).where(_ITSELF)


class AgencyStore:
    """Reads and keeps organisations, services and feeds within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def profiles(self) -> dict[Service, ServiceProfile]:
        """Return what is known of each service as a whole, in the council's order."""
        rows = self._connection.execute(select(ServiceRow.__table__).order_by(ServiceRow.position))
        return {
            Service(row.service): ServiceProfile(
                service=Service(row.service),
                title=row.title,
                common_line=CommonLine(daytime=row.common_line, out_of_hours=row.out_of_hours_line),
                area=row.area,
                covered_since=row.covered_since,
                update_cycle_days=row.update_cycle_days,
                date_meaning=row.date_meaning,
                team_only=row.team_only,
            )
            for row in rows
        }

    def feeds(self) -> dict[Service, Feed]:
        """Return how fresh each service's lines are; a feed that never came is left out."""
        rows = self._connection.execute(select(FeedRow.__table__).where(FeedRow.current > 0))
        return {
            Service(row.service): Feed(
                service=Service(row.service),
                as_of=row.as_of,
                delivered_at=row.delivered_at,
                failed_at=row.failed_at,
                unmatched=row.unmatched,
            )
            for row in rows
        }

    def fail_feed(self, service: Service, at: datetime) -> None:
        """Keep that the last delivery of `service` failed."""
        self._connection.execute(
            update(FeedRow).where(FeedRow.service == service).values(failed_at=at)
        )

    def trust(self, organisation: UUID | None) -> Trust:
        """Return whether `organisation` is suspended, assured until when, and needs consent."""
        row = self._connection.execute(_TRUST, {"organisation": organisation}).first()
        if row is None:
            return Trust()
        return Trust(
            suspended=row.suspended,
            assured_until=row.assured_until,
            needs_consent=row.needs_consent,
        )

    def suspend(self, organisation: UUID) -> None:
        """Let nobody of `organisation` be shown anybody."""
        self._set_suspended(organisation, suspended=True)

    def restore(self, organisation: UUID) -> None:
        """End the suspension of `organisation`."""
        self._set_suspended(organisation, suspended=False)

    def _set_suspended(self, organisation: UUID, *, suspended: bool) -> None:
        self._connection.execute(
            update(OrganisationRow)
            .where(OrganisationRow.id == organisation)
            .values(suspended=suspended)
        )

    def assurances(self) -> tuple[Assurance, ...]:
        """Return every organisation with its assurance, what ends first at the top."""
        rows = self._connection.execute(
            select(OrganisationRow.__table__).order_by(
                OrganisationRow.assured_until.asc().nulls_last(), OrganisationRow.name
            )
        )
        return tuple(
            Assurance(
                organisation=row.id,
                name=row.name,
                until=row.assured_until,
                evidence=row.assurance_evidence,
                suspended=row.suspended,
            )
            for row in rows
        )

    def assure(self, organisation: UUID, *, until: date, evidence: str) -> None:
        """Keep until when `organisation` is assured."""
        self._connection.execute(
            update(OrganisationRow)
            .where(OrganisationRow.id == organisation)
            .values(assured_until=until, assurance_evidence=evidence)
        )

    def needing_consent(self) -> dict[UUID, str]:
        """Return the names of the organisations that know of nobody without their consent."""
        rows = self._connection.execute(
            select(OrganisationRow.id, OrganisationRow.name)
            .where(OrganisationRow.needs_consent)
            .order_by(OrganisationRow.name)
        )
        return {row.id: row.name for row in rows}

    def names(self) -> dict[UUID, str]:
        """Return every organisation's name."""
        rows = self._connection.execute(select(OrganisationRow.id, OrganisationRow.name))
        return {row.id: row.name for row in rows}

    def references(self) -> dict[str, UUID]:
        """Return every organisation by the council's own reference for it."""
        rows = self._connection.execute(select(OrganisationRow.id, OrganisationRow.reference))
        return {row.reference: row.id for row in rows}

    def keep_organisation(
        self, reference: UUID, *, known_as: str, name: str, needs_consent: bool = False
    ) -> None:
        """Keep an organisation, or its new name and whether it needs people's consent."""
        texts_changed(self._connection)
        changed = self._connection.execute(
            update(OrganisationRow)
            .where(OrganisationRow.reference == known_as)
            .values(name=name, needs_consent=needs_consent)
        )
        if not changed.rowcount:
            self._connection.execute(
                insert(OrganisationRow).values(
                    id=reference, reference=known_as, name=name, needs_consent=needs_consent
                )
            )

    def keep_services(self, profiles: Iterable[ServiceProfile]) -> None:
        """Keep `profiles` in their order, and a feed for each that has none yet."""
        texts_changed(self._connection)
        known = set(self._connection.scalars(select(ServiceRow.service)))
        for position, profile in enumerate(profiles):
            values = {
                "title": profile.title,
                "common_line": profile.common_line.daytime,
                "out_of_hours_line": profile.common_line.out_of_hours,
                "area": profile.area,
                "covered_since": profile.covered_since,
                "update_cycle_days": profile.update_cycle_days,
                "date_meaning": profile.date_meaning,
                "team_only": profile.team_only,
                "position": position,
            }
            if profile.service in known:
                self._connection.execute(
                    update(ServiceRow).where(ServiceRow.service == profile.service).values(values)
                )
            else:
                self._connection.execute(
                    insert(ServiceRow).values(service=profile.service, **values)
                )
                self._connection.execute(insert(FeedRow).values(service=profile.service))

    def instance(self, name: str) -> str:
        """Return the fact `name` about this instance, empty where it was never set."""
        return (
            self._connection.scalar(select(InstanceRow.value).where(InstanceRow.name == name)) or ""
        )

    def keep_instance(self, name: str, value: str) -> None:
        """Keep the fact `name` about this instance."""
        self._connection.execute(delete(InstanceRow).where(InstanceRow.name == name))
        self._connection.execute(insert(InstanceRow).values(name=name, value=value))
