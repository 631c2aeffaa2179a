"""The values an invented family is made of: people, ties, and their unique numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from town_identifiers import upn
from town_places import Address

ADULT_AGE = 18
CHILDREN = ("anchor_child", "child")  # the family roles of its children
_SCHOOL_STARTING_AGE = 5


def age_on(born: date, day: date) -> int:
    """Return the whole years from `born` to `day`."""
    return day.year - born.year - int((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented person; `role` is what children's social care would call them."""

    forenames: str
    surname: str
    known_as: str = ""
    former_surname: str = ""
    born: date
    address: Address
    earlier_address: Address
    nhs_number: str
    upn: str = ""
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relationship between two members, by their places in the family."""

    person: int
    word: str
    other: int
    started: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """People who belong together, and their ties."""

    people: tuple[Person, ...]
    ties: tuple[Tie, ...]


@dataclass(slots=True, kw_only=True)
class Registry:
    """Hands out the numbers that must differ from person to person."""

    nhs_numbers: Iterator[str]
    pupils: int = 0

    def next_nhs_number(self) -> str:
        """Return a number that nobody has yet."""
        return next(self.nhs_numbers)

    def next_upn(self, born: date) -> str:
        """Return a new pupil number, dated with the year of starting school."""
        self.pupils += 1
        return upn(self.pupils, born.year + _SCHOOL_STARTING_AGE)
