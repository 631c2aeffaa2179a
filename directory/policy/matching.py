"""What a steward compares people by, and when a second person has to agree."""

from collections.abc import Iterable

from directory.domain.identifiers import NhsNumber
from directory.domain.people import Address, Identifier, Name, Person
from directory.domain.vocabulary import IdentifierKind


def numbers_differ(one: Person, other: Person) -> bool:
    """Return whether both have NHS numbers and none of them is the same."""
    first, second = nhs_numbers(one.identifiers), nhs_numbers(other.identifiers)
    return bool(first and second) and not set(first) & set(second)


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
