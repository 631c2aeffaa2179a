"""Read a date of birth that may be known in part."""

import re
from dataclasses import dataclass
from datetime import date

from directory.domain.dates import MalformedDate, parse_day
from directory.search.people import BirthPrecision

_YEAR_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-00)?", re.ASCII)
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)
_YEAR = re.compile(r"(?P<year>\d{4})(?:-00-00)?", re.ASCII)
_IN_PART = (
    (_YEAR_MONTH, BirthPrecision.MONTH),
    (_MONTH_YEAR, BirthPrecision.MONTH),
    (_YEAR, BirthPrecision.YEAR),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBirth:
    """Hold a day of birth with how much of it is known; the unknown parts are 1."""

    day: date
    precision: BirthPrecision


def known_birth(text: str) -> KnownBirth:
    """Return what `text` says, or raise MalformedDate.

    A day as parse_day reads it; a month as YYYY-MM or MM/YYYY; a year as YYYY.
    """
    for pattern, precision in _IN_PART:
        if match := pattern.fullmatch(text):
            month = match["month"] if precision is BirthPrecision.MONTH else "1"
            return KnownBirth(day=parse_day(f"01/{month}/{match['year']}"), precision=precision)
    return KnownBirth(day=parse_day(text), precision=BirthPrecision.DAY)


def typed_parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day of what was typed as a whole date but is in no calendar."""
    numbers = [int(each) for each in re.findall(r"\d{1,4}", text, re.ASCII)]
    if len(numbers) != len(("year", "month", "day")):
        raise MalformedDate("is not a date")
    year, month, day = numbers if text[:4].isdigit() else reversed(numbers)
    return year, month, day
