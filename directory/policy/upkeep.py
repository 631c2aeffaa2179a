"""What a service's own desk is shown of its involvements."""

from directory.domain.access import Access
from directory.domain.people import Person
from directory.domain.upkeep import Kept
from directory.policy.disclosed import SEAL, DisclosedKept, NotDisclosed
from directory.policy.disclosure import disclose_found, viewer_of
from directory.policy.permissions import Action, allows


def disclose_kept(access: Access, kept: Kept, person: Person) -> DisclosedKept:
    """Return the involvement with name and age; NotDisclosed for any service but one's own."""
    found = kept.involvement
    if not allows(access.role, Action.UPKEEP) or found.service is not access.service:
        raise NotDisclosed("a desk is shown its own service's involvements alone")
    return DisclosedKept(
        viewer=viewer_of(access),
        seal=SEAL,
        line=kept.line,
        revision=kept.revision,
        person=disclose_found(access, person),
        source_reference=found.source_reference,
        team=found.team.reference if found.team else None,
        team_name=found.team.name if found.team else "",
        practitioner=found.lead.reference if found.lead else None,
        practitioner_name=found.lead.name if found.lead else "",
        has_left=found.lead is not None and not found.lead.works_on(access.today),
        started=found.started,
        last_involved=found.last_involved,
        ended=found.ended,
        as_of=found.as_of,
        confirmed_on=kept.confirmed_on,
    )
