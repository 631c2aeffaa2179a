"""Send the invented children to school."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from town_agencies import Team
from town_families import Family, Person
from town_involvements import Involvement, Stage

_AT_SCHOOL_SHARE = 0.97
_STAYING_ON_SHARE = 0.75
_INFANTS_APART_SHARE = 0.4
_CHANGED_SCHOOL_SHARE = 0.3
_HISTORY = timedelta(days=6 * 365)
_SEPTEMBER = 9
# Years after the September that begins the school year of birth.
_STARTS, _TO_JUNIORS, _TO_SECONDARY, _SIXTEEN, _LEAVES = 5, 8, 12, 17, 19


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stay:
    """One pupil's time at one school; `last_day` may lie ahead."""

    team: Team
    first_day: date
    last_day: date


def schooling(stage: Stage, family: Family) -> Iterator[Involvement]:
    """Yield the school involvements of the family's children, none older than six years."""
    schools = _local_schools(stage)
    for person in family.people:
        if person.upn and stage.happens(_AT_SCHOOL_SHARE):
            yield from _attended(stage, person, schools)


def _local_schools(stage: Stage) -> tuple[Team, Team, Team]:
    """Return the infants', juniors' and secondary school that the family's children go to."""
    primary = stage.rng.choice(stage.agencies.primaries)
    juniors = primary
    if stage.happens(_INFANTS_APART_SHARE):
        juniors = stage.rng.choice(stage.agencies.primaries)
    return primary, juniors, stage.rng.choice(stage.agencies.secondaries)


def _attended(
    stage: Stage, person: Person, schools: tuple[Team, Team, Team]
) -> Iterator[Involvement]:
    for stay in _stays(stage, person.born, schools):
        if stay.first_day <= stage.as_of and stay.last_day > stage.as_of - _HISTORY:
            yield _involvement(stage, person, stay)


def _stays(stage: Stage, born: date, schools: tuple[Team, Team, Team]) -> Iterator[_Stay]:
    """Yield the stays of a whole school life, some of them broken by a change of school."""
    year = born.year - int(born.month < _SEPTEMBER)
    leaves = _LEAVES if stage.happens(_STAYING_ON_SHARE) else _SIXTEEN
    marks = (_STARTS, _TO_JUNIORS, _TO_SECONDARY, leaves)
    plain = [
        _Stay(team=team, first_day=date(year + start, 9, 3), last_day=date(year + end, 7, 21))
        for team, (start, end) in zip(schools, pairwise(marks), strict=True)
    ]
    if plain[0].team is plain[1].team:
        plain[:2] = [replace(plain[0], last_day=plain[1].last_day)]
    for stay in plain:
        yield from _perhaps_changed(stage, stay)


def _perhaps_changed(stage: Stage, stay: _Stay) -> Iterator[_Stay]:
    """Yield the stay whole, or as two stays at two schools of the same phase."""
    if not stage.happens(_CHANGED_SCHOOL_SHARE):
        yield stay
        return
    days = (stay.last_day - stay.first_day).days
    change = stay.first_day + timedelta(days=stage.rng.randrange(30, days - 30))
    agencies = stage.agencies
    same_phase = agencies.primaries if stay.team in agencies.primaries else agencies.secondaries
    yield replace(stay, last_day=change)
    yield replace(stay, team=stage.rng.choice(same_phase), first_day=change + timedelta(days=7))


def _involvement(stage: Stage, person: Person, stay: _Stay) -> Involvement:
    over = stay.last_day <= stage.as_of
    lead, deputy = stay.team.practitioners
    return Involvement(
        person=person,
        address=person.address,
        team=stay.team,
        practitioner=deputy if stage.happens(0.2) else lead,
        started=stay.first_day,
        last_involved=stay.last_day if over else max(stay.first_day, stage.ago(0, 6)),
        ended=stay.last_day if over else None,
    )
