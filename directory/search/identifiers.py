"""Check, correct and hash the numbers that name one person."""

import hashlib
import re

import nhs_number

from directory.search.people import NHS_NUMBER

_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]+")
_NOT_A_DIGIT = re.compile(r"\D+")
_LONGEST = 64
_NHS_LENGTH = 10
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]")
_FEWEST_PHONE_DIGITS = 6
_TELLING_PHONE_DIGITS = 9


def normalised(value: str) -> str:
    """Return an identifier's `value` in capitals and digits alone."""
    return _NOT_ALPHANUMERIC.sub("", value[:_LONGEST].upper())


def is_nhs_number(value: str) -> bool:
    """Return whether the normalised `value` is ten digits with a true check digit."""
    return len(value) == _NHS_LENGTH and value.isdigit() and nhs_number.is_valid(value)


def nhs_numbers_near(value: str) -> tuple[str, ...]:
    """Return the valid NHS numbers one wrong digit or one exchange away from the invalid `value`.

    About ten for ten digits, none for anything else.
    """
    if len(value) != _NHS_LENGTH or not (value.isascii() and value.isdigit()):
        return ()
    return tuple(sorted(each for each in one_slip_away(value) if is_nhs_number(each)))


def one_slip_away(digits: str) -> frozenset[str]:
    """Return `digits` with one of them another, or with two neighbours exchanged."""
    changed = {
        digits[:place] + digit + digits[place + 1 :]
        for place in range(len(digits))
        for digit in "0123456789"
    }
    exchanged = {
        digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        for place in range(len(digits) - 1)
    }
    return frozenset((changed | exchanged) - {digits})


def is_upn(value: str) -> bool:
    """Return whether the normalised `value` is a unique pupil number with a true check letter.

    Source: Department for Education, "Unique pupil numbers"; a temporary number ends in a letter,
    which counts by its place in the alphabet of check letters.
    """
    if not _UPN.fullmatch(value):
        return False
    places = [_UPN_LETTERS.index(each) if each.isalpha() else int(each) for each in value[1:]]
    total = sum(place * weight for weight, place in enumerate(places, start=2))
    return _UPN_LETTERS[total % 23] == value[0]


def phone_digits(phone: str) -> str:
    """Return the last nine digits of `phone`, or an empty text if it is too short to tell."""
    digits = _NOT_A_DIGIT.sub("", phone[:_LONGEST]) if phone.isascii() else ""
    return digits[-_TELLING_PHONE_DIGITS:] if len(digits) >= _FEWEST_PHONE_DIGITS else ""


class IdentifierHash:
    """Hash identifiers and phones with the deployment's secret; no value is kept in plain."""

    def __init__(self, secret: bytes) -> None:
        """Draw the key from `secret`."""
        self._key = hashlib.blake2b(key=secret[:64], person=b"identifiers").digest()[:32]

    def value(self, kind: str, value: str) -> int:
        """Return 64 bits for the normalised `value` of this `kind`."""
        return self._hashed(f"{len(kind)}:{kind}{value}")

    def kind(self, kind: str) -> int:
        """Return 32 bits above 0 for the `kind` alone."""
        return self._hashed(kind) >> 32 or 1

    def _hashed(self, text: str) -> int:
        hashed = hashlib.blake2b(text.encode(), key=self._key, digest_size=8)
        return int.from_bytes(hashed.digest(), "big")


def usable(kind: str, value: str) -> str:
    """Return the normalised `value` if it may be indexed: an NHS number only if it is valid."""
    plain = normalised(value)
    return "" if kind == NHS_NUMBER and not is_nhs_number(plain) else plain
