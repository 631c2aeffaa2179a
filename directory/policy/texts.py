"""Which words about services and teams may be indexed, and which of them a role may find."""

from collections.abc import Mapping

from directory.domain.access import Access
from directory.domain.texts import Text, TextKind
from directory.domain.vocabulary import Role, Service
from directory.policy.disclosed import SEAL, DisclosedText
from directory.policy.disclosure import viewer_of

_NOBODY: frozenset[TextKind] = frozenset()
_BROKERED = frozenset({TextKind.TEAM, TextKind.PRACTITIONER_ROLE})

KINDS: Mapping[Role, frozenset[TextKind]] = {
    Role.ADMINISTRATOR: frozenset({TextKind.ORGANISATION}),  # the picker of the account form
}
"""What a role may find by words; a role that is not named finds nothing."""


def findable_kinds(role: Role) -> frozenset[TextKind]:
    """Return the kinds of text that `role` may find."""
    return KINDS.get(role, _NOBODY)


def may_be_indexed(text: Text) -> bool:
    """Return whether anybody may find `text` by its words.

    A sensitive service has one point of contact, so none of its teams is told of; a service that
    shows teams only tells of no practitioner, so not of what they are either.
    """
    if text.service is Service.SENSITIVE and text.kind in _BROKERED:
        return False
    return not (text.team_only and text.kind is TextKind.PRACTITIONER_ROLE)


def disclose_text(access: Access, text: Text) -> DisclosedText:
    """Return what is shown of `text`, sealed to who found it; its body is not."""
    return DisclosedText(
        viewer=viewer_of(access),
        seal=SEAL,
        kind=text.kind,
        reference=text.reference,
        name=text.name,
        within=text.within,
    )
