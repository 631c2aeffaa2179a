"""Phone numbers as a page dials and prints them."""

import pytest

from directory.web.phones import Phone, phone


def test_a_number_is_dialled_in_full_and_printed_as_it_is_known() -> None:
    assert phone("01632 960 001") == Phone(dial="+441632960001", shown="01632 960001")


@pytest.mark.parametrize("short", ["101", "111", "999"])
def test_a_short_number_is_dialled_as_it_is(short: str) -> None:
    assert phone(short) == Phone(dial=short, shown=short)


def test_words_are_no_number_to_change() -> None:
    assert phone("ask for the desk") == Phone(dial="askforthedesk", shown="ask for the desk")


def test_nothing_is_no_number() -> None:
    assert phone("") is None
