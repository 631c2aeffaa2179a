"""What both engines keep, isolate and refuse."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Integer, insert, select, text
from sqlalchemy.exc import DBAPIError

from directory.store.engine import Database, UnsafeDatabase, is_superuser, is_world_readable
from directory.store.line_tables import CounterRow
from tests import engines
from tests.store import awkward, writers

ROOT = Path(__file__).parents[2]
SAFE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
    "query_only": 0,
}
on_both = pytest.mark.parametrize("engine", engines.ENGINES)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Database]:
    """Yield a SQLite database, for what PostgreSQL does not have."""
    with engines.ready(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as opened:
        yield opened


def pragmas(connection: Connection) -> dict[str, object]:
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SAFE}


def add_counter(connection: Connection, name: str) -> None:
    connection.execute(insert(CounterRow).values(name=name, next=0))


def add_counter_and_fail(connection: Connection, failure: type[BaseException]) -> None:
    add_counter(connection, "undone")
    raise failure


def counters(connection: Connection) -> list[str]:
    return list(connection.scalars(select(CounterRow.name)))


@on_both
def test_no_update_is_lost_between_eight_programs(engine: str, tmp_path: Path) -> None:
    with engines.ready(engine, tmp_path) as place:
        assert writers.count_together(place.url, programs=8, times=60) == 480


def test_a_reader_keeps_its_snapshot_while_another_commits(database: Database) -> None:
    with database.reading() as reader:
        before = counters(reader)

        with database.writing() as writer:
            add_counter(writer, "later")

        assert (before, counters(reader)) == ([], [])
    with database.reading() as reader:
        assert counters(reader) == ["later"]


def test_a_reader_can_change_nothing(database: Database) -> None:
    with database.reading() as reader, pytest.raises(DBAPIError, match=r"read.?only"):
        add_counter(reader, "refused")


def test_a_connection_that_was_read_from_can_be_written_to(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.reading():
        raise ZeroDivisionError

    with database.writing() as writer:
        add_counter(writer, "written")

    with database.reading() as reader:
        assert counters(reader) == ["written"]


@pytest.mark.parametrize("failure", [ZeroDivisionError, KeyboardInterrupt])
def test_a_unit_of_work_that_fails_keeps_nothing(
    database: Database, failure: type[BaseException]
) -> None:
    with pytest.raises(failure), database.writing() as writer:
        add_counter_and_fail(writer, failure)

    with database.reading() as reader:
        assert counters(reader) == []


def test_writers_are_served_in_the_order_they_came(embedded: Database) -> None:
    served: list[int] = []

    def write(number: int) -> None:
        with embedded.writing():
            served.append(number)

    waiting = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    with embedded.writing():
        for thread in waiting:
            thread.start()
            time.sleep(0.03)
    for thread in waiting:
        thread.join()

    assert served == [0, 1, 2, 3, 4, 5]


def test_a_reader_never_waits_for_a_writer(embedded: Database) -> None:
    with embedded.writing() as writer:
        add_counter(writer, "uncommitted")

        with embedded.reading() as reader:
            assert counters(reader) == []


def test_every_connection_is_safe_beyond_the_pool_too(embedded: Database) -> None:
    with ExitStack() as opened:
        at_once = [opened.enter_context(embedded.engine.connect()) for _ in range(20)]

        assert [pragmas(connection) for connection in at_once] == [SAFE] * 20


def test_a_connection_is_safe_again_after_a_migration(embedded: Database) -> None:
    with pytest.raises(ZeroDivisionError), embedded.migrating():
        raise ZeroDivisionError

    with embedded.engine.connect() as connection:
        assert pragmas(connection) == SAFE


def test_a_table_is_rebuilt_without_losing_what_refers_to_it(embedded: Database) -> None:
    with embedded.writing() as connection:
        before = awkward.fill(connection)

    with embedded.migrating() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("line", recreate="always") as line:
            line.alter_column("visible_until", existing_type=Integer(), nullable=True)

    with embedded.reading() as connection:
        assert awkward.contents(connection) == before


def test_a_migration_that_breaks_a_reference_is_undone(embedded: Database) -> None:
    with embedded.writing() as connection:
        before = awkward.fill(connection)

    with pytest.raises(UnsafeDatabase, match="refers to a missing row"), embedded.migrating() as it:
        it.exec_driver_sql("DELETE FROM person")

    with embedded.reading() as connection:
        assert awkward.contents(connection) == before


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(UnsafeDatabase, match="keeps nothing"):
        Database(url)


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    with engines.opened(f"sqlite:///{tmp_path / 'new.db'}") as database:
        with database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE probe (id INTEGER)")

        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}

    assert modes == dict.fromkeys(("new.db", "new.db-wal", "new.db-shm", "new.db.queue"), 0o600)


@pytest.mark.parametrize(("mode", "readable"), [(0o600, False), (0o640, False), (0o604, True)])
def test_a_file_that_others_may_read_is_found(
    embedded: Database, mode: int, *, readable: bool
) -> None:
    assert embedded.path is not None
    embedded.path.chmod(mode)

    assert is_world_readable(embedded) == readable


def test_the_application_is_no_superuser(database: Database) -> None:
    assert not is_superuser(database)
    assert not is_world_readable(database)


@pytest.mark.postgres
def test_a_role_that_no_rule_binds_is_found(tmp_path: Path) -> None:
    with engines.ready(engines.POSTGRESQL, tmp_path) as place:
        superuser, bypassing = (
            place.owner_url.replace(engines.OWNER, role) for role in ("postgres", "bypassing")
        )
        with engines.opened(superuser) as database:
            assert is_superuser(database)
            with database.writing() as connection:
                connection.exec_driver_sql("CREATE ROLE bypassing LOGIN BYPASSRLS")

        with engines.opened(bypassing) as database:
            assert is_superuser(database)


@pytest.mark.postgres
def test_postgresql_reads_one_snapshot_and_writes_what_was_committed(tmp_path: Path) -> None:
    level = text("select current_setting('transaction_isolation')")
    with (
        engines.ready(engines.POSTGRESQL, tmp_path) as place,
        engines.opened(place.url) as database,
    ):
        with database.reading() as connection:
            reading = connection.scalar(level)
        with database.writing() as connection:
            writing = connection.scalar(level)

    assert (reading, writing) == ("repeatable read", "read committed")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE person ADD COLUMN note text",
        "DROP TABLE person",
        "TRUNCATE person CASCADE",
        "CREATE TABLE elsewhere (id integer)",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_stands ON audit_entry",
        "DROP FUNCTION audit_stands() CASCADE",
        "SET session_replication_role = replica",
        "UPDATE audit_entry SET actor = NULL",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_subject SET part = ''",
        "DELETE FROM audit_subject",
        "DELETE FROM audit_head",
        "UPDATE alembic_version SET version_num = ''",
        "SET ROLE directory_owner",
    ],
)
def test_the_application_role_is_denied_what_is_the_owners(tmp_path: Path, statement: str) -> None:
    with (
        engines.ready(engines.POSTGRESQL, tmp_path) as place,
        engines.opened(place.url) as database,
        pytest.raises(DBAPIError, match=r"must be owner|permission denied"),
        database.writing() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_a_start_on_a_current_database_does_not_wait_for_alembic(embedded: Database) -> None:
    program = (
        "import sys; from directory.store import engine, schema;"
        "schema.upgrade(engine.Database(sys.argv[1])); sys.exit('alembic' in sys.modules)"
    )

    started = subprocess.run(  # noqa: S603 - our own words
        (sys.executable, "-c", program, str(embedded.engine.url)), cwd=ROOT, check=False
    )

    assert started.returncode == 0
