"""Preview what a role would see of the one person whom a logged investigation names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.vocabulary import Purpose, Relationship, Role
from directory.ledger.door import Ledger
from directory.operations.investigations import inside
from directory.operations.people import known
from directory.operations.sight import Asking, questions_about
from directory.policy.disclosed import DisclosedPerson, fields_shown
from directory.policy.disclosure import disclose_person
from directory.policy.foreseen import DisclosedForeseen, disclose_foreseen
from directory.policy.matrix import MATRIX
from directory.policy.modifiers import Question
from directory.policy.permissions import Action, may_be_told_of, purposes_on


@dataclass(frozen=True, slots=True, kw_only=True)
class AsIf:
    """Whose sight is previewed: a role, at an organisation, for a purpose."""

    role: Role
    organisation: UUID
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What each service would answer, on each ground that the role can have for the purpose."""

    person: DisclosedPerson
    grounds: tuple[tuple[Relationship, tuple[DisclosedForeseen, ...]], ...]


def ways_to_look() -> tuple[tuple[Role, Purpose], ...]:
    """Return every role that looks at families, with each purpose it may have."""
    found = ((role, each) for role, ground in MATRIX for each in purposes_on(role, ground))
    return tuple(pair for pair in dict.fromkeys(found) if pair[1] is not Purpose.INVESTIGATION)


def begin(ledger: Ledger, access: Access, *, investigation: UUID) -> Mapping[UUID, str]:
    """Return the organisations whose sight may be previewed in the investigation.

    Raises NotFound until it names somebody.
    """
    with ledger.entry(access, Event.SIGHT_PREVIEWED, action=Action.SHARING_PREVIEW) as work:
        found = inside(work, access, investigation)
        if found.person is None:
            raise NotFound
        work.remark(subject=found.person, words="chose whose sight to preview")
        names = work.agencies.names()
    return dict(sorted(names.items(), key=lambda each: each[1].casefold()))


def preview(ledger: Ledger, access: Access, *, investigation: UUID, as_if: AsIf) -> Preview:
    """Return what somebody would be told of the investigation's person, and no contact at all."""
    with ledger.entry(access, Event.SIGHT_PREVIEWED, action=Action.SHARING_PREVIEW) as work:
        found = inside(work, access, investigation)
        names = work.agencies.names()
        if found.person is None or as_if.organisation not in names:
            raise NotFound
        if (as_if.role, as_if.purpose) not in ways_to_look():
            raise Refused
        work.remark(
            subject=found.person,
            words=f"as {as_if.role} at {names[as_if.organisation]} for {as_if.purpose}",
        )
        person = known(work, found.person)
        stand_in = Access(at=access.at, role=as_if.role, organisation=as_if.organisation)
        asked = questions_about(
            work,
            stand_in,
            {found.person: person},
            Asking(purpose=as_if.purpose, grounds={found.person: Relationship.NONE}),
        )[found.person]
        told = may_be_told_of(as_if.role, person.lifecycle)
        grounds = tuple(
            (ground, tuple(_foreseen(access, asked, ground)) if told else ())
            for role, ground in MATRIX
            if role is as_if.role and as_if.purpose in purposes_on(role, ground)
        )
        shown = disclose_person(access, person)
        work.remark(fields=fields_shown((shown, tuple(each for _, each in grounds))))
    return Preview(person=shown, grounds=grounds)


def _foreseen(
    access: Access, asked: Iterable[Question], ground: Relationship
) -> Iterator[DisclosedForeseen]:
    for each in asked:
        as_they = replace(each, viewer=replace(each.viewer, relationship=ground))
        found = disclose_foreseen(access, as_they)
        if found is not None:
            yield found
