"""Workbooks that are extracts: what their cells say is what a file of text would say."""

import io
import tracemalloc
from datetime import date, datetime, time, timedelta

import pytest

from directory.domain.extracts import ExtractOutcome
from directory.operations.opening import opened
from directory.operations.reading import Row
from directory.operations.unpacking import looked_through
from directory.store.engine import Database
from tests.operations.extracts_world import LAST_WEEK, World, faults, file_of, line, many, world
from tests.operations.workbook_files import Sheet, rows_of, sheets_of, workbook_of


def rows(file: bytes) -> list[Row]:
    with opened(file) as source:
        return list(source.rows(lambda _done: None))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (9434765919.0, "9434765919"),
        (1.5, "1.5"),
        (1e20, "1e+20"),
        (date(1993, 8, 21), "1993-08-21"),
        (datetime(1993, 8, 21), "1993-08-21"),  # noqa: DTZ001 - a spreadsheet knows no zones
        (datetime(1993, 8, 21, 9, 30), "1993-08-21T09:30:00"),  # noqa: DTZ001 - as above
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        (True, "True"),
        ("Łucja O’Neill", "Łucja O’Neill"),
        (None, ""),
    ],
)
def test_a_cell_says_what_the_spreadsheet_shows(cell: object, said: str) -> None:
    file = sheets_of([("a", "b"), ("x", cell)])

    assert [each.cells for each in rows(file)] == [("x", said)]


def test_rows_have_the_numbers_that_the_spreadsheet_shows() -> None:
    file = sheets_of([(), ("a", "b"), (), ("x",), (None, " "), ("y", 2, None, 3)])

    assert rows(file) == [
        Row(number=4, cells=("x", "")),
        Row(number=6, cells=("y", "2", "", "3")),
    ]


def test_only_the_lines_that_are_not_whole_are_refused(database: Database) -> None:
    def spoil(sheet: Sheet) -> None:
        sheet["A3"] = "=A2"
        sheet["B4"] = "#REF!"
        sheet.merge_cells("C5:D6")

    here = world(database)

    report = here.take(workbook_of(*many(200), spoil=spoil))

    assert report.outcome is ExtractOutcome.TAKEN
    assert faults(report) == {(3, ""), (4, ""), (5, ""), (6, "")}
    assert (report.taken, len(here.people())) == (196, 196)


def test_a_sheet_of_the_contract_is_found_among_others(database: Database) -> None:
    notes = [("Sent by", "Kim"), ("on", date(2026, 5, 1))]
    file = sheets_of(notes, rows_of(*many(30)), rows_of(*many(30, first=30)), hidden=1)

    report = world(database).check(file)

    assert (report.outcome, report.lines) == (ExtractOutcome.CHECKED, 30)


def test_a_column_of_numbers_is_told_where_zeros_before_them_would_count(
    database: Database,
) -> None:
    numbered = [
        {**each, "source_reference": 1000 + at, "house": 7} for at, each in enumerate(many(30))
    ]

    report = world(database).check(workbook_of(*numbered))

    assert report.outcome is ExtractOutcome.CHECKED
    assert report.numbered_columns == ("source_reference",)


def test_a_file_of_text_has_no_columns_of_numbers(database: Database) -> None:
    numbered = [{**each, "source_reference": str(n)} for n, each in enumerate(many(30))]

    assert world(database).check(file_of(*numbered)).numbered_columns == ()


def test_the_same_workbook_again_changes_nothing(database: Database) -> None:
    here = world(database)
    file = workbook_of(*many(30), line())
    first = here.take(file, as_of=LAST_WEEK)
    state = here.state()

    second = here.take(file, as_of=LAST_WEEK)

    assert (first.new, second.known) == (31, 31)
    assert here.state() == state


def test_a_workbook_is_looked_through_without_keeping_it() -> None:
    file = io.BytesIO(workbook_of(*many(3_000)))
    tracemalloc.start()

    looked_through(file)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 << 20


def test_a_line_that_is_not_whole_is_still_in_the_file(database: Database) -> None:
    def spoil(sheet: Sheet) -> None:
        sheet["B2"] = "#REF!"

    here: World = world(database)
    here.take(workbook_of(*many(40)), as_of=LAST_WEEK)

    report = here.take(workbook_of(*many(40), spoil=spoil))

    assert (report.refused_lines, report.absent) == (1, 0)
