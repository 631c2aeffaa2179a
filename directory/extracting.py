"""The commands on a service's extracts: check one, take it, take the last one back."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from directory.domain.access import Access, NotFound
from directory.domain.brake import Ground, Share, Toll
from directory.domain.dates import MalformedDate, local_day, parse_day
from directory.domain.extracts import ExtractOutcome, Report
from directory.domain.mapping import HeadingRefused
from directory.domain.vocabulary import Service
from directory.operating import file_argument, opened, operator, out, service_option
from directory.operations import extracts, mapping, undoing
from directory.operations.extracts import Meant
from directory.operations.intake import Progress as Advance

_REFUSALS_PRINTED = 50
_GROUND_WORDS = {
    Ground.INVOLVEMENTS: "it takes too many involvements, or their contacts, away",
    Ground.PRACTITIONERS: "it leaves too many practitioners without phone and e-mail",
    Ground.TEAMS: "it leaves too many teams without a duty line",
    Ground.LINES: "it has far fewer lines than the last one",
}
_as_of = click.option(
    "--as-of", default="", help="The day the extract speaks of, DD/MM/YYYY; yesterday if left out."
)


@click.group()
def extract() -> None:
    """Check or take a service's extract, or take the last one back, or name its headings."""


@extract.command("check")
@file_argument
@service_option
@_as_of
def extract_check(file: Path, service: str, as_of: str) -> None:
    """Read FILE and report on it; nothing is kept."""
    _report(extracts.check, "Checking", file=file, service=Service(service), as_of=as_of)


@extract.command("take")
@file_argument
@service_option
@_as_of
@click.option(
    "--although-fewer",
    "number",
    type=click.IntRange(min=1),
    help="Take it although it takes much away: the number that the report on this file named.",
)
def extract_take(file: Path, service: str, as_of: str, number: int | None) -> None:
    """Take FILE: its good lines become visible together, its bad ones are reported."""
    meant = file if number is None else Meant(file=file, number=number)
    _report(extracts.take, "Taking", file=meant, service=Service(service), as_of=as_of)


@extract.command("undo")
@service_option
def extract_undo(service: str) -> None:
    """Let what was seen before the last extract be seen again; once for each extract."""
    with opened() as ledger:
        undone = undoing.undo(ledger, operator(), service=Service(service))
    out.print(f"The extract as of {undone.as_of:%d/%m/%Y} is taken back.")
    before = f"what was seen as of {undone.before:%d/%m/%Y}" if undone.before else "nothing"
    out.print(f"Seen again is {before}.")


@extract.command("heading")
@click.argument("heading")
@click.argument("column", required=False)
@service_option
def extract_heading(heading: str, column: str | None, service: str) -> None:
    """Say that the service's own HEADING stands for COLUMN, or for nothing where none is named."""
    whose = Service(service)
    with opened() as ledger:
        try:
            if column is None:
                mapping.forget_meaning(ledger, operator(), service=whose, heading=heading)
            else:
                mapping.say_meaning(
                    ledger, operator(), service=whose, heading=heading, column=column
                )
            meanings = mapping.list_meanings(ledger, operator(), service=whose)
        except HeadingRefused as fault:
            raise click.ClickException(f"The heading {fault}.") from None
        except NotFound:
            raise click.ClickException("There is no such heading, or no such feed.") from None
    for own, known in meanings.items():
        _say(f"{own} stands for {known}")


def _day(text: str, access: Access) -> date:
    if not text:
        return local_day(access.at) - timedelta(days=1)
    try:
        return parse_day(text)
    except MalformedDate as fault:
        raise click.BadParameter(f"{fault}", param_hint="--as-of") from None


def _report(
    read: Callable[..., Report],
    words: str,
    *,
    file: Path | Meant,
    service: Service,
    as_of: str,
) -> None:
    """Read FILE by one of the two operations on extracts, and print what it reports."""
    with opened() as ledger, _bar() as bar:
        access = operator()
        report = read(
            ledger,
            access,
            file=file,
            service=service,
            as_of=_day(as_of, access),
            progress=_onto(bar, words),
        )
    _finish(report)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _onto(bar: Progress, words: str) -> Advance:
    task = bar.add_task(words, total=None)

    def progress(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)

    return progress


def _finish(report: Report) -> None:
    """Print the report; a file that was not taken ends the command with 1."""
    table = Table(show_header=False, box=None)
    for words, count in (
        ("Lines read", report.lines),
        ("Good", report.taken),
        ("Known and unchanged", report.known),
        ("Changed", report.changed),
        ("Linked to a person", report.linked),
        ("New people", report.new),
        ("Waiting for a person to match", report.waiting),
        ("Refused", report.refused_lines),
        ("Kept from before, not in this file", report.absent),
    ):
        table.add_row(words, f"{count:,}")
    for words, share in _shares(report.toll):
        table.add_row(words, f"{share.lost:,} of {share.of:,}")
    out.print(table)
    for column in report.dropped_columns:
        out.print(
            f"Column {column} is not known and was dropped unread.", markup=False, soft_wrap=True
        )
    for column in report.numbered_columns:
        out.print(f"Column {column} holds numbers: zeros before them are lost. Send it as text.")
    for each in report.refused[:_REFUSALS_PRINTED]:
        _say(f"Line {each.line}, {each.column}: {each.reason}")
    if len(report.refused) > _REFUSALS_PRINTED:
        out.print(f"… and {len(report.refused) - _REFUSALS_PRINTED:,} more.")
    _say_why_braked(report)
    if report.outcome not in {ExtractOutcome.TAKEN, ExtractOutcome.CHECKED}:
        out.print(f"Nothing was taken: {report.outcome}.")
        sys.exit(1)


def _say_why_braked(report: Report) -> None:
    if report.outcome is ExtractOutcome.BRAKED:
        for ground in report.toll.grounds:
            out.print(f"Stopped: {_GROUND_WORDS[ground]}.")
        out.print(f"If this very file is meant so, take it with --although-fewer {report.number}")


def _shares(toll: Toll) -> tuple[tuple[str, Share], ...]:
    """Return what the file would take away, in words, each of how many."""
    of = toll.involvements
    return (
        ("Involvements it ends by lacking them", Share(lost=toll.ended, of=of)),
        ("Involvements it holds by lacking them", Share(lost=toll.held, of=of)),
        ("Involvements it leaves without a contact", Share(lost=toll.blanked, of=of)),
        ("Practitioners it leaves without phone and e-mail", toll.practitioners),
        ("Teams it leaves without a duty line", toll.teams),
        ("Lines, of as many in the last extract", Share(lost=toll.lines, of=toll.last)),
    )


def _say(words: str) -> None:
    """Print `words` that came from a file: as they are, and on one line."""
    out.print(words, markup=False, soft_wrap=True)
