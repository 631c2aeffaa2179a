"""Services, organisations, teams and practitioners: whom to ring."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from directory.domain.availability import AT_WORK, Availability
from directory.domain.dates import Period
from directory.domain.vocabulary import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonLine:
    """A service's published numbers; out of hours, the out-of-hours one."""

    daytime: str
    out_of_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceProfile:
    """What the directory knows of a service as a whole, whoever the person is."""

    service: Service
    title: str
    common_line: CommonLine
    area: str
    covered_since: date | None
    update_cycle_days: int
    date_meaning: str
    team_only: bool = False  # staff safety: no practitioner is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body that takes part: a council, a force, a landlord, a school."""

    reference: UUID
    name: str
    period: Period = Period()
    suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team with the lines on which somebody answers."""

    reference: UUID
    name: str
    organisation: str
    duty_line: str = ""
    out_of_hours_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """A lead practitioner's work contact; `left_on` is the first day they are not here.

    `cover` stands in for them while they are away, None where nobody does.
    """

    reference: UUID
    name: str
    role: str
    phone: str = ""
    email: str = ""
    left_on: date | None = None
    availability: Availability = AT_WORK
    cover: "Practitioner | None" = None

    def works_on(self, day: date) -> bool:
        """Return whether the practitioner works here on `day`, be they in or away."""
        return self.left_on is None or day < self.left_on

    def can_be_rung_on(self, day: date) -> bool:
        """Return whether the practitioner works here on `day` and is not away."""
        return self.works_on(day) and not self.availability.is_away(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """How fresh a service's lines are; `failed_at` is set while its last delivery failed."""

    service: Service
    as_of: date | None = None
    delivered_at: datetime | None = None
    failed_at: datetime | None = None
    unmatched: int = 0
