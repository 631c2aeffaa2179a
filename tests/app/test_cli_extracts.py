"""The command line stops a file that takes too much away, lets it go on, and takes it back."""

import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result
from sqlalchemy import text

from directory.settings import Settings
from directory.wiring import database_url
from tests import engines
from tests.app.test_cli import HOUSING, begin, council_file, in_one_line
from tests.operations.extracts_world import file_of, many

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("data")
EARLIER, LATER = ("--as-of", "01/11/2026"), ("--as-of", "02/11/2026")


def begun(tmp_path: Path) -> Run:
    """Return what runs a command on an instance whose housing feed has thirty lines."""
    run = begin(council_file(tmp_path))
    assert run("extract", "take", written(tmp_path, 30), *HOUSING, *EARLIER).exit_code == 0
    return run


def written(folder: Path, lines: int) -> Path:
    """Return an extract of so many lines."""
    file = folder / f"{lines}.csv"
    file.write_bytes(file_of(*many(lines)))
    return file


def number_in(result: Result) -> str:
    """Return the number that a report named."""
    [found] = re.findall(r"--although-fewer (\d{6})$", result.stdout, re.MULTILINE)
    return str(found)


def seen(data: Path) -> int:
    """Return how many deliveries are seen of the housing feed."""
    with engines.opened(database_url(Settings(data=data))) as opened, opened.reading() as kept:
        return int(kept.scalar(text("select current from feed where service = 'housing'")) or 0)


def test_a_file_that_takes_too_much_away_is_stopped_with_its_figures(
    tmp_path: Path, data: Path
) -> None:
    taken = begun(tmp_path)
    half = written(tmp_path, 15)

    checked = taken("extract", "check", half, *HOUSING, *LATER)
    result = taken("extract", "take", half, *HOUSING, *LATER)

    assert (checked.exit_code, result.exit_code, seen(data)) == (1, 1, 1)
    assert checked.stdout == result.stdout
    assert re.search(r"Lines, of as many in the last extract +15 of 30", result.stdout)
    assert re.search(r"Involvements it leaves without a contact +0 of 30", result.stdout)
    assert "Stopped: it has far fewer lines than the last one." in result.stdout
    assert result.stdout.endswith("Nothing was taken: braked.\n")


def test_it_is_taken_with_the_number_its_report_named_and_no_other(
    tmp_path: Path, data: Path
) -> None:
    taken = begun(tmp_path)
    half = written(tmp_path, 15)
    named = number_in(taken("extract", "take", half, *HOUSING, *LATER))

    wrong = taken("extract", "take", half, *HOUSING, *LATER, "--although-fewer", "15")
    before = seen(data)
    right = taken("extract", "take", half, *HOUSING, *LATER, "--although-fewer", named)

    assert (wrong.exit_code, before) == (1, 1)
    assert number_in(wrong) == named
    assert (right.exit_code, seen(data)) == (0, 2)


def test_the_flag_needs_a_number(tmp_path: Path) -> None:
    taken = begun(tmp_path)
    result = taken("extract", "take", written(tmp_path, 15), *HOUSING, "--although-fewer")

    assert result.exit_code == click.UsageError.exit_code


def test_the_last_extract_is_taken_back_once(tmp_path: Path, data: Path) -> None:
    taken = begun(tmp_path)
    taken("extract", "take", written(tmp_path, 28), *HOUSING, *LATER)

    result = taken("extract", "undo", *HOUSING)

    assert result.stdout == (
        "The extract as of 02/11/2026 is taken back.\n"
        "Seen again is what was seen as of 01/11/2026.\n"
    )
    assert seen(data) == 1
    assert "nothing of housing was taken since" in in_one_line(taken("extract", "undo", *HOUSING))


def test_a_first_extract_is_taken_back_to_nothing(tmp_path: Path) -> None:
    taken = begun(tmp_path)
    assert "Seen again is nothing." in taken("extract", "undo", *HOUSING).stdout


def test_a_heading_is_said_once_and_reads_every_later_list(tmp_path: Path, data: Path) -> None:
    taken = begun(tmp_path)
    file = tmp_path / "renamed.csv"
    file.write_bytes(file_of(*many(30)).replace(b"source_reference", b"Tenancy no", 1))

    before = taken("extract", "take", file, *HOUSING, *LATER)
    said = taken("extract", "heading", "Tenancy no", "source_reference", *HOUSING)
    after = taken("extract", "take", file, *HOUSING, *LATER)
    forgotten = taken("extract", "heading", "Tenancy no", *HOUSING)
    again = taken("extract", "heading", "Tenancy no", *HOUSING)

    assert "is missing from the header" in before.stdout
    assert said.stdout == "tenancy_no stands for source_reference\n"
    assert (after.exit_code, seen(data)) == (0, 2)
    assert (forgotten.stdout, again.exit_code) == ("", 1)


@pytest.mark.parametrize(
    ("heading", "column", "why"),
    [
        ("Risk level", "house", "would hold what is never held"),
        ("Surname", "house", "is a column of the contract itself"),
        ("Tenancy no", "upn", "must stand for a column of the contract"),
    ],
)
def test_a_heading_that_may_not_stand_for_a_column_is_refused(
    tmp_path: Path, heading: str, column: str, why: str
) -> None:
    taken = begin(council_file(tmp_path))

    result = taken("extract", "heading", heading, column, *HOUSING)

    assert result.exit_code == 1
    assert why in in_one_line(result)
