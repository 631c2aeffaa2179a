"""The demonstration: an invented town in a folder of its own, on loopback only."""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from directory.app import SENT, Means, build
from directory.domain.access import Access
from directory.domain.dates import local_day
from directory.domain.extracts import ExtractOutcome, Report
from directory.domain.vocabulary import Role, Service
from directory.ledger.door import Ledger
from directory.operations import accounts, council, extracts
from directory.operations.passwords import Passwords
from directory.operations.sent_folder import SentFolder
from directory.paths import SEED_DATA
from directory.post import Post, keep_sweeping
from directory.serving import serve
from directory.settings import Settings, read
from directory.store.engine import Database
from directory.store.schema import upgrade
from directory.taking import Taking
from directory.web.access import system_clock
from directory.web.sign_in import DemonstrationAccount
from directory.web.wording import ROLE_NAMES
from directory.wiring import (
    DEMONSTRATION,
    database_url,
    in_background,
    kept_texts,
    make_folder,
    make_keys,
    once_settled,
    open_ledger,
    working_holidays,
)

PASSWORD = "training-town-2026"  # noqa: S105 - the demonstration's, printed on its sign-in page
_ALWAYS_ANSWERED = "01632 960199"
COUNCIL = "council.toml"
_LATE_DAYS = 5  # the town's feeds are late after 7
_out = Console(highlight=False)


class NotLoaded(Exception):
    """The town could not be loaded whole."""


def demonstration_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings of the demonstration: its own folder, loopback, a TRAINING banner."""
    chosen = read(environment)
    folder = chosen.data if "DIRECTORY_DATA" in environment else Path("demo-data")
    return chosen.model_copy(
        update={
            "data": folder,
            "database_url": "",
            "always_answered": chosen.always_answered or _ALWAYS_ANSWERED,
            "host": "127.0.0.1",
            "public_host": "",
            "behind_https": False,
            "training": True,
        }
    )


def set_up_town(ledger: Ledger, access: Access, town: Path) -> Mapping[Service, Path]:
    """Set the council of `town` up, and return its extracts in the order they are to be taken."""
    text = (town / COUNCIL).read_bytes()
    council.set_up(ledger, access, text=text)
    return {service: town / file for service, file in council.extract_files(text).items()}


def take_file(
    ledger: Ledger, access: Access, *, service: Service, file: Path, as_of: date
) -> Report:
    """Take one extract of the town with a progress bar, or raise NotLoaded."""
    with Progress(
        TextColumn("{task.description:<32}"), BarColumn(), TimeElapsedColumn(), console=_out
    ) as bar:
        task = bar.add_task(f"Loading {file.name}", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        report = extracts.take(
            ledger, access, file=file, service=service, as_of=as_of, progress=progress
        )
    if report.outcome is not ExtractOutcome.TAKEN:
        raise NotLoaded(f"{file.name}: {report.outcome}")
    return report


def make_accounts(ledger: Ledger, access: Access, passwords: Passwords, town: Path) -> None:
    """Make the demonstration's accounts, all with the one password and no second factor."""
    for plan in council.accounts_of((town / COUNCIL).read_bytes()):
        with suppress(accounts.EmailTaken):  # made by a first start that was interrupted
            accounts.make_demonstration_account(
                ledger, access, plan=plan, password=PASSWORD, passwords=passwords
            )


def account_in(role: Role, town: Path) -> str:
    """Return the e-mail address of the town's first account that acts in `role`."""
    plans = council.accounts_of((town / COUNCIL).read_bytes())
    return next(plan.email for plan in plans if role in plan.roles)


def demonstration_accounts() -> tuple[DemonstrationAccount, ...]:
    """Return the accounts as the sign-in page lists them."""
    plans = council.accounts_of((SEED_DATA / COUNCIL).read_bytes())
    return tuple(
        DemonstrationAccount(
            email=plan.email,
            display_name=plan.display_name,
            roles=", ".join(ROLE_NAMES[role] for role in sorted(plan.roles)),
            password=PASSWORD,
        )
        for plan in plans
    )


def _is_stale(marker: Path, yesterday: date) -> bool:
    """Return whether the town's lists would be late: the same files then come as of yesterday."""
    loaded = marker.read_text(encoding="ascii")
    return bool(loaded) and (yesterday - date.fromisoformat(loaded)).days >= _LATE_DAYS


def served() -> Flask:
    """Return the demonstration's application, loading the town on the first start."""
    settings = demonstration_settings(os.environ)
    make_folder(settings.data)
    keys = make_keys(settings.data)
    database = Database(database_url(settings))
    upgrade(database)
    texts = kept_texts(settings.data, keys, aside=in_background)
    ledger = open_ledger(database, keys, texts=texts)
    passwords = Passwords()
    access = Access(at=system_clock(), role=Role.OPERATOR, name="command line")
    marker = settings.data / DEMONSTRATION
    yesterday = local_day(access.at) - timedelta(days=1)
    if not marker.exists():
        _out.print("First start: loading the invented town of Northshire.")
    if not marker.exists() or _is_stale(marker, yesterday):
        for service, file in set_up_town(ledger, access, SEED_DATA).items():
            take_file(ledger, access, service=service, file=file, as_of=yesterday)
        make_accounts(ledger, access, passwords, SEED_DATA)
        marker.write_text(yesterday.isoformat(), encoding="ascii")
    once_settled(ledger.prepare)
    keep_sweeping(ledger, Post(settings))
    taking = Taking(ledger, SentFolder(settings.data / SENT))
    return build(
        Means(
            ledger=ledger,
            settings=settings,
            passwords=passwords,
            csrf_key=keys.session,
            clock=system_clock,
            holidays=working_holidays(),
            demonstration=demonstration_accounts(),
            wake=taking.wake,
        )
    )


def main() -> None:
    """Load the town on the first start, then serve it until stopped."""
    app, settings = served(), demonstration_settings(os.environ)
    _tell(settings)
    serve(app, settings)


def _tell(settings: Settings) -> None:
    _out.print("\n[bold]TRAINING[/bold]: everybody here is invented. Stop it with Ctrl+C.\n")
    for each in demonstration_accounts():
        _out.print(f"  {each.email:<42} {each.roles}")
    _out.print(f"\nPassword of all of them: {PASSWORD}")
    _out.print(f"Open http://{settings.host}:{settings.port}/\n")
