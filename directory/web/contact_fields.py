"""Phones, lines, e-mail addresses and names as they are typed into a form."""

from collections.abc import Callable

from wtforms import StringField
from wtforms.validators import ValidationError

from directory.domain.identifiers import Malformed, parse_reference
from directory.operations.contacts import is_mobile, line_number, neutral, work_email, work_number


def check_phone(field: StringField, *, is_work_mobile: object) -> None:
    """Refuse what is no number at work, and a mobile phone that may be their own."""
    text = (field.data or "").strip()
    _check(field, "The work phone", work_number)
    if text and is_mobile(work_number(text)) and not is_work_mobile:
        raise ValidationError("Tick that it is a mobile phone for work, or give another number")


def check_email(field: StringField) -> None:
    """Refuse what is no address at work."""
    _check(field, "The work e-mail", work_email)


def check_line(field: StringField, words: str) -> None:
    """Refuse what is no line that somebody answers."""
    _check(field, words, line_number)


def check_name(field: StringField, words: str) -> None:
    """Refuse nothing, and a name that says why people are known to it."""
    if not (field.data or "").strip():
        raise ValidationError(f"{words} must be given")
    _check(field, words, neutral)


def check_reference(field: StringField) -> None:
    """Refuse what is no reference of the service's own."""
    if not (field.data or "").strip():
        raise ValidationError("Your own reference must be given")
    _check(field, "Your own reference", parse_reference)


def typed_phone(field: StringField) -> str:
    """Return the number of a valid field as people dial it, "" for none."""
    text = (field.data or "").strip()
    return work_number(text) if text else ""


def typed_email(field: StringField) -> str:
    """Return the address of a valid field, "" for none."""
    text = (field.data or "").strip()
    return work_email(text) if text else ""


def typed_line(field: StringField) -> str:
    """Return the line of a valid field as people dial it, "" for none."""
    text = (field.data or "").strip()
    return line_number(text) if text else ""


def _check(field: StringField, words: str, read: Callable[[str], object]) -> None:
    text = (field.data or "").strip()
    try:
        if text:
            read(text)
    except Malformed as fault:
        raise ValidationError(f"{words} {fault}") from None
