"""A feed with claimed deliveries, each act in a unit of work of its own."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from directory.domain.extracts import Delivery
from directory.domain.vocabulary import Service
from directory.store.agencies import AgencyStore
from directory.store.engine import Database
from directory.store.extracts import ExtractStore
from directory.store.people import PeopleStore
from tests.factories import EWAN, LEAH, NOON, days_ago, profile, reference
from tests.operations.extracts_world import sealer

HOUSING = Service.HOUSING
AS_OF = days_ago(1)
HOUR_AGO = NOON - timedelta(hours=1)
Answer = TypeVar("Answer")
Given = ParamSpec("Given")


def set_up(database: Database) -> None:
    """Keep a housing feed, and two people of whom nothing is said yet."""
    with database.writing() as connection:
        AgencyStore(connection).keep_services([profile(HOUSING)])
        PeopleStore(connection, sealer()).new([EWAN, LEAH], NOON)


def within(
    database: Database,
    act: Callable[Concatenate[ExtractStore, Given], Answer],
    *arguments: Given.args,
    **named: Given.kwargs,
) -> Answer:
    """Return what a method of the store gives, in a unit of work of its own."""
    with database.writing() as connection:
        return act(ExtractStore(connection, sealer()), *arguments, **named)


def claimed(database: Database, number: int = 1, **differing: Any) -> Delivery:
    """Claim the feed, and return the delivery."""
    asked = {
        "token": reference(90 + number),
        "at": NOON,
        "stale": HOUR_AGO,
        "as_of": AS_OF,
        **differing,
    }
    found = within(database, ExtractStore.claim, HOUSING, **asked)
    assert found is not None
    return found


def show(database: Database, delivery: Delivery, as_of: date = AS_OF) -> bool:
    return within(database, ExtractStore.show, delivery, as_of=as_of, at=NOON, unmatched=0)
