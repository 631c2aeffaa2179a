"""Logged investigations as the database keeps them, on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from directory.domain.audit import Investigation
from directory.store.audit_tables import InvestigationRow
from directory.store.engine import Database
from directory.store.investigations import InvestigationStore
from directory.store.people import PeopleStore
from tests.factories import ASHA, EWAN, LEAH, NOON, reference
from tests.store.holders import account, accounts, sealer

OPENED = Investigation(
    reference=reference(61), account=ASHA, matter="IG-14", reason="A complaint", opened=NOON
)


@pytest.fixture
def store(database: Database) -> Iterator[InvestigationStore]:
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        yield InvestigationStore(connection, sealer())


def test_an_open_investigation_is_read_as_it_was_kept(store: InvestigationStore) -> None:
    store.keep(OPENED)

    assert store.open_for(ASHA, OPENED.reference) == OPENED


def test_somebody_else_s_investigation_is_not_read(store: InvestigationStore) -> None:
    store.keep(OPENED)

    assert store.open_for(reference(99), OPENED.reference) is None
    assert store.open_of(reference(99)) == ()


def test_open_investigations_are_listed_the_newest_first(store: InvestigationStore) -> None:
    newer = replace(OPENED, reference=reference(62), opened=NOON + timedelta(days=1))
    store.keep(OPENED)
    store.keep(newer)

    assert store.open_of(ASHA) == (newer, OPENED)


def test_an_ended_investigation_is_read_no_more(store: InvestigationStore) -> None:
    store.keep(OPENED)

    store.end(OPENED.reference, NOON)

    assert store.open_for(ASHA, OPENED.reference) is None
    assert store.open_of(ASHA) == ()


def test_an_investigation_names_nobody_until_it_does(database: Database) -> None:
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        store = InvestigationStore(connection, sealer())
        PeopleStore(connection, sealer()).new([EWAN, LEAH], NOON)
        store.keep(OPENED)
        store.name_person(OPENED.reference, EWAN, NOON)

        assert store.open_for(ASHA, OPENED.reference) == replace(OPENED, person=EWAN)
        assert store.open_of(ASHA) == (replace(OPENED, person=EWAN),)


def test_the_database_lets_an_investigation_name_nobody_else(database: Database) -> None:
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        PeopleStore(connection, sealer()).new([EWAN, LEAH], NOON)
        store = InvestigationStore(connection, sealer())
        store.keep(OPENED)
        store.name_person(OPENED.reference, EWAN, NOON)

    with pytest.raises(IntegrityError), database.writing() as connection:
        InvestigationStore(connection, sealer()).name_person(OPENED.reference, LEAH, NOON)


def test_a_reason_is_kept_sealed(database: Database) -> None:
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        InvestigationStore(connection, sealer()).keep(OPENED)

        kept = connection.scalar(select(InvestigationRow.reason))

    assert kept is not None
    assert OPENED.reason.encode() not in bytes(kept)
