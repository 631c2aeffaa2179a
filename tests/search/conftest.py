"""A people index on every shelf there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from directory.search.index import KeyedIndex
from directory.search.memory import MemoryIndex
from directory.search.people import Found, LinkDecision, Query, Searchable, SearchableLine
from directory.search.sql import SqlPeopleIndex
from directory.search.tables import search_metadata
from tests import engines
from tests.search.invented import NOBODY

MEMORY = "memory"
SECRET = b"a secret of the tests"


class Shelved:
    """One index with its connection, so that a test says only what it is about."""

    def __init__(self, index: KeyedIndex, connection: Connection) -> None:
        self.index = index
        self.connection = connection

    def put(self, *people: Searchable) -> None:
        self.index.put(self.connection, people)

    def remove(self, *people: bytes) -> None:
        self.index.remove(self.connection, people)

    def find(self, query: Query, hidden: frozenset[bytes] = NOBODY) -> Found:
        return self.index.find(self.connection, query, hidden=hidden)

    def people(self, query: Query, hidden: frozenset[bytes] = NOBODY) -> list[int]:
        found = self.find(query, hidden).candidates
        return [int.from_bytes(each.person, "big") for each in found]

    def link(self, line: SearchableLine, guarded: frozenset[bytes] = NOBODY) -> LinkDecision:
        return self.index.link(self.connection, line, guarded=guarded)


@contextmanager
def shelved_on(kind: str, folder: Path) -> Iterator[Shelved]:
    """Yield an empty index on a `kind` of shelf."""
    if kind == MEMORY:
        with create_engine("sqlite://").connect() as connection:
            yield Shelved(MemoryIndex(SECRET), connection)
        return
    with engines.empty(kind, folder) as place:
        engine = create_engine(place.owner_url)
        search_metadata.create_all(engine)
        with engine.connect() as connection:
            yield Shelved(SqlPeopleIndex(SECRET), connection)
        engine.dispose()


@pytest.fixture(params=[MEMORY, *engines.ENGINES])
def shelved(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelved]:
    """Yield an empty index on each kind of shelf in turn."""
    with shelved_on(request.param, tmp_path) as ready:
        yield ready


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Shelved]:
    """Yield an empty index in memory, for what is the same on every shelf."""
    with shelved_on(MEMORY, tmp_path) as ready:
        yield ready
