"""The town's files: the same every time, of the promised shape and size."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.seed.extracts import (
    EVERY_SERVICE,
    GENERATOR,
    SEED_DATA,
    SERVICES,
    all_lines,
    good_lines,
    involvement_lines,
    people_lines,
)

FILES = (*(f"{each}.csv" for each in EVERY_SERVICE), "council.toml", "expected_refusals.csv")
IDENTITY = """
source_reference nhs_number upn forenames surname known_as former_surname date_of_birth house street
postcode
"""
INVOLVEMENT = "started last_involved ended"
CONTACT = """
organisation_reference organisation_name team_reference team_name team_duty_line
team_out_of_hours_line practitioner_reference practitioner_name practitioner_role
practitioner_phone practitioner_email practitioner_left_on
"""
FAMILY = "family_reference family_role person_reference tie other_reference"


def made(into: Path, *words: str) -> dict[str, bytes]:
    command = (sys.executable, str(GENERATOR), "--into", str(into), *words)
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own generator
    return {each.name: each.read_bytes() for each in into.iterdir()}


def test_the_committed_files_are_what_the_generator_makes(tmp_path: Path) -> None:
    committed = {name: (SEED_DATA / name).read_bytes() for name in FILES}

    drawn = made(tmp_path)

    assert drawn == committed


def test_another_seed_makes_another_town(tmp_path: Path) -> None:
    one = made(tmp_path / "one", "--families", "30")
    other = made(tmp_path / "other", "--families", "30", "--seed", "7")

    assert one["school.csv"] != other["school.csv"]


def test_a_town_too_small_for_its_hand_written_families_is_refused(tmp_path: Path) -> None:
    command = (sys.executable, str(GENERATOR), "--families", "3", "--into", str(tmp_path))

    tried = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own

    assert tried.returncode == 2
    assert b"--families must be from" in tried.stderr


@pytest.mark.parametrize(
    ("service", "least", "most"),
    [
        ("childrens_social_care", 3000, 5000),
        ("school", 3000, 4000),
        ("adult_social_care", 200, 400),
        ("housing", 1200, 1800),
        ("police", 350, 600),
    ],
)
def test_each_extract_has_about_as_many_lines_as_promised(
    service: str, least: int, most: int
) -> None:
    assert least <= len(all_lines(service)) <= most


def test_children_s_social_care_knows_about_a_quarter_of_the_families() -> None:
    families = {each["family_reference"] for each in people_lines("childrens_social_care")}

    assert 200 <= len(families) <= 300


def test_all_files_together_stay_small_enough_to_commit() -> None:
    assert sum((SEED_DATA / each).stat().st_size for each in FILES) < 3_000_000


@pytest.mark.parametrize("service", ["school", "adult_social_care", "police"])
def test_a_service_s_columns_are_those_of_the_contract(service: str) -> None:
    assert list(all_lines(service)[0]) == f"{IDENTITY} {INVOLVEMENT} {CONTACT}".split()


def test_housing_sends_one_column_too_many() -> None:
    promised = f"{IDENTITY} {INVOLVEMENT} {CONTACT}".split()

    assert set(all_lines("housing")[0]) - set(promised) == {"patch_code"}


def test_childrens_social_care_s_columns_are_those_of_the_contract() -> None:
    promised = f"record {IDENTITY} {FAMILY} {INVOLVEMENT} {CONTACT}".split()

    assert list(all_lines("childrens_social_care")[0]) == promised


def test_housing_is_windows_1252_and_no_utf_8() -> None:
    written = (SEED_DATA / "housing.csv").read_bytes()

    assert b"\r\n" in written
    with pytest.raises(UnicodeDecodeError):
        written.decode("utf-8")


def test_only_the_schools_begin_with_a_byte_order_mark() -> None:
    marked = [
        each
        for each in EVERY_SERVICE
        if (SEED_DATA / f"{each}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    ]

    assert marked == ["school"]


@pytest.mark.parametrize("service", EVERY_SERVICE)
def test_no_reference_stands_twice_in_one_extract(service: str) -> None:
    references = [each["source_reference"] for each in all_lines(service)]
    given = [each for each in references if each]

    assert len(given) == len(set(given))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_s_contacts_never_disagree_with_each_other(service: str) -> None:
    for reference in ("organisation_reference", "team_reference", "practitioner_reference"):
        columns = [each for each in CONTACT.split() if each.startswith(reference.split("_")[0])]
        said = {tuple(each[column] for column in columns) for each in good_lines(service)}

        assert len(said) == len({each[0] for each in said})


def test_a_person_s_line_stands_before_every_line_that_names_them() -> None:
    known: set[str] = set()
    for each in all_lines("childrens_social_care"):
        if each["record"] == "person":
            known.add(each["source_reference"])
        else:
            named = {each["person_reference"], each["other_reference"]} - {"", "CSC-9999999"}
            assert named <= known


def test_every_family_has_one_anchor_child() -> None:
    members = people_lines("childrens_social_care")
    anchors = [
        each["family_reference"] for each in members if each["family_role"] == "anchor_child"
    ]

    assert sorted(anchors) == sorted({each["family_reference"] for each in members})


def test_only_children_are_allocated() -> None:
    roles = {
        each["source_reference"]: each["family_role"]
        for each in people_lines("childrens_social_care")
    }

    allocated = {
        roles[each["person_reference"]] for each in involvement_lines("childrens_social_care")
    }

    assert allocated == {"anchor_child", "child"}
