"""What both engines keep, refuse and isolate."""

from directory.store.engine import Database, is_superuser
from directory.store.schema import is_current


def test_the_application_is_no_superuser(database: Database) -> None:
    assert not is_superuser(database)


def test_a_new_database_is_current(database: Database) -> None:
    assert is_current(database)
