"""Read who a line's person is, and over which days a service was involved."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from directory.domain.dates import parse_day
from directory.domain.identifiers import NhsNumber, Postcode, Upn
from directory.domain.people import Address, Birth, Identifier, Identity, Name
from directory.domain.vocabulary import IdentifierKind, NameKind
from directory.operations.fields import Fields, day_after

_MOST_HOUSE = 80
_ENDS_BEFORE = "is before the day it started"
_TERM = ("started", "last_involved", "ended")

read_day: Callable[[str], date] = lru_cache(maxsize=65536)(parse_day)
_postcode = lru_cache(maxsize=65536)(Postcode.parse)


def identity_of(fields: Fields, as_of: date) -> Identity:
    """Return who the line says its person is; whatever is wrong is among the faults."""
    birth = fields.parsed("date_of_birth", read_day)
    if birth and birth > as_of:
        fields.fault("date_of_birth", "is after the extract’s as-of date")
    return Identity(
        names=_names(fields),
        birth=Birth(day=birth) if birth else None,
        address=_address(fields),
        identifiers=_identifiers(fields),
    )


def term_of(fields: Fields, as_of: date) -> tuple[date | None, date | None, date | None]:
    """Return started, last involved and the first day after the end."""
    started, last_involved, ended = (fields.parsed(each, read_day) for each in _TERM)
    if last_involved and last_involved > as_of:
        fields.fault("last_involved", "is after the extract’s as-of date")
    if started and ended and ended < started:
        fields.fault("ended", _ENDS_BEFORE)
    return started, last_involved, day_after(ended)


def _names(fields: Fields) -> tuple[Name, ...]:
    forenames, surname = fields.named("forenames"), fields.named("surname")
    names = [Name(kind=NameKind.CURRENT, forenames=forenames, surname=surname)]
    known_as = fields.text("known_as")
    if known_as and known_as != forenames:
        names.append(Name(kind=NameKind.KNOWN_AS, forenames=known_as, surname=surname))
    former = fields.text("former_surname")
    if former and former != surname:
        names.append(Name(kind=NameKind.FORMER, forenames=forenames, surname=former))
    return tuple(names)


def _address(fields: Fields) -> Address | None:
    house = fields.text("house", most=_MOST_HOUSE)
    street = fields.text("street")
    postcode = fields.parsed("postcode", _postcode)
    if not (house or street or postcode):
        return None
    return Address(house=house, street=street, postcode=postcode)


def _identifiers(fields: Fields) -> tuple[Identifier, ...]:
    number = fields.parsed("nhs_number", NhsNumber.parse)
    upn = fields.parsed("upn", Upn.parse)
    found = []
    if number:
        found.append(Identifier(kind=IdentifierKind.NHS_NUMBER, value=number.digits))
    if upn:
        found.append(Identifier(kind=IdentifierKind.UPN, value=upn.text))
    return tuple(found)
