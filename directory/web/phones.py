"""Phone numbers as a page dials and prints them, and which line is answered now."""

from dataclasses import dataclass

import phonenumbers

from directory.web.pages import Shown

_SHORT = 3  # 101, 105, 111, 999


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


def answered_now(daytime: str, out_of_hours: str, *, closed: str) -> Phone | None:
    """Return the line of a service that is answered now; `closed` is empty while offices are open.

    A national number such as 101 is answered at any hour.
    """
    if closed and out_of_hours:
        return phone(out_of_hours, "Out of hours, ring")
    return phone(daytime, "Daytime line" if closed and not _is_short(daytime) else "Ring")


def _is_short(text: str) -> bool:
    return len(text) == _SHORT
