"""Which involvements are asked about, and which are unconfirmed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.confirmations import NEW_FOR, is_asked_about, is_unconfirmed
from tests.factories import TODAY, days_ago, involvement

past = st.none() | st.integers(0, 400).map(days_ago)
DAYS = 90


@given(started=past)
def test_somebody_of_a_family_is_always_asked_about(started: date | None) -> None:
    assert is_asked_about(started=started, in_family=True, today=TODAY)


@given(started=past)
def test_of_others_only_what_is_new_is_asked_about(started: date | None) -> None:
    is_new = started is not None and TODAY - started <= NEW_FOR

    assert is_asked_about(started=started, in_family=False, today=TODAY) == is_new


@given(confirmed=past, last=past, started=past)
def test_it_is_unconfirmed_once_nobody_said_anything_for_so_many_days(
    confirmed: date | None, last: date | None, started: date | None
) -> None:
    held = involvement(confirmed_on=confirmed, last_involved=last, started=started, ended=None)
    heard = [each for each in (confirmed, last, started) if each]

    found = is_unconfirmed(held, in_family=True, days=DAYS, today=TODAY)

    assert found == (bool(heard) and max(heard) < TODAY - timedelta(days=DAYS))


@given(ended=st.integers(0, 400).map(days_ago))
def test_what_has_ended_is_not_asked_about(ended: date) -> None:
    held = involvement(last_involved=days_ago(300), ended=ended)

    assert not is_unconfirmed(held, in_family=True, days=DAYS, today=TODAY)


def test_what_ends_in_time_to_come_is_still_to_be_confirmed() -> None:
    held = involvement(last_involved=days_ago(300), ended=days_ago(-1))

    assert is_unconfirmed(held, in_family=True, days=DAYS, today=TODAY)


def test_one_of_four_hundred_tenancies_is_never_unconfirmed() -> None:
    held = involvement(last_involved=days_ago(300))

    assert not is_unconfirmed(held, in_family=False, days=DAYS, today=TODAY)
