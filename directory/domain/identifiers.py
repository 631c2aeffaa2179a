"""Numbers, codes and contact details that are valid for good once parsed."""

import re
import string
from dataclasses import dataclass
from typing import Self

_SPACES = re.compile(r"[\s\-]+")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", re.ASCII)
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]", re.ASCII)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.\-]{0,39}")
_NHS_DIGITS = 10
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ \-]?\d{3}[ \-]?\d{4}(?!\d)")


class Malformed(ValueError):
    """The text is not a valid identifier; the message says why, without repeating it."""


@dataclass(frozen=True, slots=True)
class NhsNumber:
    """A ten-digit NHS number whose check digit is right."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the number, or raise Malformed.

        Source: NHS Data Dictionary; weights 10 to 2, modulus 11, 11 becomes 0, 10 is invalid.
        """
        digits = _SPACES.sub("", text)
        if len(digits) != _NHS_DIGITS or not (digits.isascii() and digits.isdigit()):
            raise Malformed("must have 10 digits")
        total = sum(
            int(each) * weight for each, weight in zip(digits, range(10, 1, -1), strict=False)
        )
        # A check of 10 is no digit, so a number that would need one agrees with none.
        if (11 - total % 11) % 11 != int(digits[9]):
            raise Malformed("is not a valid NHS number: check each digit")
        return cls(digits)

    @property
    def shown(self) -> str:
        """Return the digits as people read them, 3-3-4."""
        return f"{self.digits[:3]} {self.digits[3:6]} {self.digits[6:]}"


@dataclass(frozen=True, slots=True)
class Upn:
    """A pupil's unique number: a check letter and twelve characters."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the number, or raise Malformed.

        Source: Department for Education, UPN guide; weights 2 to 13, modulus 23.
        """
        upper = _SPACES.sub("", text).upper()
        if not _UPN.fullmatch(upper):
            raise Malformed("must be a letter and 12 characters")
        values = [
            int(each) if each in string.digits else _UPN_LETTERS.index(each) for each in upper[1:]
        ]
        total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
        if _UPN_LETTERS[total % 23] != upper[0]:
            raise Malformed("has a check letter that does not agree")
        return cls(upper)


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode in upper case, with its outward and inward parts."""

    outward: str
    inward: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the postcode, or raise Malformed."""
        match = _POSTCODE.fullmatch(_SPACES.sub("", text).upper())
        if match is None:
            raise Malformed("must be a full postcode such as NX4 2AB")
        return cls(match[1], match[2])

    @property
    def compact(self) -> str:
        """Return the postcode without its space, as it is compared."""
        return self.outward + self.inward

    @property
    def shown(self) -> str:
        """Return the postcode as people write it."""
        return f"{self.outward} {self.inward}"


def holds_nhs_number(text: str) -> bool:
    """Return whether a valid NHS number stands anywhere in `text`."""
    for match in _TEN_DIGITS.finditer(text):
        try:
            NhsNumber.parse(match[0])
        except Malformed:
            continue
        return True
    return False


NO_REFERENCE = "must be 1 to 40 letters, digits, / _ . or -"


def is_reference(text: str) -> bool:
    """Return whether `text` is a source's own reference, without a space around it."""
    return _REFERENCE.fullmatch(text) is not None


def parse_reference(text: str) -> str:
    """Return a source's own reference: up to 40 letters, digits, / _ . or -; or raise Malformed."""
    stripped = text.strip()
    if not is_reference(stripped):
        raise Malformed(NO_REFERENCE)
    return stripped
