"""One viewer's look at one family: everything it rests on, read in one unit of work."""

from dataclasses import dataclass, replace
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.people import Family, Person
from directory.domain.relationships import Viewing
from directory.domain.vocabulary import Findability, Purpose, Relationship, Service
from directory.ledger.work import Work
from directory.operations.relationships import claimed, ground, own_service
from directory.policy.modifiers import Question, Viewer, purpose_agreements
from directory.policy.permissions import FINDABLE, POWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Everything one viewer's look at one family rests on, read in one unit of work."""

    viewing: Viewing
    family: Family
    people: dict[UUID, Person]
    grounds: dict[UUID, Relationship]
    questions: dict[UUID, tuple[Question, ...]]

    @property
    def relationship(self) -> Relationship:
        """Return the ground for the family as a whole."""
        return self.grounds[self.viewing.person]


def see(work: Work, access: Access, viewing: UUID) -> Sight:
    """Read what a look at one family rests on; raises NotFound outside its own session."""
    kept = work.relationships.viewing(viewing, session=access.session)
    if kept is None:
        raise NotFound
    work.remark(subject=kept.person)
    family = _family(work, access, kept.person)
    people = work.people.many([each.person for each in family.members])
    if kept.person not in people:
        raise NotFound
    family = replace(family, members=tuple(m for m in family.members if m.person in people))
    grounds = _grounds(work, access, family, kept.person)
    if grounds[kept.person] is Relationship.NONE:
        raise Refused
    questions = _questions(work, access, kept.purpose, people, grounds)
    return Sight(viewing=kept, family=family, people=people, grounds=grounds, questions=questions)


def enter(work: Work, sight: Sight) -> None:
    """Say in the entry whose family is looked at, and why."""
    work.remark(
        subject=sight.viewing.person,
        occasion=sight.viewing.reference,
        purpose=sight.viewing.purpose,
        power=POWERS[sight.viewing.purpose],
        relationship=sight.relationship,
    )


def _family(work: Work, access: Access, person: UUID) -> Family:
    """Return the family as this role may see it: roles that find few see the one they found."""
    family = work.people.family(person)
    if FINDABLE[access.role] is not Findability.OPEN:
        return family.only(person)
    added = work.people.additions(family.anchor, added_by=access.account)
    held = {each.person for each in family.members}
    return replace(family, members=(*family.members, *(m for m in added if m.person not in held)))


def _grounds(work: Work, access: Access, family: Family, person: UUID) -> dict[UUID, Relationship]:
    placed = replace(family, members=tuple(m for m in family.members if m.added_by is None))
    whole = ground(work, access, placed, person)
    return {
        member.person: whole if member.added_by is None else claimed(work, access, [member.person])
        for member in family.members
    }


def _questions(
    work: Work,
    access: Access,
    purpose: Purpose,
    people: dict[UUID, Person],
    grounds: dict[UUID, Relationship],
) -> dict[UUID, tuple[Question, ...]]:
    """Ask every service about every member, in six queries whatever the family's size."""
    profiles, feeds = work.agencies.profiles(), work.agencies.feeds()
    suspended = work.agencies.is_suspended(access.organisation)
    binding = tuple(each for each in work.sharing.agreements() if each.binds(access.organisation))
    involvements = work.involvement.of(list(people))
    return {
        reference: tuple(
            Question(
                viewer=Viewer(
                    role=access.role,
                    relationship=grounds[reference],
                    purpose=purpose,
                    own_service=own_service(access),
                    suspended=suspended,
                ),
                service=service,
                age=person.age(access.today),
                lifecycle=person.lifecycle,
                profile=profiles[service],
                agreements=purpose_agreements(binding, service, purpose),
                feed=feeds.get(service),
                involvements=tuple(
                    each
                    for each in involvements
                    if each.person == reference and each.service is service
                ),
                today=access.today,
            )
            for service in Service
            if service in profiles
        )
        for reference, person in people.items()
    }
