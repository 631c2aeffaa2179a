"""Days as they are typed into a form."""

from datetime import date

from wtforms import StringField
from wtforms.validators import ValidationError

from directory.domain.dates import MalformedDate, parse_day


def typed_day(field: StringField) -> date | None:
    """Return the day typed, None for none; raises MalformedDate."""
    text = (field.data or "").strip()
    return parse_day(text) if text else None


def check_past(field: StringField, today: date, words: str) -> None:
    """Refuse what is no day, and a day after `today`; `words` name it in the refusal."""
    try:
        found = typed_day(field)
    except MalformedDate as fault:
        raise ValidationError(f"{words} {fault}") from None
    if found is not None and found > today:
        raise ValidationError(f"{words} must not be after today")
