from datetime import date
from typing import Any

import pytest

from directory.domain.looking import Sought


@pytest.mark.parametrize(
    "known",
    [
        {"name": "Blake"},
        {"birth": date(2017, 3, 27)},
        {"birth_year": 2017},
        {"birth_month": 3},
        {"age": 0},
        {"postcode": "NX4"},
        {"nhs_number": "9990000018"},
        {"upn": "P999200020005"},
        {"street": "High Street"},
        {"references": ("CSC-0000001",)},
    ],
)
def test_any_one_fact_is_something_sought(known: dict[str, Any]) -> None:
    assert not Sought(**known).is_empty


def test_words_that_are_not_searched_by_seek_nothing() -> None:
    assert Sought(unread=("07700900123",)).is_empty


@pytest.mark.parametrize("about", [True, False])
def test_to_widen_an_age_that_is_not_given_seeks_nothing(*, about: bool) -> None:
    assert Sought(age_is_about=about).is_empty


@pytest.mark.parametrize(
    ("known", "exact"),
    [
        ({"nhs_number": "9990000018"}, True),
        ({"upn": "P999200020005"}, True),
        ({"references": ("CSC-0000001",)}, False),
        ({"name": "Ewan Blake", "birth": date(2017, 3, 27)}, True),
        ({"name": "Blake,Ewan", "birth": date(2017, 3, 27)}, True),
        ({"name": "Blake", "birth": date(2017, 3, 27)}, False),
        ({"name": "Blake, ", "birth": date(2017, 3, 27)}, False),
        ({"name": "Ewan Blake", "birth_year": 2017, "birth_month": 3}, False),
        ({"name": "Ewan Blake", "age": 9, "postcode": "NX4 2AB"}, False),
        ({"birth": date(2017, 3, 27)}, False),
        ({}, False),
    ],
)
def test_full_name_and_whole_birth_date_or_an_identifier_is_exact(
    known: dict[str, Any], *, exact: bool
) -> None:
    assert Sought(**known).is_exact is exact
