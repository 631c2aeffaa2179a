"""Hold what each level of agreement is worth, as fitted on labelled questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from directory.search.vocabulary import Level


class BirthLevel(IntEnum):
    """Say how a date of birth compares with what is asked.

    The last three say that the dates agree as far as both are known.
    """

    UNKNOWN = 0
    SAME = 1
    SWAPPED = 2
    DIGIT = 3
    YEAR_NEAR = 4
    MONTH = 5
    DAY = 6
    YEAR = 7
    DIFFERS = 8
    AGE_SAME = 9
    AGE_NEAR = 10
    AGE_DIFFERS = 11
    MONTH_AS_KNOWN = 12
    YEAR_AS_KNOWN = 13
    DAY_AS_KNOWN = 14


class PlaceLevel(IntEnum):
    """Say how an address compares with what is asked; higher is nearer."""

    UNKNOWN = 0
    DIFFERS = 1
    OUTWARD = 2
    SECTOR = 3
    STREET = 4
    NEAR = 5
    POSTCODE = 6
    HOUSE = 7


class NumberLevel(IntEnum):
    """Say how an identifier or a phone compares with what is asked."""

    UNKNOWN = 0
    DIFFERS = 1
    CORRECTED = 2
    SAME = 3


# Fitted by `directory search train` (23 November 2026) to 4,133 questions about 100,000 invented
# people, training seed 11, rounded to two digits; numbers are set by hand, since few questions of
# councils have a wrong one. What it gained stands in docs/search.md.
_FORENAME = {
    Level.NONE: 0.0098,
    Level.INITIAL: 0.0033,
    Level.FAR: 0.0065,
    Level.NEAR: 0.013,
    Level.SOUND: 0.0098,
    Level.EDIT: 0.097,
    Level.VARIANT: 0.13,
    Level.EXACT: 0.73,
}
_SURNAME = {
    Level.NONE: 0.013,
    Level.INITIAL: 0.00066,
    Level.FAR: 0.0033,
    Level.NEAR: 0.043,
    Level.SOUND: 0.0066,
    Level.EDIT: 0.14,
    Level.VARIANT: 0.039,
    Level.EXACT: 0.76,
}
_BIRTH = {
    BirthLevel.SAME: 0.68,
    BirthLevel.SWAPPED: 0.1,
    BirthLevel.DIGIT: 0.14,
    BirthLevel.YEAR_NEAR: 0.0066,
    BirthLevel.MONTH: 0.005,
    BirthLevel.DAY: 0.0033,
    BirthLevel.YEAR: 0.023,
    BirthLevel.DIFFERS: 0.033,
    BirthLevel.AGE_SAME: 0.94,
    BirthLevel.AGE_NEAR: 0.048,
    BirthLevel.AGE_DIFFERS: 0.016,
    BirthLevel.MONTH_AS_KNOWN: 0.9,
    BirthLevel.YEAR_AS_KNOWN: 0.9,
    BirthLevel.DAY_AS_KNOWN: 0.9,
}
_PLACE = {
    PlaceLevel.DIFFERS: 0.031,
    PlaceLevel.OUTWARD: 0.016,
    PlaceLevel.SECTOR: 0.016,
    PlaceLevel.STREET: 0.016,
    PlaceLevel.NEAR: 0.08,
    PlaceLevel.POSTCODE: 0.093,
    PlaceLevel.HOUSE: 0.75,
}
_NUMBER = {NumberLevel.DIFFERS: 0.01, NumberLevel.CORRECTED: 0.2, NumberLevel.SAME: 0.79}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Hold m of every level (its share among true matches), and what turns bits into odds.

    u of a level (its share among others) is measured in the directory itself, except the numbers
    of people an address is shared by. `spread` and `absence` are a and K of SEARCH's posterior:
    P(i) = 2^(a s) / (sum of 2^(a s) + (absence times people)^a).
    """

    forename: Mapping[Level, float] = field(default_factory=lambda: _FORENAME)
    surname: Mapping[Level, float] = field(default_factory=lambda: _SURNAME)
    birth: Mapping[BirthLevel, float] = field(default_factory=lambda: _BIRTH)
    place: Mapping[PlaceLevel, float] = field(default_factory=lambda: _PLACE)
    number: Mapping[NumberLevel, float] = field(default_factory=lambda: _NUMBER)
    later_word_differs: float = -1.5
    swapped: float = -3.0
    former_name: float = -1.5
    later_name: float = -1.5
    unasked_surname: float = -0.5
    former_address: float = -1.0
    sharing_house: float = 3.5
    sharing_postcode: float = 40.0
    sharing_street: float = 150.0
    sharing_sector: float = 6_000.0
    sharing_phone: float = 3.0
    phone_differs: float = 0.7
    other_number_differs: float = 0.3
    spread: float = 1.07
    absence: float = 0.35
