"""On which days a practitioner is at work, and who stands in while they are away."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from uuid import UUID

from directory.domain.access import Refused

LONGEST_AWAY = timedelta(days=366)


class AvailabilityFault(Refused):
    """Somebody cannot be away so; the message says why, to stand after "it"."""


class Weekday(IntEnum):
    """A day of the week, as `date.weekday` counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


UNSAID: frozenset[Weekday] = frozenset()
"""No pattern is known: they may be at work on any day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """From `start` on somebody is away; `end` is the first day back, None while it is not known.

    `cover` stands in for them, None where their team's duty line does.
    """

    start: date
    end: date | None
    cover: UUID | None

    def holds_on(self, day: date) -> bool:
        """Return whether they are away on `day`."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """The days of the week somebody works, UNSAID where nobody said, and when they are away."""

    weekdays: frozenset[Weekday] = UNSAID
    away: Away | None = None

    def is_away(self, day: date) -> bool:
        """Return whether they are away on `day`."""
        return self.away is not None and self.away.holds_on(day)

    def is_in(self, day: date) -> bool:
        """Return whether `day` is one they work on, as far as anybody said."""
        works = not self.weekdays or Weekday(day.weekday()) in self.weekdays
        return works and not self.is_away(day)


AT_WORK = Availability()


def check_away(away: Away, *, practitioner: UUID, today: date) -> None:
    """Raise AvailabilityFault where `practitioner` cannot be away so."""
    if away.cover == practitioner:
        raise AvailabilityFault("cannot name the one who is away to stand in")
    if away.end is None:
        return
    if away.end <= max(away.start, today):
        raise AvailabilityFault("must end after it starts, and after today")
    if away.end - away.start > LONGEST_AWAY:
        raise AvailabilityFault("must be shorter than a year: say that they have left instead")
