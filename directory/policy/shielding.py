"""From whom protected people are kept, and who still works with them."""

from directory.domain.access import Access
from directory.domain.restrictions import Standing
from directory.domain.vocabulary import Role

UNSHIELDED = frozenset({Role.OPERATOR, Role.PROGRAMME, Role.RESTRICTION_OFFICER})
"""Who meets protected people as they are: what takes files and lines, who keeps the orders.

A programme is shown nobody: whose its lines are is decided unseen.
"""

ALLOCATED_ROLES = frozenset(
    {Role.CHILDRENS_SOCIAL_WORKER, Role.FAMILY_HELP_LEAD, Role.ADULT_SOCIAL_WORKER}
)
"""Roles that a person may be allocated to by name."""

HEEDS_CONSENT = frozenset(
    {
        Role.FAMILY_HELP_LEAD,
        Role.ADULT_SOCIAL_WORKER,
        Role.SERVICE_LEAD,
        Role.SCHOOL_SAFEGUARDING_LEAD,
        Role.HEALTH_PRACTITIONER,
        Role.VOLUNTEER,
    }
)
"""Roles that know of nobody without consent, in an organisation that needs it.

Statutory safeguarding roles are not among them: their powers do not wait for consent.
"""

ALWAYS_HEEDS_CONSENT = frozenset({Role.VOLUNTEER})
"""Roles that know of nobody without consent, whatever their organisation."""


def standing_of(access: Access) -> Standing:
    """Return by what this user still finds somebody whom an order hides.

    Those named in the order, the allocated worker, the manager of the team allocated, and the
    contributing service's own desk.
    """
    role = access.role
    return Standing(
        account=access.account,
        day=access.today,
        practitioner=access.practitioner if role in ALLOCATED_ROLES else None,
        team=access.team if role is Role.TEAM_MANAGER else None,
        desk=access.service if role is Role.SERVICE_LEAD else None,
    )


def is_shielded(role: Role) -> bool:
    """Return whether protected people are kept from `role`."""
    return role not in UNSHIELDED
