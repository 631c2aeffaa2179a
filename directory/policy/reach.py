"""What each role reaches under a set of grants, and what changes from one set to another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from directory.domain.agencies import CommonLine, Feed, ServiceProfile
from directory.domain.sharing import ContactField
from directory.domain.vocabulary import (
    Level,
    Lifecycle,
    Purpose,
    Relationship,
    Role,
    Service,
    State,
)
from directory.policy.basis import Grant, opening
from directory.policy.matrix import MATRIX
from directory.policy.modifiers import Question, Viewer, decide
from directory.policy.permissions import OWN_SERVICES, purposes_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place of the matrix: a role, on a ground, for a purpose, asking a service."""

    role: Role
    relationship: Relationship
    purpose: Purpose
    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """The level at which a service answers, and which parts of a contact may be made then."""

    level: Level
    fields: frozenset[ContactField]


NOTHING = Reached(level=Level.L0, fields=frozenset())
"""No more than the common line, which needs no agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs at one spot."""

    spot: Spot
    before: Reached
    after: Reached


def spots() -> Iterator[Spot]:
    """Yield every place of the matrix, for each purpose its ground bears."""
    for role, relationship in MATRIX:
        for purpose in purposes_on(role, relationship):
            for service in Service:
                yield Spot(role=role, relationship=relationship, purpose=purpose, service=service)


def reached(grants: Iterable[Grant], day: date) -> Mapping[Spot, Reached]:
    """Return what each spot reaches on `day` of a service that is set up, of nobody in particular.

    It is decided by the modifiers themselves, from the matrix. A spot that reaches no more than
    the common line is left out.
    """
    held = tuple(grants)
    found = ((spot, _at(spot, held, day)) for spot in spots())
    return {spot: each for spot, each in found if each != NOTHING}


def changes(before: Iterable[Grant], after: Iterable[Grant], day: date) -> tuple[Change, ...]:
    """Return every spot that reaches something else under `after` than under `before`."""
    was, will = reached(before, day), reached(after, day)
    pairs = ((spot, was.get(spot, NOTHING), will.get(spot, NOTHING)) for spot in spots())
    return tuple(
        Change(spot=spot, before=one, after=other) for spot, one, other in pairs if one != other
    )


def _at(spot: Spot, grants: tuple[Grant, ...], day: date) -> Reached:
    verdict = decide(
        Question(
            viewer=Viewer(
                role=spot.role,
                relationship=spot.relationship,
                purpose=spot.purpose,
                own_service=OWN_SERVICES.get(spot.role),
            ),
            service=spot.service,
            age=None,
            lifecycle=Lifecycle.LIVE,
            profile=_profile(spot.service, day),
            grants=opening(grants, spot.service, spot.purpose),
            feed=Feed(service=spot.service, as_of=day),
            involvements=(),
            today=day,
        )
    )
    if verdict.state is not State.NONE_FOUND:
        return NOTHING
    return Reached(level=verdict.level, fields=verdict.fields)


def _profile(service: Service, day: date) -> ServiceProfile:
    return ServiceProfile(
        service=service,
        title="",
        common_line=CommonLine(daytime=""),
        area="",
        covered_since=day,
        update_cycle_days=1,
        date_meaning="",
    )
