"""What a service's own desk is shown is its own."""

from dataclasses import replace

import pytest

from directory.domain.access import Access
from directory.domain.upkeep import Kept
from directory.domain.vocabulary import Role, Service
from directory.policy.disclosed import NotDisclosed
from directory.policy.upkeep import disclose_kept
from tests.factories import NOON, involvement, person

LEAD = Access(at=NOON, role=Role.SERVICE_LEAD, service=Service.HOUSING)
KEPT = Kept(line=1, revision=1, involvement=involvement(Service.HOUSING))


@pytest.mark.parametrize(
    "other",
    [replace(LEAD, service=Service.POLICE), replace(LEAD, role=Role.CHILDRENS_SOCIAL_WORKER)],
)
def test_a_desk_is_shown_its_own_service_s_involvements_alone(other: Access) -> None:
    assert disclose_kept(LEAD, KEPT, person()).line == 1
    with pytest.raises(NotDisclosed):
        disclose_kept(other, KEPT, person())
