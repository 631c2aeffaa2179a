"""The demonstration's town, loaded once a run and copied for whoever wants to act in it."""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server

from directory import demo
from directory.app import Means, build
from directory.domain.access import Access
from directory.domain.vocabulary import Role
from directory.ledger.door import Ledger
from directory.operations.passwords import Passwords
from directory.paths import SEED_DATA
from directory.settings import Settings
from directory.store.engine import Database
from directory.store.schema import upgrade
from directory.store.sealing import KEY_BYTES, Keys
from directory.wiring import open_ledger, working_holidays

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
AS_OF = date(2026, 11, 22)
KEYS = Keys(**{name: bytes([n]) * KEY_BYTES for n, name in enumerate(Keys.__dataclass_fields__, 1)})
CHEAP = Passwords(memory_kib=8, passes=1)


@dataclass(slots=True, kw_only=True)
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        """Return the moment it stands at."""
        return self.at

    def pass_by(self, time: timedelta) -> None:
        """Let `time` go by."""
        self.at += time


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The town's application, with the ledger and clock behind it."""

    app: Flask
    ledger: Ledger
    database: Database
    clock: Clock
    settings: Settings

    def operator(self) -> Access:
        """Return the access of the council's engineer."""
        return Access(at=self.clock(), role=Role.OPERATOR)


@cache
def _loaded() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="directory-town-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = Database(f"sqlite:///{folder / 'directory.db'}")
    upgrade(database)
    ledger = open_ledger(database, KEYS)
    access = Access(at=MORNING - timedelta(hours=3), role=Role.OPERATOR)
    for service, file in demo.set_up_town(ledger, access, SEED_DATA).items():
        demo.take_file(ledger, access, service=service, file=file, as_of=AS_OF)
    demo.make_accounts(ledger, access, CHEAP, SEED_DATA)
    ledger.close()
    with sqlite3.connect(folder / "directory.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / "directory.db"


@contextmanager
def opened(folder: Path) -> Iterator[Town]:
    """Yield a copy of the town in `folder`, on the morning after its extracts' as-of day."""
    file = folder / "directory.db"
    shutil.copyfile(_loaded(), file)
    file.chmod(0o600)
    database, clock = Database(f"sqlite:///{file}"), Clock()
    ledger = open_ledger(database, KEYS)
    settings = demo.demonstration_settings({"DIRECTORY_DATA": str(folder)})
    app = build(
        Means(
            ledger=ledger,
            settings=settings,
            passwords=CHEAP,
            csrf_key=KEYS.session,
            clock=clock,
            holidays=working_holidays(),
            demonstration=demo.demonstration_accounts(),
        )
    )
    yield Town(app=app, ledger=ledger, database=database, clock=clock, settings=settings)
    ledger.close()


@contextmanager
def served(town: Town) -> Iterator[str]:
    """Serve the town on a free loopback port, and yield its address."""
    server = make_server("localhost", 0, town.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
