"""Count what the audit says of disclosures, without reading an entry of anybody."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from directory.domain.audit import Look, Looks, Outcome
from directory.domain.events import Event
from directory.store.audit_tables import AuditRow

_WAYS = ("event", "role", "organisation", "purpose", "relationship", "service", "agreements")
_LOOKS = (Event.BOARD_VIEWED, Event.CARD_OPENED)


def looks_since(connection: Connection, start: datetime, *, most: int) -> Looks:
    """Return the boards and cards disclosed since `start`, counted by the way they were.

    Of more than `most` the newest are counted, so that it takes no longer than they do.
    """
    columns = [AuditRow.__table__.columns[each] for each in _WAYS]
    newest = (
        select(*columns)
        .where(AuditRow.at >= start, AuditRow.event.in_(_LOOKS), AuditRow.outcome == Outcome.DONE)
        .order_by(AuditRow.sequence.desc())
        .limit(most + 1)
        .subquery()
    )
    ways = [newest.c[each] for each in _WAYS]
    rows = connection.execute(select(*ways, func.count().label("times")).group_by(*ways)).all()
    found = tuple(
        Look(
            event=Event(row.event),
            role=row.role,
            organisation=row.organisation,
            purpose=row.purpose,
            relationship=row.relationship,
            service=row.service,
            agreements=frozenset(row.agreements.split("\n")) - {""},
            times=row.times,
        )
        for row in rows
    )
    return Looks(found=found, cut=sum(each.times for each in found) > most)
