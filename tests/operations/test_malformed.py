"""Files that are no extract: each is refused with words that help, and nothing of it is kept."""

import atexit
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from directory.domain.extracts import ExtractOutcome, Report
from tests.operations.extracts_world import LAST_WEEK, World, reasons, small_world
from tests.operations.malformed_files import book, good, malformed
from tests.store import awkward

_STOPPED = {ExtractOutcome.UNREADABLE, ExtractOutcome.STOPPED, ExtractOutcome.BRAKED}
_ABOUT_THE_TAKE = {
    "audit_entry", "audit_head", "audit_subject", "counter", "extract", "feed", "seal_key"
}  # fmt: skip


@cache
def standing() -> World:
    """Return a council whose housing feed has the good lines, made once a run."""
    whole = ExitStack()
    atexit.register(whole.close)
    folder = Path(whole.enter_context(TemporaryDirectory()))
    here = whole.enter_context(small_world(folder / "council"))
    assert here.take(good(), as_of=LAST_WEEK).outcome is ExtractOutcome.TAKEN
    return here


def kept(here: World) -> awkward.Contents:
    """Return every row of every table, but for what says that a file came."""
    with here.database.reading() as connection:
        rows = awkward.contents(connection)
    return {name: each for name, each in rows.items() if name not in _ABOUT_THE_TAKE}


def told(report: Report) -> str:
    return f"{report.outcome}: {reasons(report)} {' '.join(each.column for each in report.refused)}"


@pytest.mark.parametrize("fault", malformed())
def test_it_is_refused_in_words_that_help_and_nothing_of_it_is_kept(fault: str) -> None:
    here = standing()
    file, words = malformed()[fault]
    before, seen = kept(here), here.state()

    checked = here.check(file)
    taken = here.take(file)

    assert {checked.outcome, taken.outcome} <= _STOPPED
    assert words in told(checked)
    assert told(checked) == told(taken)
    assert (kept(here), here.state()) == (before, seen)
    assert here.feed()[0] == LAST_WEEK


def test_there_are_more_than_fifty() -> None:
    assert len(malformed()) >= 50


def test_the_same_lines_are_known_again_as_a_workbook() -> None:
    here = standing()

    report = here.check(book())

    assert (report.outcome, report.known) == (ExtractOutcome.CHECKED, report.lines)
