"""The default matrix: the level each role and relationship has for each service."""

from collections.abc import Mapping

from directory.domain.vocabulary import Level, Relationship, Role, Service

SERVICES = tuple(Service)
"""The matrix's columns, in order."""

_ROWS = """
childrens_social_worker  allocated     5 5 4 4 4 4 4 4 1
childrens_social_worker  team          5 5 4 4 4 4 4 4 1
childrens_social_worker  claimed       4 4 4 4 4 3 3 3 1
family_help_lead         allocated     5 5 4 4 4 4 4 4 1
family_help_lead         team          5 5 4 4 4 4 4 4 1
family_help_lead         claimed       4 4 4 4 4 3 3 3 1
front_door               enquiry       4 4 4 4 4 4 4 3 1
out_of_hours             enquiry       3 4 4 3 4 3 3 1 1
team_manager             team          4 5 4 4 4 4 4 4 1
adult_social_worker      allocated     1 4 5 4 3 4 3 3 1
adult_social_worker      claimed       1 4 5 4 3 4 3 3 1
adult_social_worker      own_service   1 4 5 4 3 4 3 3 1
service_lead             own_service   1 1 1 1 1 1 1 1 0
school_safeguarding_lead own_service   5 4 0 0 1 1 0 3 0
health_practitioner      own_service   3 4 3 0 1 4 0 3 1
police_liaison           claimed       1 4 1 1 5 0 3 0 0
police_liaison           own_service   1 4 1 1 5 0 3 0 0
volunteer                consent       0 1 1 1 0 1 0 4 0
care_home_nurse          placement     0 0 1 0 0 4 0 0 0
ig_lead                  investigation 4 4 4 4 4 4 4 4 1
"""


def _parsed() -> Mapping[tuple[Role, Relationship], tuple[Level, ...]]:
    rows = (line.split() for line in _ROWS.strip().splitlines())
    return {
        (Role(role), Relationship(relationship)): tuple(Level(int(each)) for each in levels)
        for role, relationship, *levels in rows
    }


MATRIX = _parsed()
"""Levels by role and relationship; a pair that is not listed sees nothing (L0 everywhere)."""


def level(
    role: Role, relationship: Relationship, service: Service, *, own: Service | None
) -> Level:
    """Return the level `role` has for `service`; a service lead has L5 for their `own`."""
    if role is Role.SERVICE_LEAD and service is own and relationship is Relationship.OWN_SERVICE:
        return Level.L5
    row = MATRIX.get((role, relationship))
    return Level.L0 if row is None else row[SERVICES.index(service)]
