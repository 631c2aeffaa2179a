import pytest

from directory.domain.neutrality import is_telling, never_held


@pytest.mark.parametrize(
    ("column", "held"),
    [
        ("EthnicOrigin", "ethnicity"),
        ("case_notes", "case notes"),
        ("Notes", "case notes"),
        ("risk", "risk"),
        ("Risk Level", "risk"),
        ("RAG", "RAG"),
        ("SEN status", "disability"),
        ("rent_arrears", "rent arrears or eviction"),
        ("presenting_condition", "diagnosis or presenting condition"),
        ("Diagnosis code", "diagnosis or presenting condition"),
        ("offence-type", "offences"),
        ("Religion", "religion"),
        ("attendancePercent", "attendance"),
        ("home_phone", "personal phone numbers"),
    ],
)
def test_a_column_for_what_is_never_held_is_named(column: str, held: str) -> None:
    assert never_held(column) == held


@pytest.mark.parametrize(
    "column",
    ["practitioner_phone", "team_duty_line", "gender", "district", "fragment", "absent_from"],
)
def test_a_column_that_only_looks_alike_is_not_banned(column: str) -> None:
    assert never_held(column) == ""


@pytest.mark.parametrize(
    "name",
    [
        "Eating Disorders",
        "Sex Offender Management",
        "Mental-health liaison",
        "Domestic Abuse Team",
        "arrears@homes.example",
        "drug_and_alcohol@care.example",
        "Attendance officer",
    ],
)
def test_a_name_that_says_why_people_are_known_is_telling(name: str) -> None:
    assert is_telling(name)


@pytest.mark.parametrize(
    "name",
    [
        "Essex Homes",
        "gang.liu@homes.example",
        "Sexton Court",
        "anna.drugova@care.example",
        "Safeguarding Unit",
        "Preventative Services",
        "Youth Justice Service",
        "Pastoral team",
    ],
)
def test_a_neutral_name_is_not_telling(name: str) -> None:
    assert not is_telling(name)
