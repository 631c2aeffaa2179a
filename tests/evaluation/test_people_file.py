"""Read people as councils write them: any column missing, bad values named by line."""

from datetime import date
from pathlib import Path

import pytest

from directory.evaluation.people_file import COLUMNS, FileFault, people_of, reference_of
from directory.evaluation.remarks import Remarks
from directory.search.people import (
    AddressKind,
    BirthPrecision,
    NameKind,
    Searchable,
    SearchableAddress,
    SearchableName,
)
from tests.evaluation.files import people_file, read_people

WHOLE = (
    "7,Ewan,Jack,Blake,Ewie,Stone,2015-03-12,M,4,High Street,BD3 1AA,LS1 2BB,9434765919,07700900123"
)


def test_a_whole_line_is_read_as_one_person(tmp_path: Path) -> None:
    (person,), _ = read_people(people_file(tmp_path, ",".join(COLUMNS), WHOLE))

    assert person == Searchable(
        person=reference_of("7"),
        names=(
            SearchableName(forenames="Ewan Jack", surname="Blake"),
            SearchableName(kind=NameKind.FORMER, forenames="Ewan", surname="Stone"),
            SearchableName(kind=NameKind.KNOWN_AS, forenames="Ewie", surname="Blake"),
        ),
        birth=date(2015, 3, 12),
        birth_precision=BirthPrecision.DAY,
        addresses=(
            SearchableAddress(house="4", street="High Street", postcode="BD3 1AA"),
            SearchableAddress(kind=AddressKind.FORMER, postcode="LS1 2BB"),
        ),
        identifiers=(("nhs_number", "9434765919"),),
        phones=("07700900123",),
    )


def test_any_column_but_the_id_may_be_missing(tmp_path: Path) -> None:
    (person,), remarks = read_people(people_file(tmp_path, "surname,id", "Blake,7"))

    assert person.names == (SearchableName(forenames="", surname="Blake"),)
    assert (person.birth, person.addresses, person.identifiers, person.phones) == (None, (), (), ())
    assert remarks == Remarks()


def test_columns_are_known_by_name_whatever_their_case_and_order(tmp_path: Path) -> None:
    (person,), _ = read_people(people_file(tmp_path, "\ufeff Surname ,ID", "Blake,7"))

    assert person.names[0].surname == "Blake"


def test_an_unknown_column_is_named_and_ignored(tmp_path: Path) -> None:
    _, remarks = read_people(people_file(tmp_path, "id,surname,shoe", "7,Blake,42"))

    assert remarks == Remarks(unknown=["shoe"])


@pytest.mark.parametrize(
    ("dob", "day", "precision"),
    [
        ("2015-03-12", date(2015, 3, 12), BirthPrecision.DAY),
        ("12/3/2015", date(2015, 3, 12), BirthPrecision.DAY),
        ("2015-03", date(2015, 3, 1), BirthPrecision.MONTH),
        ("03/2015", date(2015, 3, 1), BirthPrecision.MONTH),
        ("2015", date(2015, 1, 1), BirthPrecision.YEAR),
    ],
)
def test_a_date_of_birth_may_be_known_in_part(
    tmp_path: Path, dob: str, day: date, precision: BirthPrecision
) -> None:
    (person,), _ = read_people(people_file(tmp_path, "id,surname,dob", f"7,Blake,{dob}"))

    assert (person.birth, person.birth_precision) == (day, precision)


def test_a_date_that_is_none_is_left_out_and_named_by_its_line(tmp_path: Path) -> None:
    people, remarks = read_people(
        people_file(tmp_path, "id,surname,dob", "7,Blake,2015-03-12", "8,Stone,31/02/2015")
    )

    assert [each.birth for each in people] == [date(2015, 3, 12), None]
    assert [f"{each}" for each in remarks.first] == [
        "Line 3, dob: is not a day in the calendar; left out"
    ]
    assert remarks.left_out == 1


def test_a_line_without_an_id_is_refused_alone(tmp_path: Path) -> None:
    people, remarks = read_people(people_file(tmp_path, "id,surname", ",Blake", "8,Stone"))

    assert [each.names[0].surname for each in people] == ["Stone"]
    assert [f"{each}" for each in remarks.first] == ["Line 2, id: is empty; the line is not taken"]


def test_a_line_that_is_not_utf_8_is_refused_alone(tmp_path: Path) -> None:
    path = people_file(tmp_path, "id,surname")
    path.write_bytes(path.read_bytes() + b"7,Bl\xe9ke\n8,Stone\n")

    people, remarks = read_people(path)

    assert [each.names[0].surname for each in people] == ["Stone"]
    assert [f"{each}" for each in remarks.first] == ["Line 2: is not UTF-8; the line is not taken"]


def test_a_line_too_long_to_be_one_is_refused_alone(tmp_path: Path) -> None:
    people, remarks = read_people(
        people_file(tmp_path, "id,surname", f"7,{'x' * 200_000}", "8,Stone")
    )

    assert [each.names[0].surname for each in people] == ["Stone"]
    assert remarks.refused == 1


def test_too_many_values_are_named_and_the_rest_is_taken(tmp_path: Path) -> None:
    (person,), remarks = read_people(people_file(tmp_path, "id,surname", "7,Blake,more"))

    assert person.names[0].surname == "Blake"
    assert remarks.left_out == 1


@pytest.mark.parametrize("header", ["", "surname", "id,id", "id,dob,dob"])
def test_a_file_whose_columns_cannot_be_told_is_refused(tmp_path: Path, header: str) -> None:
    path = people_file(tmp_path, header)

    with pytest.raises(FileFault):
        read_people(path)


def test_progress_adds_up_to_the_file(tmp_path: Path) -> None:
    path = people_file(tmp_path, "id,surname", "7,Blake", "8,Stone")
    steps: list[int] = []

    list(people_of(path, Remarks(), steps.append))

    assert sum(steps) == path.stat().st_size


def test_only_the_first_remarks_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    _, remarks = read_people(people_file(tmp_path, "id,surname", *(",Blake" for _ in range(80))))

    assert (len(remarks.first), remarks.refused) == (50, 80)


def test_an_id_is_the_same_with_spaces_around_it() -> None:
    assert reference_of(" 7 ") == reference_of("7")
    assert len(reference_of("7")) == 16
