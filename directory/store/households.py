"""People who may live with somebody, or be them, as their lines say it."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, or_, select

from directory.domain.people import Person
from directory.store.line_tables import FeedRow, LineIdentifierRow, LineNameRow, LineRow
from directory.store.visibility import seen_or_staged

_MONTHS = 12


class HouseholdStore:
    """Reads who stands near somebody, within one unit of work."""

    def __init__(self, connection: Connection) -> None:
        """Work through `connection`."""
        self._connection = connection

    def near(self, people: Iterable[Person]) -> frozenset[UUID]:
        """Return everybody who shares a postcode, a date of birth or a number with any of `people`.

        They are among them. A date with day and month swapped is shared too. It is more than who
        lives with them: the caller compares. It reads every line.
        """
        described = tuple(people)
        postcodes = {
            home.postcode.compact for each in described for home in each.addresses if home.postcode
        }
        births = {day for each in described for born in each.births for day in _read_as(born)}
        mine = [each.reference for each in described]
        numbers = (
            select(LineIdentifierRow.blind)
            .join(LineRow, LineRow.id == LineIdentifierRow.line)
            .where(LineRow.person.in_(mine), LineIdentifierRow.kind.in_(("nhs_number", "upn")))
        )
        same_number = select(LineIdentifierRow.line).where(LineIdentifierRow.blind.in_(numbers))
        found = self._connection.scalars(
            select(LineRow.person)
            .join(FeedRow, seen_or_staged())
            .where(
                LineRow.person.is_not(None),
                or_(
                    LineRow.postcode.in_(postcodes),
                    LineRow.birth.in_(births),
                    LineRow.id.in_(same_number),
                ),
            )
        )
        return frozenset(each for each in found if each)

    def namesakes(self, people: Iterable[Person]) -> frozenset[UUID]:
        """Return who has a line with the names of any of `people` and no date of birth.

        They may be among them. The names may stand in each other's place. The caller compares. It
        reads every line.
        """
        described = tuple(people)
        names = {each for person in described for each in person.names}
        words = {word.lower() for each in names for word in (each.forenames, each.surname)}
        found = self._connection.scalars(
            select(LineRow.person)
            .join(FeedRow, seen_or_staged())
            .join(LineNameRow, LineNameRow.line == LineRow.id)
            .where(
                LineRow.birth.is_(None),
                func.lower(LineNameRow.surname).in_(words),
                func.lower(LineNameRow.forenames).in_(words),
            )
        )
        return frozenset(each for each in found if each)


def _read_as(day: date) -> Iterator[date]:
    """Yield a date of birth, and the one with day and month swapped where there is one."""
    yield day
    if day.day <= _MONTHS:
        yield day.replace(month=day.day, day=day.month)
