"""Read work numbers, work addresses and neutral names as practitioners give them."""

import re
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    number_type,
    parse,
)

from directory.domain.identifiers import Malformed
from directory.domain.neutrality import is_telling

_HOME = "GB"
_HOME_CODE = 44
_HOME_DIGITS = 9
_TYPED_IN_GROUPS = re.compile(r"0\d{2,5}( \d{3,6}){1,3}", re.ASCII)
_SHORT_LINES = frozenset({"101", "105", "111", "999"})
_NOT_AT_WORK = {
    PhoneNumberType.PERSONAL_NUMBER: "is a personal number: give one at work",
    PhoneNumberType.PREMIUM_RATE: "is a premium-rate number",
    PhoneNumberType.PAGER: "is a pager",
}
_SPLIT_EXTENSION = re.compile(r"\s*(?:ext(?:ension)?\.?|x|#)\s*\d+\s*$", re.IGNORECASE)


@lru_cache(maxsize=8192)
def work_number(text: str) -> str:
    """Return a number at work as people dial it, with " ext 214"; or raise Malformed.

    Ofcom's drama numbers are possible numbers and are taken.
    """
    number = _parsed(text)
    if not _is_whole(number):
        raise Malformed("must be a whole telephone number, with its area code")
    unfit = _NOT_AT_WORK.get(number_type(number))
    if unfit:
        raise Malformed(unfit)
    extension = f" ext {number.extension}" if number.extension else ""
    return _dialled(text, number) + extension


def line_number(text: str) -> str:
    """Return the number of a line that a team answers, a short national one included."""
    compact = text.strip()
    return compact if compact in _SHORT_LINES else work_number(text)


def is_mobile(number: str) -> bool:
    """Return whether a number at work is that of a mobile phone."""
    return number_type(_parsed(number)) is PhoneNumberType.MOBILE


@lru_cache(maxsize=8192)
def work_email(text: str) -> str:
    """Return a work address whose name tells nothing of the people it works with."""
    try:
        address = validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise Malformed("must be an e-mail address such as name@council.example") from None
    return neutral(address)


def neutral(text: str) -> str:
    """Return the name of a team, role or line unless it says why people are known to it."""
    if is_telling(text):
        raise Malformed("says why people are known to it: send a neutral name")
    return text


def _parsed(text: str) -> PhoneNumber:
    try:
        return parse(text, _HOME)
    except NumberParseException:
        raise Malformed("must be one telephone number") from None


def _is_whole(number: PhoneNumber) -> bool:
    """Return whether no digit is missing; the library takes any seven, for 0800 1111."""
    if is_possible_number_with_reason(number) is not ValidationResult.IS_POSSIBLE:
        return False
    digits = str(number.national_number)
    return number.country_code != _HOME_CODE or len(digits) >= _HOME_DIGITS or digits[:3] == "800"


def _dialled(text: str, number: PhoneNumber) -> str:
    """Return the number in the groups it was typed in, or in the usual ones."""
    typed = " ".join(_SPLIT_EXTENSION.sub("", text).split())
    if _TYPED_IN_GROUPS.fullmatch(typed):
        return typed
    plain = PhoneNumber(
        country_code=number.country_code,
        national_number=number.national_number,
        italian_leading_zero=number.italian_leading_zero,
    )
    national = number.country_code == _HOME_CODE
    return format_number(
        plain, PhoneNumberFormat.NATIONAL if national else PhoneNumberFormat.INTERNATIONAL
    )
