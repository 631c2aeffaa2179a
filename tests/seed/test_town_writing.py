"""Each slip of the pen does what it says, and tidy habits make none."""

from dataclasses import replace
from datetime import date
from itertools import islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from town_columns import Line
from town_families import Person
from town_habits import HOUSING_HABITS, POLICE_HABITS, SOCIAL_CARE_HABITS, Habits, tidied
from town_identifiers import nhs_numbers
from town_places import Address, street_of
from town_writing import Clerk, misspelt

from tests.domain.laws import LAW

OLD_HOME = Address(house="2", street="Ferry Lane", postcode="NX1 1AA", district=0)
HOME = Address(house="14", street="Fulmar Mews", postcode="NX9 2AA", district=8)
ZOFIA = Person(
    forenames="Zofia Maja",
    surname="Dąbrowska-O'Neill",
    known_as="Zosia",
    former_surname="Wójcik",
    born=date(1988, 3, 9),
    address=HOME,
    earlier_address=OLD_HOME,
    nhs_number="9990000018",
    role="parent",
)


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a seeded draw is wanted


def untidy(habits: Habits, **always: float) -> Habits:
    """Return tidy habits but for the slips named."""
    tidy = tidied(habits)
    return replace(tidy, slips=replace(tidy.slips, **always))


def written(habits: Habits) -> Line:
    return Clerk(habits, chance(1)).identity(ZOFIA, HOME)


def test_tidy_habits_write_everything_as_it_is() -> None:
    assert written(tidied(SOCIAL_CARE_HABITS)) == {
        "nhs_number": "9990000018",
        "upn": "",
        "date_of_birth": "1988-03-09",
        "forenames": "Zofia Maja",
        "surname": "Dąbrowska-O'Neill",
        "known_as": "Zosia",
        "former_surname": "Wójcik",
        "house": "14",
        "street": "Fulmar Mews",
        "postcode": "NX9 2AA",
    }


@pytest.mark.parametrize(
    ("slip", "column", "expected"),
    [
        ("names_swapped", "forenames", "Dąbrowska-O'Neill"),
        ("names_swapped", "surname", "Zofia Maja"),
        ("under_former_surname", "surname", "Wójcik"),
        ("under_former_surname", "former_surname", ""),
        ("in_capitals", "surname", "DĄBROWSKA-O'NEILL"),
        ("stray_space", "surname", " Dąbrowska-O'Neill "),
        ("curly_apostrophe", "surname", "Dąbrowska-O’Neill"),
        ("birth_missing", "date_of_birth", ""),
        ("birth_mistaken", "date_of_birth", "1988-09-03"),
        ("earlier_address", "postcode", "NX1 1AA"),
        ("address_missing", "street", ""),
        ("postcode_unspaced", "postcode", "nx92aa"),
        ("nhs_number_spaced", "nhs_number", "999 000 0018"),
    ],
)
def test_a_slip_changes_its_column_so(slip: str, column: str, expected: str) -> None:
    assert written(untidy(SOCIAL_CARE_HABITS, **{slip: 1.0}))[column] == expected


def test_a_feed_without_middle_names_keeps_the_first() -> None:
    habits = untidy(SOCIAL_CARE_HABITS, middle_names_given=0.0)

    assert written(habits)["forenames"] == "Zofia"


def test_windows_1252_keeps_the_letters_it_has() -> None:
    line = written(untidy(HOUSING_HABITS, former_surname_given=1.0))

    assert (line["surname"], line["former_surname"]) == ("Dabrowska-O'Neill", "Wójcik")


def test_the_police_write_plain_letters_only() -> None:
    assert written(tidied(POLICE_HABITS))["surname"] == "Dabrowska-O'Neill"


@LAW
@given(word=st.text("abcdefgh", min_size=4, max_size=12), seed=st.integers(0, 999))
def test_a_misspelt_word_keeps_its_first_letter_and_about_its_length(word: str, seed: int) -> None:
    slipped = misspelt(word, chance(seed))

    assert slipped[0] == word[0]
    assert abs(len(slipped) - len(word)) <= 1


def test_streets_do_not_share_a_postcode() -> None:
    postcodes = {street_of(index)[1] for index in range(20_000)}

    assert len(postcodes) == 20_000


def test_demonstration_nhs_numbers_do_not_repeat() -> None:
    numbers = set(islice(nhs_numbers(2026), 20_000))

    assert len(numbers) == 20_000
