"""Passwords as they are encoded and compared."""

import pytest

from directory.operations.passwords import Passwords
from tests.operations.accounts_world import CHEAP


def test_a_password_fits_its_own_encoding() -> None:
    assert CHEAP.fits(CHEAP.encoded("three plain words"), "three plain words")


def test_another_password_does_not_fit() -> None:
    assert not CHEAP.fits(CHEAP.encoded("three plain words"), "three plain word")


@pytest.mark.parametrize("typed", ["", "the password of nobody at all"])
def test_nothing_fits_where_there_is_no_password(typed: str) -> None:
    assert not CHEAP.fits("", typed)


def test_what_is_no_encoding_fits_nothing() -> None:
    assert not CHEAP.fits("three plain words", "three plain words")


def test_one_password_is_encoded_differently_each_time() -> None:
    assert CHEAP.encoded("three plain words") != CHEAP.encoded("three plain words")


def test_an_accent_may_be_typed_in_two_ways() -> None:
    assert CHEAP.fits(CHEAP.encoded("caf\u00e9 au lait noir"), "cafe\u0301 au lait noir")


def test_the_defaults_are_the_smallest_that_owasp_recommends() -> None:
    assert Passwords().encoded("three plain words").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
