"""Nothing that can be typed breaks a look-up or holds it up."""

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from directory.search.memory import MemoryIndex
from directory.search.people import Query, Strength
from tests.search.conftest import Shelved
from tests.search.invented import TODAY, crowd, query

LIMIT_SECONDS = 0.3
WORST = (
    "",
    " ",
    "\x00",
    "*",
    "%" * 10_000,
    "a",
    "x" * 10_000,
    "mohammed " * 2_000,
    "a b c d e f g h i j k l m",
    "😀" * 10_000,
    "\u202e" * 10_000,
    "e" + "\u0301" * 10_000,
    "محمد " * 1_000,
    "李" * 5_000,
    "'" * 10_000,
    "-" * 10_000,
    "9" * 10_000,
    "ﷺ" * 1_000,
    "\ud800",
    "' OR 1=1 --",
)


@pytest.fixture(scope="module")
def crowded() -> Shelved:
    """Return an index in memory with some hundred people."""
    shelved = Shelved(MemoryIndex(), create_engine("sqlite://").connect())
    shelved.put(*crowd(600))
    shelved.find(query("Ewan Blake"))
    return shelved


@pytest.mark.parametrize("text", WORST)
@pytest.mark.parametrize(
    "field", ["forenames", "surname", "postcode", "house", "street", "phone", "identifiers"]
)
def test_the_worst_input_is_answered_quickly(crowded: Shelved, text: str, field: str) -> None:
    value = (("nhs_number", text), (text, text)) * 50 if field == "identifiers" else text
    asked = replace(query("Ewan Blake"), **{field: value})  # type: ignore[arg-type] # one field
    start = time.perf_counter()

    crowded.find(asked, frozenset())

    assert time.perf_counter() - start < LIMIT_SECONDS


@pytest.mark.parametrize("text", WORST)
def test_junk_alone_is_no_match_and_no_error(crowded: Shelved, text: str) -> None:
    found = crowded.find(query(text, names_in_any_order=True))

    assert found.strength in set(Strength)


@pytest.mark.parametrize("text", ["", " ", "\x00", "*", "%%%", "😀", "'", "-", "\u202e"])
def test_a_query_of_nothing_finds_nobody(crowded: Shelved, text: str) -> None:
    assert crowded.find(query(text)).strength is Strength.NONE


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    asked=st.builds(
        Query,
        as_of=st.just(TODAY),
        forenames=st.text(max_size=80),
        surname=st.text(max_size=80),
        names_in_any_order=st.booleans(),
        birth=st.none() | st.dates(),
        birth_year=st.none() | st.integers(),
        birth_month=st.none() | st.integers(),
        birth_day=st.none() | st.integers(),
        age=st.none() | st.integers(),
        age_is_about=st.booleans(),
        postcode=st.text(max_size=20),
        house=st.text(max_size=20),
        street=st.text(max_size=40),
        identifiers=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20))).map(tuple),
        phone=st.text(max_size=20),
    )
)
def test_whatever_is_asked_is_answered(crowded: Shelved, asked: Query) -> None:
    found = crowded.find(asked)

    assert len(found.candidates) <= 10
    assert all(0 <= each.probability <= 1 for each in found.candidates)
