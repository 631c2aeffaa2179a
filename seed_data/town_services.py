"""Give the invented families their landlords, adult social workers and police contacts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from town_agencies import Team
from town_families import ADULT_AGE, CHILDREN, Family, Person, age_on
from town_involvements import Involvement, Stage
from town_places import Address

_TENANT_SHARE = 0.5
_EARLIER_TENANCY_SHARE = 0.6
_HISTORY = timedelta(days=6 * 365)
_ADULT_CARE_SHARE = 0.07
_OLDER_ADULT_CARE_SHARE = 0.2
_OLDER_AGE = 58
_POLICE_SHARE = 0.12
_POLICE_PERSON_SHARE = 0.65
_AGAIN_SHARE = 0.35
_OVER_SHARE = 0.5
_POLICE_OVER_SHARE = 0.7
_TEAM_ONLY_HOUSING = 0.05
_TEAM_ONLY_ADULT_CARE = 0.12
_TEAM_ONLY_POLICE = 0.4
_COVERED_DAYS = 1050  # how far back the police's own extract goes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    started: date
    last_involved: date
    ended: date | None


def _adults(stage: Stage, family: Family) -> list[Person]:
    return [each for each in family.people if age_on(each.born, stage.as_of) >= ADULT_AGE]


def tenancies(stage: Stage, family: Family) -> Iterator[Involvement]:
    """Yield the tenancies of the family's grown-ups, home by home."""
    grown = [each for each in _adults(stage, family) if each.role not in CHILDREN]
    for home in dict.fromkeys(each.address for each in grown):
        if stage.happens(_TENANT_SHARE):
            tenants = [each for each in grown if each.address == home]
            yield from _tenancy(stage, tenants, home)


def _tenancy(stage: Stage, tenants: list[Person], home: Address) -> Iterator[Involvement]:
    of_age = max(each.born for each in tenants) + timedelta(days=round(ADULT_AGE * 365.25))
    began = max(of_age, stage.ago(90, 12 * 365))
    last = max(began, stage.ago(0, 400))
    yield from _joint(stage, tenants, home, _Term(started=began, last_involved=last, ended=None))
    left = began - timedelta(days=1)
    if left > max(of_age, stage.as_of - _HISTORY) and stage.happens(_EARLIER_TENANCY_SHARE):
        term = _Term(
            started=max(of_age, left - timedelta(days=900)), last_involved=left, ended=left
        )
        yield from _joint(stage, tenants, tenants[0].earlier_address, term)


def _joint(
    stage: Stage, tenants: list[Person], home: Address, term: _Term
) -> Iterator[Involvement]:
    """Yield one involvement for each tenant of one home, all with the same officer."""
    team = stage.nearby(stage.rng.choice(stage.agencies.landlords), home)
    officer = stage.member(team, team_only=_TEAM_ONLY_HOUSING)
    for tenant in tenants:
        yield Involvement(
            person=tenant,
            address=home,
            team=team,
            practitioner=officer,
            started=term.started,
            last_involved=term.last_involved,
            ended=term.ended,
        )


def adult_social_care(stage: Stage, family: Family) -> Iterator[Involvement]:
    """Yield the adult social care involvements of the family, more with older adults."""
    for adult in _adults(stage, family):
        older = age_on(adult.born, stage.as_of) >= _OLDER_AGE
        if stage.happens(_OLDER_ADULT_CARE_SHARE if older else _ADULT_CARE_SHARE):
            yield from _adult_episodes(stage, adult)


def _adult_episodes(stage: Stage, adult: Person) -> Iterator[Involvement]:
    began = stage.ago(30, 4 * 365)
    if stage.happens(_AGAIN_SHARE):
        earlier = began - timedelta(days=stage.rng.randrange(300, 800))
        closed = earlier + timedelta(days=stage.rng.randrange(30, 280))
        yield _adult_episode(
            stage, adult, _Term(started=earlier, last_involved=closed, ended=closed)
        )
    ended = stage.later(began, 30, 500) if stage.happens(_OVER_SHARE) else None
    last = ended or max(began, stage.ago(0, 120))
    yield _adult_episode(stage, adult, _Term(started=began, last_involved=last, ended=ended))


def _adult_episode(stage: Stage, adult: Person, term: _Term) -> Involvement:
    team = stage.nearby(stage.agencies.adult_care, adult.address)
    return _with(stage, adult, team, term, _TEAM_ONLY_ADULT_CARE)


def police(stage: Stage, family: Family) -> Iterator[Involvement]:
    """Yield the police involvements of the family, all through one safeguarding unit."""
    if not stage.happens(_POLICE_SHARE):
        return
    unit = stage.nearby(stage.agencies.police, family.people[0].address)
    for person in family.people:
        times = int(stage.happens(_POLICE_PERSON_SHARE)) * (1 + int(stage.happens(_AGAIN_SHARE)))
        for _ in range(times):
            yield _police_contact(stage, person, unit)


def _police_contact(stage: Stage, person: Person, unit: Team) -> Involvement:
    began = max(person.born, stage.ago(1, _COVERED_DAYS))
    last = stage.later(began, 0, 60)
    ended = last if stage.happens(_POLICE_OVER_SHARE) else None
    term = _Term(started=began, last_involved=last, ended=ended)
    return _with(stage, person, unit, term, _TEAM_ONLY_POLICE)


def _with(stage: Stage, person: Person, team: Team, term: _Term, team_only: float) -> Involvement:
    return Involvement(
        person=person,
        address=person.address,
        team=team,
        practitioner=stage.member(team, team_only=team_only),
        started=term.started,
        last_involved=term.last_involved,
        ended=term.ended,
    )
