"""Codes of the second factor."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.operations.second_factor import enrolment_address, matching_step

# RFC 6238, appendix B: the key "12345678901234567890", the last six of each eight digits.
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = [
    (59, "287082"),
    (1111111109, "081804"),
    (1234567890, "005924"),
    (20000000000, "353130"),
]

CODES_NEAR_59 = {"755224", "287082", "359152"}  # RFC 4226, appendix D: counts 0, 1 and 2


@pytest.mark.parametrize(("seconds", "digits"), RFC_CODES)
def test_codes_agree_with_the_standard(seconds: int, digits: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)

    assert matching_step(RFC_KEY, digits, at=at, after=0) == seconds // 30


def test_digits_may_be_typed_in_groups() -> None:
    at = datetime.fromtimestamp(59, UTC)

    assert matching_step(RFC_KEY, " 287 082 ", at=at, after=0) == 1


@pytest.mark.parametrize("after", [1, 2])
def test_a_step_is_not_matched_again(after: int) -> None:
    at = datetime.fromtimestamp(59, UTC)

    assert matching_step(RFC_KEY, "287082", at=at, after=after) is None


@given(typed=st.text(max_size=12))
def test_whatever_else_is_typed_matches_nothing(typed: str) -> None:
    assume("".join(typed.split()) not in CODES_NEAR_59)
    at = datetime.fromtimestamp(59, UTC)

    assert matching_step(RFC_KEY, typed, at=at, after=-1) is None


def test_the_enrolment_address_names_the_key_the_account_and_the_council() -> None:
    address = enrolment_address(RFC_KEY, account="asha@council.example", issuer="Northshire")

    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path) == "/Northshire:asha@council.example"
    assert parse_qs(parts.query) == {"secret": [RFC_KEY], "issuer": ["Northshire"]}
