"""When a practitioner is in, and who may stand in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.availability import (
    LONGEST_AWAY,
    Availability,
    AvailabilityFault,
    Away,
    Weekday,
    check_away,
)
from tests.factories import TODAY, days_ago, reference

KIM, KIT = reference(32), reference(38)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def away(start: date, end: date | None = None) -> Away:
    return Away(start=start, end=end, cover=None)


@given(start=days, length=st.integers(1, 60), day=days)
def test_somebody_is_away_from_the_first_day_to_the_one_before_they_are_back(
    start: date, length: int, day: date
) -> None:
    end = start + timedelta(days=length)
    gone = {start + timedelta(days=each) for each in range(length)}

    assert Availability(away=away(start, end)).is_away(day) == (day in gone)


@given(start=days, day=days)
def test_who_is_away_for_no_one_knows_how_long_is_away_from_the_first_day_on(
    start: date, day: date
) -> None:
    assert Availability(away=away(start)).is_away(day) == (day >= start)


@given(weekdays=st.frozensets(st.sampled_from(Weekday)), day=days)
def test_who_is_not_away_is_in_on_the_days_they_work_and_on_any_where_nobody_said(
    weekdays: frozenset[Weekday], day: date
) -> None:
    works = not weekdays or day.weekday() in {each.value for each in weekdays}

    assert Availability(weekdays=weekdays).is_in(day) == works


@given(day=days)
def test_nobody_is_in_while_they_are_away(day: date) -> None:
    assert not Availability(away=away(day)).is_in(day)


@pytest.mark.parametrize(
    ("absence", "reason"),
    [
        (Away(start=TODAY, end=None, cover=KIM), "cannot name the one who is away"),
        (away(TODAY, TODAY), "must end after it starts"),
        (away(days_ago(5), TODAY), "after today"),
        (away(TODAY, TODAY + LONGEST_AWAY + timedelta(days=1)), "must be shorter than a year"),
    ],
)
def test_nobody_is_away_so(absence: Away, reason: str) -> None:
    with pytest.raises(AvailabilityFault, match=reason):
        check_away(absence, practitioner=KIM, today=TODAY)


@pytest.mark.parametrize(
    "absence",
    [
        Away(start=TODAY, end=None, cover=KIT),
        away(days_ago(5), days_ago(-1)),
        away(TODAY, TODAY + LONGEST_AWAY),
    ],
)
def test_somebody_may_be_away_so(absence: Away) -> None:
    check_away(absence, practitioner=KIM, today=TODAY)
