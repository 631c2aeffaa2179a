"""Postcodes, streets and houses compare however they are written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.places import (
    Postcode,
    characters_apart,
    house_code,
    outward_of,
    street_code,
)


@pytest.mark.parametrize(
    ("written", "outward", "inward"),
    [
        ("BD3 1AA", "BD3", "1AA"),
        ("bd31aa", "BD3", "1AA"),
        (" b d 3 1 a a ", "BD3", "1AA"),
        ("BD3-1AA", "BD3", "1AA"),
        ("SW1A 1AA", "SW1A", "1AA"),
        ("BD3", "BD3", ""),
        ("BD3 1", "BD3", "1"),
        ("BD3 IAA", "BD3", "1AA"),
        ("BDE 1AA", "", ""),
    ],
)
def test_a_postcode_is_read_as_far_as_it_goes(written: str, outward: str, inward: str) -> None:
    read = Postcode.read(written)

    assert (read.outward, read.inward) == (outward, inward) if read else not outward


@given(st.text(max_size=40))
def test_any_text_is_a_postcode_or_none(text: str) -> None:
    read = Postcode.read(text)

    assert read is None or outward_of(read.outward_code) == read.outward


def test_postcodes_differ_in_so_many_characters() -> None:
    one, other = Postcode.read("BD3 1AA"), Postcode.read("BD4 1AB")
    assert one
    assert other

    apart = characters_apart(
        np.array([one.inward_code], dtype=np.uint64),
        np.array([other.inward_code], dtype=np.uint64),
        size=3,
    )

    assert apart.tolist() == [1]


@pytest.mark.parametrize("other", ["high street", "High St.", "HIGH  STREET", "Hie Street"])
def test_a_street_is_the_same_however_it_is_written(other: str) -> None:
    assert street_code(other) == street_code("High Street") != 0


@pytest.mark.parametrize("other", ["2A", "2 a", "Flat 2a", "no. 2 A"])
def test_a_house_is_the_same_however_it_is_written(other: str) -> None:
    assert house_code(other) == house_code("2a") != 0


def test_no_street_and_no_house_have_no_code() -> None:
    assert (street_code(" -"), house_code("")) == (0, 0)


def test_houses_differ_by_their_number() -> None:
    assert house_code("2") != house_code("12")
