"""What a service's own desk is shown of its practitioners."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.access import Access
from directory.domain.availability import AT_WORK, Availability, Weekday
from directory.domain.practitioners import Colleague
from directory.domain.vocabulary import Service
from directory.policy.disclosed import SEAL, Disclosed, NotDisclosed
from directory.policy.disclosure import viewer_of
from directory.policy.permissions import Action, allows


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedColleague(Disclosed):
    """One practitioner of the viewer's own service; `left_on` is the first day they are not here.

    `leads` counts the involvements that go on under them. No `works` means on any day; an absence
    to come is told by `away_from` before it begins.
    """

    practitioner: UUID
    name: str
    role: str
    team_name: str
    phone: str
    email: str
    leads: int
    has_left: bool
    left_on: date | None
    may_come_back: bool
    works: tuple[Weekday, ...]
    is_away: bool
    away_from: date | None
    back_on: date | None
    covered_by: UUID | None


def disclose_colleague(
    access: Access, service: Service, found: Colleague, availability: Availability = AT_WORK
) -> DisclosedColleague:
    """Return the practitioner of `service`; NotDisclosed for any service but one's own."""
    if not allows(access.role, Action.UPKEEP) or service is not access.service:
        raise NotDisclosed("a desk is shown its own service's practitioners alone")
    away = availability.away if availability.away and not _is_over(availability, access) else None
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
        works=tuple(sorted(availability.weekdays)),
        is_away=availability.is_away(access.today),
        away_from=away.start if away else None,
        back_on=away.end if away else None,
        covered_by=away.cover if away else None,
    )


def _is_over(availability: Availability, access: Access) -> bool:
    end = availability.away.end if availability.away else None
    return end is not None and end <= access.today
