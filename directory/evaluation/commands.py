"""The commands that measure the search on a council's own people and questions."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from directory.domain.dates import MalformedDate, local_day, parse_day
from directory.evaluation.evaluating import Evaluation, Files, Loaded, Named, evaluated
from directory.evaluation.fresh import Fresh, NotFresh, fresh
from directory.evaluation.people_file import FileFault
from directory.evaluation.remarks import Remarks
from directory.evaluation.report import answers_as_lines, as_json, print_tables, print_training
from directory.evaluation.training import trained
from directory.search.weights import Weights
from directory.search.weights_file import MalformedWeights, read, written

_FAULTS = (FileFault, NotFresh)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NARROWEST = 120
_database = click.option(
    "--database", default="", help="An empty PostgreSQL database or a new SQLite file."
)
_as_of = click.option(
    "--as-of", default="", help="The day ages are of, DD/MM/YYYY; today if left out."
)
_notes = Console(stderr=True, highlight=False)


@click.group("search")
def search() -> None:
    """Measure the search for people on files of a council's own, and fit it to them."""


@search.command("evaluate")
@click.argument("people", type=_FILE)
@click.argument("queries", type=_FILE)
@_database
@click.option("--json", "style", flag_value="json", default="", help="Print JSON, not tables.")
@_as_of
@click.option("--weights", type=_FILE, help="Weights that `directory search train` saved.")
@click.option(
    "--answers",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write how each question was answered to this file.",
)
def evaluate(
    people: Path, queries: Path, weights: Path | None, answers: Path | None, **how: str
) -> None:
    """Index the people of PEOPLE (CSV) afresh, put QUERIES (JSON lines), and print figures."""
    files = Files(people=people, queries=queries)
    with _plainly(), _fresh(how["database"]) as opened, _bar() as bar:
        found, ready, every = evaluated(
            files,
            opened,
            weights=_weights(weights),
            as_of=_day(how["as_of"]),
            progress=_onto(bar),
        )
    _tell(ready, files)
    if answers is not None:
        answers.write_text("".join(f"{line}\n" for line in answers_as_lines(every)), "utf-8")
    _print(found, how["style"])


@search.command("train")
@click.argument("people", type=_FILE)
@click.argument("queries", type=_FILE)
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), required=True)
@_database
@_as_of
@click.option("--seed", default=1, help="Which half of the questions is kept to judge by.")
def train(people: Path, queries: Path, save: Path, database: str, as_of: str, seed: int) -> None:
    """Fit weights to one half of QUERIES, and save them if they do no worse on the other."""
    files = Files(people=people, queries=queries)
    with _plainly(), _fresh(database) as opened, _bar() as bar:
        made = trained(files, opened, as_of=_day(as_of), seed=seed, progress=_onto(bar))
    _tell(made.loaded, files)
    print_training(made.trained.provenance, _console())
    if made.worse:
        _say(f"Not saved: on the half kept to judge by it is worse in {', '.join(made.worse)}.")
        sys.exit(1)
    save.write_text(written(made.trained) + "\n", "utf-8")
    _say(f"Saved in {save}: on the half kept to judge by it is no worse.")


@contextmanager
def _fresh(address: str) -> Iterator[Fresh]:
    with tempfile.TemporaryDirectory() as folder, fresh(address, Path(folder)) as opened:
        yield opened


def _weights(path: Path | None) -> Named:
    if path is None:
        return Named(weights=Weights(), name="as shipped")
    try:
        found = read(path.read_text("utf-8"))
    except (MalformedWeights, UnicodeDecodeError) as fault:
        raise FileFault(f"{path.name}: {fault}") from None
    return Named(weights=found.weights, name=f"trained {found.provenance.made}")


def _console() -> Console:
    console = Console(highlight=False)
    console.width = max(console.width, _NARROWEST)
    return console


def _print(found: Evaluation, style: str) -> None:
    if style:
        click.echo(as_json(found))
    else:
        print_tables(found, _console())


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
        refresh_per_second=1,  # drawing takes the time of what is timed
        disable=not _notes.is_terminal,
    )


def _onto(bar: Progress) -> Callable[[str, int], Callable[[int], None]]:
    def begin(words: str, total: int) -> Callable[[int], None]:
        task = bar.add_task(words, total=total)
        return lambda step: bar.advance(task, step)

    return begin
