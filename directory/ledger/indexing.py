"""People as the search index takes them."""

from directory.domain.people import Address, Birth, Identifier, Identity, Name, Person
from directory.domain.vocabulary import IdentifierKind
from directory.search.people import (
    AddressKind,
    BirthPrecision,
    NameKind,
    Searchable,
    SearchableAddress,
    SearchableLine,
    SearchableName,
)


def searchable(person: Person) -> Searchable:
    """Return what is indexed of `person`."""
    return Searchable(
        person=person.reference.bytes,
        names=_names(person.names),
        birth=person.birth.day if person.birth else None,
        birth_precision=_precision(person.birth),
        addresses=_addresses(person.addresses),
        identifiers=_identifiers(person.identifiers),
    )


def line_of(identity: Identity) -> SearchableLine:
    """Return what is compared of a line that is not linked yet."""
    return SearchableLine(
        names=_names(identity.names),
        birth=identity.birth.day if identity.birth else None,
        birth_precision=_precision(identity.birth),
        addresses=_addresses((identity.address,) if identity.address else ()),
        identifiers=_identifiers(identity.identifiers),
    )


def _names(names: tuple[Name, ...]) -> tuple[SearchableName, ...]:
    return tuple(
        SearchableName(kind=NameKind(each.kind), forenames=each.forenames, surname=each.surname)
        for each in names
    )


def _precision(birth: Birth | None) -> BirthPrecision | None:
    return BirthPrecision(birth.precision) if birth else None


def _addresses(addresses: tuple[Address, ...]) -> tuple[SearchableAddress, ...]:
    return tuple(
        SearchableAddress(
            kind=AddressKind.FORMER if position else AddressKind.CURRENT,
            house=each.house,
            street=each.street,
            postcode=each.postcode.compact if each.postcode else "",
        )
        for position, each in enumerate(addresses)
    )


def _identifiers(identifiers: tuple[Identifier, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{each.kind}:{each.issuer}" if each.issuer else str(each.kind), each.value)
        for each in identifiers
        if each.kind is not IdentifierKind.SOURCE_REFERENCE
    )
