"""How a gate stands on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from directory.domain.gates import Gate, GateFault, GateState, given, lapse_of, standings
from tests.factories import TODAY, held_gate

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
ORDER = [GateState.HELD, GateState.LAPSES_SOON, GateState.LAPSED]


def state(day: date, end: date) -> GateState:
    held = held_gate(start=date(2019, 1, 1), end=end)
    return standings([held], day=day, holidays=frozenset())[0].state


@drawn(DAYS, DAYS)
def test_a_gate_is_open_until_it_lapses_and_never_from_then_on(day: date, end: date) -> None:
    lapses = lapse_of(held_gate(start=date(2019, 1, 1), end=end), frozenset())

    assert state(day, end).is_open == (day < lapses)


@drawn(DAYS, DAYS, DAYS)
def test_a_gate_only_grows_older(one: date, other: date, end: date) -> None:
    earlier, later = sorted([one, other])

    assert ORDER.index(state(earlier, end)) <= ORDER.index(state(later, end))


@drawn(DAYS)
def test_a_lapse_begins_on_a_working_day_not_before_the_end(end: date) -> None:
    lapses = lapse_of(held_gate(start=date(2019, 1, 1), end=end), frozenset())

    assert lapses.weekday() < 5
    assert timedelta(0) <= lapses - end <= timedelta(days=2)


def test_a_gate_lapses_soon_in_its_last_fourteen_days() -> None:
    end = date(2026, 12, 21)

    days = [end - timedelta(days=15), end - timedelta(days=14), end]

    assert [state(day, end) for day in days] == ORDER


def test_what_was_never_given_is_missing() -> None:
    found = standings([], day=TODAY, holidays=frozenset())

    assert {each.gate: each.state for each in found} == dict.fromkeys(Gate, GateState.MISSING)


@pytest.mark.parametrize("evidence", ["", "two words", "9434765919", "x" * 41])
def test_evidence_is_a_reference_and_nothing_about_anybody(evidence: str) -> None:
    with pytest.raises(GateFault):
        given(gate=Gate.VETTING, today=TODAY, end=TODAY + timedelta(days=9), evidence=evidence)
