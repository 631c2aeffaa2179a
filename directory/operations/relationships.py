"""The ground on which a user looks at a family, and how a user states one."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from directory.domain.access import Access, Refused
from directory.domain.calls import CallKind
from directory.domain.dates import end_of_working_day
from directory.domain.people import Family
from directory.domain.relationships import (
    CLAIM_WORKING_DAYS,
    Claim,
    OrganisationPeople,
    OwnPeople,
    ServicePeople,
)
from directory.domain.vocabulary import Findability, Purpose, Relationship, Role, Service
from directory.ledger.work import Work
from directory.operations.telling import tell
from directory.policy.permissions import (
    CLAIMS,
    FINDABLE,
    GROUNDS_BY_WORD,
    OWN_ORGANISATION_ONLY,
    OWN_SERVICES,
    may_claim,
)
from directory.policy.shielding import ALWAYS_HEEDS_CONSENT

_ALLOCATED_ROLES = frozenset(
    {Role.CHILDRENS_SOCIAL_WORKER, Role.FAMILY_HELP_LEAD, Role.ADULT_SOCIAL_WORKER}
)
_TEAM_ROLES = frozenset({Role.CHILDRENS_SOCIAL_WORKER, Role.FAMILY_HELP_LEAD, Role.TEAM_MANAGER})

MOST_FAMILIES = 200
"""How many allocated people a user's own list has at most."""


class ReasonMissing(Refused):
    """A claim was made without a reason."""


def own_service(access: Access) -> Service | None:
    """Return the service that the user's role stands for."""
    return access.service if access.role is Role.SERVICE_LEAD else OWN_SERVICES.get(access.role)


def own_people(access: Access) -> OwnPeople | None:
    """Return whom the user's role calls its own; a school's or practice's are its own alone."""
    service = own_service(access)
    if service is None:
        return None
    if access.role not in OWN_ORGANISATION_ONLY:
        return ServicePeople(service=service)
    if access.organisation is None:
        return None
    return OrganisationPeople(service=service, organisation=access.organisation, day=access.today)


def family_of(work: Work, access: Access, person: UUID) -> Family:
    """Return the family as this role may see it: roles that find few see the one they found."""
    family = work.people.family(person)
    return family if FINDABLE[access.role] is Findability.OPEN else family.only(person)


def ground(work: Work, access: Access, family: Family, person: UUID) -> Relationship:
    """Return why the user may look at the family, the strongest ground first."""
    if access.role in ALWAYS_HEEDS_CONSENT:
        return Relationship.CONSENT if work.people.many([person]) else Relationship.NONE
    members = [each.person for each in family.members]
    allocated = work.involvement.allocated(
        members,
        practitioner=access.practitioner if access.role in _ALLOCATED_ROLES else None,
        team=access.team if access.role in _TEAM_ROLES else None,
        day=access.today,
    )
    if allocated.by_name:
        return Relationship.ALLOCATED
    if allocated.to_team:
        return Relationship.TEAM
    own = own_people(access)
    if own is not None and work.people.among(own, [person]):
        return Relationship.OWN_SERVICE
    kind = GROUNDS_BY_WORD.get(access.role)
    return kind if kind is not None and claimed(work, access, members) else Relationship.NONE


def allocated_to(work: Work, access: Access) -> dict[UUID, date | None]:
    """Return each person allocated to the user, or to the team they manage, with since when.

    Of several allocations the newest counts.
    """
    team = access.team if access.role is Role.TEAM_MANAGER else None
    found = work.involvement.allocations(
        practitioner=access.practitioner, team=team, day=access.today, most=MOST_FAMILIES
    )
    newest: dict[UUID, date | None] = {}
    for person, since in found:
        newest.setdefault(person, since)
    return newest


def claimed(work: Work, access: Access, people: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of `people` on whom the user has a claim of the kind that the role makes."""
    kind = GROUNDS_BY_WORD.get(access.role)
    if kind is None:
        return frozenset()
    return work.relationships.claimed(list(people), account=access.account, kind=kind, at=access.at)


def claim(
    work: Work, access: Access, person: UUID, *, purpose: Purpose, reason: str
) -> Relationship:
    """Keep the user's word that they work with `person`, to the end of the third working day.

    Raises Refused where the role or the purpose does not allow it, ReasonMissing without a reason.
    """
    if access.account is None or not may_claim(access.role, purpose):
        raise Refused
    if not reason.strip():
        raise ReasonMissing
    kind = CLAIMS[access.role]
    end = end_of_working_day(access.at, days=CLAIM_WORKING_DAYS, holidays=work.holidays)
    stated = Claim(
        account=access.account,
        person=person,
        kind=kind,
        purpose=purpose,
        start=access.at,
        end=end,
        reason=reason.strip(),
    )
    work.relationships.keep_claim(work.new_reference(), stated)
    if kind is Relationship.CLAIMED:
        managers = work.accounts.managing(access.team)
        tell(work, CallKind.CLAIM, caller=access.account, to=managers)
    return kind
