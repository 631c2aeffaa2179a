"""One viewer's look at people: everything it rests on, read in one unit of work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.people import Family, Person
from directory.domain.relationships import Viewing
from directory.domain.vocabulary import Findability, Purpose, Relationship, Service
from directory.ledger.work import Work
from directory.operations.relationships import claimed, family_of, ground, own_service
from directory.policy.basis import compiled, opening
from directory.policy.contacts import Beside
from directory.policy.disclosed import DisclosedCard, DisclosedLine, DisclosedPerson
from directory.policy.disclosure import disclose_card, disclose_line, disclose_person
from directory.policy.gates import check_purpose
from directory.policy.modifiers import Question, Urgency, Viewer
from directory.policy.permissions import CLAIMS, FINDABLE, POWERS, may_be_told_of

EVERY_SERVICE = tuple(Service)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Why services are asked, on which ground about each person, how urgently, and which."""

    purpose: Purpose
    grounds: Mapping[UUID, Relationship]
    urgency: Urgency = Urgency.NONE
    services: tuple[Service, ...] = EVERY_SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One viewer's look at one family: whom it shows, and on which ground."""

    viewing: Viewing
    family: Family
    people: dict[UUID, Person]
    grounds: dict[UUID, Relationship]
    emergency_until: datetime | None = None

    @property
    def relationship(self) -> Relationship:
        """Return the ground for the family as a whole."""
        return self.grounds[self.viewing.person]

    def asking(self, *services: Service) -> Asking:
        """Return the asking of `services`, of every one where none is named."""
        return Asking(
            purpose=self.viewing.purpose,
            grounds=self.grounds,
            urgency=Urgency.NONE if self.emergency_until is None else Urgency.EMERGENCY,
            services=services or EVERY_SERVICE,
        )


def see(work: Work, access: Access, viewing: UUID) -> Sight:
    """Read what a look at one family rests on; raises NotFound outside its own session."""
    kept = work.relationships.viewing(viewing, session=access.session)
    if kept is None:
        raise NotFound
    work.remark(subject=kept.person)
    return sight_of(work, access, kept)


def sight_of(work: Work, access: Access, kept: Viewing) -> Sight:
    """Read what this look rests on; raises NotFound or Refused where the user may not look."""
    family = _family(work, access, kept.person)
    people = work.people.many([each.person for each in family.members])
    grounds = _grounds(work, access, family, kept.person)
    people = {
        reference: each
        for reference, each in people.items()
        if reference in grounds and may_be_told_of(access.role, each.lifecycle)
    }
    if kept.person not in people:
        raise NotFound
    if grounds[kept.person] is Relationship.NONE:
        raise Refused
    family = replace(family, members=tuple(m for m in family.members if m.person in people))
    until = work.emergencies.holding(access.account, list(people), access.at)
    if until is None:
        check_purpose(access.role, kept.purpose, work.closed_gates)
    return Sight(viewing=kept, family=family, people=people, grounds=grounds, emergency_until=until)


def enter(work: Work, sight: Sight) -> None:
    """Say in the entry whose family is looked at, and why."""
    work.remark(
        subject=sight.viewing.person,
        occasion=sight.viewing.reference,
        purpose=sight.viewing.purpose,
        power=POWERS[sight.viewing.purpose],
        relationship=sight.relationship,
    )
    if sight.emergency_until is not None:
        work.remark(words="emergency access")


def questions_about(
    work: Work, access: Access, people: Mapping[UUID, Person], asking: Asking
) -> dict[UUID, tuple[Question, ...]]:
    """Ask services about each of `people`, in seven queries however many they are."""
    profiles, feeds = work.agencies.profiles(), work.agencies.feeds()
    viewer = _viewer(work, access, asking)
    grants = compiled(
        work.sharing.binding(access.organisation, access.today),
        audience=access.organisation,
        holidays=work.holidays,
    )
    rules = work.rules.of_services(asking.services, access.today)
    involvements = work.involvement.of(list(people))
    own = {person: [each for each in involvements if each.person == person] for person in people}
    return {
        reference: tuple(
            Question(
                viewer=replace(viewer, relationship=asking.grounds[reference]),
                service=service,
                age=person.age(access.today),
                lifecycle=person.lifecycle,
                profile=profiles[service],
                rule=rules[service],
                grants=opening(grants, service, asking.purpose),
                feed=feeds.get(service),
                involvements=tuple(each for each in own[reference] if each.service is service),
                today=access.today,
                protection=person.protection,
                in_family=Service.CHILDRENS_SOCIAL_CARE in person.services,
            )
            for service in asking.services
            if service in profiles
        )
        for reference, person in people.items()
    }


def _viewer(work: Work, access: Access, asking: Asking) -> Viewer:
    """Return who looks, on no ground yet."""
    return Viewer(
        role=access.role,
        relationship=Relationship.NONE,
        purpose=asking.purpose,
        own_service=own_service(access),
        suspended=work.is_suspended,
        lapsed=bool(work.closed_gates),
        urgency=asking.urgency,
    )


def lines_about(
    access: Access, person: DisclosedPerson, questions: Iterable[Question]
) -> tuple[DisclosedLine, ...]:
    """Return what each service that is listed for this viewer answers about `person`."""
    lines = (disclose_line(access, person, each) for each in questions)
    return tuple(each for each in lines if each is not None)


def card_about(
    work: Work, person: DisclosedPerson, questions: Iterable[Question], service: Service
) -> DisclosedCard:
    """Return the card of `service`, or raise NotFound where it is not listed for this viewer.

    It says which of its contacts are reported as wrong.
    """
    question = next((each for each in questions if each.service is service), None)
    if question is None:
        raise NotFound
    contacts = {
        contact.reference
        for each in question.involvements
        for contact in (each.lead, each.lead and each.lead.cover, each.team)
        if contact is not None
    }
    beside = Beside(
        reports=work.corrections.on_card(service, person.person, contacts),
        judged=work.mail_domains.judged(),
    )
    card = disclose_card(work.access, person, question, beside)
    if card is None:
        raise NotFound
    return card


def card_in(
    work: Work, access: Access, sight: Sight, *, person: UUID, service: Service
) -> DisclosedCard:
    """Return the card of `service` about a member of the family that is looked at.

    Raises NotFound where the person is no member or the service is not listed for this viewer.
    """
    enter(work, sight)
    work.remark(subject=person, service=service)
    if person not in sight.people:
        raise NotFound
    whom = {person: sight.people[person]}
    asked = questions_about(work, access, whom, sight.asking(service))
    return card_about(work, disclose_person(access, whom[person]), asked[person], service)


def _family(work: Work, access: Access, person: UUID) -> Family:
    """Return the family with those whom this user knows to belong to it."""
    family = family_of(work, access, person)
    if FINDABLE[access.role] is not Findability.OPEN:
        return family
    added = work.people.additions(family.anchor, added_by=access.account)
    held = {each.person for each in family.members}
    return replace(family, members=(*family.members, *(m for m in added if m.person not in held)))


def _grounds(work: Work, access: Access, family: Family, person: UUID) -> dict[UUID, Relationship]:
    """Return the ground for each member; an added one whose claim has ended has none and goes."""
    placed = replace(family, members=tuple(m for m in family.members if m.added_by is None))
    whole = ground(work, access, placed, person)
    added = [each.person for each in family.members if each.added_by is not None]
    kind = CLAIMS.get(access.role, Relationship.NONE)
    return {each.person: whole for each in placed.members} | dict.fromkeys(
        claimed(work, access, added) if added else (), kind
    )
