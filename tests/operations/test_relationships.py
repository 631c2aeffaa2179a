"""The ground on which a user looks: claims, and whose they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.people import Family
from directory.domain.vocabulary import Purpose, Relationship, Role
from directory.operations.relationships import ReasonMissing, claim, ground
from directory.policy.permissions import Action
from tests.factories import EWAN, NOON
from tests.operations.accounts_world import World
from tests.operations.audit_world import asha
from tests.operations.family_world import worker

CLAIMED_UNTIL = NOON.replace(day=28, hour=0)  # Wednesday, Thursday, Friday


def state(here: World, access: Access, *, role: Role | None = None, reason: str = "duty") -> None:
    """Say, as the user in `role`, that they work with Ewan."""
    with here.ledger.entry(access, Event.PURPOSE_GIVEN, action=Action.PEOPLE_FIND) as work:
        acting = replace(access, role=role or access.role)
        claim(work, acting, EWAN, purpose=Purpose.TRIAGE, reason=reason)


def why(here: World, access: Access, *, role: Role | None = None) -> Relationship:
    """Return the user's ground, in `role`, for a family of one."""
    with here.ledger.entry(access, Event.PERSON_CHOSEN, action=Action.PEOPLE_FIND) as work:
        return ground(work, replace(access, role=role or access.role), Family.of_one(EWAN), EWAN)


def test_a_claim_holds_for_three_working_days(here: World) -> None:
    access = asha(here)
    state(here, access)

    last = replace(access, at=CLAIMED_UNTIL - timedelta(microseconds=1))
    assert why(here, last) is Relationship.CLAIMED
    assert why(here, replace(access, at=CLAIMED_UNTIL)) is Relationship.NONE


@pytest.mark.parametrize("roles", [(Role.FRONT_DOOR, None), (None, Role.FRONT_DOOR)])
def test_a_claim_and_an_enquiry_of_one_user_do_not_hide_each_other(
    here: World, roles: tuple[Role | None, ...]
) -> None:
    access = asha(here)

    for role in roles:
        state(here, access, role=role)

    assert why(here, access) is Relationship.CLAIMED
    assert why(here, access, role=Role.FRONT_DOOR) is Relationship.ENQUIRY


def test_anothers_claim_is_no_ground(here: World) -> None:
    state(here, asha(here))

    assert why(here, worker(here, Role.FAMILY_HELP_LEAD)) is Relationship.NONE


def test_a_role_that_makes_no_claims_has_no_ground_by_one(here: World) -> None:
    access = asha(here)
    state(here, access)

    assert why(here, access, role=Role.TEAM_MANAGER) is Relationship.NONE


def test_a_claim_needs_a_reason(here: World) -> None:
    with pytest.raises(ReasonMissing):
        state(here, asha(here), reason="  ")


def test_a_manager_claims_nothing(here: World) -> None:
    with pytest.raises(Refused):
        state(here, asha(here), role=Role.TEAM_MANAGER)
