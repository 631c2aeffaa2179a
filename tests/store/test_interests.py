"""Declared interests as the database keeps them, on both engines."""

from uuid import UUID

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
            store.meet_for(ASHA, people)

        kept = connection.execute(select(InterestPersonRow.account, InterestPersonRow.person)).all()
    assert {tuple(each) for each in kept} == {(ASHA, EWAN), (ASHA, LEAH)}
    assert len(kept) == 2
