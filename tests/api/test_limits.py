"""How often a programme may ask."""

from datetime import timedelta

from directory.api.limits import Limits
from tests.factories import NOON


def test_a_bucket_empties_and_fills_evenly_again() -> None:
    limits = Limits(per_minute=2)

    waits = [limits.wait("one", NOON) for _ in range(3)]

    assert waits == [0, 0, 30]
    assert limits.wait("one", NOON + timedelta(seconds=20)) == 10
    assert limits.wait("one", NOON + timedelta(seconds=31)) == 0
    assert limits.wait("one", NOON + timedelta(seconds=31)) > 0


def test_each_has_a_bucket_of_their_own_that_never_overflows() -> None:
    limits = Limits(per_minute=1)

    assert [limits.wait(who, NOON) for who in ("one", "other", "one")] == [0, 0, 60]
    later = NOON + timedelta(days=1)
    assert [limits.wait("one", later) for _ in range(2)] == [0, 60]


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    limits = Limits(per_minute=1)
    limits.wait("one", NOON)

    assert limits.wait("one", NOON - timedelta(hours=1)) == 60
