"""From whom protected people are kept, and by what somebody still works with them."""

import pytest

from directory.domain.vocabulary import Role, Service
from directory.policy.shielding import ALLOCATED_ROLES, UNSHIELDED, is_shielded, standing_of
from tests.factories import ASHA, ASHAS_TEAM, access, reference

WHERE = {"practitioner": reference(41), "team": ASHAS_TEAM, "service": Service.HOUSING}


@pytest.mark.parametrize("role", Role)
def test_everybody_is_shielded_but_officers_and_whoever_takes_files(role: Role) -> None:
    assert is_shielded(role) is (
        role not in {Role.RESTRICTION_OFFICER, Role.OPERATOR, Role.PROGRAMME}
    )


@pytest.mark.parametrize("role", Role)
def test_each_role_works_with_whom_its_own_post_reaches(role: Role) -> None:
    found = standing_of(access(role, **WHERE))

    assert found.account == ASHA
    assert (found.practitioner is not None) is (role in ALLOCATED_ROLES)
    assert (found.team is not None) is (role is Role.TEAM_MANAGER)
    assert (found.desk is not None) is (role is Role.SERVICE_LEAD)


def test_no_role_that_sees_people_is_unshielded() -> None:
    assert frozenset({Role.OPERATOR, Role.PROGRAMME, Role.RESTRICTION_OFFICER}) == UNSHIELDED
