"""What a service's own desk is shown of its involvements."""

from directory.domain.access import Access
from directory.domain.people import Person
from directory.domain.upkeep import Kept
from directory.policy.disclosed import SEAL, DisclosedKept, NotDisclosed
from directory.policy.disclosure import viewer_of
from directory.policy.permissions import Action, allows


def disclose_kept(access: Access, kept: Kept, person: Person | None) -> DisclosedKept:
    """Return the involvement with name and age; NotDisclosed for any service but one's own.

    Where the line itself does not name its `person`, name and age are the directory's.
    """
    if not allows(access.role, Action.UPKEEP) or kept.service is not access.service:
        raise NotDisclosed("a desk is shown its own service's involvements alone")
    name, birth = kept.name, kept.birth
    if name is None:
        if person is None:
            raise NotDisclosed("the line names nobody, and nobody is told of")
        name, birth = person.name, person.birth
    return DisclosedKept(
        viewer=viewer_of(access),
        seal=SEAL,
        line=kept.line,
        revision=kept.revision,
        name=name.full,
        age=birth.age(access.today) if birth else None,
        source_reference=kept.source_reference,
        team=kept.team.reference if kept.team else None,
        team_name=kept.team.name if kept.team else "",
        practitioner=kept.lead.reference if kept.lead else None,
        practitioner_name=kept.lead.name if kept.lead else "",
        has_left=kept.lead is not None and not kept.lead.works_on(access.today),
        started=kept.started,
        last_involved=kept.last_involved,
        ended=kept.ended,
        as_of=kept.as_of,
        confirmed_on=kept.confirmed_on,
    )
