"""Numbers that name one person are checked, corrected and hashed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.identifiers import (
    IdentifierHash,
    is_nhs_number,
    is_upn,
    nhs_numbers_near,
    normalised,
    phone_digits,
    usable,
)

NHS = "9434765919"


def test_every_wrong_digit_is_corrected() -> None:
    wrong = [
        NHS[:place] + digit + NHS[place + 1 :]
        for place in range(10)
        for digit in "0123456789"
        if digit != NHS[place]
    ]

    assert all(not is_nhs_number(each) and NHS in nhs_numbers_near(each) for each in wrong)


@given(st.text(alphabet="0123456789", min_size=10, max_size=10))
def test_every_correction_is_valid_and_there_are_few(number: str) -> None:
    near = nhs_numbers_near(number)

    assert len(near) <= 20
    assert all(is_nhs_number(each) for each in near)


@given(st.text(max_size=30))
def test_what_is_no_number_has_no_corrections(text: str) -> None:
    assert nhs_numbers_near(text) == () or len(text) == 10


def test_an_invalid_nhs_number_is_never_indexed() -> None:
    assert usable("nhs_number", "943 476 5918") == ""
    assert usable("nhs_number", "943 476 5919") == NHS


def test_a_pupil_number_with_its_check_letter_is_valid() -> None:
    assert is_upn("H801200001001")


@pytest.mark.parametrize("number", ["A801200001001", "H80120000100", "H801200001001X", ""])
def test_a_pupil_number_with_another_letter_or_length_is_not_valid(number: str) -> None:
    assert not is_upn(number)


@pytest.mark.parametrize("written", ["07700 900123", "+44 7700 900123", "(07700) 900-123"])
def test_a_phone_is_the_same_however_it_is_written(written: str) -> None:
    assert phone_digits(written) == "700900123"


@pytest.mark.parametrize("written", ["", "12345", "٠٧٧٠٠٩٠٠١٢٣"])
def test_what_is_too_short_or_strange_is_no_phone(written: str) -> None:
    assert phone_digits(written) == ""


def test_the_same_value_of_another_kind_hashes_differently() -> None:
    hashes = IdentifierHash(b"a secret of the tests")

    assert hashes.value("upn", "1") != hashes.value("nhs_number", "1")


def test_another_secret_hashes_differently() -> None:
    one, other = IdentifierHash(b"one secret"), IdentifierHash(b"another secret")

    assert one.value("upn", "1") != other.value("upn", "1")


def test_a_reference_is_read_without_its_punctuation() -> None:
    assert normalised(" h/12-b ") == "H12B"
