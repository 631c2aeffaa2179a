from datetime import timedelta

import pytest

from tests.factories import NOON, claim

A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("after", "holds"),
    [
        (-A_MOMENT, False),
        (timedelta(0), True),
        (timedelta(days=3) - A_MOMENT, True),
        (timedelta(days=3), False),
    ],
)
def test_a_claim_holds_from_its_start_until_just_before_its_end(
    after: timedelta, *, holds: bool
) -> None:
    assert claim(start=NOON, end=NOON + timedelta(days=3)).holds(NOON + after) is holds
