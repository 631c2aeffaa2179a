"""A call pages whoever is on duty, then the next person, until somebody answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.rota import NEXT_AFTER, EndsBeforeItStarts, Paging, Turn, to_page
from tests.factories import NOON, reference

FIRST, SECOND, THIRD = reference(81), reference(82), reference(83)
OFFICERS = (THIRD, FIRST, SECOND)
HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)
NEW = Paging()


def turn(account: UUID, *, begins: int = -1, hours: int = 2) -> Turn:
    start = NOON + begins * HOUR
    return Turn(reference=reference(90), account=account, start=start, end=start + hours * HOUR)


def paged(*accounts: UUID) -> Paging:
    return Paging(paged=frozenset(accounts), last_at=NOON - NEXT_AFTER)


def test_whoever_is_on_duty_is_paged_alone() -> None:
    turns = [turn(SECOND, begins=1), turn(FIRST)]

    assert to_page(NEW, turns, OFFICERS, at=NOON) == (FIRST,)


def test_without_a_rota_every_officer_is_paged() -> None:
    assert to_page(NEW, [], OFFICERS, at=NOON) == tuple(sorted(OFFICERS))


def test_between_turns_the_next_on_the_rota_is_paged() -> None:
    turns = [turn(THIRD, begins=3), turn(SECOND, begins=1)]

    assert to_page(NEW, turns, OFFICERS, at=NOON) == (SECOND,)


def test_a_turn_includes_its_start_and_not_its_end() -> None:
    one = turn(FIRST)

    assert one.covers(one.start)
    assert one.covers(one.end - MOMENT)
    assert not one.covers(one.end)


def test_a_turn_of_no_length_is_refused() -> None:
    with pytest.raises(EndsBeforeItStarts):
        turn(FIRST, hours=0)


def test_the_next_person_is_paged_at_ten_minutes_and_not_before() -> None:
    turns = [turn(FIRST), turn(SECOND, begins=1)]
    waiting = Paging(paged=frozenset({FIRST}), last_at=NOON)

    assert to_page(waiting, turns, OFFICERS, at=NOON + NEXT_AFTER - MOMENT) == ()
    assert to_page(waiting, turns, OFFICERS, at=NOON + NEXT_AFTER) == (SECOND,)


def test_after_the_rota_every_officer_left_is_paged() -> None:
    turns = [turn(FIRST), turn(SECOND, begins=1)]

    assert to_page(paged(FIRST, SECOND), turns, OFFICERS, at=NOON) == (THIRD,)


def test_once_all_were_paged_whoever_is_on_duty_is_paged_again() -> None:
    assert to_page(paged(*OFFICERS), [turn(FIRST)], OFFICERS, at=NOON) == (FIRST,)


def test_an_answered_call_pages_nobody() -> None:
    answered = replace(paged(FIRST), answered_at=NOON)

    assert to_page(answered, [turn(SECOND)], OFFICERS, at=NOON + HOUR) == ()


def test_an_account_that_is_no_officers_any_more_is_never_paged() -> None:
    assert to_page(NEW, [turn(FIRST)], [SECOND], at=NOON) == (SECOND,)


@given(
    before=st.sets(st.sampled_from(OFFICERS)),
    turns=st.lists(st.builds(turn, st.sampled_from(OFFICERS), begins=st.integers(-5, 5))),
)
def test_a_call_that_is_due_always_pages_an_officer(
    before: set[UUID], turns: Sequence[Turn]
) -> None:
    told = to_page(paged(*before), turns, OFFICERS, at=NOON)

    assert told
    assert set(told) <= set(OFFICERS)


@given(turns=st.lists(st.builds(turn, st.sampled_from(OFFICERS), begins=st.integers(-5, 5))))
def test_within_as_many_pages_as_officers_all_were_paged(turns: Sequence[Turn]) -> None:
    paging = NEW

    for _ in OFFICERS:
        told = to_page(paging, turns, OFFICERS, at=NOON)
        paging = paged(*paging.paged, *told)

    assert paging.paged == frozenset(OFFICERS)
