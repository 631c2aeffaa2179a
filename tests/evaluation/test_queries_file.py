"""Read questions with whom they mean: bad lines named, ages as of a day."""

from datetime import date
from pathlib import Path

import pytest

from directory.evaluation.people_file import reference_of
from directory.evaluation.queries_file import Labelled
from directory.search.people import Query
from tests.evaluation.files import AS_OF, queries_file, read_queries

WHOLE = {
    "forename": "Ewan",
    "surname": "Blake",
    "dob": "2015-03-12",
    "age": 10,
    "postcode": "BD3 1AA",
    "house": "4",
    "street": "High Street",
    "nhs": "943 476 5919",
    "phone": "07700900123",
}


def test_a_whole_line_is_read_as_one_question(tmp_path: Path) -> None:
    line = {
        "query": WHOLE,
        "truth": "7",
        "truths": ["7", "8"],
        "ambiguity": 2,
        "kind": "exact",
        "shape": "all",
    }

    (asked,), remarks = read_queries(queries_file(tmp_path, line))

    assert asked == Labelled(
        line=1,
        query=Query(
            as_of=AS_OF,
            forenames="Ewan",
            surname="Blake",
            birth=date(2015, 3, 12),
            age=10,
            postcode="BD3 1AA",
            house="4",
            street="High Street",
            identifiers=(("nhs_number", "943 476 5919"),),
            phone="07700900123",
        ),
        truth=reference_of("7"),
        truths=frozenset({reference_of("7"), reference_of("8")}),
        ambiguity=2,
        kind="exact",
        shape="all",
    )
    assert remarks.first == []


def test_everything_but_the_query_may_be_absent(tmp_path: Path) -> None:
    (asked,), _ = read_queries(queries_file(tmp_path, {"query": {"surname": "Blake"}}))

    assert asked == Labelled(line=1, query=Query(as_of=AS_OF, surname="Blake"))
    assert asked.is_present is False


def test_null_and_empty_say_nothing(tmp_path: Path) -> None:
    query = {"surname": "Blake", "dob": None, "age": None, "postcode": ""}

    (asked,), remarks = read_queries(queries_file(tmp_path, {"query": query, "truth": None}))

    assert asked.query == Query(as_of=AS_OF, surname="Blake")
    assert remarks.left_out == 0


@pytest.mark.parametrize("truth", [7, "7"])
def test_an_id_may_be_a_number(tmp_path: Path, truth: object) -> None:
    (asked,), _ = read_queries(queries_file(tmp_path, {"query": {}, "truth": truth}))

    assert asked.truths == {reference_of("7")}


def test_equal_truths_without_a_first_are_a_present_person(tmp_path: Path) -> None:
    (asked,), _ = read_queries(queries_file(tmp_path, {"query": {}, "truths": ["7", "8"]}))

    assert (asked.truth, len(asked.truths), asked.ambiguity) == (None, 2, 2)
    assert asked.is_present


@pytest.mark.parametrize(
    ("age", "years", "is_about"),
    [(7, 7, False), (7.0, 7, False), ("7", 7, False), ("about 7", 7, True), ("~7", 7, True)],
)
def test_an_age_may_be_written_in_several_ways(
    tmp_path: Path, age: object, years: int, *, is_about: bool
) -> None:
    (asked,), _ = read_queries(queries_file(tmp_path, {"query": {"age": age}}))

    assert (asked.query.age, asked.query.age_is_about) == (years, is_about)


def test_an_age_that_is_none_is_left_out_and_named(tmp_path: Path) -> None:
    (asked,), remarks = read_queries(queries_file(tmp_path, {"query": {"age": "young"}}))

    assert asked.query.age is None
    assert [f"{each}" for each in remarks.first] == [
        "Line 1, age: is not a number of years; left out"
    ]


@pytest.mark.parametrize(
    ("dob", "parts"),
    [
        ("2015-03", (2015, 3, None)),
        ("2015", (2015, None, None)),
        ("31/02/2015", (2015, 2, 31)),
        ("2015-13-03", (2015, 13, 3)),
    ],
)
def test_a_date_known_in_part_or_in_no_calendar_is_asked_by_its_parts(
    tmp_path: Path, dob: str, parts: tuple[int | None, ...]
) -> None:
    (asked,), _ = read_queries(queries_file(tmp_path, {"query": {"dob": dob}}))

    query = asked.query
    assert (query.birth_year, query.birth_month, query.birth_day) == parts


def test_a_date_that_is_none_is_left_out_of_the_question(tmp_path: Path) -> None:
    (asked,), remarks = read_queries(queries_file(tmp_path, {"query": {"dob": "in spring"}}))

    assert asked.query == Query(as_of=AS_OF)
    assert remarks.left_out == 1


def test_unknown_keys_are_named_once(tmp_path: Path) -> None:
    line = {"query": {"shoe": 42}, "mood": "good"}

    _, remarks = read_queries(queries_file(tmp_path, line, line))

    assert sorted(remarks.unknown) == ["mood", "query.shoe"]


@pytest.mark.parametrize("line", ["{", "[]", '{"query": 1}', "{}", "[" * 9_999])
def test_a_line_that_is_no_question_is_refused_alone(tmp_path: Path, line: str) -> None:
    asked, remarks = read_queries(queries_file(tmp_path, line, {"query": {"surname": "Blake"}}))

    assert [each.line for each in asked] == [2]
    assert remarks.refused == 1
    assert remarks.first[0].line == 1


def test_an_empty_line_is_passed_over(tmp_path: Path) -> None:
    asked, remarks = read_queries(queries_file(tmp_path, "", {"query": {}}))

    assert [each.line for each in asked] == [2]
    assert remarks.refused == 0
