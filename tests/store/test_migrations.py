"""Every migration goes up and down on awkward rows, and survives being killed."""

import multiprocessing
import os
import re
import shutil
import signal
from collections.abc import Callable
from itertools import pairwise
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table, event, inspect
from sqlalchemy.exc import DBAPIError

from directory.store import schema
from directory.store.engine import Database
from directory.store.migrations import running
from directory.store.types import Reference
from tests import engines
from tests.store import awkward
from tests.store.draft_migration import draft
from tests.store.models import MODELS
from tests.store.schemas import shape

VERSIONS = Path(schema.__file__).parent / "migrations" / "versions"
STEPS = tuple(sorted(path.name[:4] for path in VERSIONS.glob("0*.py")))
KILLS = 20
FORK = multiprocessing.get_context("fork")

on_both = pytest.mark.parametrize("engine", engines.ENGINES)


def up(database: Database, revision: str) -> None:
    with database.migrating() as connection:
        command.upgrade(running.configuration(connection), revision)


def down(database: Database, revision: str) -> None:
    with database.migrating() as connection:
        command.downgrade(running.configuration(connection), revision)


def tables(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


def upgrade_killed_after(url: str, statements: int) -> None:
    """Upgrade the database, and die like a machine without power after so many statements."""
    database = Database(url)
    left = iter(range(statements))

    @event.listens_for(database.engine, "after_cursor_execute")
    def count(*_: object) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    schema.upgrade(database)


def program_exits(target: Callable[[str, int], None], url: str, number: int) -> int | None:
    """Return with what code another program ends that runs `target`."""
    program = FORK.Process(target=target, args=(url, number))
    program.start()
    program.join()
    return program.exitcode


def upgrade_in_step(url: str, start: Barrier) -> None:
    start.wait()
    with engines.opened(url) as database:
        schema.upgrade(database)


def test_the_newest_revision_is_the_one_that_the_program_checks_for() -> None:
    script = ScriptDirectory(str(VERSIONS.parent))

    assert script.get_heads() == [schema.HEAD]


@on_both
def test_the_migrated_tables_are_those_of_the_models(engine: str, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    with (
        engines.ready(engine, tmp_path) as place,
        engines.opened(place.owner_url) as migrated,
        engines.empty(engine, tmp_path / "made") as other,
        engines.opened(other.owner_url) as made,
    ):
        with made.migrating() as connection:
            for each in MODELS:
                each.create_all(connection)

        with migrated.reading() as one, made.reading() as two:
            assert shape(one) == shape(two)


@on_both
@pytest.mark.parametrize(("older", "newer"), tuple(pairwise(STEPS)))
def test_a_step_up_and_down_leaves_awkward_rows_as_they_were(
    engine: str, older: str, newer: str, tmp_path: Path
) -> None:
    with engines.empty(engine, tmp_path) as place, engines.opened(place.owner_url) as database:
        up(database, older)
        with database.writing() as connection:
            before = awkward.fill(connection)

        up(database, newer)
        down(database, older)

        with database.reading() as connection:
            assert awkward.contents(connection) == before


@on_both
def test_all_steps_down_leave_nothing_and_up_again_the_same_tables(
    engine: str, tmp_path: Path
) -> None:
    with engines.empty(engine, tmp_path) as place, engines.opened(place.owner_url) as database:
        schema.upgrade(database, application_role=place.application_role)
        with database.writing() as connection:
            awkward.fill(connection)
            before = shape(connection)

        down(database, "base")

        with database.reading() as connection:
            assert tables(connection) == ["alembic_version"]
        schema.upgrade(database, application_role=place.application_role)
        with database.reading() as connection:
            assert shape(connection) == before


@on_both
def test_an_upgrade_killed_after_any_statement_is_all_or_nothing_and_starts_again(
    engine: str, tmp_path: Path
) -> None:
    with engines.empty(engine, tmp_path) as place, engines.opened(place.owner_url) as database:
        up(database, STEPS[0])
        with database.writing() as connection:
            before = awkward.fill(connection)

        kills = 0
        while program_exits(upgrade_killed_after, place.owner_url, kills) == -signal.SIGKILL:
            kills += 1
            with database.reading() as connection:
                after = awkward.contents(connection)
            assert awkward.as_before(after, before) == before
            assert (after == before) != schema.is_current(database)

        assert kills >= KILLS
        assert schema.is_current(database)


@on_both
def test_programs_that_start_together_upgrade_once(engine: str, tmp_path: Path) -> None:
    with engines.empty(engine, tmp_path) as place:
        start = FORK.Barrier(4)
        programs = [
            FORK.Process(target=upgrade_in_step, args=(place.owner_url, start)) for _ in range(4)
        ]

        for program in programs:
            program.start()
        for program in programs:
            program.join()

        assert [program.exitcode for program in programs] == [0, 0, 0, 0]


@on_both
def test_a_database_of_a_later_release_is_refused(engine: str, tmp_path: Path) -> None:
    with engines.empty(engine, tmp_path) as place, engines.opened(place.owner_url) as database:
        schema.upgrade(database)
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

        with pytest.raises(schema.LaterRelease, match="9999"):
            schema.upgrade(database)


@on_both
def test_the_application_role_may_use_every_table_after_an_upgrade(
    engine: str, tmp_path: Path
) -> None:
    with engines.empty(engine, tmp_path) as place:
        with engines.opened(place.owner_url) as database:
            schema.upgrade(database, application_role=place.application_role)

        with engines.opened(place.url) as database, database.writing() as connection:
            assert awkward.fill(connection)


@pytest.mark.postgres
def test_a_role_named_later_gets_its_privileges_and_no_more(tmp_path: Path) -> None:
    with engines.empty(engines.POSTGRESQL, tmp_path) as place:
        with engines.opened(place.owner_url) as database:
            schema.upgrade(database)
            with database.writing() as connection:
                connection.exec_driver_sql(f"GRANT DELETE ON audit_entry TO {engines.APPLICATION}")

            schema.upgrade(database, application_role=engines.APPLICATION)

        with engines.opened(place.url) as database:
            with database.writing() as connection:
                assert awkward.fill(connection)
            with (
                pytest.raises(DBAPIError, match="permission denied"),
                database.writing() as connection,
            ):
                connection.exec_driver_sql("DELETE FROM audit_entry")


def test_the_next_migration_is_drafted_from_what_only_the_models_have(tmp_path: Path) -> None:
    shutil.copytree(VERSIONS.parent, tmp_path / "migrations")
    cover = Table("cover", MetaData(), Column("id", Reference, primary_key=True))

    draft("hold cover", models=[*MODELS, cover.metadata], migrations=tmp_path / "migrations")

    drafted = next((tmp_path / "migrations" / "versions").glob("*hold_cover.py")).read_text("utf-8")
    assert re.findall(r"op\.(?!f\()(\w+\([^)]*\))", drafted) == [
        "create_table('cover',\n    sa.Column('id', sa.LargeBinary(length=16)",
        "drop_table('cover')",
    ]
