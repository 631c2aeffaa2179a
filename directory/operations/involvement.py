"""Open one service's card about one person: whom to ring, and when it was last involved."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.vocabulary import Purpose, Relationship, Service
from directory.ledger.door import Ledger
from directory.operations.sight import card_in, see
from directory.policy.disclosed import DisclosedCard, fields_shown
from directory.policy.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A service's card with why its viewer sees it."""

    viewing: UUID
    purpose: Purpose
    relationship: Relationship
    card: DisclosedCard
    emergency_until: datetime | None


def open_card(
    ledger: Ledger, access: Access, *, viewing: UUID, person: UUID, service: Service
) -> Card:
    """Return the card of `service` about a member of the family that is looked at.

    Raises NotFound where the person is no member or the service is not listed for this viewer.
    """
    with ledger.entry(access, Event.CARD_OPENED, action=Action.FAMILY_OPEN) as work:
        sight = see(work, access, viewing)
        card = card_in(work, access, sight, person=person, service=service)
        work.remark(
            relationship=sight.grounds[person],
            fields=fields_shown(card),
            agreements=card.agreements,
        )
    return Card(
        viewing=viewing,
        purpose=sight.viewing.purpose,
        relationship=sight.grounds[person],
        card=card,
        emergency_until=sight.emergency_until,
    )
