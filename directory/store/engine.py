"""The connection to one database, SQLite or PostgreSQL, and its units of work."""

import fcntl
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 5_000
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "secure_delete": "1",
    "busy_timeout": str(BUSY_MILLISECONDS),
}
_POSTGRESQL_OPTIONS = (
    "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
    " -c synchronous_commit=on -c default_transaction_isolation=read\\ committed -c timezone=UTC"
)
_MIGRATIONS_LOCK = 0x6D696772  # one number, so that two programs never migrate at once


class UnsafeDatabase(Exception):
    """The database does not keep what it acknowledges, or its settings could not be set."""


class Database:
    """One database: read snapshots, and units of work that queue for the write lock.

    On SQLite every writer waits its turn at a lock file before BEGIN IMMEDIATE, since SQLite's
    own busy handler lets one worker starve.
    """

    def __init__(self, url: str) -> None:
        """Open the database at the SQLAlchemy address `url`."""
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.path = _sqlite_file(parsed.database) if self.is_sqlite else None
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection on one unchanging snapshot, on which a change is refused."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("PRAGMA query_only=1")
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            try:
                yield connection
            finally:
                connection.rollback()
                if self.is_sqlite:
                    connection.exec_driver_sql("PRAGMA query_only=0")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a unit of work that is committed at the end, or not at all."""
        with self._turn(), self.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            with _all_or_nothing(connection):
                yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Yield a connection in a unit of work that may rebuild tables, one program at a time.

        SQLite rebuilds a table by dropping the old one, which would delete what refers to it:
        so foreign keys sleep meanwhile, and are all checked before the commit.
        """
        with self._turn(), self.engine.connect() as connection:
            if self.is_sqlite:
                with _foreign_keys_asleep(connection):
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                    with _all_or_nothing(connection):
                        yield connection
                        _check_foreign_keys(connection)
                return
            for setting in ("statement_timeout", "lock_timeout"):
                connection.exec_driver_sql(f"SET LOCAL {setting} = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATIONS_LOCK})")
            with _all_or_nothing(connection):
                yield connection

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()

    def _turn(self) -> AbstractContextManager[None]:
        return nullcontext() if self.path is None else _turn(self.path)


def is_superuser(database: Database) -> bool:
    """Return whether the application would run as a database superuser (refused)."""
    if database.is_sqlite:
        return False
    with database.reading() as connection:
        return bool(
            connection.scalar(
                text("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
            )
        )


def is_world_readable(database: Database) -> bool:
    """Return whether the machine's other users may open the database's file (refused).

    PostgreSQL keeps its own files, and would not start on such ones.
    """
    if database.path is None:
        return False
    beside = database.path.parent.glob(f"{database.path.name}*")
    return any(path.stat().st_mode & stat.S_IRWXO for path in beside)


@contextmanager
def _all_or_nothing(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def _foreign_keys_asleep(connection: Connection) -> Iterator[None]:
    connection.exec_driver_sql("PRAGMA foreign_keys=0")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys=1")


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise UnsafeDatabase(f"a row of {broken[0]} refers to a missing row of {broken[2]}")


def _sqlite_file(named: str | None) -> Path:
    """Return the database's file, made private (SQLite's own would be readable) and WAL.

    Two programs that change a file's journal mode at once fail, whatever the busy timeout: so the
    first takes its turn, and the mode stays with the file.
    """
    if not named or named == ":memory:":
        raise UnsafeDatabase("a database in memory keeps nothing")
    path = Path(named)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with _turn(path), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=wal")
    return path


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Wait in the queue for the write lock of the database at `path`."""
    handle = os.open(f"{path}.queue", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=24)

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN IMMEDIATE ourselves
        cursor = connection.cursor()
        for name, value in _PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={value}")
            row = cursor.execute(f"PRAGMA {name}").fetchone()
            if row is None or str(row[0]) != value:
                raise UnsafeDatabase(f"{name} is not {value}")
        cursor.close()

    return engine


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=8,
        max_overflow=24,
        pool_pre_ping=True,
        connect_args={"options": _POSTGRESQL_OPTIONS},
    )
