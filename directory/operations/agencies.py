"""Keep whom to ring true: say that a practitioner has left."""

from directory.domain.access import Access, NotFound
from directory.domain.events import Event
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.policy.permissions import Action


class NoSuchPractitioner(NotFound):
    """The service's current extract names nobody under that reference."""


def deactivate(ledger: Ledger, access: Access, *, service: Service, source_reference: str) -> None:
    """Show the team's lines instead of a practitioner from now on, or raise NoSuchPractitioner."""
    with ledger.entry(access, Event.PRACTITIONER_LEFT, action=Action.PRACTITIONER_LEAVE) as work:
        work.remark(service=service, words=source_reference)
        found = work.involvement.practitioner(service, source_reference)
        if found is None:
            raise NoSuchPractitioner(
                f"the extract of {service} names no practitioner {source_reference}"
            )
        work.involvement.deactivate(found, left_on=access.today, at=access.at)
