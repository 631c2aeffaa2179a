"""Which gates each role needs, and which acts close when one of them lapses."""

from collections.abc import Iterable

from directory.domain.access import Refused
from directory.domain.gates import Gate, Standing
from directory.domain.vocabulary import Role
from directory.policy.permissions import VIEWING_ROLES, Action

SEES_PEOPLE = frozenset(
    {
        Action.PEOPLE_FIND,
        Action.FAMILY_OPEN,
        Action.FAMILY_ADD_PERSON,  # its pages show the family
        Action.FAMILIES_MINE,
        Action.AUDIT_INVESTIGATE,
        Action.MATCHING_DECIDE,
        Action.SHARING_PREVIEW,
    }
)
"""The acts that show people; every other stays open to one whose gates have lapsed."""


class GatesClosed(Refused):
    """A gate the role needs is not held today; nothing was shown."""

    def __init__(self, closed: tuple[Standing, ...]) -> None:
        """Say which gates are `closed`, in words for whoever reads a trace."""
        super().__init__("not held: " + ", ".join(each.gate for each in closed))
        self.closed = closed


def needed(role: Role) -> frozenset[Gate]:
    """Return the gates that `role` needs to see people."""
    return frozenset(Gate) if role in VIEWING_ROLES else frozenset()


def is_gated(role: Role, action: Action) -> bool:
    """Return whether `action` asks for the gates of `role`."""
    return action in SEES_PEOPLE and bool(needed(role))


def check(role: Role, action: Action, standings: Iterable[Standing]) -> None:
    """Raise GatesClosed where `action` shows people and a gate that `role` needs is not held."""
    if not is_gated(role, action):
        return
    found = {each.gate: each for each in standings}
    closed = tuple(
        found[gate] for gate in Gate if gate in needed(role) and not found[gate].state.is_open
    )
    if closed:
        raise GatesClosed(closed)
