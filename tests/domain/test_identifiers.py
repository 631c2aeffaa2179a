from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.identifiers import (
    Malformed,
    NhsNumber,
    Postcode,
    Upn,
    holds_nhs_number,
    parse_reference,
)
from tests.domain.laws import LAW

PARSERS = (NhsNumber.parse, Upn.parse, Postcode.parse, parse_reference)
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def checked_nhs_number(nine: str) -> str | None:
    """Return the nine digits with their check digit, None where they have none."""
    remainder = sum(int(each) * (10 - place) for place, each in enumerate(nine)) % 11
    return None if remainder == 1 else f"{nine}{(11 - remainder) % 11}"


def checked_upn(twelve: str) -> str:
    """Return the twelve characters behind their check letter."""
    values = [int(each) if each.isdigit() else UPN_LETTERS.index(each) for each in twelve]
    total = sum(value * weight for weight, value in enumerate(values, start=2))
    return UPN_LETTERS[total % 23] + twelve


def complaint(parse: Callable[[str], object], text: str) -> str:
    """Return what is said against `text`, empty where it is taken."""
    try:
        parse(text)
    except Malformed as fault:
        return str(fault)
    return ""


def changed(text: str, place: int, to: str) -> str:
    return text[:place] + to + text[place + 1 :]


def swapped(text: str, place: int) -> str:
    """Return `text` with the characters at `place` and behind it exchanged."""
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


nhs_numbers = st.from_regex(r"[0-9]{9}", fullmatch=True).map(checked_nhs_number).filter(bool)
upns = st.from_regex(rf"[0-9]{{11}}[0-9{UPN_LETTERS}]", fullmatch=True).map(checked_upn)
other_scripts = st.sampled_from(["٣", "３", "३", "Ａ", "é", "²", "\x00"])  # noqa: RUF001 - digits that are none of ours


@pytest.mark.parametrize("text", ["943 476 5919", "943-476-5919", "9434765919", " 9434765919 "])
def test_an_nhs_number_is_the_same_however_it_is_spaced(text: str) -> None:
    assert NhsNumber.parse(text) == NhsNumber("9434765919")


def test_an_nhs_number_is_shown_in_threes_and_four() -> None:
    assert NhsNumber.parse("9434765919").shown == "943 476 5919"


@pytest.mark.parametrize(
    "text", ["", "943476591", "94347659190", "943476591X", "٩٤٣٤٧٦٥٩١٩", "²" * 10]
)
def test_an_nhs_number_has_ten_digits(text: str) -> None:
    with pytest.raises(Malformed, match="10 digits"):
        NhsNumber.parse(text)


def test_an_nhs_number_whose_remainder_is_nought_ends_in_nought() -> None:
    assert NhsNumber.parse("9990000050").digits == "9990000050"


@pytest.mark.parametrize("last", "0123456789")
def test_an_nhs_number_whose_check_would_be_ten_is_refused(last: str) -> None:
    assert checked_nhs_number("999000000") is None
    with pytest.raises(Malformed, match="check each digit"):
        NhsNumber.parse(f"999000000{last}")


@LAW
@given(number=nhs_numbers)
def test_every_number_with_its_check_digit_is_taken(number: str) -> None:
    assert NhsNumber.parse(number).digits == number


@LAW
@given(number=nhs_numbers)
def test_every_one_digit_error_in_an_nhs_number_is_refused(number: str) -> None:
    wrong = {changed(number, place, to) for place in range(10) for to in "0123456789"} - {number}

    for each in wrong:
        with pytest.raises(Malformed):
            NhsNumber.parse(each)


@LAW
@given(number=nhs_numbers)
def test_every_adjacent_swap_in_an_nhs_number_is_refused(number: str) -> None:
    wrong = {swapped(number, place) for place in range(9)} - {number}

    for each in wrong:
        with pytest.raises(Malformed):
            NhsNumber.parse(each)


@pytest.mark.parametrize("text", ["H801200001001", "h8012 0000 1001"])
def test_a_upn_is_taken_in_either_case(text: str) -> None:
    assert Upn.parse(text) == Upn("H801200001001")


def test_a_temporary_upn_may_end_in_a_letter() -> None:
    assert Upn.parse(checked_upn("82320000100A")).text == checked_upn("82320000100A")


@pytest.mark.parametrize("text", ["", "H80120000100", "I801200001001", "H80120000100O", "8" * 13])
def test_a_upn_has_a_letter_and_twelve_characters(text: str) -> None:
    with pytest.raises(Malformed, match="12 characters"):
        Upn.parse(text)


@LAW
@given(upn=upns)
def test_every_upn_with_its_check_letter_is_taken(upn: str) -> None:
    assert Upn.parse(upn).text == upn


@LAW
@given(upn=upns)
def test_every_one_character_error_in_a_upn_is_refused(upn: str) -> None:
    digits = {changed(upn, place, to) for place in range(1, 12) for to in "0123456789"}
    letters = {changed(upn, 0, to) for to in UPN_LETTERS}

    for each in (digits | letters) - {upn}:
        with pytest.raises(Malformed):
            Upn.parse(each)


@LAW
@given(upn=upns)
def test_every_adjacent_swap_in_a_upn_is_refused(upn: str) -> None:
    wrong = {swapped(upn, place) for place in range(12)} - {upn}

    for each in wrong:
        with pytest.raises(Malformed):
            Upn.parse(each)


@pytest.mark.parametrize(
    ("text", "outward", "inward"),
    [
        ("NX4 2AB", "NX4", "2AB"),
        ("nx42ab", "NX4", "2AB"),
        (" NX11  2AB ", "NX11", "2AB"),
        ("N1 1AA", "N1", "1AA"),
        ("W1A 1HQ", "W1A", "1HQ"),
        ("EC1A 1BB", "EC1A", "1BB"),
    ],
)
def test_a_postcode_is_normalised(text: str, outward: str, inward: str) -> None:
    parsed = Postcode.parse(text)

    assert (parsed.outward, parsed.inward) == (outward, inward)


def test_a_postcode_is_compared_without_and_shown_with_its_space() -> None:
    parsed = Postcode.parse("nx4 2ab")

    assert (parsed.compact, parsed.shown) == ("NX42AB", "NX4 2AB")


@pytest.mark.parametrize("text", ["", "NX4", "2AB", "NX4 2A", "NXX4 2AB", "N 2AB", "NX4 2AB 3"])
def test_a_part_of_a_postcode_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="full postcode"):
        Postcode.parse(text)


@pytest.mark.parametrize("text", ["A", "HH/1001", "a_b.c-d", "7" * 40, " HH/1001 "])
def test_a_reference_may_hold_letters_digits_and_four_marks(text: str) -> None:
    assert parse_reference(text) == text.strip()


@pytest.mark.parametrize("text", ["", " ", "7" * 41, "/1001", "HH 1001", "HH,1001", "=1+1", "é1"])
def test_any_other_reference_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="1 to 40 letters"):
        parse_reference(text)


@LAW
@given(upn=upns, place=st.integers(0, 12), strange=other_scripts)
def test_a_character_of_another_script_is_malformed_and_no_crash(
    upn: str, place: int, strange: str
) -> None:
    text = changed(upn, place, strange)

    with pytest.raises(Malformed):
        Upn.parse(text)


@LAW
@given(place=st.integers(0, 5), strange=other_scripts)
def test_a_postcode_is_written_in_plain_letters(place: int, strange: str) -> None:
    with pytest.raises(Malformed):
        Postcode.parse(changed("NX42AB", place, strange))


@pytest.mark.parametrize(
    "text",
    [
        "999 000 0018",
        "rang about 9990000018 today",
        "999-000-0018.",
        "12 and 1234567890 and 9990000018",
        "NHS 9990000018, 9990000019",
    ],
)
def test_a_valid_nhs_number_is_noticed_in_free_text(text: str) -> None:
    assert holds_nhs_number(text)


@pytest.mark.parametrize("text", ["", "no number", "9990000019", "rang 01632 960123", "2026-11-24"])
def test_other_digits_are_no_nhs_number(text: str) -> None:
    assert not holds_nhs_number(text)


@LAW
@given(text=st.text(min_size=4, max_size=15).filter(lambda text: len(text.strip()) > 3))
def test_a_complaint_never_repeats_what_was_typed(text: str) -> None:
    complaints = [complaint(parse, text) for parse in PARSERS]

    assert not any(text.strip() in each for each in complaints)
