"""Phone numbers as a page dials and prints them, and which line is answered now."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime

import phonenumbers

from directory.domain.dates import LONDON
from directory.web.pages import Shown

_OPENS, _CLOSES = 9, 17
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(Shown):
    """A number to dial and the same number to read."""

    dial: str
    shown: str
    extension: str = ""
    label: str = ""


def phone(text: str, label: str = "") -> Phone | None:
    """Return `text` as a phone number, None where it is empty."""
    if not text:
        return None
    try:
        parsed = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return Phone(dial="".join(text.split()), shown=text, label=label)
    if not phonenumbers.is_possible_number(parsed):  # 101, 111 and 999 have no country before them
        return Phone(dial="".join(text.split()), shown=text, label=label)
    return Phone(
        dial=phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164),
        shown=phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL),
        extension=parsed.extension or "",
        label=label,
    )


def is_out_of_hours(at: datetime, holidays: Container[date]) -> bool:
    """Return whether offices are closed at the moment `at`: nights, weekends, bank holidays."""
    local = at.astimezone(LONDON)
    open_day = local.weekday() < _SATURDAY and local.date() not in holidays
    return not open_day or not _OPENS <= local.hour < _CLOSES


def answered_now(
    daytime: str, out_of_hours: str, *, at: datetime, holidays: Container[date]
) -> Phone | None:
    """Return the line of a service that is answered at the moment `at`."""
    if out_of_hours and is_out_of_hours(at, holidays):
        return phone(out_of_hours, "Out of hours, ring")
    return phone(daytime, "Ring")
