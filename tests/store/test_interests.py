"""Declared interests as the database keeps them, on both engines."""

from uuid import UUID

import pytest
from sqlalchemy import select

from directory.domain.restrictions import InterestKind
from directory.store.engine import Database
from directory.store.interests import InterestStore
from directory.store.people import PeopleStore
from directory.store.restriction_tables import InterestPersonRow
from tests.factories import ASHA, EWAN, LEAH, NOON, reference
from tests.store.holders import account, accounts, sealer


def test_whom_an_interest_is_about_is_kept_once(database: Database) -> None:
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        PeopleStore(connection, sealer()).new([EWAN, LEAH], NOON)
        store = InterestStore(connection, sealer())
        store.declare(ASHA, InterestKind.SELF, {"blake/ewan/2017-03-27"}, NOON)
        store.meet({EWAN: {"blake/ewan/2017-03-27"}})

        for people in ({EWAN, LEAH}, {LEAH}, set[UUID](), {reference(404)}):
            store.meet_for(ASHA, people, nobody=())

        kept = connection.execute(select(InterestPersonRow.account, InterestPersonRow.person)).all()
    assert {tuple(each) for each in kept} == {(ASHA, EWAN), (ASHA, LEAH)}
    assert len(kept) == 2


@pytest.mark.parametrize("meant", [(), (EWAN,), (EWAN, LEAH)])
def test_as_many_rows_are_kept_whoever_is_meant(
    database: Database, meant: tuple[UUID, ...]
) -> None:
    nobody = tuple(map(reference, (901, 902, 903)))
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        PeopleStore(connection, sealer()).new([EWAN, LEAH, *nobody], NOON)
        InterestStore(connection, sealer()).meet_for(ASHA, meant, nobody=nobody)

        kept = set(connection.scalars(select(InterestPersonRow.person)))

    assert len(kept) == 3
    assert kept - {*nobody} == {*meant}


def test_nobody_meant_is_left_out_where_they_are_many(database: Database) -> None:
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        PeopleStore(connection, sealer()).new([EWAN, LEAH, reference(901)], NOON)
        InterestStore(connection, sealer()).meet_for(ASHA, {EWAN, LEAH}, nobody={reference(901)})

        kept = set(connection.scalars(select(InterestPersonRow.person)))

    assert kept == {EWAN, LEAH}
