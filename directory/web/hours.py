"""The hours in which daytime numbers are answered, and whether it is out of them."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time

from flask import current_app

from directory.domain.dates import LONDON
from directory.web.access import now

_SATURDAY = 5
_NOON = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when (included) to when (excluded) offices answer, Monday to Friday, in London's time.

    No service sends hours of its own yet, so these are the whole council's.
    """

    opens: time
    closes: time

    def hold(self, at: datetime, holidays: Container[date]) -> bool:
        """Return whether offices answer at the moment `at`; on bank holidays they do not."""
        local = at.astimezone(LONDON)
        works = local.weekday() < _SATURDAY and local.date() not in holidays
        return works and self.opens <= local.time() < self.closes

    def words(self) -> str:
        """Return the hours as people read them."""
        return f"Monday to Friday, {_spoken(self.opens)} to {_spoken(self.closes)}"


def closed_hours() -> str:
    """Return when offices answer if it is out of hours at this moment, else an empty text."""
    settings = current_app.config["SETTINGS"]
    hours = Hours(opens=settings.office_opens, closes=settings.office_closes)
    return "" if hours.hold(now(), current_app.config["HOLIDAYS"]) else hours.words()


def _spoken(at: time) -> str:
    half = "am" if at.hour < _NOON else "pm"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % _NOON or _NOON}{minutes}{half}"
