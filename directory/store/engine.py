"""The connection to one database, SQLite or PostgreSQL, and its units of work."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
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
        self._queue = Path(f"{parsed.database}.queue") if self.is_sqlite else None
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection on one unchanging snapshot; nothing it does is kept."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            yield connection
            connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a unit of work that is committed at the end, or not at all."""
        with self._turn(), self.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._queue is None:
            yield
            return
        handle = os.open(self._queue, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


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
        connect_args={
            "options": "-c statement_timeout=30s -c lock_timeout=5s"
            " -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
        },
    )


def is_superuser(database: Database) -> bool:
    """Return whether the application would run as a database superuser (refused)."""
    if database.is_sqlite:
        return False
    with database.reading() as connection:
        return bool(
            connection.scalar(text("select rolsuper from pg_roles where rolname = current_user"))
        )
