"""The commands that measure the search on a council's own people and questions."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from directory.domain.dates import MalformedDate, local_day, parse_day
from directory.evaluation.evaluating import Evaluation, Files, Loaded, evaluated
from directory.evaluation.fresh import NotFresh, fresh
from directory.evaluation.people_file import FileFault
from directory.evaluation.remarks import Remarks
from directory.evaluation.report import answers_as_lines, as_json, print_tables
from directory.search.weights import Weights

_FAULTS = (FileFault, NotFresh)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NARROWEST = 120
_notes = Console(stderr=True, highlight=False)


@click.group("search")
def search() -> None:
    """Measure the search for people on files of a council's own, and fit it to them."""


@search.command("evaluate")
@click.argument("people", type=_FILE)
@click.argument("queries", type=_FILE)
@click.option("--database", default="", help="An empty PostgreSQL database or a new SQLite file.")
@click.option("--json", "style", flag_value="json", default="", help="Print JSON, not tables.")
@click.option("--as-of", default="", help="The day ages are of, DD/MM/YYYY; today if left out.")
@click.option(
    "--answers",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write how each question was answered to this file.",
)
def evaluate(
    people: Path, queries: Path, database: str, style: str, as_of: str, answers: Path | None
) -> None:
    """Index the people of PEOPLE (CSV) afresh, put QUERIES (JSON lines), and print figures."""
    files = Files(people=people, queries=queries)
    with (
        _plainly(),
        tempfile.TemporaryDirectory() as folder,
        _bar() as bar,
        fresh(database, Path(folder)) as opened,
    ):
        found, ready, every = evaluated(
            files,
            opened,
            weights=Weights(),
            weights_name="as shipped",
            as_of=_day(as_of),
            progress=_onto(bar),
        )
    _tell(ready, files)
    if answers is not None:
        answers.write_text("".join(f"{line}\n" for line in answers_as_lines(every)), "utf-8")
    _print(found, style)


def _print(found: Evaluation, style: str) -> None:
    if style:
        click.echo(as_json(found))
    else:
        console = Console(highlight=False)
        console.width = max(console.width, _NARROWEST)
        print_tables(found, console)


def _tell(ready: Loaded, files: Files) -> None:
    """Say on the error stream what was wrong with the files."""
    for path, remarks in (
        (files.people, ready.people_remarks),
        (files.queries, ready.queries_remarks),
    ):
        _tell_of(path.name, remarks)
    double = ready.built.read - ready.built.people
    if double:
        _say(f"{double:,} lines of {files.people.name} name an id again, or nothing to find it by.")


def _tell_of(name: str, remarks: Remarks) -> None:
    for column in remarks.unknown:
        _say(f"{name}: {column} is not known and was ignored.")
    for each in remarks.first:
        _say(f"{name}: {each}")
    rest = remarks.refused + remarks.left_out - len(remarks.first)
    if rest > 0:
        _say(f"{name}: … and {rest:,} more.")


def _say(words: str) -> None:
    """Print `words` that came from a file: as they are, and on one line."""
    _notes.print(words, markup=False, soft_wrap=True)


def _day(text: str) -> date:
    if not text:
        return local_day(datetime.now(UTC))
    try:
        return parse_day(text)
    except MalformedDate as fault:
        raise click.BadParameter(f"{fault}", param_hint="--as-of") from None


@contextmanager
def _plainly() -> Iterator[None]:
    """Let an expected fault end the command with its message."""
    try:
        yield
    except _FAULTS as fault:
        raise click.ClickException(str(fault)) from None


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=_notes,
    )


def _onto(bar: Progress) -> Callable[[str, int], Callable[[int], None]]:
    def begin(words: str, total: int) -> Callable[[int], None]:
        task = bar.add_task(words, total=total)
        return lambda step: bar.advance(task, step)

    return begin
