"""A person is found by a name, a date or an address that is only nearly right."""

from datetime import date

import pytest

from directory.search.people import BirthPrecision, Query, Reason, Searchable, Strength
from tests.search.conftest import Shelved
from tests.search.invented import at, crowd, named, person, query


@pytest.fixture
def sought(memory: Shelved) -> Shelved:
    """Return an index of a crowd and of Siobhan Loewenstein-Price, born 7 April 2015."""
    memory.put(
        *crowd(200),
        person(1, "Siobhan Margaret Loewenstein-Price", birth=date(2015, 4, 7)),
    )
    return memory


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Siobhan Loewenstein-Price", Reason.SURNAME_SAME),
        ("SIOBHÁN  loewenstein price", Reason.SURNAME_SAME),
        ("Siobhan Loewenstein", Reason.SURNAME_SAME),
        ("Siobhan Lowenstein", Reason.SURNAME_SPELT_ALMOST_SAME),
        ("Siobhan Loewensteim", Reason.SURNAME_SPELT_ALMOST_SAME),
        ("Siobhan Loewensteinprice", Reason.SURNAME_PARTLY_SAME),
        ("Siobhan Loewenst", Reason.SURNAME_PARTLY_SAME),
        ("Shivaun Loewenstein", Reason.FORENAME_SHORT_FORM),
        ("Siobhen Loewenstein", Reason.FORENAME_SPELT_ALMOST_SAME),
        ("S Loewenstein", Reason.FORENAME_INITIAL_SAME),
        ("Margaret Loewenstein", Reason.OTHER_FORENAME_SAME),
        ("Loewenstein Siobhan", Reason.NAMES_SWAPPED),
        ("Gertrude Loewenstein", Reason.FORENAME_DIFFERS),
    ],
)
def test_a_name_that_is_nearly_right_finds(sought: Shelved, typed: str, reason: Reason) -> None:
    found = sought.find(query(typed, birth_year=2015)).candidates

    assert sought.people(query(typed, birth_year=2015))[:1] == [1]
    assert reason in found[0].why + found[0].differs


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"birth": date(2015, 4, 7)}, Reason.BIRTH_SAME),
        ({"birth": date(2015, 7, 4)}, Reason.BIRTH_DAY_MONTH_SWAPPED),
        ({"birth": date(2015, 4, 17)}, Reason.BIRTH_ONE_DIGIT_DIFFERS),
        ({"birth": date(2016, 4, 7)}, Reason.BIRTH_ONE_DIGIT_DIFFERS),
        ({"birth_year": 2015, "birth_month": 0, "birth_day": 47}, Reason.BIRTH_ONE_DIGIT_DIFFERS),
        ({"birth_year": 2015, "birth_month": 40, "birth_day": 7}, Reason.BIRTH_ONE_DIGIT_DIFFERS),
        ({"birth_year": 2015, "birth_month": 4, "birth_day": 77}, Reason.BIRTH_ONE_DIGIT_DIFFERS),
        ({"birth": date(2015, 4, 28)}, Reason.BIRTH_MONTH_SAME),
        ({"birth": date(1998, 4, 7)}, Reason.BIRTH_DAY_SAME),
        ({"birth": date(2015, 11, 28)}, Reason.BIRTH_YEAR_SAME),
        ({"birth": date(1951, 11, 28)}, Reason.BIRTH_DIFFERS),
        ({"birth_year": 2015, "birth_month": 4}, Reason.BIRTH_MONTH_SAME),
        ({"birth_year": 2015}, Reason.BIRTH_YEAR_SAME),
        ({"birth_year": 2014}, Reason.BIRTH_YEAR_NEAR),
        ({"birth_month": 4, "birth_day": 7}, Reason.BIRTH_DAY_SAME),
        ({"age": 10}, Reason.AGE_SAME),
        ({"age": 9}, Reason.AGE_NEAR),
        ({"age": 9, "age_is_about": True}, Reason.AGE_SAME),
        ({"age": 40}, Reason.AGE_DIFFERS),
    ],
)
def test_a_birth_that_is_nearly_right_finds(
    sought: Shelved, facts: dict[str, object], reason: Reason
) -> None:
    found = sought.find(query("Siobhan Loewenstein", **facts)).candidates[0]

    assert reason in found.why + found.differs


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"postcode": "BD3 1AA", "house": "4"}, Reason.ADDRESS_SAME),
        ({"street": "High St", "house": "4"}, Reason.ADDRESS_SAME),
        ({"postcode": "BD3 1AA"}, Reason.POSTCODE_SAME),
        ({"postcode": "BD3 1AB"}, Reason.POSTCODE_ALMOST_SAME),
        ({"postcode": "BD3 1ZZ"}, Reason.POSTCODE_SAME_AREA),
        ({"postcode": "BD3"}, Reason.POSTCODE_SAME_AREA),
        ({"street": "High Street"}, Reason.STREET_SAME),
        ({"postcode": "LS9 9ZZ"}, Reason.ADDRESS_DIFFERS),
    ],
)
def test_an_address_that_is_nearly_right_finds(
    sought: Shelved, facts: dict[str, object], reason: Reason
) -> None:
    found = sought.find(query("Siobhan Loewenstein", **facts)).candidates[0]

    assert reason in found.why + found.differs


@pytest.mark.parametrize(
    "asked",
    [
        query("Siobhan ", birth=date(2015, 4, 7)),
        query("Loewenstein", age=10),
        query("Loewenstein", postcode="BD3"),
        query(birth=date(2015, 4, 7), postcode="BD3 1AA"),
        query(" ", birth=date(2015, 4, 7)),
    ],
)
def test_half_a_name_or_none_finds_with_something_else(sought: Shelved, asked: Query) -> None:
    assert sought.people(asked)[:1] == [1]


def test_names_of_unknown_order_are_not_called_swapped(sought: Shelved) -> None:
    asked = query("Loewenstein Siobhan", names_in_any_order=True)

    assert Reason.NAMES_SWAPPED not in sought.find(asked).candidates[0].why


def test_somebody_who_differs_in_what_tells_people_apart_is_never_strong(sought: Shelved) -> None:
    asked = query("Gertrude Loewenstein-Price", birth=date(2015, 4, 7), postcode="BD3 1AA")

    assert sought.find(asked).strength is not Strength.STRONG


def test_a_birth_known_to_the_year_agrees_with_a_whole_date(memory: Shelved) -> None:
    born = {"birth": date(2015, 1, 1), "birth_precision": BirthPrecision.YEAR}
    memory.put(person(1, "Rowan Thistlewood", **born))

    found = memory.find(query("Rowan Thistlewood", birth=date(2015, 4, 7))).candidates[0]

    assert Reason.BIRTH_YEAR_SAME in found.why


@pytest.mark.parametrize("age", [10, 11])
def test_an_unknown_birthday_may_have_been_or_not(memory: Shelved, age: int) -> None:
    born = {"birth": date(2015, 1, 1), "birth_precision": BirthPrecision.YEAR}
    memory.put(person(1, "Rowan Thistlewood", **born))

    found = memory.find(query("Rowan Thistlewood", age=age)).candidates[0]

    assert Reason.AGE_SAME in found.why


def test_a_birth_known_to_the_month_is_found_by_the_month(memory: Shelved) -> None:
    born = {"birth": date(2015, 4, 1), "birth_precision": BirthPrecision.MONTH}
    memory.put(*crowd(50), person(1, "Rowan Thistlewood", **born))

    assert memory.people(query("Rowan ", birth_year=2015, birth_month=4))[:1] == [1]


def test_a_person_without_a_forename_is_found_by_the_rest(memory: Shelved) -> None:
    memory.put(*crowd(50), Searchable(person=bytes(15) + b"\1", names=named(" Thistlewood")))

    assert memory.people(query("Rowan Thistlewood")) == [1]


def test_a_district_alone_is_not_enough(memory: Shelved) -> None:
    memory.put(
        *(
            person(each, f"Ann{'abcdefgh'[each % 8]} Lee", addresses=(at("BD31AA"),))
            for each in range(1, 60)
        )
    )

    assert memory.people(query(postcode="BD3")) == []


def test_a_rare_name_that_is_near_never_comes_before_the_name_asked_for(memory: Shelved) -> None:
    namesakes = [person(each, "Ewan Blake", birth=date(2010 + each, 1, 1)) for each in range(2, 12)]
    memory.put(*crowd(200), *namesakes, person(1, "Ewan Blakey", birth=date(2017, 6, 1)))

    ranked = memory.index.ranked(
        memory.connection, query("Ewan Blake"), hidden=frozenset(), most=20
    )
    places = [int.from_bytes(each.person, "big") for each in ranked]

    assert max(places.index(each) for each in range(2, 12)) < places.index(1)
