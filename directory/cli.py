"""The command line: set an instance up, take extracts, verify the audit, serve."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from typing_extensions import override

from directory import post, serving
from directory.domain.access import Access
from directory.domain.accounts import SecondFactor
from directory.domain.dates import MalformedDate, local_day, parse_day
from directory.domain.extracts import (
    AsOfRefused,
    ExtractOutcome,
    FeedBusy,
    FeedUnknown,
    FileChanged,
    Report,
)
from directory.domain.gates import GateFault
from directory.domain.vocabulary import Role, Service
from directory.evaluation.commands import search
from directory.ledger.door import AuditUnavailable, Ledger
from directory.operations import (
    accounts,
    agencies,
    aliases,
    audit,
    council,
    extracts,
    gates,
    retention,
)
from directory.operations.council_file import CouncilFault
from directory.operations.intake import Progress as Advance
from directory.settings import MalformedSetting, Settings, UnknownSetting, read
from directory.store.engine import Database, UnsafeDatabase
from directory.store.schema import LaterRelease
from directory.store.schema import upgrade as upgrade_schema
from directory.web.access import system_clock
from directory.wiring import (
    NoKeys,
    UnusableWeights,
    database_url,
    kept_texts,
    make_folder,
    make_keys,
    open_ledger,
)

_out = Console(highlight=False)
_REFUSALS_PRINTED = 50
_FAULTS = (
    AsOfRefused,
    FeedBusy,
    FeedUnknown,
    FileChanged,
    GateFault,
    UnknownSetting,
    MalformedSetting,
    CouncilFault,
    accounts.AccountFault,
    agencies.NoSuchPractitioner,
    serving.InsecureStart,
    AuditUnavailable,
    NoKeys,
    UnusableWeights,
    UnsafeDatabase,
    LaterRelease,
)


def operator() -> Access:
    """Return the access of the council's engineer at the command line."""
    return Access(at=system_clock(), role=Role.OPERATOR, name="command line")


@contextmanager
def _opened() -> Iterator[Ledger]:
    instance = serving.opened(_settings())
    data, keys = instance.settings.data, instance.keys
    texts = kept_texts(data, keys)
    with closing(open_ledger(instance.database, keys, data=data, texts=texts)) as ledger:
        yield ledger


def _settings() -> Settings:
    return read(os.environ)


class _Plainly(click.Group):
    """A group of commands that says an expected fault in one line."""

    @override
    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an expected fault ends it with its message."""
        try:
            return super().invoke(ctx)
        except _FAULTS as fault:
            raise click.ClickException(str(fault)) from None


@click.group(cls=_Plainly)
def main() -> None:
    """Safeguarding contact directory: who is involved with a family, and whom to ring."""


main.add_command(search)


@main.command()
@click.option("--council", "file", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--administrator", required=True, help="The administrator's e-mail address.")
@click.option("--name", required=True, help="The administrator's name.")
@click.option("--owner-url", default="", help="PostgreSQL: the address of the tables' owner.")
@click.option("--application-role", default="", help="PostgreSQL: the role the service runs as.")
def init(file: Path, administrator: str, name: str, owner_url: str, application_role: str) -> None:
    """Make the data folder, its keys, the tables and a one-time administrator link."""
    settings = _settings()
    make_folder(settings.data)
    keys = make_keys(settings.data)
    _upgrade(owner_url or database_url(settings), application_role)
    texts, database = kept_texts(settings.data, keys), Database(database_url(settings))
    with closing(open_ledger(database, keys, texts=texts)) as ledger:
        remarks = council.set_up(ledger, operator(), text=file.read_bytes())
        token = accounts.make_administrator(ledger, operator(), email=administrator, name=name)
    for each in remarks:
        _out.print(each)
    _out.print(f"Ready in {settings.data}. Back up {settings.data / 'keys'} apart from the rest.")
    _print_link(settings, token)


@main.command()
@click.option("--owner-url", default="", help="PostgreSQL: the address of the tables' owner.")
@click.option("--application-role", default="", help="PostgreSQL: the role the service runs as.")
def upgrade(owner_url: str, application_role: str) -> None:
    """Bring the database to this release."""
    _upgrade(owner_url or database_url(_settings()), application_role)
    _out.print("The database is of this release.")


@main.command()
def serve() -> None:
    """Serve in earnest; an insecure start is refused."""
    settings = _settings()
    instance = serving.opened(settings)
    serving.refuse_insecure(instance)
    _out.print(f"Serving {settings.public_host} on {settings.host}:{settings.port}")
    serving.serve(serving.application(instance), settings)


@main.command("council")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
def load_council(file: Path) -> None:
    """Load organisations, services and agreements from the council's FILE, whole or not at all."""
    with _opened() as ledger:
        remarks = council.set_up(ledger, operator(), text=file.read_bytes())
    _out.print("The council's set-up is loaded.")
    for each in remarks:
        _out.print(each)


@main.group()
def account() -> None:
    """Look after accounts when no administrator can sign in."""


@account.command("link")
@click.argument("email")
def account_link(email: str) -> None:
    """Make a new one-time link for the account of EMAIL; older links stop working."""
    with _opened() as ledger:
        token = accounts.make_link_for(ledger, operator(), email=email)
    _print_link(_settings(), token)


@main.group()
def extract() -> None:
    """Check or take a service's extract."""


_service = click.option(
    "--service", required=True, type=click.Choice([str(each) for each in Service])
)
_as_of = click.option(
    "--as-of", default="", help="The day the extract speaks of, DD/MM/YYYY; yesterday if left out."
)
_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@extract.command("check")
@_file
@_service
@_as_of
def extract_check(file: Path, service: str, as_of: str) -> None:
    """Read FILE and report on it; nothing is kept."""
    _report(extracts.check, "Checking", file=file, service=Service(service), as_of=as_of)


@extract.command("take")
@_file
@_service
@_as_of
def extract_take(file: Path, service: str, as_of: str) -> None:
    """Take FILE: its good lines become visible together, its bad ones are reported."""
    _report(extracts.take, "Taking", file=file, service=Service(service), as_of=as_of)


@main.group()
def practitioner() -> None:
    """Say at once that a practitioner has left."""


@practitioner.command("leave")
@click.argument("reference")
@_service
def practitioner_leave(reference: str, service: str) -> None:
    """Show the team's lines instead of the practitioner known as REFERENCE, from now on."""
    with _opened() as ledger:
        agencies.deactivate(
            ledger, operator(), service=Service(service), source_reference=reference
        )
    _out.print("From now on the team's lines are shown instead.")


@main.group("aliases")
def aliases_group() -> None:
    """Look for spellings of one name."""


@aliases_group.command("seek")
def aliases_seek() -> None:
    """Look in stewards' own links for pairs of spellings, for a steward to decide on."""
    with _opened() as ledger:
        found = aliases.seek_pairs(ledger, operator(), least=_settings().pair_homes)
    _out.print(f"{len(found.pairs):,} pairs of spellings are met.")
    if found.too_long:
        _out.print(f"{found.too_long:,} more are too long to be searched by, and were left out.")


@main.command("gates")
@_file
@click.option("--take", is_flag=True, help="Take the good lines; without this, only check them.")
def gates_command(file: Path, *, take: bool) -> None:
    """Check a CSV of gates (email, gate, end, evidence), or take its good lines."""
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    with _opened() as ledger:
        if take:
            found = gates.import_gates(ledger, operator(), text=text, rule=SecondFactor.REQUIRED)
        else:
            found = gates.check_gates(ledger, operator(), text=text)
    for each in found:
        _out.print(f"line {each.number}: {each.fault or ('taken' if take else 'can be taken')}")


@main.command("retention")
@click.option("--let-go", is_flag=True, help="Let go of it; without this, only say what would go.")
def retention_command(*, let_go: bool) -> None:
    """Say what is kept no longer than the council decided, or let go of it."""
    with _opened() as ledger:
        found = (retention.let_go if let_go else retention.foresee)(ledger, operator())
    ends = "went" if let_go else "would go"
    _out.print(f"{found.searches:,} searches from before {found.before:%d/%m/%Y} {ends}.")


@main.command("sweep")
def sweep_command() -> None:
    """Compare searches with protected people, page officers and send e-mails: once, by hand.

    The service does so by itself every twenty seconds; this is for a scheduler beside it.
    """
    with _opened() as ledger:
        sent = post.sweep(ledger, post.Post(_settings()))
    _out.print(f"{sent} e-mails went.")


@main.group("audit")
def audit_group() -> None:
    """Check the audit."""


@audit_group.command("verify")
def audit_verify() -> None:
    """Check every entry of the chain; end with 1 where it does not hold."""
    with _opened() as ledger:
        verified = audit.verify(ledger, operator())
    if verified.broken is not None:
        _out.print(f"BROKEN at entry {verified.broken.sequence}: {verified.broken.reason}.")
        sys.exit(1)
    _out.print(f"{verified.count} entries, unbroken.")


def _upgrade(url: str, application_role: str) -> None:
    with closing(Database(url)) as database:
        upgrade_schema(database, application_role=application_role)


def _print_link(settings: Settings, token: str) -> None:
    scheme = "https" if settings.behind_https else "http"
    host = settings.public_host or f"{settings.host}:{settings.port}"
    _out.print("Open this link once, within 24 hours, to set the password:")
    _out.print(f"{scheme}://{host}/link/{token}", soft_wrap=True)


def _day(text: str, access: Access) -> date:
    if not text:
        return local_day(access.at) - timedelta(days=1)
    try:
        return parse_day(text)
    except MalformedDate as fault:
        raise click.BadParameter(f"{fault}", param_hint="--as-of") from None


def _report(
    read: Callable[..., Report], words: str, *, file: Path, service: Service, as_of: str
) -> None:
    """Read FILE by one of the two operations on extracts, and print what it reports."""
    with _opened() as ledger, _bar() as bar:
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
    _out.print(table)
    for column in report.dropped_columns:
        _out.print(
            f"Column {column} is not known and was dropped unread.", markup=False, soft_wrap=True
        )
    for each in report.refused[:_REFUSALS_PRINTED]:
        _say(f"Line {each.line}, {each.column}: {each.reason}")
    if len(report.refused) > _REFUSALS_PRINTED:
        _out.print(f"… and {len(report.refused) - _REFUSALS_PRINTED:,} more.")
    if report.outcome not in {ExtractOutcome.TAKEN, ExtractOutcome.CHECKED}:
        _out.print(f"Nothing was taken: {report.outcome}.")
        sys.exit(1)


def _say(words: str) -> None:
    """Print `words` that came from a file: as they are, and on one line."""
    _out.print(words, markup=False, soft_wrap=True)
