"""A desk is shown its own service's teams alone."""

import pytest

from directory.domain.teams import Lines, OwnTeam
from directory.domain.vocabulary import Role, Service
from directory.policy.disclosed import NotDisclosed
from directory.policy.teams import disclose_team
from tests.factories import access, reference

TEAM = OwnTeam(
    reference=reference(31),
    name="Hillside neighbourhood team",
    organisation="Hillside Homes",
    lines=Lines(duty_line="01632 960100", out_of_hours_line=""),
    leads=3,
)


def test_a_desk_is_shown_its_own_team() -> None:
    lead = access(role=Role.SERVICE_LEAD, service=Service.HOUSING)

    shown = disclose_team(lead, Service.HOUSING, TEAM)

    assert (shown.name, shown.duty_line, shown.leads) == (TEAM.name, "01632 960100", 3)


@pytest.mark.parametrize(
    ("role", "service"),
    [(Role.SERVICE_LEAD, Service.POLICE), (Role.CHILDRENS_SOCIAL_WORKER, Service.HOUSING)],
)
def test_nobody_else_is_shown_a_team_of_the_desk_s(role: Role, service: Service) -> None:
    with pytest.raises(NotDisclosed):
        disclose_team(access(role=role, service=service), Service.HOUSING, TEAM)
