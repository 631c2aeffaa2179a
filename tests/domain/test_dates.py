from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.domain.dates import (
    MalformedDate,
    Period,
    age_on,
    end_of_working_day,
    local_day,
    months_before,
    parse_day,
)
from tests.domain.laws import LAW

CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 6)})
NO_HOLIDAYS: frozenset[date] = frozenset()

days = st.dates(min_value=date(1900, 1, 2), max_value=date(2100, 12, 31))
minutes = st.integers(0, 15 * 365 * 24 * 60)
moments = minutes.map(lambda each: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=each))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2015-03-27", "27/03/2015", "27/3/2015", "27.03.2015", "27-03-2015", " 27 03 2015 "],
)
def test_a_day_is_read_day_first_or_as_iso(text: str) -> None:
    assert parse_day(text) == date(2015, 3, 27)


@pytest.mark.parametrize("text", ["", "27/03/15", "15-03-27", "27 March 2015", "2015", "3/2015"])
def test_a_day_without_its_whole_year_or_in_words_is_refused(text: str) -> None:
    with pytest.raises(MalformedDate, match="such as 27/03/2015"):
        parse_day(text)


@pytest.mark.parametrize("text", ["٢٧/٠٣/٢٠١٥", "２７/０３/２０１５"])  # noqa: RUF001 - digits that are none of ours
def test_a_day_in_the_digits_of_another_script_is_refused(text: str) -> None:
    with pytest.raises(MalformedDate):
        parse_day(text)


@pytest.mark.parametrize("text", ["31/02/2015", "00/03/2015", "03/27/2015", "2015-13-01"])
def test_a_day_that_the_calendar_has_not_is_refused(text: str) -> None:
    with pytest.raises(MalformedDate, match="calendar"):
        parse_day(text)


@pytest.mark.parametrize("text", ["01/01/1900", "1900-01-01", "31/12/1899", "27/03/0015"])
def test_a_stand_in_for_an_unknown_day_is_refused(text: str) -> None:
    with pytest.raises(MalformedDate, match="too long ago"):
        parse_day(text)


def test_the_day_after_the_stand_in_is_taken() -> None:
    assert parse_day("02/01/1900") == date(1900, 1, 2)


@LAW
@given(day=days)
def test_a_day_written_either_way_is_read_back(day: date) -> None:
    assert parse_day(day.isoformat()) == parse_day(day.strftime("%d/%m/%Y")) == day


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2012, 2, 29), date(2013, 2, 28), 0),
        (date(2012, 2, 29), date(2013, 3, 1), 1),
        (date(2012, 2, 29), date(2016, 2, 28), 3),
        (date(2012, 2, 29), date(2016, 2, 29), 4),
        (date(2017, 3, 27), date(2026, 3, 26), 8),
        (date(2017, 3, 27), date(2026, 3, 27), 9),
        (date(2017, 3, 27), date(2017, 3, 26), -1),
    ],
)
def test_a_year_is_lived_on_the_birthday_and_in_a_common_year_on_1_march(
    birth: date, on: date, age: int
) -> None:
    assert age_on(birth, on) == age


@LAW
@given(birth=days, first=days, second=days)
def test_nobody_grows_younger(birth: date, first: date, second: date) -> None:
    earlier, later = sorted([first, second])

    assert age_on(birth, earlier) <= age_on(birth, later)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 11, 24), 12, date(2025, 11, 24)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2027, 1, 31), 1, date(2026, 12, 31)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
        (date(2026, 11, 24), 60, date(2021, 11, 24)),
    ],
)
def test_months_back_are_clipped_to_the_month(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@LAW
@given(day=days, months=st.integers(0, 240))
def test_months_back_land_in_the_right_month_and_never_after_its_day(
    day: date, months: int
) -> None:
    assume(day.year > 1930)

    back = months_before(day, months)

    assert (day.year - back.year) * 12 + day.month - back.month == months
    assert back.day <= day.day


@LAW
@given(first=days, second=days, months=st.integers(0, 240))
def test_months_back_keep_the_order_of_days(first: date, second: date, months: int) -> None:
    assume(min(first, second).year > 1930)
    earlier, later = sorted([first, second])

    assert months_before(earlier, months) <= months_before(later, months)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-24T23:59:59", date(2026, 11, 24)),
        ("2026-11-25T00:00:00", date(2026, 11, 25)),
        ("2026-06-30T22:59:59", date(2026, 6, 30)),
        ("2026-06-30T23:00:00", date(2026, 7, 1)),
        ("2026-03-29T00:59:59", date(2026, 3, 29)),
        ("2026-10-24T23:00:00", date(2026, 10, 25)),
        ("2026-10-25T23:59:59", date(2026, 10, 25)),
    ],
)
def test_a_moment_falls_on_the_day_that_london_has(at: str, day: date) -> None:
    assert local_day(moment(at)) == day


@pytest.mark.parametrize(
    ("at", "working_days", "holidays", "end"),
    [
        # Tuesday noon: Wednesday, Thursday and Friday count.
        ("2026-11-24T12:00", 3, NO_HOLIDAYS, "2026-11-28T00:00"),
        # Thursday: Friday, then over the weekend Monday and Tuesday.
        ("2026-11-26T12:00", 3, NO_HOLIDAYS, "2026-12-02T00:00"),
        # A claim made on a Saturday starts to count on Monday.
        ("2026-11-28T12:00", 1, NO_HOLIDAYS, "2026-12-01T00:00"),
        # Christmas Eve: 25th and 28th are holidays, 26th and 27th a weekend.
        ("2026-12-24T12:00", 3, CHRISTMAS, "2027-01-01T00:00"),
        ("2026-12-30T12:00", 2, CHRISTMAS, "2027-01-05T00:00"),
        # Maundy Thursday: Good Friday to Easter Monday do not count; summer time has begun.
        ("2026-04-02T12:00", 1, EASTER, "2026-04-07T23:00"),
        # The clocks go forward between Friday and Monday, and back in October.
        ("2026-03-27T12:00", 1, NO_HOLIDAYS, "2026-03-30T23:00"),
        ("2026-10-23T12:00", 1, NO_HOLIDAYS, "2026-10-27T00:00"),
        # Half past midnight in London is the evening before in UTC.
        ("2026-06-30T23:30", 1, NO_HOLIDAYS, "2026-07-02T23:00"),
        # No day at all is the end of this one, working or not.
        ("2026-11-28T12:00", 0, NO_HOLIDAYS, "2026-11-29T00:00"),
    ],
)
def test_working_days_pass_over_weekends_holidays_and_the_change_of_clocks(
    at: str, working_days: int, holidays: frozenset[date], end: str
) -> None:
    assert end_of_working_day(moment(at), days=working_days, holidays=holidays) == moment(end)


@LAW
@given(at=moments, working_days=st.integers(1, 10))
def test_a_working_day_ends_at_midnight_in_london_in_utc(at: datetime, working_days: int) -> None:
    end = end_of_working_day(at, days=working_days, holidays=CHRISTMAS)

    last = local_day(end) - timedelta(days=1)
    assert end.tzinfo is UTC
    assert local_day(end - timedelta(microseconds=1)) == last
    assert last.weekday() < 5
    assert last not in CHRISTMAS
    assert (last - local_day(at)).days >= working_days


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (None, None, True),
        (date(2026, 11, 24), None, True),
        (date(2026, 11, 25), None, False),
        (None, date(2026, 11, 25), True),
        (None, date(2026, 11, 24), False),
        (date(2026, 11, 24), date(2026, 11, 24), False),
    ],
)
def test_a_period_holds_its_start_and_not_its_end(
    start: date | None, end: date | None, *, holds: bool
) -> None:
    assert Period(start=start, end=end).holds(date(2026, 11, 24)) is holds


def test_the_last_day_of_a_period_is_the_one_before_its_end() -> None:
    assert Period(end=date(2026, 3, 1)).last_day() == date(2026, 2, 28)


def test_an_open_period_has_no_last_day() -> None:
    assert Period(start=date(2026, 3, 1)).last_day() is None
