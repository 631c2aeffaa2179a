"""The form by which a person is sought, and what was sought in plain words."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from typing_extensions import override
from wtforms import Form, StringField
from wtforms.validators import Length, ValidationError

from directory.domain.dates import MalformedDate, parse_day
from directory.domain.identifiers import Malformed, NhsNumber, Upn
from directory.domain.looking import Sought
from directory.operations.box import read_box
from directory.web.wording import day

_LONGEST = 120
_MONTH = re.compile(r"(?:(0?[1-9]|1[0-2])[/.\- ])?((?:19|20)\d{2})")
_AGE = re.compile(r"(about|around|abt|c\.?)?\s*(\d{1,3})", re.IGNORECASE)
_POSTCODE = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]?(\s*\d[A-Za-z]{2})?")
_OLDEST = 120
_SHORTEST_POSTCODE = 5
_LONGEST_BOX = 400
_ANY_YEAR = 2000
_HOUSE = re.compile(
    r"((?:(?:flat|apartment|apt|unit) ?\w{1,4}[, ]+)?\d{1,4}[a-z]?)[, ]+(\S.*)", re.I
)
_MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_TOO_LITTLE = "Enter a name as well: a date or an age alone fits many people"
_BORN_FAULT = (
    "Date of birth must be a real day such as 27/3/2015, a month such as 3/2015, or a year; "
    "write the year with four digits"
)


class SearchForm(Form):
    """What is known of the person sought; any part may be left out."""

    box = StringField(
        "Everything you know",
        [Length(max=_LONGEST_BOX, message=f"Use {_LONGEST_BOX} characters or fewer")],
    )
    name = StringField(
        "Name", [Length(max=_LONGEST, message=f"Name must be {_LONGEST} characters or fewer")]
    )
    born = StringField("Date of birth", [Length(max=20)])
    age = StringField("Age", [Length(max=20)])
    postcode = StringField("Postcode", [Length(max=12, message="Postcode is too long")])
    address = StringField(
        "House and street", [Length(max=_LONGEST, message="House and street are too long")]
    )
    nhs_number = StringField("NHS number", [Length(max=20, message="NHS number is too long")])
    reference = StringField(
        "UPN, or your own service’s reference",
        [Length(max=40, message="Reference is too long")],
        description="As your own service writes it.",
    )
    nothing_given: ClassVar[str] = "Enter a name, an NHS number, a UPN or a reference"

    @override
    def validate(self, extra_validators: Mapping[str, object] | None = None) -> bool:
        """Check each part, and that something is given at all."""
        if not super().validate():
            return False
        sought, typed = self.sought(), _text(self.box)
        fault_stands_at = self.box if typed else self.name
        if sought.is_empty and not sought.unread:
            self.name.errors = [self.nothing_given]
        elif not _is_enough(sought):
            fault_stands_at.errors = [_TOO_LITTLE]
        elif sought.nhs_number and not (sought.name or _is_dated(sought)):
            self._check_number(sought.nhs_number)
        return not self.errors

    def _check_number(self, number: str) -> None:
        """Refuse an NHS number that cannot be right and that nothing else may correct."""
        try:
            NhsNumber.parse(number)
        except Malformed as fault:
            at = self.nhs_number if _text(self.nhs_number) else self.box
            at.errors = [f"NHS number {fault}"]

    def validate_born(self, field: StringField) -> None:
        """Refuse what is neither a day, a month nor a year."""
        text = _text(field)
        if text and not _MONTH.fullmatch(text):
            try:
                parse_day(text)
            except MalformedDate:
                raise ValidationError(_BORN_FAULT) from None

    def validate_age(self, field: StringField) -> None:
        """Refuse what is not an age."""
        text = _text(field)
        match = _AGE.fullmatch(text)
        if text and (match is None or int(match[2]) > _OLDEST):
            raise ValidationError("Age must be a number of years, such as 9 or about 9")

    def validate_postcode(self, field: StringField) -> None:
        """Refuse what is neither a postcode nor its first part."""
        text = _text(field)
        if text and not _POSTCODE.fullmatch(text):
            raise ValidationError("Postcode must be whole, such as NX4 2AB, or its first part, NX4")

    def lies_ahead(self, today: date) -> bool:
        """Return whether the date of birth, in a valid form, is later than `today`; say so."""
        sought = self.sought()
        part = date(sought.birth_year, sought.birth_month or 1, 1) if sought.birth_year else today
        if (sought.birth or part) <= today:
            return False
        at = self.born if _text(self.born) else self.box
        at.errors = ["Date of birth must be in the past"]
        return True

    def sought(self) -> Sought:
        """Return what is sought: what the box says, and box by box what stands below."""
        born = _text(self.born)
        part = _MONTH.fullmatch(born)
        age = _AGE.fullmatch(_text(self.age))
        house, street = _house_and_street(_text(self.address))
        upn, references = _own_numbers(_text(self.reference))
        beside = Sought(
            name=_text(self.name),
            birth=parse_day(born) if born and not part else None,
            birth_year=int(part[2]) if part else None,
            birth_month=int(part[1]) if part and part[1] else None,
            age=int(age[2]) if age else None,
            age_is_about=bool(age and age[1]),
            postcode="".join(_text(self.postcode).split()).upper(),
            house=house,
            street=street,
            nhs_number="".join(_text(self.nhs_number).split()),
            upn=upn,
            references=references,
        )
        read = read_box(_text(self.box), beside=beside)
        return replace(read.sought, unread=(*read.sought.unread, *asked_terms(read.overridden)))


class UnreferencedSearchForm(SearchForm):
    """What is known of the person sought, by somebody who stands for no service."""

    reference = StringField(
        "UPN",
        [Length(max=40, message="UPN is too long")],
        description="A letter, then 12 digits; the last may be a letter.",
    )
    nothing_given = "Enter a name, an NHS number or a UPN"

    def validate_reference(self, field: StringField) -> None:
        """Refuse what is no UPN: it would be searched by nowhere."""
        if text := _text(field):
            try:
                Upn.parse(text)
            except Malformed as fault:
                raise ValidationError(f"UPN {fault}") from None

    @override
    def sought(self) -> Sought:
        return super().sought().unreferenced


def _text(field: StringField) -> str:
    return (field.data or "").strip()


def _is_enough(sought: Sought) -> bool:
    """Return whether there is something to find few people by."""
    numbered = sought.nhs_number or sought.upn or sought.references
    return bool(sought.name or sought.postcode or sought.street or numbered)


def _is_dated(sought: Sought) -> bool:
    return sought.birth is not None or sought.birth_year is not None


def _house_and_street(text: str) -> tuple[str, str]:
    """Return the house and the street of an address; the house may be missing."""
    match = _HOUSE.fullmatch(text)
    return (match[1].replace(",", ""), match[2]) if match else ("", text)


def _own_numbers(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the UPN, or else the reference, that `text` is."""
    try:
        return Upn.parse(text).text, ()
    except Malformed:
        return "", (text,) if text else ()


def filled_form(sought: Sought) -> SearchForm:
    """Return the search form as it was typed; numbers for which there is no box go in the one."""
    numbers = (*filter(None, [sought.upn]), *sought.references)
    is_one = len(numbers) == 1
    month = f"{sought.birth_month}/" if sought.birth_month else ""
    part = f"{month}{sought.birth_year}" if sought.birth_year else ""
    about = "about " if sought.age_is_about else ""
    return SearchForm(
        data={
            "box": "" if is_one else " · ".join(_numbers(sought)),
            "name": sought.name,
            "born": f"{sought.birth:%d/%m/%Y}" if sought.birth else part,
            "age": f"{about}{sought.age}" if sought.age is not None else "",
            "postcode": sought.postcode,
            "address": f"{sought.house} {sought.street}".strip(),
            "nhs_number": sought.nhs_number,
            "reference": numbers[0] if is_one else "",
        }
    )


def is_in_doubt(sought: Sought) -> bool:
    """Return whether the NHS number sought cannot be right."""
    try:
        NhsNumber.parse(sought.nhs_number)
    except Malformed:
        return bool(sought.nhs_number)
    return False


def asked_terms(sought: Sought) -> tuple[str, ...]:
    """Return what was searched for, in words that read the same again in the box."""
    about = "about " if sought.age_is_about else ""
    parts = (
        sought.name and f"name {sought.name.strip(', ')}",
        _born(sought),
        f"aged {about}{sought.age}" if sought.age is not None else "",
        f"address {sought.house} {sought.street}".replace("  ", " ") if sought.street else "",
        f"postcode {_postcode(sought.postcode)}" if sought.postcode else "",
        f"NHS number {sought.nhs_number}" if sought.nhs_number else "",
        *_numbers(sought),
    )
    return tuple(part for part in parts if part)


def _numbers(sought: Sought) -> tuple[str, ...]:
    """Return the UPN and the references, each called what it is."""
    upn = (f"UPN {sought.upn}",) if sought.upn else ()
    return (*upn, *(f"reference {each}" for each in sought.references))


def _born(sought: Sought) -> str:
    if sought.birth:
        return f"born {day(sought.birth)}"
    month = f"{date(_ANY_YEAR, sought.birth_month, 1):%B} " if sought.birth_month else ""
    return f"born {month}{sought.birth_year}" if sought.birth_year else ""


def _postcode(text: str) -> str:
    """Return a postcode as people write it, a part of one as it is."""
    return f"{text[:-3]} {text[-3:]}" if len(text) >= _SHORTEST_POSTCODE else text
