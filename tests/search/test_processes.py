"""Several processes share one index: each sees what is committed, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, select

from directory.search.people import Strength
from directory.search.sql import SqlPeopleIndex
from directory.search.tables import (
    name_token,
    person_feature,
    person_key,
    search_metadata,
)
from tests import engines
from tests.search.invented import NOBODY, crowd, person, query, reference

SECRET = b"a secret of the tests"
ROWAN = query("Rowan Thistlewood")


@pytest.fixture(params=engines.ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with engines.empty(request.param, tmp_path) as place:
        made = create_engine(place.owner_url)
        search_metadata.create_all(made)
        yield made
        made.dispose()


def _found(index: SqlPeopleIndex, engine: Engine) -> list[bytes]:
    with engine.connect() as connection:
        found = index.find(connection, ROWAN, hidden=NOBODY)
        return [each.person for each in found.candidates]


def test_another_process_finds_a_person_as_soon_as_committed(engine: Engine) -> None:
    one, other = SqlPeopleIndex(SECRET), SqlPeopleIndex(SECRET)
    with engine.begin() as connection:
        one.put(connection, crowd(200))
    assert _found(other, engine) == []

    with engine.begin() as connection:
        one.put(connection, [person(1, "Rowan Thistlewood")])

    assert _found(other, engine) == [reference(1)]


def test_what_is_rolled_back_was_never_there(engine: Engine) -> None:
    index, other = SqlPeopleIndex(SECRET), SqlPeopleIndex(SECRET)
    with engine.connect() as connection:
        index.put(connection, [person(1, "Rowan Thistlewood")])
        assert index.find(connection, ROWAN, hidden=NOBODY).strength is Strength.STRONG
        connection.rollback()
    with engine.begin() as connection:
        other.put(connection, [person(2, "Rowan Cattermole")])

    assert _found(index, engine) == []
    with engine.connect() as connection:
        found = index.find(connection, query("Rowan Catermole"), hidden=NOBODY)
        assert [each.person for each in found.candidates] == [reference(2)]


def test_a_process_forgets_the_names_of_those_removed(engine: Engine) -> None:
    one, other = SqlPeopleIndex(SECRET), SqlPeopleIndex(SECRET)
    with engine.begin() as connection:
        one.put(connection, [*crowd(200), person(1, "Rowan Thistlewood")])
    assert _found(other, engine) == [reference(1)]

    with engine.begin() as connection:
        one.remove(connection, [reference(1)])

    assert _found(other, engine) == []
    assert not any(
        "thistlewood" in vars(other._vocabulary)[part] for part in ("texts", "_places", "_ordered")
    )


def test_removing_everybody_leaves_nothing_in_the_database(engine: Engine) -> None:
    index = SqlPeopleIndex(SECRET)
    people = crowd(150)

    with engine.begin() as connection:
        index.put(connection, people)
        index.put(connection, people[:40])
        index.remove(connection, [each.person for each in people])

    with engine.connect() as connection:
        for table in (person_key, person_feature, name_token):
            assert connection.execute(select(table)).all() == []


def test_nothing_is_kept_in_plain_that_names_an_identifier(engine: Engine) -> None:
    index = SqlPeopleIndex(SECRET)
    with engine.begin() as connection:
        index.put(connection, [person(1, identifiers=(("nhs_number", "9434765919"),))])

    with engine.connect() as connection:
        kept = [
            *connection.execute(select(person_feature)),
            *connection.execute(select(name_token)),
        ]

    assert "9434765919" not in repr(kept)
    assert (9434765919).to_bytes(8, "little") not in b"".join(
        bytes(each.features) for each in kept if hasattr(each, "features")
    )
