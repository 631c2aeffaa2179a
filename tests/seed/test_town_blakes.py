"""The first case's family stands in the extracts, among others who are easily taken for it."""

from datetime import date

import pytest

from directory.domain.dates import age_on
from tests.seed.extracts import (
    EVERY_SERVICE,
    Line,
    council,
    good_lines,
    involvement_lines,
    people_lines,
)

AS_OF = date(2026, 11, 20)


def born(service: str, day: str) -> list[Line]:
    return [
        each
        for each in people_lines(service)
        if each["date_of_birth"] == day and each["surname"] in {"Blake", "Pryce"}
    ]


def member(forenames: str) -> Line:
    found = [
        each
        for each in people_lines("childrens_social_care")
        if each["forenames"] == forenames and each["family_reference"] == blakes()
    ]
    return found[0]


def blakes() -> str:
    (ewan,) = born("childrens_social_care", "2017-02-14")
    return ewan["family_reference"]


def test_ewan_is_nine_and_the_anchor_of_his_family() -> None:
    ewan = member("Ewan James")

    assert age_on(date.fromisoformat(ewan["date_of_birth"]), AS_OF) == 9
    assert ewan["family_role"] == "anchor_child"


def test_ewan_has_a_mother_a_younger_sister_and_a_father_elsewhere() -> None:
    ewan, mia, leah, father = map(member, ("Ewan James", "Mia Rose", "Leah", "Gareth"))

    assert mia["date_of_birth"] > ewan["date_of_birth"]
    assert (leah["surname"], father["surname"]) == ("Blake", "Pryce")
    assert ewan["postcode"] == leah["postcode"] != father["postcode"]


def test_the_blakes_ties_say_who_they_are_to_each_other() -> None:
    names = {
        each["source_reference"]: each["forenames"].split()[0]
        for each in people_lines("childrens_social_care")
        if each["family_reference"] == blakes()
    }
    ties = {
        (names[each["person_reference"]], each["tie"], names[each["other_reference"]])
        for each in good_lines("childrens_social_care", "tie")
        if each["person_reference"] in names
    }

    assert ties == {
        ("Leah", "parent_of", "Ewan"),
        ("Leah", "parent_of", "Mia"),
        ("Gareth", "parent_of", "Ewan"),
        ("Gareth", "parent_of", "Mia"),
        ("Ewan", "sibling_of", "Mia"),
        ("Leah", "former_partner_of", "Gareth"),
    }


def test_asha_rahman_is_allocated_to_ewan() -> None:
    (line,) = (
        each
        for each in involvement_lines("childrens_social_care")
        if each["person_reference"] == member("Ewan James")["source_reference"]
    )

    assert (line["practitioner_name"], line["ended"]) == ("Asha Rahman", "")


def test_housing_is_involved_with_leah_through_kim_doyle() -> None:
    (line,) = born("housing", "21/08/1993")

    assert line["practitioner_name"] == "Kim Doyle"
    assert line["practitioner_role"] == "Housing officer"
    assert line["organisation_name"] == "Hillside Homes"
    assert line["practitioner_email"] == "kim.doyle@hillside-homes.example"
    assert line["practitioner_phone"]
    assert line["team_duty_line"]
    assert (line["last_involved"], line["ended"]) == ("12/06/2026", "")
    assert line["practitioner_left_on"] == ""


def test_adult_social_care_was_involved_with_leah_until_march() -> None:
    (line,) = born("adult_social_care", "1993-08-21")

    assert line["ended"] == "2026-03-18"


def test_the_school_is_involved_with_ewan_through_its_safeguarding_lead() -> None:
    (line,) = born("school", "14/02/2017")

    assert line["practitioner_role"] == "Designated safeguarding lead"
    assert (line["practitioner_name"], line["ended"]) == ("Alison Firth", "")


def test_the_police_have_no_line_about_the_blakes() -> None:
    days = {"2017-02-14", "2023-05-30", "1993-08-21", "1990-11-02"}
    about = [
        each
        for each in people_lines("police")
        if each["date_of_birth"] in days and each["surname"].title() in {"Blake", "Pryce"}
    ]
    (police,) = (each for each in council()["services"] if each["key"] == "police")

    assert about == []
    assert (police["area"], police["covered_since"]) == ("Northshire", date(2024, 1, 1))


@pytest.mark.parametrize("service", ["school", "housing", "adult_social_care"])
def test_no_other_service_knows_more_of_the_blakes(service: str) -> None:
    home = member("Leah")["postcode"]
    here = [
        each
        for each in people_lines(service)
        if (each["house"], each["postcode"]) == (member("Leah")["house"], home)
    ]

    assert len(here) == 1


def test_another_ewan_blake_is_fifteen_and_only_one_is_nine() -> None:
    days = {
        each["date_of_birth"]
        for each in people_lines("school")
        if each["surname"] == "Blake" and each["forenames"].split()[0] == "Ewan"
    }
    ages = sorted(age_on(date(int(day[6:]), int(day[3:5]), int(day[:2])), AS_OF) for day in days)

    assert ages == [9, 15]


def test_other_blakes_and_other_ewans_live_in_the_town() -> None:
    everyone = {
        (each["forenames"].split()[0], each["surname"], each["postcode"])
        for service in EVERY_SERVICE
        for each in people_lines(service)
    }

    assert sum(surname == "Blake" for _, surname, _ in everyone) >= 8
    assert sum(forename == "Ewan" for forename, _, _ in everyone) >= 8
