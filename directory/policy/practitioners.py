"""What a service's own desk is shown of its practitioners."""

from directory.domain.access import Access
from directory.domain.practitioners import Colleague
from directory.domain.vocabulary import Service
from directory.policy.disclosed import SEAL, DisclosedColleague, NotDisclosed
from directory.policy.disclosure import viewer_of
from directory.policy.permissions import Action, allows


def disclose_colleague(access: Access, service: Service, found: Colleague) -> DisclosedColleague:
    """Return the practitioner of `service`; NotDisclosed for any service but one's own."""
    if not allows(access.role, Action.UPKEEP) or service is not access.service:
        raise NotDisclosed("a desk is shown its own service's practitioners alone")
    return DisclosedColleague(
        viewer=viewer_of(access),
        seal=SEAL,
        practitioner=found.reference,
        name=found.name,
        role=found.role,
        team_name=found.team_name,
        phone=found.contact.phone,
        email=found.contact.email,
        leads=found.leads,
        has_left=not found.works_on(access.today),
        left_on=found.left_on,
        may_come_back=found.said_here,
    )
