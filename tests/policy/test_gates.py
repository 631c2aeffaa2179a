"""Which acts ask for gates, of whom."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from directory.domain.gates import Gate, GateState, Standing
from directory.domain.vocabulary import Level, Purpose, Role, Service, State
from directory.policy.gates import (
    OWN_SERVICE,
    SEES_PEOPLE,
    URGENT,
    GatesClosed,
    check_action,
    check_purpose,
    closed_to,
    is_gated,
    needed,
    urgent_purposes,
)
from directory.policy.modifiers import Question, Urgency, decide
from directory.policy.permissions import ACTIONS, VIEWING_ROLES, Action, purposes_for
from tests.factories import question, viewer
from tests.policy.questions import questions


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
        Action.RULES_READ,
        Action.RULES_PROPOSE,
        Action.RULES_DECIDE,
        Action.RETENTION_RUN,
        Action.CALLS_SWEEP,
        Action.ASSURANCE_KEEP,
        Action.MAIL_DOMAINS_JUDGE,
        Action.CORRECTIONS_OVERSEE,
        Action.CLAIMS_SAMPLE,
        Action.CALLS_ANSWER,
        Action.ROTA_KEEP,
        Action.PROGRAMMES_KEEP,
    }
)
PROTECTS_FIRST = frozenset(
    {
        Action.EMERGENCY_OPEN,
        Action.PROTECTION_ASK,
        Action.PROTECTION_READ,
        Action.PROTECTION_KEEP,
        Action.PROTECTION_COMPLETE,
        Action.PROTECTION_LIFT_AT_ONCE,
    }
)
"""Left open on purpose: a lapse must not keep anybody from protecting a family at once."""


@drawn(st.sampled_from(sorted(VIEWING_ROLES)), st.sampled_from(sorted(SEES_PEOPLE)), STANDINGS)
def test_a_gate_that_is_not_held_closes_every_act_that_does_not_lead_to_urgent_work(
    role: Role, action: Action, found: tuple[Standing, ...]
) -> None:
    closed = closed_to(role, found)
    leads = action in {Action.PEOPLE_FIND, Action.FAMILY_OPEN} and bool(urgent_purposes(role))

    assert closed == tuple(each for each in found if not each.state.is_open)
    if not closed or leads:
        check_action(role, action, closed)
        return
    with pytest.raises(GatesClosed) as raised:
        check_action(role, action, closed)
    assert raised.value.closed == closed


@drawn(st.sampled_from(sorted(VIEWING_ROLES)), st.sampled_from(Purpose), STANDINGS)
def test_what_can_wait_waits_until_the_gate_is_renewed(
    role: Role, purpose: Purpose, found: tuple[Standing, ...]
) -> None:
    closed = closed_to(role, found)

    if not closed or purpose in urgent_purposes(role):
        check_purpose(role, purpose, closed)
        return
    with pytest.raises(GatesClosed):
        check_purpose(role, purpose, closed)


def test_child_protection_triage_and_all_out_of_hours_work_are_urgent() -> None:
    assert urgent_purposes(Role.CHILDRENS_SOCIAL_WORKER) == URGENT
    assert urgent_purposes(Role.OUT_OF_HOURS) == set(purposes_for(Role.OUT_OF_HOURS))
    assert urgent_purposes(Role.ADULT_SOCIAL_WORKER) == set()
    assert urgent_purposes(Role.MATCHING_STEWARD) == set()


@pytest.mark.parametrize("action", sorted(set(Action) - SEES_PEOPLE))
def test_what_shows_nobody_asks_for_no_gate(action: Action) -> None:
    assert not any(is_gated(role, action) for role in Role)


def test_every_role_that_may_see_people_needs_every_gate() -> None:
    may = {role for role in Role if ACTIONS[role] & SEES_PEOPLE}

    assert {role for role in may if needed(role) != set(Gate)} == set()


def test_every_action_asks_for_gates_or_is_outside_of_them_on_purpose() -> None:
    placed = [*SEES_PEOPLE, *SHOWS_NOBODY, *PROTECTS_FIRST, *OWN_SERVICE]

    assert sorted(placed) == sorted(Action)


@drawn(questions())
def test_a_lapsed_gate_never_shows_more_than_a_held_one(question: Question) -> None:
    held = decide(replace(question, viewer=replace(question.viewer, lapsed=False)))
    lapsed = decide(replace(question, viewer=replace(question.viewer, lapsed=True)))

    keeps = question.viewer.purpose in urgent_purposes(question.viewer.role)
    most = min(held.level, Level.L1) if keeps else Level.L0
    assert lapsed.level <= most
    assert lapsed.visible == ()


@pytest.mark.parametrize("service", Service)
def test_what_cannot_wait_is_answered_with_the_common_line(service: Service) -> None:
    asked = question(service, viewer=viewer(lapsed=True))

    verdict = decide(asked)

    assert (verdict.level, verdict.state) == (Level.L1, State.CONTACT_THROUGH_BROKER)


def test_emergency_access_lifts_a_lapsed_gate() -> None:
    urgent = viewer(urgency=Urgency.EMERGENCY)

    assert decide(question(viewer=replace(urgent, lapsed=True))) == decide(question(viewer=urgent))
