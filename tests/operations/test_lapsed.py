"""Whoever lapsed keeps the common lines for what cannot wait, and emergency access."""

from uuid import UUID

import pytest

from directory.domain.access import Access
from directory.domain.accounts import SecondFactor
from directory.domain.emergency import EmergencyReason
from directory.domain.events import Event
from directory.domain.gates import Gate
from directory.domain.vocabulary import Purpose, Service, State
from directory.operations import emergency, families
from directory.operations.gates import withdraw_gate
from directory.policy.gates import GatesClosed
from directory.policy.permissions import Action
from tests.factories import EWAN
from tests.operations.accounts_world import World, operator
from tests.operations.audit_world import ASHA_EMAIL, asha, council
from tests.operations.family_world import search

BEGINS_WITH = council


def lapse(here: World) -> None:
    account = here.account(ASHA_EMAIL).reference
    withdraw_gate(
        here.ledger,
        operator(),
        account=account,
        gate=Gate.TRAINING,
        rule=SecondFactor.OPTIONAL,
    )


def looking(here: World, access: Access, purpose: Purpose) -> UUID:
    return families.give_purpose(
        here.ledger,
        access,
        person=EWAN,
        look_up=search(here, access, name="Blake").reference,
        purpose=purpose,
        reason="duty call 4411",
    )


def states(here: World, access: Access, where: UUID) -> set[State]:
    board = families.view_board(here.ledger, access, viewing=where).board
    return {line.state for member in board.members for line in member.lines}


def in_emergency(here: World, access: Access, where: UUID) -> None:
    """Open emergency access to the family that is looked at."""
    emergency.open_emergency(
        here.ledger,
        access,
        viewing=where,
        reason=EmergencyReason.RISK_TO_LIFE,
        words="who saw him last",
        rule=SecondFactor.OPTIONAL,
    )


def test_an_enquiry_that_cannot_wait_is_given_every_common_line_and_no_more(here: World) -> None:
    access = asha(here)
    lapse(here)

    where = looking(here, access, Purpose.CHILD_PROTECTION)

    assert states(here, access, where) == {State.CONTACT_THROUGH_BROKER}


@pytest.mark.parametrize("purpose", [Purpose.CHILD_IN_NEED, Purpose.EARLY_HELP])
def test_what_can_wait_is_shown_nothing_of(here: World, purpose: Purpose) -> None:
    access = asha(here)
    lapse(here)

    with pytest.raises(GatesClosed):
        looking(here, access, purpose)


def test_a_board_that_was_open_closes_with_the_gate(here: World) -> None:
    access = asha(here)
    where = looking(here, access, Purpose.CHILD_IN_NEED)
    before = states(here, access, where)

    lapse(here)

    assert before
    with pytest.raises(GatesClosed):
        families.view_board(here.ledger, access, viewing=where)


def test_emergency_access_yields_nothing_to_a_lapse(here: World) -> None:
    access = asha(here)
    where = looking(here, access, Purpose.CHILD_PROTECTION)
    whole = states(here, access, where)
    lapse(here)

    in_emergency(here, access, where)

    assert states(here, access, where) == whole


def test_no_unit_of_work_but_one_that_shows_people_asks_for_gates(here: World) -> None:
    access = asha(here)
    lapse(here)

    with here.ledger.entry(access, Event.SESSIONS_LISTED, action=Action.SESSION_OWN) as work:
        assert work.agencies.profiles().keys() == {
            Service.CHILDRENS_SOCIAL_CARE,
            Service.HOUSING,
        }
        assert work.closed_gates == ()
