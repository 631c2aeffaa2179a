"""Passwords as they are judged, encoded and compared."""

import pytest

from directory.operations.passwords import Passwords, fault_of
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


LONG = "lantern kettle " * 8
EASY = "is too easy to guess: try three words you will remember"
STOLEN = "is on a list of stolen passwords: try three words you will remember"
NAMED = "must not hold your own name, the council’s or a word of this service’s name"


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("elevenchars", "must be at least 12 characters"),
        ("twelve chars", ""),
        ("three words remembered", ""),
        (LONG + "lanterns", ""),
        (LONG + "lanterns!", "must be at most 128 characters"),
        ("aaaaaaaaaaaab", EASY),
        ("password1234", STOLEN),
        ("PassWord1234", STOLEN),
        ("qwertyuiop12", STOLEN),
        ("letmeinletmein", STOLEN),
        ("correcthorsebatterystaple", STOLEN),
    ],
)
def test_a_password_is_long_varied_and_never_stolen(password: str, fault: str) -> None:
    assert fault_of(password, about=()) == fault


@pytest.mark.parametrize(
    ("password", "about"),
    [
        ("my ASHA.Rahman 1", "asha.rahman"),
        ("a lantern for rahman", "Asha Rahman"),
        ("northshire lanterns", "Northshire Council"),
        ("kettle safeguarding 7", "Safeguarding contact directory"),
        ("zoe\u0308lle has a lantern", "Zo\u00eblle"),
    ],
)
def test_a_word_that_others_would_try_first_is_refused(password: str, about: str) -> None:
    assert fault_of(password, about=(about,)) == NAMED


@pytest.mark.parametrize("about", ["", "jo", "ann@c", "Jo Ann"])
def test_a_short_name_in_a_password_is_chance(about: str) -> None:
    assert fault_of("joanna sells lanterns", about=(about,)) == ""
