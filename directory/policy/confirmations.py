"""What a practitioner is shown of the involvements that name them."""

from dataclasses import dataclass

from directory.domain.access import Access
from directory.domain.people import Person
from directory.domain.upkeep import Kept
from directory.policy.disclosed import SEAL, Disclosed, NotDisclosed
from directory.policy.disclosure import viewer_of
from directory.policy.permissions import Action, allows


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedOwnLead(Disclosed):
    """One involvement that names the viewer, at a revision."""

    line: int
    revision: int
    name: str
    age: int | None
    source_reference: str


def disclose_own_lead(access: Access, kept: Kept, person: Person | None) -> DisclosedOwnLead:
    """Return the involvement with name and age; NotDisclosed where it names somebody else."""
    if not allows(access.role, Action.CONTACT_CONFIRM):
        raise NotDisclosed("only who looks after families is asked")
    if kept.lead is None or kept.lead.reference != access.practitioner:
        raise NotDisclosed("it names somebody else")
    name, birth = kept.name, kept.birth
    if name is None:
        if person is None:
            raise NotDisclosed("the line names nobody, and nobody is told of")
        name, birth = person.name, person.birth
    return DisclosedOwnLead(
        viewer=viewer_of(access),
        seal=SEAL,
        line=kept.line,
        revision=kept.revision,
        name=name.full,
        age=birth.age(access.today) if birth else None,
        source_reference=kept.source_reference,
    )
