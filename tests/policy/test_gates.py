"""Which acts ask for gates, of whom."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from directory.domain.gates import Gate, GateState, Standing
from directory.domain.vocabulary import Role
from directory.policy.gates import SEES_PEOPLE, GatesClosed, check, is_gated, needed
from directory.policy.permissions import ACTIONS, VIEWING_ROLES, Action


def standings_of(states: list[GateState]) -> tuple[Standing, ...]:
    return tuple(Standing(gate=g, state=s) for g, s in zip(Gate, states, strict=True))


STANDINGS = st.lists(st.sampled_from(GateState), min_size=len(Gate), max_size=len(Gate)).map(
    standings_of
)

SHOWS_NOBODY = frozenset(
    {
        Action.AUDIT_VERIFY,
        Action.ACCOUNTS_MANAGE,
        Action.SESSION_HOLD,
        Action.SESSION_OWN,
        Action.COUNCIL_SET_UP,
        Action.EXTRACT_TAKE,
        Action.PRACTITIONER_LEAVE,
        Action.ALIASES_DECIDE,
        Action.ALIASES_SEEK,
        Action.INTERESTS_DECLARE,
        Action.EMERGENCY_REVIEW,
        Action.SHARING_READ,
        Action.SHARING_DRAFT,
        Action.SHARING_ACTIVATE,
    }
)
PROTECTS_FIRST = frozenset(
    {
        Action.EMERGENCY_OPEN,
        Action.PROTECTION_ASK,
        Action.PROTECTION_READ,
        Action.PROTECTION_KEEP,
        Action.PROTECTION_LIFT_AT_ONCE,
    }
)
"""Left open on purpose: a lapse must not keep anybody from protecting a family at once."""


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


def test_every_action_asks_for_gates_or_is_outside_of_them_on_purpose() -> None:
    placed = [*SEES_PEOPLE, *SHOWS_NOBODY, *PROTECTS_FIRST]

    assert sorted(placed) == sorted(Action)
