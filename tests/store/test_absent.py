"""Lines that a file lacks, as they are staged and as the release before finds them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from directory.domain.extracts import Delivery
from directory.store.engine import Database
from directory.store.extracts import ExtractStore
from directory.store.schema import upgrade
from tests import engines
from tests.store.deliveries import HOUSING, claimed, set_up, show, within
from tests.store.test_extracts import said, settled, stage, standing
from tests.store.test_migrations import STEPS, down


def held(database: Database) -> None:
    """Let a line be held that a first delivery brought."""
    set_up(database)
    first = claimed(database)
    stage(database, first, settled(said()))
    show(database, first)
    second = claimed(database, 2)
    key = standing(database)["TEN/1"].key

    def hold(store: ExtractStore, delivery: Delivery) -> None:
        store.absent.hold(delivery, [key], first=store.reserve(1))

    within(database, hold, second)
    show(database, second)


def test_a_line_that_is_held_stands_as_whose_it_was(database: Database) -> None:
    held(database)

    found = standing(database)["TEN/1"]

    assert (found.person, found.digest) == (settled(said()).person, bytes(16))
    assert within(database, ExtractStore.waiting, HOUSING) == 0
    assert within(database, ExtractStore.unmatched, HOUSING) == 1


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_a_line_that_is_held_stands_again_in_the_release_before(
    engine: str, tmp_path: Path
) -> None:
    with engines.empty(engine, tmp_path) as place, engines.opened(place.owner_url) as database:
        upgrade(database)
        held(database)

        down(database, STEPS[STEPS.index("0024") - 1])

        with database.reading() as connection:
            rows = connection.execute(text("select state, visible_until from line")).all()
        assert [tuple(each) for each in rows] == [("linked", 2**31 - 1)]
