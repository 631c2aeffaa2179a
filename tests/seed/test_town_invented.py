"""Nothing in the town can belong to anybody: numbers, postcodes and addresses are set aside."""

import re

import pytest
from email_validator import validate_email
from nhs_number import is_valid

from directory.domain.identifiers import NhsNumber, Postcode, Upn
from tests.seed.extracts import (
    EVERY_SERVICE,
    all_lines,
    council,
    involvement_lines,
    people_lines,
)

DRAMA = re.compile(r"01632 960\d{3}( ext \d{3})?|07700 900\d{3}|0808 157 0\d{3}|03069 990\d{3}")
INVENTED_POSTCODE = re.compile(r"NX\d{1,2} ?\d[ABD-HJLNP-UW-Z]{2}", re.IGNORECASE)
INVENTED_DOMAIN = re.compile(r"[a-z.\-]+\d*@([a-z0-9-]+\.)*(example|example\.(org|com))")
PHONES = ("team_duty_line", "team_out_of_hours_line", "practitioner_phone")
NEVER_HELD = re.compile(
    r"diagnos|allegation|offen[cd]|arrears|evict|disab|autis|mental|psychiat|dementia|ethnic|relig"
    r"|christian|muslim|catholic|attendance|exclu|\btruan|drug|alcohol|addict|domestic|violence"
    r"|abuse|exploit|prison|crim(e|inal)|terror|pregnan|\brag\b|\brisk\b",
    re.IGNORECASE,
)


def given(service: str, columns: tuple[str, ...]) -> set[str]:
    lines = involvement_lines(service)
    return {each[column] for each in lines for column in columns} - {""}


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_every_phone_number_is_one_kept_for_drama(service: str) -> None:
    assert all(map(DRAMA.fullmatch, given(service, PHONES)))


def test_every_common_line_is_one_kept_for_drama() -> None:
    lines = [
        str(each[key])
        for each in council()["services"]
        for key in ("common_line", "out_of_hours_line")
    ]

    assert all(map(DRAMA.fullmatch, lines))


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_every_email_goes_to_a_domain_kept_for_examples(service: str) -> None:
    addresses = given(service, ("practitioner_email",))

    assert all(map(INVENTED_DOMAIN.fullmatch, addresses))
    assert {validate_email(each, check_deliverability=False).normalized for each in addresses} == (
        addresses
    )


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_every_postcode_is_of_an_area_that_does_not_exist(service: str) -> None:
    postcodes = {each["postcode"] for each in people_lines(service)} - {""}

    assert all(map(INVENTED_POSTCODE.fullmatch, postcodes))
    assert {Postcode.parse(each).outward[:2] for each in postcodes} == {"NX"}


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_every_nhs_number_is_valid_and_of_the_demonstration_range(service: str) -> None:
    numbers = {each["nhs_number"] for each in people_lines(service)} - {""}

    assert all(is_valid(each) and each.startswith("999") for each in numbers)
    assert all(NhsNumber.parse(each) for each in numbers)


def test_every_upn_is_valid_and_of_an_authority_that_does_not_exist() -> None:
    numbers = {each["upn"] for each in people_lines("school")} - {""}

    assert all(Upn.parse(each).text[1:4] == "999" for each in numbers)


def test_one_nhs_number_is_one_person_s() -> None:
    births: dict[str, set[str]] = {}
    for each in people_lines("childrens_social_care"):
        births.setdefault(each["nhs_number"], set()).add(each["source_reference"])
    del births[""]

    assert all(len(each) == 1 for each in births.values())


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_no_value_names_what_is_never_held(service: str) -> None:
    telling = [
        value for each in all_lines(service) for value in each.values() if NEVER_HELD.search(value)
    ]

    assert telling == []
