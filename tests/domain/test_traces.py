"""A line gives somebody away by an address, a number, or two of surname, forename and birth."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.identifiers import Postcode
from directory.domain.people import Address, Birth, Identity, Name
from directory.domain.traces import (
    folded,
    interests_in,
    left_at,
    left_by,
    shared_with,
    shown_by,
    shown_of,
)
from directory.domain.vocabulary import IdentifierKind, NameKind
from tests.factories import address, identifier, name, person

EWAN = person(names=(name(),), identifiers=(identifier(),))
ELSEWHERE = Address(house="2", street="High Street", postcode=Postcode.parse("NX9 9ZZ"))
BORN, OTHER_DAY = Birth(day=date(2017, 3, 27)), Birth(day=date(2001, 1, 5))
WORDS = st.text(alphabet="abcdeé- '", max_size=8)


def line(
    *,
    called: str = "Nobody Known",
    birth: Birth | None = OTHER_DAY,
    home: Address | None = ELSEWHERE,
    number: str = "",
) -> Identity:
    forenames, surname = called.rsplit(" ", 1)
    numbers = (identifier(value=number),) if number else ()
    names = (name(forenames, surname),)
    return Identity(names=names, birth=birth, address=home, identifiers=numbers)


@pytest.mark.parametrize(
    "told",
    [
        line(called="Ewan Blake"),
        line(called="EWAN JAMES BLAKE"),
        line(called="Blake Ewan"),
        line(called="Ewan Stone", birth=BORN),
        line(called="Tom Blake", birth=BORN),
        line(number="9990000018"),
        line(home=address()),
        line(home=address(street="Mill Ln.")),
        line(home=address(house="14 ")),
        line(home=address(postcode=None)),
    ],
)
def test_a_line_that_shares_enough_gives_somebody_away(told: Identity) -> None:
    assert shown_by(told).gives_away(left_by(EWAN))


@pytest.mark.parametrize(
    "told",
    [
        line(),
        line(called="Tom Blake"),
        line(called="Ewan Stone"),
        line(birth=BORN),
        line(birth=None, home=None),
        line(home=address(house="15")),
        line(home=address(house="15", postcode=None)),
        line(home=address(house="", street="")),
        line(number="9990000026"),
    ],
)
def test_a_line_that_shares_one_part_alone_does_not(told: Identity) -> None:
    assert not shown_by(told).gives_away(left_by(EWAN))


def test_a_number_or_both_names_and_the_birth_say_the_same_of_who_it_is() -> None:
    told = (
        line(called="Ewan Blake", birth=BORN),
        line(called="Blake Ewan", birth=BORN),
        line(number="9990000018"),
        line(called="Ewan Blake"),
        line(called="Tom Blake", birth=BORN),
        line(home=address()),
    )

    said = [shown_by(each).says_the_same(left_by(EWAN)) for each in told]

    assert said == [True, True, True, False, False, False]


def test_day_and_month_may_be_swapped() -> None:
    kept = left_by(person(birth=Birth(day=date(2017, 3, 4))))

    assert shown_by(line(called="Tom Blake", birth=Birth(day=date(2017, 4, 3)))).gives_away(kept)


def test_a_date_of_birth_that_one_line_alone_tells_gives_away_as_well() -> None:
    kept = left_by(person(other_births=(date(2011, 7, 1),)))

    assert shown_by(line(called="Ewan Stone", birth=Birth(day=date(2011, 7, 1)))).gives_away(kept)
    assert shown_by(line(called="Tom Blake", birth=Birth(day=date(2011, 1, 7)))).gives_away(kept)


def test_whoever_shows_two_dates_of_birth_may_be_one_born_on_either() -> None:
    shown = shown_of(
        person(names=(name("Ewan", "Stone"),), addresses=(), other_births=(date(2011, 7, 1),))
    )

    for day in (date(2017, 3, 27), date(2011, 7, 1)):
        assert shown.gives_away(left_by(person(birth=Birth(day=day), addresses=())))


def test_a_former_name_gives_away_as_well() -> None:
    kept = left_by(person(names=(name(), name("Ewan", "Stone", kind=NameKind.FORMER))))

    assert shown_by(line(called="Ewan Stone")).gives_away(kept)


def test_a_safe_address_without_a_house_holds_its_whole_postcode() -> None:
    kept = left_at(Address(postcode=Postcode.parse("NX4 2AB")))

    assert shown_by(line(home=address(house="99"))).gives_away(kept)


def test_a_safe_address_without_a_postcode_is_told_by_house_and_street() -> None:
    kept = left_at(Address(house="14", street="Mill Lane"))

    assert shown_by(line(home=address(postcode=None))).gives_away(kept)
    assert not shown_by(line(home=address(house="15", postcode=None))).gives_away(kept)


def test_a_service_s_own_reference_says_nothing() -> None:
    own = identifier(kind=IdentifierKind.SOURCE_REFERENCE, value="T/1", issuer="housing")
    kept = left_by(person(names=(name("Zoe", "Zed"),), addresses=(), identifiers=(own,)))

    assert not any(each.text.endswith("T/1") for each in kept)


@given(WORDS, WORDS, st.none() | st.dates())
def test_whoever_has_two_of_name_and_birth_always_gives_themselves_away(
    forename: str, surname: str, day: date | None
) -> None:
    who = person(names=(name(forename, surname),), birth=Birth(day=day) if day else None)
    bare = replace(who, addresses=())
    first = next(iter(forename.split()), "")
    parts = [bool(folded(first)), bool(folded(surname)), day is not None]

    assert shown_of(bare).gives_away(left_by(bare)) is (sum(parts) > 1)


def test_a_postcode_alone_makes_nobody_a_housemate() -> None:
    who = person(addresses=(address(house=""),))
    neighbour = person(names=(name("Zoe", "Zed"),), birth=None, addresses=(address(house="15"),))

    assert shown_of(neighbour).gives_away(left_by(who))
    assert not shown_of(neighbour).gives_away(shared_with(who))


@given(WORDS, WORDS, st.dates())
def test_an_interest_is_told_by_spellings_alike(forename: str, surname: str, day: date) -> None:
    plain = Name(kind=NameKind.CURRENT, forenames=forename, surname=surname)
    loud = Name(kind=NameKind.ALIAS, forenames=forename.upper(), surname=surname.upper())

    assert interests_in([plain], day) == interests_in([loud], day)


def test_an_interest_needs_a_date_of_birth() -> None:
    assert interests_in([name()], None) == frozenset()
