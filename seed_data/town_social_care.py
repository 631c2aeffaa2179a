"""Allocate the children whom children's social care knows to its workers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from town_agencies import Practitioner, Team
from town_families import ADULT_AGE, CHILDREN, Family, Person, age_on
from town_involvements import Involvement, Stage
from town_places import Address

_EARLIER_SHARE = 0.35
_FURTHER_SHARE = 0.75
_CURRENT_SHARE = 0.6
_HELD_BY_TEAM_SHARE = 0.03
_ASSESSMENT_DAYS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class _Episode:
    """A worker's time with all the children of one family."""

    team: Team
    practitioner: Practitioner | None
    started: date
    last_involved: date
    ended: date | None


def allocations(stage: Stage, family: Family) -> Iterator[Involvement]:
    """Yield each child's allocations: siblings share their workers."""
    children = [each for each in family.people if each.role in CHILDREN]
    for episode in _episodes(stage, children[0].address):
        for child in children:
            if child.born <= episode.started and age_on(child.born, episode.started) < ADULT_AGE:
                yield _allocation(child, episode)


def _episodes(stage: Stage, home: Address) -> Iterator[_Episode]:
    """Yield assessments, the last often followed by a locality team's work."""
    began = stage.ago(5, 900)
    if stage.happens(_EARLIER_SHARE):
        earlier = began - timedelta(days=stage.rng.randrange(200, 900))
        yield _assessment(stage, earlier)
    assessment = _assessment(stage, began)
    yield assessment
    if assessment.ended and stage.happens(_FURTHER_SHARE):
        yield _locality_work(stage, home, assessment.ended)


def _assessment(stage: Stage, began: date) -> _Episode:
    team = stage.rng.choice(stage.agencies.assessment)
    closes = began + timedelta(days=stage.rng.randrange(10, _ASSESSMENT_DAYS))
    over = closes <= stage.as_of
    return _Episode(
        team=team,
        practitioner=stage.rng.choice(team.practitioners),
        started=began,
        last_involved=closes if over else max(began, stage.ago(0, 5)),
        ended=closes if over else None,
    )


def _locality_work(stage: Stage, home: Address, began: date) -> _Episode:
    team = stage.nearby(stage.agencies.localities, home)
    current = stage.happens(_CURRENT_SHARE)
    ended = None if current else stage.later(began, 60, 700)
    return _Episode(
        team=team,
        practitioner=stage.member(team, team_only=_HELD_BY_TEAM_SHARE),
        started=began,
        last_involved=ended or max(began, stage.ago(0, 30)),
        ended=ended,
    )


def _allocation(child: Person, episode: _Episode) -> Involvement:
    return Involvement(
        person=child,
        address=child.address,
        team=episode.team,
        practitioner=episode.practitioner,
        started=episode.started,
        last_involved=episode.last_involved,
        ended=episode.ended,
    )
