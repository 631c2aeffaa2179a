"""Invented people for the tests of search, in one line each."""

from datetime import date

from directory.search.people import (
    AddressKind,
    NameKind,
    Query,
    Searchable,
    SearchableAddress,
    SearchableLine,
    SearchableName,
)

TODAY = date(2026, 3, 1)
HOME = SearchableAddress(house="4", street="High Street", postcode="BD31AA")
FORENAMES = (
    "Ewan",
    "Leah",
    "Mohammed",
    "Zofia",
    "Aoife",
    "Kwame",
    "Mei",
    "Emre",
    "Priya",
    "Sam",
)
SURNAMES = (
    "Blake",
    "Khan",
    "O'Brien",
    "Nowak",
    "Smith-Jones",
    "Okafor",
    "Chan",
    "Kaya",
    "Patel",
)
NOBODY: frozenset[bytes] = frozenset()


def person(number: int, name: str = "Ewan Blake", **facts: object) -> Searchable:
    """Return person `number`; the last word of `name` is the surname."""
    facts = {"birth": date(2015, 3, 12), "addresses": (HOME,), **facts}
    return Searchable(person=reference(number), names=named(name), **facts)  # type: ignore[arg-type] # as given


def reference(number: int) -> bytes:
    """Return the reference of person `number`."""
    return number.to_bytes(16, "big")


def named(name: str, *, kind: NameKind = NameKind.CURRENT) -> tuple[SearchableName, ...]:
    """Return `name`, the last word of which is the surname."""
    forenames, _, surname = name.rpartition(" ")
    return (SearchableName(kind=kind, forenames=forenames, surname=surname),)


def line(name: str = "Ewan Blake", **facts: object) -> SearchableLine:
    """Return a line about somebody with this `name`."""
    facts = {"birth": date(2015, 3, 12), "addresses": (HOME,), **facts}
    return SearchableLine(names=named(name), **facts)  # type: ignore[arg-type] # as given


def query(name: str = "", **facts: object) -> Query:
    """Return a query of today; the last word of `name` is the surname."""
    forenames, _, surname = name.rpartition(" ")
    return Query(as_of=TODAY, forenames=forenames, surname=surname, **facts)  # type: ignore[arg-type] # as given


def at(postcode: str, *, kind: AddressKind = AddressKind.CURRENT) -> SearchableAddress:
    """Return an address of which the postcode alone is known."""
    return SearchableAddress(kind=kind, postcode=postcode)


def crowd(size: int) -> list[Searchable]:
    """Return so many people of all kinds, the same every time, numbered from 1,000."""
    return [_one_of_a_crowd(each) for each in range(size)]


def _one_of_a_crowd(each: int) -> Searchable:
    forename, middle = FORENAMES[each * 7 % 10], FORENAMES[each * 3 % 10]
    home = SearchableAddress(
        house=str(1 + each % 40),
        street=("Park Road", "Mill Lane", "Elm Close")[each % 3],
        postcode=f"BD{1 + each % 20}{each % 9}AB",
    )
    return person(
        1_000 + each,
        f"{forename} {middle} {SURNAMES[each * 5 % 9]}",
        birth=date(1950 + each * 13 % 75, 1 + each * 7 % 12, 1 + each * 11 % 28),
        addresses=(home,),
        phones=(f"07700900{each:03d}",) if each % 2 else (),
    )
