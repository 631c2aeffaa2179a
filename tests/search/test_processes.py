"""Several processes share one index: each sees what is committed, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from directory.search.sql import SqlPeopleIndex
from directory.search.tables import (
    key_posting,
    name_token,
    person_feature,
    search_metadata,
)
from directory.store.engine import Database
from tests import engines
from tests.search.invented import NOBODY, crowd, person, query, reference

SECRET = b"a secret of the tests"
ROWAN = query("Rowan Thistlewood")


class ChangeOfMind(Exception):
    """A unit of work is to be undone."""


@pytest.fixture(params=engines.ENGINES)
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Yield a database with the index's tables alone."""
    with engines.empty(request.param, tmp_path) as place, engines.opened(place.owner_url) as ready:
        with ready.migrating() as connection:
            search_metadata.create_all(connection)
        yield ready


def _people(index: SqlPeopleIndex, connection: Connection) -> list[bytes]:
    found = index.find(connection, ROWAN, hidden=NOBODY)
    return [each.person for each in found.candidates]


def _found(index: SqlPeopleIndex, shared: Database) -> list[bytes]:
    with shared.reading() as connection:
        return _people(index, connection)


def _put_and_undo(index: SqlPeopleIndex, shared: Database) -> None:
    with shared.writing() as connection:
        index.put(connection, [person(1, "Rowan Thistlewood")])
        assert _people(index, connection) == [reference(1)]
        raise ChangeOfMind


def test_another_process_finds_a_person_as_soon_as_committed(shared: Database) -> None:
    one, other = SqlPeopleIndex(SECRET), SqlPeopleIndex(SECRET)
    with shared.writing() as connection:
        one.put(connection, crowd(200))
    assert _found(other, shared) == []

    with shared.writing() as connection:
        one.put(connection, [person(1, "Rowan Thistlewood")])

    assert _found(other, shared) == [reference(1)]


def test_an_older_snapshot_is_answered_as_it_was(shared: Database) -> None:
    index = SqlPeopleIndex(SECRET)
    with shared.writing() as connection:
        index.put(connection, crowd(200))
    with shared.reading() as old:
        assert _people(index, old) == []
        with shared.writing() as connection:
            index.put(connection, [person(1, "Rowan Thistlewood")])
        assert _found(index, shared) == [reference(1)]

        assert _people(index, old) == []


def test_what_is_rolled_back_was_never_there(shared: Database) -> None:
    index, other = SqlPeopleIndex(SECRET), SqlPeopleIndex(SECRET)
    with pytest.raises(ChangeOfMind):
        _put_and_undo(index, shared)
    with shared.writing() as connection:
        other.put(connection, [person(2, "Rowan Cattermole")])

    assert _found(index, shared) == []
    with shared.reading() as connection:
        found = index.find(connection, query("Rowan Catermole"), hidden=NOBODY)
        assert [each.person for each in found.candidates] == [reference(2)]


def test_a_process_forgets_the_names_of_those_removed(shared: Database) -> None:
    one, other = SqlPeopleIndex(SECRET), SqlPeopleIndex(SECRET)
    with shared.writing() as connection:
        one.put(connection, [*crowd(200), person(1, "Rowan Thistlewood")])
    assert _found(other, shared) == [reference(1)]

    with shared.writing() as connection:
        one.remove(connection, [reference(1)])

    assert _found(other, shared) == []
    assert "thistlewood" not in other._vocabulary.texts


def test_removing_everybody_leaves_nothing_in_the_database(shared: Database) -> None:
    index = SqlPeopleIndex(SECRET)
    people = crowd(150)

    with shared.writing() as connection:
        index.put(connection, people)
        index.put(connection, people[:40])
        index.remove(connection, [each.person for each in people])

    with shared.reading() as connection:
        for table in (key_posting, person_feature, name_token):
            assert connection.execute(select(table)).all() == []


def test_no_identifier_is_kept_in_plain(shared: Database) -> None:
    index = SqlPeopleIndex(SECRET)
    with shared.writing() as connection:
        index.put(connection, [person(1, identifiers=(("nhs_number", "9434765919"),))])

    with shared.reading() as connection:
        features = bytes(connection.scalars(select(person_feature.c.features)).one())
        tokens = connection.scalars(select(name_token.c.token)).all()

    assert (9434765919).to_bytes(5, "little") not in features
    assert b"9434765919" not in features
    assert "9434765919" not in tokens
