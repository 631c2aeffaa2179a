from datetime import date

import pytest

from tests.factories import TODAY, days_ago, practitioner


@pytest.mark.parametrize(
    ("left_on", "works"),
    [(None, True), (days_ago(-1), True), (days_ago(0), False), (days_ago(1), False)],
)
def test_a_practitioner_is_gone_from_the_day_they_left_on(
    left_on: date | None, *, works: bool
) -> None:
    assert practitioner(left_on=left_on).works_on(TODAY) is works
