"""What a steward compares people by, and when a second person has to agree."""

from collections.abc import Iterable
from enum import StrEnum

from directory.domain.identifiers import NhsNumber
from directory.domain.people import Address, Identifier, Name, Person
from directory.domain.vocabulary import IdentifierKind


class Compared(StrEnum):
    """How what is said of two people compares; nothing, where one of them has none."""

    SAME = "same"
    DIFFERS = "differs"
    NOTHING = ""


def compared(one: Iterable[str], other: Iterable[str]) -> Compared:
    """Return how two people's texts of one kind compare: one in common is enough."""
    first, second = _plain(one), _plain(other)
    if not first or not second:
        return Compared.NOTHING
    return Compared.DIFFERS if first.isdisjoint(second) else Compared.SAME


def _plain(texts: Iterable[str]) -> set[str]:
    return {" ".join(each.split()).casefold() for each in texts}


def numbers_differ(one: Person, other: Person) -> bool:
    """Return whether both have NHS numbers and none of them is the same."""
    numbers = (nhs_numbers(each.identifiers) for each in (one, other))
    return compared(*numbers) is Compared.DIFFERS


def pupil_numbers_compared(one: Person, other: Person) -> Compared:
    """Return how two people's pupil numbers compare; a number itself names the school it is of."""
    return compared(*(_values(each.identifiers, IdentifierKind.UPN) for each in (one, other)))


def _values(identifiers: Iterable[Identifier], kind: IdentifierKind) -> tuple[str, ...]:
    return tuple(each.value for each in identifiers if each.kind is kind)


def each_name(names: Iterable[Name]) -> tuple[str, ...]:
    """Return every different name in full, the first first."""
    return tuple(dict.fromkeys(each.full for each in names))


def whole_address(address: Address) -> str:
    """Return an address on one line."""
    street = f"{address.house} {address.street}".strip()
    return ", ".join(each for each in (street, _postcode(address)) if each)


def _postcode(address: Address) -> str:
    return address.postcode.shown if address.postcode else ""


def nhs_numbers(identifiers: Iterable[Identifier]) -> tuple[str, ...]:
    """Return each different NHS number as people read it."""
    return tuple(
        NhsNumber.parse(each.value).shown
        for each in dict.fromkeys(identifiers)
        if each.kind is IdentifierKind.NHS_NUMBER
    )
