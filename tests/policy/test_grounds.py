import pytest

from directory.domain.vocabulary import Lifecycle, Purpose, Relationship, Role
from directory.policy.permissions import may_be_told_of, purposes_on

WORKER = Role.CHILDRENS_SOCIAL_WORKER
CLAIMABLE = (Purpose.CHILD_PROTECTION, Purpose.CHILD_IN_NEED, Purpose.TRIAGE)


@pytest.mark.parametrize("ground", [Relationship.CLAIMED, Relationship.NONE])
def test_a_claim_bears_only_what_may_be_claimed(ground: Relationship) -> None:
    assert purposes_on(WORKER, ground) == CLAIMABLE


@pytest.mark.parametrize("ground", [Relationship.ALLOCATED, Relationship.TEAM])
def test_another_ground_bears_all_of_the_roles_purposes(ground: Relationship) -> None:
    assert purposes_on(WORKER, ground) == (*CLAIMABLE, Purpose.EARLY_HELP)


@pytest.mark.parametrize("ground", [Relationship.ENQUIRY, Relationship.NONE])
def test_an_enquiry_bears_the_purposes_of_the_front_door(ground: Relationship) -> None:
    assert purposes_on(Role.FRONT_DOOR, ground) == (
        Purpose.TRIAGE,
        Purpose.CHILD_PROTECTION,
        Purpose.CHILD_IN_NEED,
    )


def test_a_role_that_may_not_claim_keeps_its_purposes_on_every_ground() -> None:
    assert purposes_on(Role.TEAM_MANAGER, Relationship.NONE) == (
        Purpose.CHILD_PROTECTION,
        Purpose.CHILD_IN_NEED,
        Purpose.EARLY_HELP,
    )


def test_a_role_without_purposes_has_none_on_any_ground() -> None:
    assert {purposes_on(Role.ADMINISTRATOR, each) for each in Relationship} == {()}


def test_an_archived_person_is_told_of_to_an_investigation_alone() -> None:
    told = {role for role in Role if may_be_told_of(role, Lifecycle.ARCHIVED)}

    assert told == {Role.IG_LEAD}


@pytest.mark.parametrize("lifecycle", [Lifecycle.MERGED, Lifecycle.ADOPTED_SEVERED])
def test_a_merged_or_severed_person_is_told_of_to_nobody(lifecycle: Lifecycle) -> None:
    assert not any(may_be_told_of(role, lifecycle) for role in Role)


@pytest.mark.parametrize("lifecycle", [Lifecycle.UNBORN, Lifecycle.LIVE, Lifecycle.DECEASED])
def test_any_other_person_is_told_of_to_every_role_that_finds_them(lifecycle: Lifecycle) -> None:
    assert all(may_be_told_of(role, lifecycle) for role in Role)
