"""Open a database that holds nothing, for one evaluation, and leave nothing behind in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from directory.search.tables import search_metadata
from directory.store.engine import Database

SCHEMA = "directory_evaluation"
"""The schema an evaluation works in on PostgreSQL, made and dropped by it."""

_BESIDE = ("", "-wal", "-shm", "-journal", ".queue")
_DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_HELD_POSTGRESQL = text("""
    SELECT space.nspname || '.' || held.relname
    FROM pg_class AS held JOIN pg_namespace AS space ON space.oid = held.relnamespace
    WHERE space.nspname NOT LIKE 'pg\\_%' AND space.nspname <> 'information_schema'
      AND held.relkind IN ('r', 'v', 'm', 'S', 'f', 'p')
      AND NOT EXISTS (
        SELECT FROM pg_depend WHERE objid = held.oid AND deptype = 'e'
      )
    ORDER BY 1 LIMIT 1
""")
_SPACES = text("SELECT nspname FROM pg_namespace WHERE nspname = :schema")
_HELD_SQLITE = text("SELECT name FROM sqlite_master ORDER BY name LIMIT 1")
_SIZES_POSTGRESQL = text("""
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind = 'r'
""")
_SIZES_SQLITE = text("""
    SELECT held.tbl_name, SUM(pages.pgsize)
    FROM dbstat AS pages JOIN sqlite_master AS held ON held.name = pages.name
    GROUP BY held.tbl_name
""")


class NotFresh(Exception):
    """The database holds something already, or cannot be worked in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Hold the bytes on disk: all in, and of each table with its indexes where that is known."""

    whole: int
    tables: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """Hold a database with the index's tables and no rows."""

    database: Database
    engine: str

    def settle(self) -> None:
        """Do what the database does by itself within minutes: write to its file, tidy, count."""
        with self.database.engine.connect() as connection:
            if self.database.is_sqlite:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            tidying = connection.execution_options(isolation_level="AUTOCOMMIT")
            tidying.exec_driver_sql("SET statement_timeout = 0")
            tidying.exec_driver_sql("VACUUM ANALYZE")

    def sizes(self) -> Sizes:
        """Return how much the index takes on disk."""
        if not self.database.is_sqlite:
            with self.database.reading() as connection:
                found = connection.execute(_SIZES_POSTGRESQL, {"schema": SCHEMA}).all()
            tables = {str(name): int(size) for name, size in found}
            return Sizes(whole=sum(tables.values()), tables=tables)
        path = self.database.path
        whole = path.stat().st_size if path else 0
        try:
            with self.database.reading() as connection:
                tables = {str(name): int(size) for name, size in connection.execute(_SIZES_SQLITE)}
        except DBAPIError:  # SQLite may be built without dbstat
            tables = {}
        return Sizes(whole=whole, tables=tables)


@contextmanager
def fresh(address: str, folder: Path) -> Iterator[Fresh]:
    """Yield a fresh database: at `address`, or in a file of its own in `folder` if that is empty.

    Raise NotFresh if it holds anything, and leave it as it was found.
    """
    url = _url(address) if address else make_url(f"sqlite:///{folder / 'evaluation.db'}")
    opened = _in_file(url) if url.get_backend_name() == "sqlite" else _in_schema(url)
    with opened as database:
        with database.writing() as connection:
            search_metadata.create_all(connection)
        yield Fresh(database=database, engine=_engine(database))


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        # A plain file is a database too.
        url = make_url(f"sqlite:///{address}")
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise NotFresh("the database must be PostgreSQL or an SQLite file")
    return url


@contextmanager
def _in_file(url: URL) -> Iterator[Database]:
    """Yield the database in a new or empty file, and remove the file afterwards."""
    if not url.database or url.database == ":memory:":
        raise NotFresh("the database must be a file")
    path = Path(url.database)
    _refuse_held_file(path)
    database = Database(url.render_as_string(hide_password=False))
    try:
        yield database
    finally:
        database.close()
        for ending in _BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _refuse_held_file(path: Path) -> None:
    if path.exists() and (not path.is_file() or path.stat().st_size > 0):
        raise NotFresh(f"{path.name} holds something already; name a file that is not there yet")
    if not path.parent.is_dir():
        raise NotFresh(f"there is no folder for {path.name}")


@contextmanager
def _in_schema(url: URL) -> Iterator[Database]:
    """Yield the database with a schema of its own, and drop the schema afterwards."""
    database = Database(url.render_as_string(hide_password=False))
    try:
        with _said_plainly(), database.migrating() as connection:
            _refuse_held(connection)
            connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        event.listen(database.engine, "connect", _into_schema)
        database.close()  # from now on every connection works in the schema
        try:
            yield database
        finally:
            with database.migrating() as connection:
                connection.exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
    finally:
        database.close()


def _into_schema(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET search_path TO {SCHEMA}")
    cursor.close()
    connection.commit()


def _refuse_held(connection: Connection) -> None:
    if connection.scalar(_SPACES, {"schema": SCHEMA}):
        raise NotFresh(f"it holds what a stopped evaluation left: drop schema {SCHEMA} cascade")
    held = connection.scalar(_HELD_POSTGRESQL)
    if held:
        raise NotFresh(f"the database holds {held} already; give an empty one")


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except DBAPIError as fault:
        first = f"{fault.orig}".strip().splitlines()[:1]
        raise NotFresh(f"the database cannot be used: {' '.join(first)}") from None


def _engine(database: Database) -> str:
    with database.reading() as connection:
        query = "SELECT sqlite_version()" if database.is_sqlite else "SHOW server_version"
        version = connection.scalar(text(query))
    return f"{'SQLite' if database.is_sqlite else 'PostgreSQL'} {version}"
