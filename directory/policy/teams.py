"""What a service's own desk is shown of its teams."""

from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access
from directory.domain.teams import OwnTeam
from directory.domain.vocabulary import Service
from directory.policy.disclosed import SEAL, Disclosed, NotDisclosed
from directory.policy.disclosure import viewer_of
from directory.policy.permissions import Action, allows


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedTeam(Disclosed):
    """One team of the viewer's own service; `leads` counts what goes on under it."""

    team: UUID
    name: str
    organisation: str
    duty_line: str
    out_of_hours_line: str
    leads: int


def disclose_team(access: Access, service: Service, found: OwnTeam) -> DisclosedTeam:
    """Return the team of `service`; NotDisclosed for any service but one's own."""
    if not allows(access.role, Action.UPKEEP) or service is not access.service:
        raise NotDisclosed("a desk is shown its own service's teams alone")
    return DisclosedTeam(
        viewer=viewer_of(access),
        seal=SEAL,
        team=found.reference,
        name=found.name,
        organisation=found.organisation,
        duty_line=found.lines.duty_line,
        out_of_hours_line=found.lines.out_of_hours_line,
        leads=found.leads,
    )
