"""A process reads what searches are measured by before anybody searches."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event

from directory.search.sql import SqlPeopleIndex
from directory.store.engine import Database
from tests import engines
from tests.ledger.doors import door
from tests.search.invented import NOBODY, crowd, query


@contextmanager
def reads_of_names(database: Database) -> Iterator[list[str]]:
    """Yield the statements that read the names there are, sent meanwhile."""
    sent: list[str] = []

    def note(*said: object) -> None:
        sent.extend(each for each in said if isinstance(each, str) and "FROM name_token" in each)

    event.listen(database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(database.engine, "before_cursor_execute", note)


def test_the_first_search_of_a_prepared_process_reads_no_names(database: Database) -> None:
    sought = query("Rowan Thistlewood")
    with database.writing() as connection:
        SqlPeopleIndex(b"a secret of the tests").put(connection, crowd(40))
    prepared, other = (SqlPeopleIndex(b"a secret of the tests") for _ in range(2))
    with database.reading() as connection:
        prepared.prepare(connection)
    with database.reading() as connection, reads_of_names(database) as sent:
        prepared.find(connection, sought, hidden=NOBODY)
        assert sent == []
        other.find(connection, sought, hidden=NOBODY)
        assert sent


def test_a_ledger_prepares_its_index(database: Database) -> None:
    with database.writing() as connection:
        SqlPeopleIndex(b"a secret of the tests").put(connection, crowd(40))
    with reads_of_names(database) as sent:
        door(database).ledger.prepare()

    assert sent


def test_a_database_without_tables_is_left_for_the_first_search(tmp_path: Path) -> None:
    with engines.empty(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        here = door(database)

        here.ledger.prepare()

        assert here.ledger.is_ready()
