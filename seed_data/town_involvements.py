"""The values that say which services know a family, and the chance they are drawn from."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from town_agencies import Agencies, Practitioner, Team
from town_families import Family, Person
from town_places import PLACES, Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """One involvement of one person; `ended` is its last day, None while it goes on."""

    person: Person
    address: Address
    team: Team
    practitioner: Practitioner | None
    started: date
    last_involved: date
    ended: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFamily:
    """A family with what each service knows of it.

    `allocations` is None where children's social care does not know the family at all; `tidy`
    families are sent without slips of the pen.
    """

    family: Family
    school: tuple[Involvement, ...] = ()
    housing: tuple[Involvement, ...] = ()
    adult_social_care: tuple[Involvement, ...] = ()
    police: tuple[Involvement, ...] = ()
    allocations: tuple[Involvement, ...] | None = None
    tidy: bool = False

    def people_known(self) -> int:
        """Return how many of the family any service knows."""
        if self.allocations is not None:
            return len(self.family.people)
        lines = (*self.school, *self.housing, *self.adult_social_care, *self.police)
        return len({each.person.nhs_number for each in lines})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What an involvement is drawn from: the agencies, the as-of day and a stream of chance."""

    agencies: Agencies
    as_of: date
    rng: Random

    def happens(self, share: float) -> bool:
        """Return True as often as `share` says."""
        return self.rng.random() < share

    def ago(self, least: int, most: int) -> date:
        """Return a day from `least` to `most` days before the as-of date."""
        return self.as_of - timedelta(days=self.rng.randrange(least, most + 1))

    def later(self, day: date, least: int, most: int) -> date:
        """Return a day from `least` to `most` days after `day`, at most the as-of date."""
        return min(self.as_of, day + timedelta(days=self.rng.randrange(least, most + 1)))

    def nearby(self, teams: tuple[Team, ...], home: Address) -> Team:
        """Return a team of the place where `home` is, or any where the place has none."""
        place = home.district % len(PLACES)
        return self.rng.choice(teams[place :: len(PLACES)] or teams)

    def member(self, team: Team, *, team_only: float) -> Practitioner | None:
        """Return someone of the team, or None as often as `team_only` says."""
        return None if self.happens(team_only) else self.rng.choice(team.practitioners)
