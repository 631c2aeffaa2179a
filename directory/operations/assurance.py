"""Whether organisations are trusted: until when each is assured, and which are suspended."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.assurance import Assurance
from directory.domain.events import Event
from directory.domain.gates import check_evidence
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.relationships import ReasonMissing
from directory.policy.permissions import Action


def list_assurances(ledger: Ledger, access: Access) -> tuple[Assurance, ...]:
    """Return every organisation with its assurance, what ends first at the top."""
    with ledger.entry(access, Event.ASSURANCES_LISTED, action=Action.ASSURANCE_KEEP) as work:
        return work.agencies.assurances()


def assure(
    ledger: Ledger, access: Access, *, organisation: UUID, until: date, evidence: str
) -> None:
    """Keep until when an organisation is assured; from then on one is asked of it.

    Raises GateFault where the end or the evidence cannot be, NotFound for no such organisation.
    """
    with ledger.entry(access, Event.ASSURANCE_KEPT, action=Action.ASSURANCE_KEEP) as work:
        check_evidence(today=access.today, end=until, evidence=evidence)
        if organisation not in work.agencies.names():
            raise NotFound
        work.agencies.assure(organisation, until=until, evidence=evidence)
        work.remark(words=f"organisation {organisation.hex} until {until.isoformat()} {evidence}")


def suspend(ledger: Ledger, access: Access, *, organisation: UUID, why: str) -> None:
    """Let nobody of an organisation be shown anybody, from now on, whatever the emergency.

    Raises NotFound for no such organisation and for the user's own, ReasonMissing without a reason.
    """
    with _changing(ledger, access, organisation) as work:
        if not why.strip():
            raise ReasonMissing
        work.agencies.suspend(organisation)
        work.remark(words=f"suspended organisation {organisation.hex}: {why.strip()}")


def restore(ledger: Ledger, access: Access, *, organisation: UUID) -> None:
    """End the suspension of an organisation; raises NotFound as suspend does."""
    with _changing(ledger, access, organisation) as work:
        work.agencies.restore(organisation)
        work.remark(words=f"restored organisation {organisation.hex}")


@contextmanager
def _changing(ledger: Ledger, access: Access, organisation: UUID) -> Iterator[Work]:
    with ledger.entry(access, Event.ASSURANCE_KEPT, action=Action.ASSURANCE_KEEP) as work:
        if organisation == access.organisation or organisation not in work.agencies.names():
            raise NotFound
        yield work
