"""Issue numbers that nobody holds: the ranges set aside for tests, drama and documentation.

Sources: NHS numbers beginning 999 are kept for demonstration; Ofcom sets aside telephone numbers
for drama; RFC 2606 sets aside the domain `.example`.
"""

from collections.abc import Iterator

from nhs_number import calculate_checksum

_NHS_FIRST = 999_000_000
_NHS_SPAN = 1_000_000
_NHS_STRIDE = 389_171  # shares no factor with the span, so every number is met once
_NHS_INVALID_CHECK = 10
_UPN_AUTHORITY = "999"
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_LINES = 1000


class Exhausted(RuntimeError):
    """The demonstration range has no number left: the town is too large."""


def nhs_numbers(seed: int) -> Iterator[str]:
    """Yield about 909,000 different valid NHS numbers of the demonstration range."""
    for step in range(_NHS_SPAN):
        stem = str(_NHS_FIRST + (step * _NHS_STRIDE + seed) % _NHS_SPAN)
        check = calculate_checksum(stem)
        if check != _NHS_INVALID_CHECK:
            yield f"{stem}{check}"
    raise Exhausted("no NHS number is left in the demonstration range")


def upn(serial: int, year: int) -> str:
    """Return the pupil number of the `serial`-th pupil of an authority that does not exist.

    Source: Department for Education, UPN guide; weights 2 to 13, modulus 23.
    """
    school, place = divmod(serial, 1000)
    digits = f"{_UPN_AUTHORITY}{2000 + school:04d}{year % 100:02d}{place:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return _UPN_LETTERS[total % len(_UPN_LETTERS)] + digits


def landline(index: int) -> str:
    """Return one of the thousand landline numbers kept for drama."""
    return f"01632 960{index % _LINES:03d}"


def mobile(index: int) -> str:
    """Return one of the thousand mobile numbers kept for drama."""
    return f"07700 900{index % _LINES:03d}"


def freephone(index: int) -> str:
    """Return one of the thousand freephone numbers kept for drama."""
    return f"0808 157 0{index % _LINES:03d}"


def national_line(index: int) -> str:
    """Return one of the thousand UK-wide numbers kept for drama."""
    return f"03069 990{index % _LINES:03d}"
