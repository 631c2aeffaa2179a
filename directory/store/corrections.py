"""Reports that contacts are wrong, and what their services answered."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from directory.domain.corrections import (
    About,
    Answer,
    Answered,
    Correction,
    Named,
    Reporter,
    Wrong,
    standing_as,
)
from directory.domain.vocabulary import Role, Service
from directory.store.agency_tables import OrganisationRow
from directory.store.correction_tables import CorrectionRow
from directory.store.line_tables import FeedRow, PersonRow, PractitionerRow, TeamRow
from directory.store.visibility import seen

_OPEN = CorrectionRow.answered_at.is_(None)
_WHOSE = func.coalesce(PersonRow.merged_into, CorrectionRow.person)
"""Whose involvement it is about, into whom they were merged since."""


class CorrectionStore:
    """Reads and keeps reports within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def keep(self, report: Correction) -> None:
        """Keep a new report, unless the same user's of the same stands open already."""
        about, reporter = report.about, report.reporter
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        self._connection.execute(
            dialect.insert(CorrectionRow)
            .values(
                id=report.reference,
                service=about.service,
                practitioner=about.practitioner,
                team=about.team,
                person=about.person,
                wrong=report.wrong,
                account=reporter.account,
                organisation=reporter.organisation,
                role=reporter.role,
                reported_at=report.at,
                due=report.due,
                standing=standing_as(report),
            )
            .on_conflict_do_nothing(index_elements=["standing"])
        )

    def on_card(
        self, service: Service, person: UUID, contacts: Collection[UUID]
    ) -> tuple[Correction, ...]:
        """Return what is open on these practitioners and teams, but for others' involvements."""
        statement = _reports().where(
            _OPEN,
            CorrectionRow.service == service,
            or_(CorrectionRow.practitioner.in_(contacts), CorrectionRow.team.in_(contacts)),
            or_(CorrectionRow.person.is_(None), _WHOSE.in_([person])),
        )
        return self._found(statement)

    def waiting(self, service: Service) -> tuple[Named, ...]:
        """Return what `service` is to answer, the most overdue first, with names as they are now.

        A name is empty where the service's file has none any more.
        """
        statement = (
            _reports()
            .add_columns(
                PractitionerRow.name.label("practitioner_name"),
                TeamRow.name.label("team_name"),
                OrganisationRow.name.label("organisation_name"),
            )
            .join(FeedRow, FeedRow.service == CorrectionRow.service)
            .outerjoin(
                PractitionerRow,
                and_(PractitionerRow.id == CorrectionRow.practitioner, seen(PractitionerRow)),
            )
            .outerjoin(
                TeamRow,
                and_(
                    TeamRow.id == func.coalesce(CorrectionRow.team, PractitionerRow.team),
                    seen(TeamRow),
                ),
            )
            .outerjoin(OrganisationRow, OrganisationRow.id == CorrectionRow.organisation)
            .where(_OPEN, CorrectionRow.service == service)
            .order_by(CorrectionRow.due, CorrectionRow.id)
        )
        return tuple(
            Named(
                correction=_correction(row),
                practitioner=row.practitioner_name or "",
                team=row.team_name or "",
                organisation=row.organisation_name or "",
            )
            for row in self._connection.execute(statement)
        )

    def overdue(self, at: datetime) -> tuple[Correction, ...]:
        """Return what every service should have answered before `at`, the longest overdue first."""
        ordered = _reports().order_by(CorrectionRow.due, CorrectionRow.id)
        return self._found(ordered.where(_OPEN, CorrectionRow.due <= at))

    def of(self, account: UUID, *, since: datetime) -> tuple[Correction, ...]:
        """Return what `account` reported since `since`, the newest first."""
        mine = _reports().where(CorrectionRow.account == account)
        ordered = mine.order_by(CorrectionRow.reported_at.desc(), CorrectionRow.id)
        return self._found(ordered.where(CorrectionRow.reported_at >= since))

    def answer(self, reports: Collection[UUID], answered: Answered) -> None:
        """Keep the answer to those of `reports` that are open: from now on they are not."""
        self._connection.execute(
            update(CorrectionRow)
            .where(CorrectionRow.id.in_(reports), _OPEN)
            .values(
                answer=answered.answer,
                answered_by=answered.by,
                answered_at=answered.at,
                standing=None,
            )
        )

    def _found(self, statement: Select[*tuple[Any, ...]]) -> tuple[Correction, ...]:
        return tuple(map(_correction, self._connection.execute(statement)))


def _reports() -> Select[*tuple[Any, ...]]:
    return (
        select(CorrectionRow.__table__, _WHOSE.label("whose"))
        .select_from(CorrectionRow)
        .outerjoin(PersonRow, PersonRow.id == CorrectionRow.person)
    )


def _correction(row: Row[*tuple[Any, ...]]) -> Correction:
    answered = row.answered_at and Answered(
        answer=Answer(row.answer), by=row.answered_by, at=row.answered_at
    )
    return Correction(
        reference=row.id,
        about=About(
            service=Service(row.service),
            practitioner=row.practitioner,
            team=row.team,
            person=row.whose,
        ),
        wrong=Wrong(row.wrong),
        reporter=Reporter(account=row.account, organisation=row.organisation, role=Role(row.role)),
        at=row.reported_at,
        due=row.due,
        answered=answered,
    )
