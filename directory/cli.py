"""The command line: set an instance up, take extracts, verify the audit, serve."""

import sys
from contextlib import closing
from pathlib import Path

import click
from typing_extensions import override

from directory import post, serving
from directory.domain.accounts import SecondFactor
from directory.domain.extracts import (
    AsOfRefused,
    FeedBusy,
    FeedUnknown,
    FileChanged,
    NothingToUndo,
)
from directory.domain.gates import GateFault
from directory.domain.vocabulary import Service
from directory.evaluation.commands import search
from directory.extracting import extract
from directory.ledger.door import AuditUnavailable
from directory.operating import (
    file_argument,
    opened,
    operator,
    out,
    service_option,
    settings_here,
)
from directory.operations import (
    accounts,
    agencies,
    aliases,
    audit,
    council,
    gates,
    retention,
)
from directory.operations.council_file import CouncilFault
from directory.settings import MalformedSetting, Settings, UnknownSetting
from directory.store.engine import Database, UnsafeDatabase
from directory.store.schema import LaterRelease
from directory.store.schema import upgrade as upgrade_schema
from directory.wiring import (
    NoKeys,
    UnusableWeights,
    database_url,
    kept_texts,
    make_folder,
    make_keys,
    open_ledger,
)

_FAULTS = (
    AsOfRefused,
    FeedBusy,
    FeedUnknown,
    FileChanged,
    NothingToUndo,
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
main.add_command(extract)


@main.command()
@click.option("--council", "file", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--administrator", required=True, help="The administrator's e-mail address.")
@click.option("--name", required=True, help="The administrator's name.")
@click.option("--owner-url", default="", help="PostgreSQL: the address of the tables' owner.")
@click.option("--application-role", default="", help="PostgreSQL: the role the service runs as.")
def init(file: Path, administrator: str, name: str, owner_url: str, application_role: str) -> None:
    """Make the data folder, its keys, the tables and a one-time administrator link."""
    settings = settings_here()
    make_folder(settings.data)
    keys = make_keys(settings.data)
    _upgrade(owner_url or database_url(settings), application_role)
    texts, database = kept_texts(settings.data, keys), Database(database_url(settings))
    with closing(open_ledger(database, keys, texts=texts)) as ledger:
        remarks = council.set_up(ledger, operator(), text=file.read_bytes())
        token = accounts.make_administrator(ledger, operator(), email=administrator, name=name)
    for each in remarks:
        out.print(each)
    out.print(f"Ready in {settings.data}. Back up {settings.data / 'keys'} apart from the rest.")
    _print_link(settings, token)


@main.command()
@click.option("--owner-url", default="", help="PostgreSQL: the address of the tables' owner.")
@click.option("--application-role", default="", help="PostgreSQL: the role the service runs as.")
def upgrade(owner_url: str, application_role: str) -> None:
    """Bring the database to this release."""
    _upgrade(owner_url or database_url(settings_here()), application_role)
    out.print("The database is of this release.")


@main.command()
def serve() -> None:
    """Serve in earnest; an insecure start is refused."""
    settings = settings_here()
    instance = serving.opened(settings)
    serving.refuse_insecure(instance)
    out.print(f"Serving {settings.public_host} on {settings.host}:{settings.port}")
    serving.serve(serving.application(instance), settings)


@main.command("council")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
def load_council(file: Path) -> None:
    """Load organisations, services and agreements from the council's FILE, whole or not at all."""
    with opened() as ledger:
        remarks = council.set_up(ledger, operator(), text=file.read_bytes())
    out.print("The council's set-up is loaded.")
    for each in remarks:
        out.print(each)


@main.group()
def account() -> None:
    """Look after accounts when no administrator can sign in."""


@account.command("link")
@click.argument("email")
def account_link(email: str) -> None:
    """Make a new one-time link for the account of EMAIL; older links stop working."""
    with opened() as ledger:
        token = accounts.make_link_for(ledger, operator(), email=email)
    _print_link(settings_here(), token)


@main.group()
def practitioner() -> None:
    """Say at once that a practitioner has left."""


@practitioner.command("leave")
@click.argument("reference")
@service_option
def practitioner_leave(reference: str, service: str) -> None:
    """Show the team's lines instead of the practitioner known as REFERENCE, from now on."""
    with opened() as ledger:
        agencies.deactivate(
            ledger, operator(), service=Service(service), source_reference=reference
        )
    out.print("From now on the team's lines are shown instead.")


@main.group("aliases")
def aliases_group() -> None:
    """Look for spellings of one name."""


@aliases_group.command("seek")
def aliases_seek() -> None:
    """Look in stewards' own links for pairs of spellings, for a steward to decide on."""
    with opened() as ledger:
        found = aliases.seek_pairs(ledger, operator(), least=settings_here().pair_homes)
    out.print(f"{len(found.pairs):,} pairs of spellings are met.")
    if found.too_long:
        out.print(f"{found.too_long:,} more are too long to be searched by, and were left out.")


@main.command("gates")
@file_argument
@click.option("--take", is_flag=True, help="Take the good lines; without this, only check them.")
def gates_command(file: Path, *, take: bool) -> None:
    """Check a CSV of gates (email, gate, end, evidence), or take its good lines."""
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    with opened() as ledger:
        if take:
            found = gates.import_gates(ledger, operator(), text=text, rule=SecondFactor.REQUIRED)
        else:
            found = gates.check_gates(ledger, operator(), text=text)
    for each in found:
        out.print(f"line {each.number}: {each.fault or ('taken' if take else 'can be taken')}")


@main.command("retention")
@click.option("--let-go", is_flag=True, help="Let go of it; without this, only say what would go.")
def retention_command(*, let_go: bool) -> None:
    """Say what is kept no longer than the council decided, or let go of it."""
    with opened() as ledger:
        found = (retention.let_go if let_go else retention.foresee)(ledger, operator())
    ends = "went" if let_go else "would go"
    out.print(f"{found.searches:,} searches from before {found.before:%d/%m/%Y} {ends}.")
    out.print(
        f"{found.notices:,} notices from before {found.told_before:%d/%m/%Y} and"
        f" {found.watches:,} watches that are over {ends}."
    )


@main.command("sweep")
def sweep_command() -> None:
    """Take what was sent, compare searches with protected people, page and send e-mails: once.

    The service does so by itself every twenty seconds; this is for a scheduler beside it.
    """
    with opened() as ledger:
        post.take(ledger)
        sent = post.sweep(ledger, post.Post(settings_here()))
    out.print(f"{sent} e-mails went.")


@main.group("audit")
def audit_group() -> None:
    """Check the audit."""


@audit_group.command("verify")
def audit_verify() -> None:
    """Check every entry of the chain; end with 1 where it does not hold."""
    with opened() as ledger:
        verified = audit.verify(ledger, operator())
    if verified.broken is not None:
        out.print(f"BROKEN at entry {verified.broken.sequence}: {verified.broken.reason}.")
        sys.exit(1)
    out.print(f"{verified.count} entries, unbroken.")


def _upgrade(url: str, application_role: str) -> None:
    with closing(Database(url)) as database:
        upgrade_schema(database, application_role=application_role)


def _print_link(settings: Settings, token: str) -> None:
    scheme = "https" if settings.behind_https else "http"
    host = settings.public_host or f"{settings.host}:{settings.port}"
    out.print("Open this link once, within 24 hours, to set the password:")
    out.print(f"{scheme}://{host}/link/{token}", soft_wrap=True)
