"""Programs of their own that write to one database at once."""

import multiprocessing

from sqlalchemy import insert, select, update

from directory.store.engine import Database
from directory.store.line_tables import CounterRow
from tests import engines

_FORK = multiprocessing.get_context("fork")
_NAME = "shared"


def count_together(url: str, *, programs: int, times: int) -> int:
    """Have each program read the counter and then write one more, and return the last number."""
    with engines.opened(url) as database:
        with database.writing() as connection:
            connection.execute(insert(CounterRow).values(name=_NAME, next=0))
        counting = [_FORK.Process(target=_count, args=(url, times)) for _ in range(programs)]
        for program in counting:
            program.start()
        for program in counting:
            program.join()
        return counted(database)


def counted(database: Database) -> int:
    """Return how far the counter has come."""
    with database.reading() as connection:
        return connection.execute(select(CounterRow.next)).scalar_one()


def _count(url: str, times: int) -> None:
    with engines.opened(url) as database:
        for _ in range(times):
            with database.writing() as connection:
                number = connection.execute(select(CounterRow.next).with_for_update()).scalar_one()
                connection.execute(update(CounterRow).values(next=number + 1))
