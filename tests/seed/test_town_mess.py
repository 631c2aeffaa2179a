"""The town's untidiness: every kind of it present, in about the stated proportion."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from directory.domain.dates import parse_day
from tests.seed.extracts import (
    EVERY_SERVICE,
    SERVICES,
    Line,
    involvement_lines,
    people_lines,
    share,
)

DAY_FIRST = re.compile(r"\d{2}/\d{2}/\d{4}")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
DATES = ("date_of_birth", "started", "last_involved", "ended", "practitioner_left_on")

Trait = Callable[[Line], bool]


def is_beyond_ascii(line: Line) -> bool:
    return not (line["forenames"] + line["surname"]).isascii()


def is_hyphenated(line: Line) -> bool:
    return "-" in line["surname"]


def is_two_surnames(line: Line) -> bool:
    return " " in line["surname"].strip()


def has_apostrophe(line: Line) -> bool:
    return "'" in line["surname"] or "’" in line["surname"]


def has_curly_apostrophe(line: Line) -> bool:
    return "’" in line["surname"]


def is_in_capitals(line: Line) -> bool:
    return line["surname"].isupper() and len(line["surname"]) > 2


def has_stray_space(line: Line) -> bool:
    return line["surname"] != line["surname"].strip()


def is_postcode_unspaced(line: Line) -> bool:
    return bool(line["postcode"]) and " " not in line["postcode"]


def is_nhs_number_spaced(line: Line) -> bool:
    return " " in line["nhs_number"]


def is_without_birth(line: Line) -> bool:
    return not line["date_of_birth"]


def is_without_postcode(line: Line) -> bool:
    return not line["postcode"]


def has_known_as(line: Line) -> bool:
    return bool(line["known_as"])


def has_former_surname(line: Line) -> bool:
    return bool(line["former_surname"])


def has_nhs_number(line: Line) -> bool:
    return bool(line["nhs_number"])


def has_upn(line: Line) -> bool:
    return bool(line["upn"])


def is_team_only(line: Line) -> bool:
    return not line["practitioner_reference"]


def has_left(line: Line) -> bool:
    return bool(line["practitioner_left_on"])


@pytest.mark.parametrize(
    ("service", "trait", "least", "most"),
    [
        ("childrens_social_care", is_hyphenated, 0.03, 0.12),
        ("childrens_social_care", is_two_surnames, 0.003, 0.04),
        ("childrens_social_care", is_beyond_ascii, 0.03, 0.2),
        ("childrens_social_care", has_apostrophe, 0.005, 0.05),
        ("childrens_social_care", has_known_as, 0.05, 0.25),
        ("childrens_social_care", has_former_surname, 0.04, 0.2),
        ("childrens_social_care", has_nhs_number, 0.6, 0.8),
        ("school", has_upn, 0.95, 0.99),
        ("school", has_nhs_number, 0.05, 0.15),
        ("school", is_without_postcode, 0.02, 0.04),
        ("adult_social_care", has_nhs_number, 0.85, 0.95),
        ("adult_social_care", is_nhs_number_spaced, 0.35, 0.55),
        ("adult_social_care", is_team_only, 0.05, 0.2),
        ("housing", has_curly_apostrophe, 0.003, 0.03),
        ("housing", has_stray_space, 0.003, 0.02),
        ("housing", is_postcode_unspaced, 0.03, 0.07),
        ("housing", is_team_only, 0.02, 0.1),
        ("police", is_in_capitals, 0.03, 0.1),
        ("police", is_without_postcode, 0.02, 0.09),
        ("police", is_team_only, 0.3, 0.5),
        *((each, is_without_birth, 0.003, 0.025) for each in EVERY_SERVICE),
    ],
)
def test_a_kind_of_untidiness_is_as_frequent_as_stated(
    service: str, trait: Trait, least: float, most: float
) -> None:
    contact = trait in {is_team_only, has_left}
    lines = involvement_lines(service) if contact else people_lines(service)

    assert least <= sum(map(trait, lines)) / len(lines) <= most


@pytest.mark.parametrize("service", ["childrens_social_care", "school", "housing"])
def test_some_contacts_are_of_people_who_have_left(service: str) -> None:
    left = sum(map(has_left, involvement_lines(service)))

    assert 0.01 <= left / len(involvement_lines(service)) <= 0.12


def test_half_of_the_practitioners_named_by_the_police_have_no_email() -> None:
    named = {
        each["practitioner_reference"]: each["practitioner_email"]
        for each in involvement_lines("police")
        if each["practitioner_reference"]
    }

    assert 0.4 <= sum(not each for each in named.values()) / len(named) <= 0.6


@pytest.mark.parametrize("service", ["childrens_social_care", "adult_social_care", "housing"])
def test_elsewhere_every_named_practitioner_has_an_email(service: str) -> None:
    named = [each for each in involvement_lines(service) if each["practitioner_reference"]]

    assert all(each["practitioner_email"] for each in named)


@pytest.mark.parametrize("service", ["adult_social_care", "housing", "police"])
def test_a_upn_is_sent_by_schools_only(service: str) -> None:
    assert share(people_lines(service), "upn") == 0


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_a_feed_writes_all_its_days_in_its_own_way(service: str) -> None:
    pattern = DAY_FIRST if service in {"school", "housing"} else ISO
    lines = (*people_lines(service), *involvement_lines(service))
    days = [each[column] for each in lines for column in DATES if each[column]]

    assert all(map(pattern.fullmatch, days))


def test_some_pupils_have_their_names_exchanged() -> None:
    surnames = Counter(each["surname"] for each in people_lines("school"))
    forenames = Counter(each["forenames"].split()[0] for each in people_lines("school"))
    likely_swapped = [
        each
        for each in people_lines("school")
        if forenames[each["surname"]] > 9 and surnames[each["forenames"]] > 1
    ]

    assert len(likely_swapped) >= 3


def test_one_pupil_s_name_is_spelt_in_two_ways() -> None:
    spellings: dict[str, set[str]] = {}
    for each in people_lines("school"):
        if each["upn"]:
            spellings.setdefault(each["upn"], set()).add(f"{each['forenames']} {each['surname']}")
    again = [each for each in spellings.values() if len(each) > 1]

    assert 0.02 <= len(again) / len(spellings) <= 0.2


def test_one_pupil_s_date_of_birth_is_given_in_two_ways() -> None:
    births: dict[str, set[str]] = {}
    for each in people_lines("school"):
        if each["upn"] and each["date_of_birth"]:
            births.setdefault(each["upn"], set()).add(each["date_of_birth"])
    again = [each for each in births.values() if len(each) > 1]

    assert 0.003 <= len(again) / len(births) <= 0.03


def test_the_same_people_stand_in_several_extracts() -> None:
    known = {each["nhs_number"] for each in people_lines("childrens_social_care")}
    adults = {each["nhs_number"].replace(" ", "") for each in people_lines("adult_social_care")}

    assert len(known & adults - {""}) >= 10


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_no_line_to_be_taken_ends_before_it_started(service: str) -> None:
    for each in involvement_lines(service):
        started, last = parse_day(each["started"]), parse_day(each["last_involved"])
        ended = parse_day(each["ended"]) if each["ended"] else last

        assert started <= last <= ended or (started <= ended == last)


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_has_involvements_going_on_and_ended(service: str) -> None:
    assert 0.15 <= share(involvement_lines(service), "ended") <= 0.85
