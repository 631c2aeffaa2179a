"""What a service's own desk is shown of its practitioners is its own."""

from dataclasses import replace

import pytest

from directory.domain.access import Access
from directory.domain.practitioners import Colleague, Contact
from directory.domain.vocabulary import Role, Service
from directory.policy.disclosed import NotDisclosed
from directory.policy.practitioners import disclose_colleague
from tests.factories import NOON, TODAY, reference

LEAD = Access(at=NOON, role=Role.SERVICE_LEAD, service=Service.HOUSING)
KIM = Colleague(
    reference=reference(1),
    name="Kim Doyle",
    role="Housing officer",
    team_name="Hillside",
    contact=Contact(phone="01632 960123", email="kim@homes.example"),
    leads=3,
    left_on=TODAY,
)


@pytest.mark.parametrize(
    "other",
    [replace(LEAD, service=Service.POLICE), replace(LEAD, role=Role.CHILDRENS_SOCIAL_WORKER)],
)
def test_a_desk_is_shown_its_own_service_s_practitioners_alone(other: Access) -> None:
    shown = disclose_colleague(LEAD, Service.HOUSING, KIM)

    assert (shown.name, shown.leads, shown.has_left) == ("Kim Doyle", 3, True)
    with pytest.raises(NotDisclosed):
        disclose_colleague(other, Service.HOUSING, KIM)
