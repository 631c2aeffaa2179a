from datetime import UTC, date, datetime

from tests.factories import access


def test_an_act_late_in_a_summer_evening_falls_on_the_next_day_in_london() -> None:
    assert access(at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC)).today == date(2026, 7, 1)
