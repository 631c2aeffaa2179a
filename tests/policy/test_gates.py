"""Which acts ask for gates, of whom."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from directory.domain.gates import Gate, GateState, Standing
from directory.domain.vocabulary import Role
from directory.policy.gates import SEES_PEOPLE, GatesClosed, check, is_gated, needed
from directory.policy.permissions import ACTIONS, VIEWING_ROLES, Action

STANDINGS = st.lists(st.sampled_from(GateState), min_size=len(Gate), max_size=len(Gate)).map(
    lambda states: tuple(Standing(gate=g, state=s) for g, s in zip(Gate, states, strict=True))
)


@drawn(st.sampled_from(sorted(VIEWING_ROLES)), st.sampled_from(sorted(SEES_PEOPLE)), STANDINGS)
def test_a_gate_that_is_not_held_never_shows_anybody(
    role: Role, action: Action, found: tuple[Standing, ...]
) -> None:
    closed = tuple(each for each in found if not each.state.is_open)

    if not closed:
        check(role, action, found)
        return
    with pytest.raises(GatesClosed) as raised:
        check(role, action, found)
    assert raised.value.closed == closed


@pytest.mark.parametrize("action", sorted(set(Action) - SEES_PEOPLE))
def test_what_shows_nobody_asks_for_no_gate(action: Action) -> None:
    assert not any(is_gated(role, action) for role in Role)


def test_every_role_that_may_see_people_needs_every_gate() -> None:
    may = {role for role in Role if ACTIONS[role] & SEES_PEOPLE}

    assert {role for role in may if needed(role) != set(Gate)} == set()
