"""Which gates each role needs, which acts close when one lapses, and what urgent work keeps."""

from collections.abc import Iterable

from directory.domain.access import Refused
from directory.domain.gates import Gate, Standing
from directory.domain.vocabulary import Purpose, Role
from directory.policy.permissions import VIEWING_ROLES, Action, purposes_for

SEES_PEOPLE = frozenset(
    {
        Action.PEOPLE_FIND,
        Action.FAMILY_OPEN,
        Action.CONTACT_REPORT,
        Action.FAMILY_ADD_PERSON,  # its pages show the family
        Action.FAMILIES_MINE,
        Action.CLAIMS_CONFIRM,
        Action.CONSENT_KEEP,
        Action.FAMILY_HAND_ON,
        Action.FAMILY_WATCH,
        Action.AUDIT_INVESTIGATE,
        Action.MATCHING_DECIDE,
        Action.SHARING_PREVIEW,
    }
)
"""The acts that show people; every other stays open to one whose gates have lapsed."""

OWN_SERVICE = frozenset(
    {
        Action.UPKEEP,
        Action.CORRECTIONS_ANSWER,
        Action.CONTACT_CONFIRM,
        Action.EXTRACT_SEND,
        Action.INVOLVEMENTS_SEND,
        Action.PRACTITIONERS_SEND,
    }
)
"""The acts on one's own service's involvements: a lapse leaves them open, a suspension does not."""

URGENT = frozenset({Purpose.CHILD_PROTECTION, Purpose.TRIAGE})
"""Purposes that a lapse never leaves without the common lines."""

_LEADS_TO_URGENT = frozenset({Action.PEOPLE_FIND, Action.FAMILY_OPEN})


class GatesClosed(Refused):
    """A gate the role needs is not held today; nothing was shown."""

    def __init__(self, closed: tuple[Standing, ...]) -> None:
        """Say which gates are `closed`, in words for whoever reads a trace."""
        super().__init__("not held: " + ", ".join(each.gate for each in closed))
        self.closed = closed


class OrganisationSuspended(Refused):
    """The viewer's organisation is suspended: nothing is shown, and no emergency lifts it."""


def needed(role: Role) -> frozenset[Gate]:
    """Return the gates that `role` needs to see people."""
    return frozenset(Gate) if role in VIEWING_ROLES else frozenset()


def is_gated(role: Role, action: Action) -> bool:
    """Return whether `action` asks for the gates of `role`."""
    return action in SEES_PEOPLE and bool(needed(role))


def urgent_purposes(role: Role) -> frozenset[Purpose]:
    """Return for which purposes `role` keeps the common lines whatever has lapsed."""
    purposes = frozenset(purposes_for(role))
    return purposes if role is Role.OUT_OF_HOURS else purposes & URGENT


def closed_to(role: Role, standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the gates that `role` needs and that are not held, in the order of Gate."""
    found = {each.gate: each for each in standings}
    return tuple(
        found[gate] for gate in Gate if gate in needed(role) and not found[gate].state.is_open
    )


def check_action(role: Role, action: Action, closed: tuple[Standing, ...]) -> None:
    """Raise GatesClosed where `action` shows people and gates are `closed`.

    A role that may have to act at once still searches and opens: its purpose decides then.
    """
    if not closed or not is_gated(role, action):
        return
    if action in _LEADS_TO_URGENT and urgent_purposes(role):
        return
    raise GatesClosed(closed)


def check_purpose(role: Role, purpose: Purpose, closed: tuple[Standing, ...]) -> None:
    """Raise GatesClosed where gates are `closed` and `purpose` can wait until they are renewed."""
    if closed and purpose not in urgent_purposes(role):
        raise GatesClosed(closed)
