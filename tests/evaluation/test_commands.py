"""Evaluate a small council from the command line, on both engines, and leave nothing behind."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from directory.cli import main
from tests import engines
from tests.evaluation.files import people_file, queries_file
from tests.search.invented import FORENAMES, SURNAMES

HEADER = "id,forename,surname,dob,postcode,nhs"
SPACES = text("SELECT nspname FROM pg_namespace WHERE nspname = 'directory_evaluation'")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["search", "evaluate", *map(str, words)])


def town(folder: Path) -> Path:
    """Return a file of ninety people, whose id is their number."""
    return people_file(
        folder,
        HEADER,
        *(
            f"{each},{FORENAMES[each % 10]},{SURNAMES[each // 10]},"
            f"{1950 + each % 70}-{1 + each % 12:02d}-{1 + each % 28:02d},BD{1 + each % 20} 1AA,"
            for each in range(90)
        ),
    )


def asked(folder: Path) -> Path:
    """Return a file of three questions: a child by its name and birth, by a slip, and nobody."""
    whole = {"forename": "Leah", "surname": "Blake", "dob": "1951-02-02"}
    return queries_file(
        folder,
        {"query": whole, "truth": 1, "kind": "exact", "shape": "name birth"},
        {"query": {**whole, "surname": "Blakc"}, "truth": 1, "kind": "slip", "shape": "name birth"},
        {"query": {"forename": "Nobody", "surname": "Atall"}, "kind": "stranger", "shape": "name"},
    )


@pytest.fixture(params=engines.ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with engines.empty(request.param, tmp_path) as place:
        yield place.owner_url


def test_a_small_council_is_evaluated_on_either_engine(address: str, tmp_path: Path) -> None:
    result = run(town(tmp_path), asked(tmp_path), "--database", address, "--json")

    found = json.loads(result.stdout)
    whole = found["whole"]
    assert (whole["present"], whole["absent"], found["costs"]["people"]) == (2, 1, 90)
    assert (whole["recall_at_1"], whole["mean_reciprocal_rank"], whole["missed"]) == (1.0, 1.0, 0.0)
    assert sorted(found["kinds"]) == ["exact", "slip", "stranger"]
    assert found["costs"]["disk"]["keys"] > 0
    assert found["costs"]["memory_peak"] >= found["costs"]["memory_after_build"] > 0


def test_an_evaluation_leaves_nothing_behind(address: str, tmp_path: Path) -> None:
    run(town(tmp_path), asked(tmp_path), "--database", address, "--json")

    again = run(town(tmp_path), asked(tmp_path), "--database", address, "--json")

    assert again.exit_code == 0


@pytest.mark.postgres
def test_a_failed_evaluation_leaves_no_schema_behind(tmp_path: Path) -> None:
    with engines.empty(engines.POSTGRESQL, tmp_path) as place:
        result = run(town(tmp_path), queries_file(tmp_path), "--database", place.owner_url)

        engine = create_engine(place.owner_url)
        with engine.connect() as connection:
            assert connection.scalar(SPACES) is None
        engine.dispose()
    assert result.exit_code == 1
    assert "Error: the file of queries holds no question" in result.stderr


def test_no_file_is_left_of_a_database_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    result = run(town(tmp_path), asked(tmp_path), "--database", path, "--json")

    assert result.exit_code == 0
    assert list(tmp_path.glob("new.db*")) == []


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_a_database_that_holds_anything_is_refused(engine: str, tmp_path: Path) -> None:
    with engines.ready(engine, tmp_path) as place:
        result = run(town(tmp_path), asked(tmp_path), "--database", place.url)

    assert result.exit_code == 1
    assert "holds" in result.stderr
    assert "already" in result.stderr


@pytest.mark.postgres
def test_what_a_stopped_evaluation_left_is_named(tmp_path: Path) -> None:
    with engines.empty(engines.POSTGRESQL, tmp_path) as place:
        engine = create_engine(place.owner_url)
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA directory_evaluation"))
        engine.dispose()

        result = run(town(tmp_path), asked(tmp_path), "--database", place.owner_url)

    assert "drop schema directory_evaluation cascade" in result.stderr


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("mysql://somewhere/else", "must be PostgreSQL or an SQLite file"),
        ("sqlite://", "must be a file"),
        ("nowhere/at/all.db", "there is no folder for all.db"),
        ("postgresql://nobody@127.0.0.1:1/none", "the database cannot be used"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, database: str, words: str
) -> None:
    result = run(town(tmp_path), asked(tmp_path), "--database", database)

    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_the_tables_give_the_same_figures_in_words(tmp_path: Path) -> None:
    result = run(town(tmp_path), asked(tmp_path), "--as-of", "01/03/2026")

    assert result.exit_code == 0
    for words in ("Recall at 5", "1.000", "Strong but wrong", "stranger", "Ages as of"):
        assert words in result.stdout


def test_every_answer_is_written_without_a_name(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"

    run(town(tmp_path), asked(tmp_path), "--json", "--answers", answers)

    lines = answers.read_text("utf-8").splitlines()
    assert [json.loads(each)["place"] for each in lines] == [0, 0, None]
    assert "Blake" not in answers.read_text("utf-8")


def test_bad_lines_are_named_and_counted_and_the_rest_is_measured(tmp_path: Path) -> None:
    people = people_file(tmp_path, f"{HEADER},shoe", "1,Ewan,Blake,31/02/2015,,,", ",Leah,Khan,,,,")
    queries = queries_file(
        tmp_path, "{", {"query": {"surname": "Blake"}, "truth": 1}, {"query": {}, "truth": 99}
    )

    result = run(people, queries, "--json")

    made = json.loads(result.stdout)["made"]
    assert (made["people_refused"], made["people_values_left_out"]) == (1, 1)
    assert made["queries_refused"] == 2
    for words in (
        "PEOPLE.csv: shoe is not known and was ignored.",
        "PEOPLE.csv: Line 2, dob: is not a day in the calendar; left out",
        "PEOPLE.csv: Line 3, id: is empty; the line is not taken",
        "QUERIES.jsonl: Line 1: is not JSON in UTF-8; the line is not taken",
        "QUERIES.jsonl: Line 3: means somebody whom the file of people has not",
    ):
        assert words in result.stderr


def test_a_truth_of_several_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    queries = queries_file(tmp_path, {"query": {"surname": "Kaya"}, "truths": [80, 99]})

    result = run(town(tmp_path), queries, "--json")

    made = json.loads(result.stdout)["made"]
    assert (made["queries_refused"], made["queries_values_left_out"]) == (0, 1)


def test_an_id_named_again_is_told(tmp_path: Path) -> None:
    people = people_file(tmp_path, "id,surname", "1,Blake", "1,Khan", "2,Kaya")

    result = run(people, queries_file(tmp_path, {"query": {"surname": "Kaya"}, "truth": 2}))

    assert "1 lines of PEOPLE.csv name an id again" in result.stderr


def test_a_day_that_is_none_is_asked_for_again(tmp_path: Path) -> None:
    result = run(town(tmp_path), asked(tmp_path), "--as-of", "31/02/2026")

    assert result.exit_code == 2
    assert "--as-of" in result.stderr


def test_many_remarks_are_cut_and_counted(tmp_path: Path) -> None:
    people = people_file(tmp_path, "id,surname", "1,Blake", *(",Blake" for _ in range(60)))

    result = run(people, queries_file(tmp_path, {"query": {"surname": "Blake"}, "truth": 1}))

    assert "PEOPLE.csv: … and 10 more." in result.stderr
