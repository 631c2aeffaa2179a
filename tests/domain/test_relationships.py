from datetime import timedelta

import pytest

from directory.domain.relationships import CLAIM_WORKING_DAYS, OwnClaim, check_deciding
from tests.factories import ASHA, EWAN, NOON, claim

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


def test_a_claim_lapses_with_the_third_working_day() -> None:
    assert CLAIM_WORKING_DAYS == 3


def test_nobody_and_not_the_claimant_decides_on_a_claim() -> None:
    for by in (None, ASHA):
        with pytest.raises(OwnClaim):
            check_deciding(claim(account=ASHA), by)
    check_deciding(claim(account=ASHA), EWAN)
