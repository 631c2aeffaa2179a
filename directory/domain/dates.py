"""Days, ages, months and working days, as the directory counts them."""

import re
from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_SATURDAY = 5
_OLDEST_YEAR = 1900


class MalformedDate(ValueError):
    """The text is not a whole, plausible day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of days: start included, end excluded, None is open."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether `day` lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def last_day(self) -> date | None:
        """Return the last day inside the period, None while it is open."""
        return None if self.end is None else self.end - timedelta(days=1)


def parse_day(text: str) -> date:
    """Return the day written as DD/MM/YYYY or YYYY-MM-DD, or raise MalformedDate.

    Two-digit years and 1 January 1900 (the usual stand-in for "unknown") are refused.
    """
    stripped = text.strip()
    if match := _ISO.fullmatch(stripped):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(stripped):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise MalformedDate("must be a day such as 27/03/2015")
    try:
        parsed = date(year, month, day)
    except ValueError:
        raise MalformedDate("is not a day in the calendar") from None
    if parsed <= date(_OLDEST_YEAR, 1, 1):
        raise MalformedDate("is too long ago to be right")
    return parsed


def age_on(birth: date, day: date) -> int:
    """Return the whole years from `birth` to `day`."""
    before_birthday = (day.month, day.day) < (birth.month, birth.day)
    return day.year - birth.year - int(before_birthday)


def months_before(day: date, months: int) -> date:
    """Return the day `months` calendar months before `day`, clipped to the month's length."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    _, last = monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, last))


def local_day(at: datetime) -> date:
    """Return the day in Europe/London at the moment `at`, which must carry a zone."""
    return at.astimezone(LONDON).date()


def working_day_from(day: date, holidays: Container[date]) -> date:
    """Return `day` if it is a working day, else the next one."""
    while day.weekday() >= _SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day


def end_of_working_day(at: datetime, *, days: int, holidays: Container[date]) -> datetime:
    """Return the moment, in UTC, at which the `days`-th working day after `at` ends.

    Saturdays, Sundays and `holidays` do not count, nor does the day of `at` itself.
    """
    day = local_day(at)
    remaining = days
    while remaining:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in holidays:
            remaining -= 1
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON)
    return midnight.astimezone(UTC)
