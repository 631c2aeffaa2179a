from dataclasses import replace
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
    "known",
    [
        {"nhs_number": "9990000018"},
        {"upn": "P999200020005"},
        {"name": "Ewan Blake", "birth": date(2017, 3, 27)},
        {"name": "Blake,Ewan", "birth": date(2017, 3, 27)},
    ],
)
def test_an_identifier_or_a_full_name_with_a_whole_birth_date_is_exact(
    known: dict[str, Any],
) -> None:
    sought = Sought(**known)

    assert sought.exact == (sought,)


@pytest.mark.parametrize(
    "known",
    [
        {"references": ("CSC-0000001",)},
        {"name": "Blake", "birth": date(2017, 3, 27)},
        {"name": "Blake, ", "birth": date(2017, 3, 27)},
        {"name": "Ewan Blake", "birth_year": 2017, "birth_month": 3},
        {"name": "Ewan Blake", "age": 9, "postcode": "NX4 2AB"},
        {"birth": date(2017, 3, 27)},
        {},
    ],
)
def test_nothing_less_is_exact(known: dict[str, Any]) -> None:
    assert Sought(**known).exact == ()


def test_what_is_exact_stands_alone() -> None:
    named = Sought(name="Ewan Blake", birth=date(2017, 3, 27))
    placed = replace(named, age=9, postcode="NX42AB", house="4", street="High Street")

    sought = replace(placed, nhs_number="9990000018", upn="P999200020005")

    assert sought.exact == (Sought(nhs_number="9990000018"), Sought(upn="P999200020005"), named)
