"""The same people, put in the same order, give the same answers on every shelf."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from directory.search.people import Query, SearchableLine
from tests import engines
from tests.search.conftest import MEMORY, Shelved, shelved_on
from tests.search.invented import crowd, person, query, reference

QUERIES = (
    query("Ewan Blake"),
    query("Blake Ewen", age=9, age_is_about=True),
    query("Mohamed Kahn", postcode="BD4"),
    query("Obrien"),
    query("Zofja Nowack", birth=date(1980, 4, 12)),
    query("E Smith", birth_year=1976),
    query(birth=date(1963, 8, 12)),
    query("Patel", street="Mill Lane"),
    query(phone="07700 900003"),
    query(postcode="BD2 1AB", house="2"),
)


@pytest.fixture(params=engines.ENGINES)
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Shelved, Shelved]]:
    """Yield the index in memory and one on a database, with the same history behind them."""
    with ExitStack() as stack:
        both = tuple(
            stack.enter_context(shelved_on(kind, tmp_path)) for kind in (MEMORY, request.param)
        )
        for each in both:
            _live_through_the_same(each)
        yield both[0], both[1]


def _live_through_the_same(shelved: Shelved) -> None:
    shelved.put(*crowd(400))
    shelved.remove(*(reference(1_000 + each) for each in range(0, 400, 9)))
    shelved.put(*(person(1_000 + each, "Leah Cattermole") for each in range(1, 400, 50)))
    shelved.put(*crowd(20))


@pytest.mark.parametrize("asked", QUERIES)
def test_every_shelf_gives_the_same_answer(pair: tuple[Shelved, Shelved], asked: Query) -> None:
    memory, database = pair
    hidden = frozenset(reference(1_000 + each) for each in range(0, 400, 7))

    assert database.find(asked, hidden) == memory.find(asked, hidden)
    assert database.index.ranked(
        database.connection, asked, hidden=hidden, most=400
    ) == memory.index.ranked(memory.connection, asked, hidden=hidden, most=400)


def test_every_shelf_links_the_same_lines(pair: tuple[Shelved, Shelved]) -> None:
    lines = [
        SearchableLine(names=each.names, birth=each.birth, addresses=each.addresses)
        for each in crowd(80)
    ]

    memory, database = (
        each.index.link_many(each.connection, lines, guarded=frozenset()) for each in pair
    )

    assert database == memory
