"""The local rules: every change that was proposed, and what became of it."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from directory.domain.rules import (
    Change,
    LocalRules,
    Rule,
    ServiceRule,
    Slot,
    Standing,
    Tally,
    in_force,
    services_under,
)
from directory.domain.vocabulary import Lifecycle, Service
from directory.store.line_tables import FeedRow, InvolvementRow, LineRow, PersonRow
from directory.store.restriction_tables import OrderRow, ProtectedRow
from directory.store.rule_tables import RuleChangeRow
from directory.store.visibility import seen

_GONE = (Lifecycle.ADOPTED_SEVERED, Lifecycle.MERGED, Lifecycle.ARCHIVED)

_BIRTHS = (
    select(LineRow.person, func.max(LineRow.birth).label("birth"))
    .join(FeedRow, seen(LineRow))
    .group_by(LineRow.person)
    .subquery()
)
_PROTECTED = (
    select(ProtectedRow.person)
    .join(OrderRow, OrderRow.id == ProtectedRow.order)
    .where(OrderRow.ended.is_(None))
)


_AGREED = (
    select(RuleChangeRow.rule, RuleChangeRow.service, RuleChangeRow.value)
    .where(
        RuleChangeRow.service.in_(bindparam("services", expanding=True)),
        RuleChangeRow.standing == Standing.AGREED,
        RuleChangeRow.effective <= bindparam("day"),
    )
    .order_by(
        RuleChangeRow.effective,
        RuleChangeRow.decided_at,
        RuleChangeRow.proposed_at.desc(),
        RuleChangeRow.id,
    )
)
"""The agreed changes of services' rules in the order in which they come to hold."""


class RuleStore:
    """Reads and keeps changes of local rules within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def in_force(self, day: date) -> LocalRules:
        """Return what holds on `day`, in one query."""
        return in_force(self._found(RuleChangeRow.standing == Standing.AGREED), day)

    def of_services(
        self, services: Collection[Service], day: date
    ) -> Mapping[Service, ServiceRule]:
        """Return what holds on `day` for each of `services`, in one query; for others, nothing."""
        rows = self._connection.execute(_AGREED, {"services": list(services), "day": day})
        held = services_under(
            (Slot(rule=Rule(row.rule), service=Service(row.service)), row.value) for row in rows
        )
        return {each: held[each] for each in services}

    def changes(self) -> tuple[Change, ...]:
        """Return every change there ever was, the newest first."""
        return self._found()

    def propose(self, change: Change) -> None:
        """Keep a new change."""
        self._connection.execute(
            insert(RuleChangeRow).values(
                id=change.reference,
                rule=change.slot.rule,
                service=change.slot.service or "",
                value=change.value,
                effective=change.effective,
                why=change.why,
                proposed_by=change.proposed_by,
                proposed_at=change.proposed_at,
                standing=change.standing,
            )
        )

    def decide(self, change: Change) -> None:
        """Keep what became of a change; what was decided before stays as it is."""
        self._connection.execute(
            update(RuleChangeRow)
            .where(RuleChangeRow.id == change.reference, RuleChangeRow.standing == Standing.WAITING)
            .values(
                standing=change.standing,
                decided_by=change.decided_by,
                decided_at=change.decided_at,
            )
        )

    def tallies(self, service: Service) -> tuple[Tally, ...]:
        """Return how many involvements of `service` are alike in all that its rules look at.

        Nobody whom an order protects is counted, at any level: the counts tell nothing of them.
        """
        alike = (
            _BIRTHS.c.birth,
            InvolvementRow.started,
            InvolvementRow.last_involved,
            InvolvementRow.ended,
        )
        rows = self._connection.execute(
            select(*alike, func.count().label("lines"))
            .select_from(LineRow)
            .join(FeedRow, seen(LineRow))
            .join(InvolvementRow, InvolvementRow.line == LineRow.id)
            .join(PersonRow, PersonRow.id == LineRow.person)
            .join(_BIRTHS, _BIRTHS.c.person == LineRow.person)
            .where(
                LineRow.service == service,
                PersonRow.lifecycle.not_in(_GONE),
                LineRow.person.not_in(_PROTECTED),
            )
            .group_by(*alike)
        )
        return tuple(
            Tally(
                birth=row.birth,
                started=row.started,
                last_involved=row.last_involved,
                ended=row.ended,
                lines=row.lines,
            )
            for row in rows
        )

    def _found(self, *which: ColumnElement[bool]) -> tuple[Change, ...]:
        rows = self._connection.execute(
            select(RuleChangeRow.__table__)
            .where(*which)
            .order_by(RuleChangeRow.proposed_at.desc(), RuleChangeRow.id)
        )
        return tuple(
            Change(
                reference=row.id,
                slot=Slot(
                    rule=Rule(row.rule), service=Service(row.service) if row.service else None
                ),
                value=row.value,
                effective=row.effective,
                why=row.why,
                proposed_by=row.proposed_by,
                proposed_at=row.proposed_at,
                standing=Standing(row.standing),
                decided_by=row.decided_by,
                decided_at=row.decided_at,
            )
            for row in rows
        )
