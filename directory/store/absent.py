"""Standing lines that a file lacks or leaves without a contact: found, ended and held."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection, RowMapping, and_, insert, select, update

from directory.domain.brake import Involved, Reached, StandingLine
from directory.domain.extracts import Delivery, LineKind, LineState, said_by_hand
from directory.domain.vocabulary import Service
from directory.store.line_tables import (
    FOREVER,
    InvolvementRow,
    LineIdentifierRow,
    LineNameRow,
    LineRow,
    PractitionerRow,
    TeamRow,
)
from directory.store.matching_tables import NamingRow
from directory.store.people import identifier_place
from directory.store.row import Row
from directory.store.sealing import Sealer

Values = dict[str, object]

_UNSAID = bytes(16)
"""The digest of a line that is held: whatever a file says of it is new."""


class AbsentLines:
    """Reads standing lines and stages what becomes of absent ones, within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing identifiers with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def standing_after(
        self, service: Service, *, after: str, most: int
    ) -> tuple[StandingLine, ...]:
        """Return the next standing lines after the reference `after`, in order; held ones not."""
        rows = self._connection.execute(
            select(LineRow.source_reference, LineRow.id, LineRow.as_of, LineRow.kind)
            .where(
                LineRow.service == service,
                LineRow.source_reference > after,
                LineRow.visible_until == FOREVER,
                LineRow.state != LineState.HELD,
            )
            .order_by(LineRow.source_reference)
            .limit(most)
        )
        return tuple(
            StandingLine(
                reference=row.source_reference,
                key=row.id,
                as_of=row.as_of,
                is_involvement=row.kind in {LineKind.INVOLVEMENT, LineKind.ALLOCATION},
            )
            for row in rows
        )

    def involved(self, keys: Collection[int]) -> tuple[Involved, ...]:
        """Return the involvements of those of the lines `keys` that stand still."""
        rows = self._connection.execute(
            select(InvolvementRow.__table__)
            .join(LineRow, LineRow.id == InvolvementRow.line)
            .where(LineRow.id.in_(keys), LineRow.visible_until == FOREVER)
            .order_by(LineRow.id)
        )
        return tuple(
            Involved(
                key=row.line,
                started=row.started,
                last_involved=row.last_involved,
                ended=row.ended,
                said_on=max(
                    filter(None, (row.lead_on, row.last_on, row.ended_on, row.confirmed_on)),
                    default=None,
                ),
            )
            for row in rows
        )

    def reached(self, keys: Collection[int], *, as_of: date) -> dict[int, Reached]:
        """Return whom the lines `keys` lead to, but those whose lead the desk said since `as_of`.

        A practitioner who has left is nobody to ring.
        """
        rows = self._connection.execute(
            select(
                InvolvementRow.line,
                InvolvementRow.lead_on,
                PractitionerRow.phone,
                PractitionerRow.email,
                PractitionerRow.left_on,
                TeamRow.duty_line,
            )
            .outerjoin(
                PractitionerRow,
                and_(
                    PractitionerRow.id == InvolvementRow.practitioner,
                    PractitionerRow.visible_until == FOREVER,
                ),
            )
            .outerjoin(
                TeamRow, and_(TeamRow.id == InvolvementRow.team, TeamRow.visible_until == FOREVER)
            )
            .where(InvolvementRow.line.in_(keys))
        )
        return {
            row.line: Reached(
                by_lead=row.left_on is None and bool(row.phone or row.email),
                by_duty_line=bool(row.duty_line),
            )
            for row in rows
            if row.lead_on is None or row.lead_on < as_of
        }

    def end(self, delivery: Delivery, endings: Mapping[int, date], *, first: int) -> None:
        """Stage the lines of `endings` as ended on these days, numbered from `first`.

        Each speaks of the file's own day, and is compared anew with any file that has it again.
        """
        rows = self._replaced(delivery, endings)
        keys = {row["id"]: first + number for number, row in enumerate(rows)}
        self._insert(LineRow, [_ended(row, delivery, keys[row["id"]]) for row in rows])
        for table in (LineNameRow, NamingRow):
            self._insert(table, [_moved(row, keys) for row in self._of(table, keys)])
        sources = {row["id"]: row for row in rows}
        self._insert(
            LineIdentifierRow,
            [
                {
                    **_moved(row, keys),
                    "sealed": self._resealed(row, sources[row["line"]], delivery),
                }
                for row in self._of(LineIdentifierRow, keys)
            ],
        )
        involvements = self._of(InvolvementRow, keys)
        self._insert(
            InvolvementRow,
            [{**_moved(row, keys), "ended": endings[row["line"]]} for row in involvements],
        )

    def hold(self, delivery: Delivery, keys: Collection[int], *, first: int) -> None:
        """Stage that nobody is shown the lines `keys`: versions that say nothing, of nobody.

        Whose each is stands in the version before, for the file that has it again.
        """
        self._insert(
            LineRow,
            [
                {
                    "id": first + number,
                    "service": row["service"],
                    "source_reference": row["source_reference"],
                    "visible_from": delivery.number,
                    "visible_until": FOREVER,
                    "kind": row["kind"],
                    "digest": _UNSAID,
                    "person": None,
                    "state": LineState.HELD,
                    "as_of": None,
                }
                for number, row in enumerate(self._replaced(delivery, keys))
            ],
        )

    def _replaced(self, delivery: Delivery, keys: Collection[int]) -> list[RowMapping]:
        """Return the lines `keys`, which the delivery's own versions are to follow."""
        mine = LineRow.id.in_(keys)
        found = select(LineRow.__table__).where(mine).order_by(LineRow.id)
        rows = list(self._connection.execute(found).mappings())
        self._connection.execute(update(LineRow).where(mine).values(visible_until=delivery.number))
        return rows

    def _of(self, table: type[Row], keys: Collection[int]) -> list[RowMapping]:
        line = table.__table__.c.line
        found = select(table.__table__).where(line.in_(keys)).order_by(line)
        return list(self._connection.execute(found).mappings())

    def _resealed(self, row: RowMapping, of: RowMapping, delivery: Delivery) -> bytes:
        """Return an identifier sealed to the version that `delivery` stages."""
        service, reference, kind = of["service"], of["source_reference"], row["kind"]
        before = identifier_place(service, reference, of["visible_from"])
        value = self._sealer.unseal(
            bytes(row["sealed"]), table="line_identifier", row=before, column=kind
        )
        after = identifier_place(service, reference, delivery.number)
        return self._sealer.seal(value, table="line_identifier", row=after, column=kind)

    def _insert(self, table: type[Row], rows: list[Values]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)


def _ended(row: RowMapping, delivery: Delivery, key: int) -> Values:
    return {
        **row,
        "id": key,
        "visible_from": delivery.number,
        "visible_until": FOREVER,
        "as_of": delivery.as_of,
        "digest": said_by_hand(bytes(row["digest"])),
    }


def _moved(row: RowMapping, keys: Mapping[int, int]) -> Values:
    return {**row, "line": keys[row["line"]]}
