"""What a service's desk said of involvements by hand, as it is kept beside a file's word."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from directory.domain.upkeep import ByHand, Lead, Said, merged
from directory.domain.vocabulary import Service
from directory.store.line_tables import FeedRow, InvolvementRow, LineRow, PractitionerRow, TeamRow
from directory.store.visibility import seen


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """One involvement's row, as far as the desk ever said or confirmed it."""

    said: Said
    by_hand: ByHand
    revision: int
    confirmed_on: date | None
    confirmed_by: UUID | None

    def over(self, sent: Said, *, as_of: date) -> dict[str, object]:
        """Return the columns of what is `sent` by a file as of `as_of`, with what the desk said.

        A confirmation stands as long as the same practitioner leads.
        """
        by_hand = self.by_hand.still(as_of)
        said = merged(self.said, sent, by_hand)
        stands = said.lead == self.said.lead
        return {
            **values_of(said, by_hand),
            "revision": self.revision + 1,
            "confirmed_on": self.confirmed_on if stands else None,
            "confirmed_by": self.confirmed_by if stands else None,
        }


def kept_by_hand(connection: Connection, lines: Collection[int]) -> dict[int, KeptRow]:
    """Return those of `lines` that their desk ever changed or confirmed, in one query."""
    if not lines:
        return {}
    rows = connection.execute(
        select(InvolvementRow.__table__).where(
            InvolvementRow.line.in_(lines),
            ever_by_hand(),
        )
    )
    return {row.line: kept_row(row) for row in rows}


def ever_by_hand() -> ColumnElement[bool]:
    """Return the condition that a desk ever changed or confirmed an involvement."""
    return or_(InvolvementRow.revision > 1, InvolvementRow.confirmed_on.is_not(None))


def is_anything_by_hand(connection: Connection, service: Service) -> bool:
    """Return whether anything that is seen was said by the desk of `service`."""
    by_hand = (
        select(LineRow.id)
        .join(FeedRow, seen(LineRow))
        .join(InvolvementRow, InvolvementRow.line == LineRow.id)
        .where(
            LineRow.service == service,
            or_(
                InvolvementRow.lead_on.is_not(None),
                InvolvementRow.last_on.is_not(None),
                InvolvementRow.ended_on.is_not(None),
            ),
        )
    )
    contacts = (
        select(PractitionerRow.id)
        .join(FeedRow, seen(PractitionerRow))
        .where(PractitionerRow.service == service, PractitionerRow.contact_on.is_not(None))
    )
    lines = (
        select(TeamRow.id)
        .join(FeedRow, seen(TeamRow))
        .where(TeamRow.service == service, TeamRow.lines_on.is_not(None))
    )
    every = (by_hand, contacts, lines)
    return any(connection.scalar(each.limit(1)) is not None for each in every)


def kept_row(row: Row[*tuple[Any, ...]]) -> KeptRow:
    """Return what one row of the table of involvements says."""
    return KeptRow(
        said=Said(
            lead=Lead(team=row.team, practitioner=row.practitioner),
            last_involved=row.last_involved,
            ended=row.ended,
        ),
        by_hand=ByHand(lead=row.lead_on, last_involved=row.last_on, ended=row.ended_on),
        revision=row.revision,
        confirmed_on=row.confirmed_on,
        confirmed_by=row.confirmed_by,
    )


def values_of(said: Said, by_hand: ByHand) -> dict[str, object]:
    """Return the columns that say it."""
    return {
        "team": said.lead.team,
        "practitioner": said.lead.practitioner,
        "last_involved": said.last_involved,
        "ended": said.ended,
        "lead_on": by_hand.lead,
        "last_on": by_hand.last_involved,
        "ended_on": by_hand.ended,
    }
