"""Who would see more or less of a service, were its rule another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.domain.dates import age_on
from directory.domain.rules import ServiceRule, Tally
from directory.domain.vocabulary import Level, Role, Service
from directory.policy.matrix import MATRIX, SERVICES
from directory.policy.rules import EXTENDED, ceiling

FEWEST_TOLD = 6
"""Smaller numbers are told as "fewer than 6": they would point at somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What differs for `roles`: how many involvements more, and how many less, would be told."""

    roles: tuple[Role, ...]
    more: int
    less: int


def effects(
    service: Service,
    tallies: Iterable[Tally],
    *,
    before: ServiceRule,
    after: ServiceRule,
    day: date,
) -> tuple[Effect, ...]:
    """Return what would differ on `day`: for the roles with the long view, and for the others."""
    held = tuple(tallies)
    readers = _readers(service)
    halves = (readers & EXTENDED, readers - EXTENDED)
    return tuple(
        _effect(roles, held, before=before, after=after, day=day) for roles in halves if roles
    )


def _readers(service: Service) -> frozenset[Role]:
    """Return the roles that are told anything of `service` beyond its common line."""
    place = SERVICES.index(service)
    own = frozenset({Role.SERVICE_LEAD})
    return own | {role for (role, _), levels in MATRIX.items() if levels[place] > Level.L1}


def _effect(
    roles: frozenset[Role],
    tallies: Iterable[Tally],
    *,
    before: ServiceRule,
    after: ServiceRule,
    day: date,
) -> Effect:
    role = min(roles)
    more = less = 0
    for each in tallies:
        was, would = _told(each, before, role, day), _told(each, after, role, day)
        more += each.lines * (would > was)
        less += each.lines * (would < was)
    return Effect(roles=tuple(r for r in Role if r in roles), more=more, less=less)


def _told(tally: Tally, rule: ServiceRule, role: Role, day: date) -> Level:
    age = None if tally.birth is None else age_on(tally.birth, day)
    return ceiling(tally, rule, role, day) if rule.holds_age(age) else Level.L0
