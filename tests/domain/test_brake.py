"""A file that takes too much away is stopped; one of a small or new feed never is."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.brake import Ground, Involved, Reached, Share, Toll, number_of
from tests.domain.laws import LAW
from tests.factories import TODAY, days_ago

WHOLE = Toll(standing=100, last=100, lines=100, involvements=100)


def toll(**differing: Any) -> Toll:
    """Return what a file of a hundred lines takes away: nothing, but for what differs."""
    return replace(WHOLE, **differing)


INVOLVED = Involved(key=1, started=None, last_involved=None, ended=None, said_on=None)
days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
maybe = st.none() | days
counts = st.integers(0, 500)
shares = st.builds(Share, lost=counts, of=counts)
tolls = st.builds(
    Toll,
    standing=counts,
    last=counts,
    lines=counts,
    involvements=counts,
    ended=counts,
    held=counts,
    blanked=counts,
    practitioners=shares,
    teams=shares,
)


def test_a_file_that_takes_nothing_away_goes_on() -> None:
    assert WHOLE.grounds == Toll().grounds == ()


@pytest.mark.parametrize("lost", ["ended", "held", "blanked"])
def test_more_than_a_fifth_of_the_involvements_is_too_much(lost: str) -> None:
    assert toll(**{lost: 20}).grounds == ()
    assert toll(**{lost: 21}).grounds == (Ground.INVOLVEMENTS,)


def test_what_is_taken_away_in_several_ways_counts_together() -> None:
    assert toll(ended=11, blanked=10).grounds == (Ground.INVOLVEMENTS,)


@pytest.mark.parametrize("who", ["practitioners", "teams"])
def test_more_than_a_fifth_without_a_contact_is_too_much(who: str) -> None:
    assert toll(**{who: Share(lost=2, of=10)}).grounds == ()
    assert toll(**{who: Share(lost=3, of=10)}).grounds == (Ground(who),)


def test_fewer_lines_than_four_fifths_of_the_last_file_are_too_few() -> None:
    assert toll(lines=80).grounds == ()
    assert toll(lines=79).grounds == (Ground.LINES,)


@given(tolls)
def test_a_small_feed_is_never_stopped_for_a_share(of: Toll) -> None:
    assert replace(of, standing=min(of.standing, 19)).grounds == ()


@LAW
@given(tolls, st.sampled_from(["ended", "held", "blanked"]), counts)
def test_taking_more_away_never_lets_a_file_go_on(of: Toll, what: str, more: int) -> None:
    changed: dict[str, Any] = {what: getattr(of, what) + more}
    worse = replace(of, **changed)

    assert set(of.grounds) <= set(worse.grounds)


def test_a_share_of_a_few_involvements_stops_nothing() -> None:
    assert toll(involvements=19, ended=19).grounds == ()
    assert toll(involvements=20, ended=20).grounds == (Ground.INVOLVEMENTS,)


def test_shares_add_up() -> None:
    assert Share(lost=1, of=2).and_more(lost=3, of=4) == Share(lost=4, of=6)


def test_a_file_has_a_number_of_six_digits_that_its_bytes_alone_give() -> None:
    one, other = (sha256(each).digest() for each in (b"one", b"other"))

    assert number_of(one) == number_of(one) != number_of(other)


@given(st.binary(min_size=32, max_size=32))
def test_a_number_always_has_six_digits(digest: bytes) -> None:
    assert 100_000 <= number_of(digest) <= 999_999


def test_an_involvement_that_left_the_file_had_its_last_day_on_the_day_before() -> None:
    assert INVOLVED.ended_by(TODAY) == TODAY


@LAW
@given(maybe, maybe, days)
def test_an_involvement_never_ends_before_what_is_known_of_it(
    started: date | None, last_involved: date | None, as_of: date
) -> None:
    ended = replace(INVOLVED, started=started, last_involved=last_involved).ended_by(as_of)

    assert ended >= as_of
    assert all(each < ended for each in (started, last_involved) if each)


@pytest.mark.parametrize(
    ("differing", "goes_on"),
    [
        ({}, True),
        ({"ended": TODAY}, False),
        ({"ended": TODAY + timedelta(days=1)}, True),
        ({"said_on": days_ago(1)}, True),
        ({"said_on": TODAY}, False),
    ],
)
def test_what_had_ended_or_was_said_since_is_not_ended_by_a_file(
    differing: dict[str, Any], *, goes_on: bool
) -> None:
    assert replace(INVOLVED, **differing).goes_on(TODAY) is goes_on


@pytest.mark.parametrize(
    ("by_lead", "by_duty_line", "keeps", "lost"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (False, True, True, False),
        (False, True, False, True),
        (False, False, False, False),
    ],
)
def test_a_contact_is_lost_with_the_best_there_was(
    *, by_lead: bool, by_duty_line: bool, keeps: bool, lost: bool
) -> None:
    reached = Reached(by_lead=by_lead, by_duty_line=by_duty_line)

    assert reached.is_lost(keeps_duty_line=keeps) is lost
