"""People who may live with somebody, or be them, as their lines say it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, or_, select

from directory.domain.people import Person
from directory.store.line_tables import FeedRow, LineIdentifierRow, LineRow
from directory.store.visibility import seen


class HouseholdStore:
    """Reads who stands near somebody, within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def near(self, people: Iterable[Person]) -> frozenset[UUID]:
        """Return everybody who shares a postcode, a date of birth or a number with `people`.

        It is more than who lives with them: the caller compares. It reads every line.
        """
        described = tuple(people)
        postcodes = {
            home.postcode.compact for each in described for home in each.addresses if home.postcode
        }
        births = {each.birth.day for each in described if each.birth}
        mine = [each.reference for each in described]
        numbers = (
            select(LineIdentifierRow.blind)
            .join(LineRow, LineRow.id == LineIdentifierRow.line)
            .where(LineRow.person.in_(mine), LineIdentifierRow.kind.in_(("nhs_number", "upn")))
        )
        same_number = select(LineIdentifierRow.line).where(LineIdentifierRow.blind.in_(numbers))
        found = self._connection.scalars(
            select(LineRow.person)
            .join(FeedRow, seen(LineRow))
            .where(
                LineRow.person.is_not(None),
                or_(
                    LineRow.postcode.in_(postcodes),
                    LineRow.birth.in_(births),
                    LineRow.id.in_(same_number),
                ),
            )
        )
        return frozenset(each for each in found if each) - frozenset(mine)
