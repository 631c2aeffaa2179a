"""One line's values, parsed one by one, with everything that is wrong with them."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from directory.domain.dates import MalformedDate
from directory.domain.extracts import Refusal
from directory.domain.identifiers import Malformed
from directory.operations.columns import Columns

MOST_TEXT = 120
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet begins to reckon at."""

_LOST = "\ufffd"
_KEPT_FROM_RECKONING = tuple(f"'{start}" for start in FORMULA_STARTS)
_BREAKS = frozenset("\r\n")
_ONE_DAY = timedelta(days=1)

Parsed = TypeVar("Parsed")


class Fields:
    """The values of one line by column; reading them gathers `faults`, one for each."""

    def __init__(self, number: int, cells: Sequence[str], columns: Columns) -> None:
        """Take the line's cells; columns that are not known are never looked at."""
        self.number = number
        self.faults: list[Refusal] = []
        self._cells = cells
        self._places = columns.places

    def raw(self, column: str) -> str:
        """Return the value without the spaces around it, empty where it is not given."""
        place = self._places.get(column)
        found = "" if place is None else self._cells[place].strip()
        return found[1:] if found.startswith(_KEPT_FROM_RECKONING) else found

    def text(self, column: str, *, most: int = MOST_TEXT) -> str:
        """Return the value with single spaces, empty where it is not given or faulty."""
        found = self.raw(column)
        if not found:
            return ""
        if not found.isascii() or "  " in found:
            found = " ".join(re.split(r"[^\S\r\n]+", found))
        if len(found) > most:
            self.fault(column, f"is longer than {most} characters")
        elif _BREAKS.intersection(found):
            self.fault(column, "has a line break in it")
        elif not found.isprintable():
            self.fault(column, "has a character that cannot be shown")
        elif _LOST in found:
            self.fault(column, "has a letter that was lost on the way (�)")
        else:
            return found
        return ""

    def named(self, column: str, *, most: int = MOST_TEXT) -> str:
        """Return a text that must be given and have a letter in it."""
        found = self.text(column, most=most)
        if not found and not self.raw(column):
            self.fault(column, "must be given")
        elif found and not any(each.isalpha() for each in found):
            self.fault(column, "has no letter in it")
        return found

    def parsed(self, column: str, parse: Callable[[str], Parsed]) -> Parsed | None:
        """Return the parsed value, None where it is not given or faulty."""
        found = self.raw(column)
        if not found:
            return None
        try:
            return parse(found)
        except (Malformed, MalformedDate) as fault:
            self.fault(column, str(fault))
            return None

    def must(self, column: str, parse: Callable[[str], Parsed]) -> Parsed | None:
        """Return the parsed value of a column that must be given."""
        if not self.raw(column):
            self.fault(column, "must be given")
        return self.parsed(column, parse)

    def fault(self, column: str, reason: str) -> None:
        """Say what is wrong with the value of a column, without repeating it."""
        self.faults.append(Refusal(line=self.number, column=column, reason=reason))


def day_after(day: date | None) -> date | None:
    """Return the first day after a last day, as ends are kept."""
    return day + _ONE_DAY if day else None
