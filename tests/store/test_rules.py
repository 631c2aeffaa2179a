"""What holds of services' rules is the same whether the store picks it or the domain does."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from directory.domain.rules import SHIPPED, Change, Rule, Slot, Standing
from directory.domain.vocabulary import Service
from directory.store.engine import Database
from directory.store.rules import RuleStore
from tests.factories import NOON, TODAY, days_ago, reference
from tests.store.holders import account, accounts

INES, DELE = reference(81), reference(82)
OLDEST = Slot(rule=Rule.OLDEST, service=Service.SCHOOL)
MEANING = Slot(rule=Rule.MEANING, service=Service.HOUSING)
HELD = Change(
    reference=reference(90),
    slot=OLDEST,
    value="25",
    effective=days_ago(30),
    why="care leavers",
    proposed_by=INES,
    proposed_at=NOON - timedelta(days=60),
)
CHANGES = (
    (HELD, NOON - timedelta(days=50)),
    (replace(HELD, value="24", proposed_at=NOON - timedelta(days=70)), NOON - timedelta(days=40)),
    (replace(HELD, value="23", effective=days_ago(31)), NOON - timedelta(days=35)),
    (replace(HELD, value="22", effective=days_ago(-1)), NOON - timedelta(days=5)),
    (replace(HELD, slot=Slot(rule=Rule.NO_MATCH), value="Ring us."), NOON - timedelta(days=45)),
    (replace(HELD, slot=MEANING, value="The last visit."), NOON - timedelta(days=45)),
    (replace(HELD, value="21"), None),
)
"""Changes with when they were agreed to, None for one that waits."""


def keep(database: Database) -> None:
    with accounts(database) as store:
        for each in (INES, DELE):
            store.create(account(reference=each, email=f"{each}@council.example"))
    with database.writing() as connection:
        rules = RuleStore(connection)
        for number, (change, at) in enumerate(CHANGES):
            kept = replace(change, reference=UUID(int=HELD.reference.int + number))
            rules.propose(kept)
            if at is not None:
                agreed = replace(kept, standing=Standing.AGREED, decided_by=DELE, decided_at=at)
                rules.decide(agreed)


def test_the_services_asked_for_follow_the_rules_in_force_on_each_day(database: Database) -> None:
    keep(database)
    days = [days_ago(each) for each in (32, 31, 30, 0, -1)]

    with database.reading() as connection:
        store = RuleStore(connection)
        picked = [store.of_services(tuple(Service), day) for day in days]
        whole = [store.in_force(day).services for day in days]

    assert picked == whole
    assert [each[Service.SCHOOL].oldest for each in picked] == [20, 23, 24, 24, 22]
    assert picked[-1][Service.HOUSING].meaning == "The last visit."


def test_nothing_is_told_of_services_that_were_not_asked_for(database: Database) -> None:
    keep(database)

    with database.reading() as connection:
        found = RuleStore(connection).of_services([Service.POLICE], TODAY)

    assert found == {Service.POLICE: SHIPPED[Service.POLICE]}
