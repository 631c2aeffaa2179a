"""Databases to test on: SQLite in a file, PostgreSQL in a cluster of this run's own."""

import atexit
import getpass
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import OperationalError

from directory.store.engine import Database
from directory.store.schema import upgrade

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
ENGINES = (SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgres))
OWNER = "directory_owner"
APPLICATION = "directory_application"
_PROGRAMS = Path("/usr/lib/postgresql")
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "120",
}
_START_SECONDS = 30
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_MEMORY_BYTES = 2**30
# Emptying a database takes milliseconds, making one much longer. Triggers and keys sleep for it.
_EMPTY_AGAIN = """
DO $$
DECLARE
  its_table text;
  has_rows boolean;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET LOCAL session_replication_role = replica;
  FOR its_table IN
    SELECT quote_ident(tablename) FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || its_table || ')' INTO has_rows;
    IF has_rows THEN EXECUTE 'DELETE FROM ' || its_table; END IF;
  END LOOP;
END $$
"""
# Changes with every change of a table, trigger, privilege or function.
_CATALOGUE = " UNION ALL ".join(
    f"SELECT concat(count(*), '-', max(xmin::text::bigint)) FROM {table}"  # noqa: S608 - our words
    for table in ("pg_attribute", "pg_class", "pg_constraint", "pg_proc", "pg_trigger")
)
_numbers = count()
_ready_databases: list[tuple[str, list[str]]] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a database is: its address for the application, and for the owner of its tables."""

    url: str
    owner_url: str
    application_role: str = ""


@contextmanager
def empty(engine: str, folder: Path) -> Iterator[Place]:
    """Yield a database without tables on `engine`; SQLite's lies in `folder`."""
    if engine == SQLITE:
        yield _sqlite(folder / "directory.db")
    else:
        name = _new_database()
        yield _postgresql(name)
        _drop(name)


@contextmanager
def ready(engine: str, folder: Path) -> Iterator[Place]:
    """Yield a database with the tables of this release and no rows."""
    if engine == SQLITE:
        shutil.copyfile(_sqlite_template(), folder / "directory.db")
        (folder / "directory.db").chmod(0o600)
        yield _sqlite(folder / "directory.db")
        return
    name, catalogue = _ready_databases.pop() if _ready_databases else _upgraded_database()
    yield _postgresql(name)
    with _as_superuser(_cluster(), name) as connection:
        connection.exec_driver_sql(_EMPTY_AGAIN)
        is_as_before = _catalogue(connection) == catalogue
    if is_as_before:
        _ready_databases.append((name, catalogue))
    else:
        _drop(name)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Yield the database at `url`, closed afterwards."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def _sqlite(path: Path) -> Place:
    return Place(url=f"sqlite:///{path}", owner_url=f"sqlite:///{path}")


@cache
def _sqlite_template() -> Path:
    folder = _folder()
    with opened(f"sqlite:///{folder / 'template.db'}") as database:
        upgrade(database)
    return folder / "template.db"


def _postgresql(name: str) -> Place:
    return Place(
        url=_address(APPLICATION, name, _cluster()),
        owner_url=_address(OWNER, name, _cluster()),
        application_role=APPLICATION,
    )


def _new_database() -> str:
    name = f"test_{next(_numbers)}"
    with _as_superuser(_cluster()) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} OWNER {OWNER}")
    return name


def _drop(name: str) -> None:
    with _as_superuser(_cluster()) as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _catalogue(connection: Connection) -> list[str]:
    """Return what differs once a test has changed the schema itself."""
    return list(connection.exec_driver_sql(_CATALOGUE).scalars())


def _upgraded_database() -> tuple[str, list[str]]:
    name = _new_database()
    with opened(_address(OWNER, name, _cluster())) as database:
        upgrade(database, application_role=APPLICATION)
    with _as_superuser(_cluster(), name) as connection:
        return name, _catalogue(connection)


def _address(role: str, database: str, folder: Path) -> str:
    return f"postgresql+psycopg://{role}@/{database}?host={folder}"


@cache
def _cluster() -> Path:
    """Start PostgreSQL once in this run, and return the folder of its socket."""
    initdb = max(_PROGRAMS.glob("*/bin/initdb"), default=None)
    if initdb is None:
        pytest.skip("PostgreSQL's programs are not installed")
    user = _unprivileged()
    folder = _folder()
    shutil.chown(folder, user)
    _run_initdb(initdb, folder, user)
    settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
    postgres = initdb.with_name("postgres")
    command = _run_as(user, postgres, "-D", folder / "data", "-k", folder, *settings)
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own words
    atexit.register(_stop, server)
    _make_roles(folder)
    return folder


def _run_initdb(initdb: Path, folder: Path, user: str) -> None:
    superuser = ("-U", "postgres", "--auth=trust")
    options = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
    command = _run_as(user, initdb, "-D", folder / "data", *superuser, *options)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


def _run_as(user: str, *command: str | Path) -> list[str | Path]:
    """Return `command`, to be run as `user` and stopped by the system if this run is killed."""
    ids = ("--reuid", user, "--regid", user, "--init-groups") if os.getuid() == 0 else ()
    return ["setpriv", *ids, "--pdeathsig", "QUIT", *command]


def _unprivileged() -> str:
    """Return the user who runs PostgreSQL, which refuses to be run by root."""
    if os.getuid() != 0:
        return getpass.getuser()
    if "postgres" not in {each.pw_name for each in pwd.getpwall()}:
        pytest.skip("root needs a user named postgres to run PostgreSQL as")
    return "postgres"


def _make_roles(folder: Path) -> None:
    with _as_superuser(folder) as connection:
        for role in (OWNER, APPLICATION):
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB")


@contextmanager
def _as_superuser(folder: Path, database: str = "postgres") -> Iterator[Connection]:
    engine = create_engine(_address("postgres", database, folder), isolation_level="AUTOCOMMIT")
    try:
        with _once_it_answers(engine) as connection:
            yield connection
    finally:
        engine.dispose()


def _once_it_answers(engine: Engine) -> Connection:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            return engine.connect()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGQUIT)
    server.wait(timeout=10)


def _folder() -> Path:
    """Return a new folder that is gone after this run, in memory where there is room."""
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _MEMORY_BYTES
    folder = Path(tempfile.mkdtemp(prefix="directory-tests-", dir=_MEMORY if has_room else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
