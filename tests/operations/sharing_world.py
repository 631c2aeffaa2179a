"""A council whose IG lead and data protection officer keep the register of agreements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from directory.domain.access import Access
from directory.domain.accounts import SecondFactor
from directory.domain.sharing import Agreement
from directory.domain.vocabulary import Role
from directory.operations import sharing, sharing_acts
from directory.operations.sharing_acts import seen_mark
from directory.store.agencies import AgencyStore
from directory.store.sharing import SharingStore
from tests.factories import COUNCIL, HOMES, NOON, days_ago, draft, party
from tests.operations.accounts_world import World, at_work, settle
from tests.operations.audit_world import council

DPO_EMAIL = "dele.oyelaran@council.example"
LATER = NOON + timedelta(hours=1)


@contextmanager
def register(folder: Path) -> Iterator[World]:
    """Yield the council of the audit's tests, with a second organisation and an officer."""
    with council(folder) as here:
        with here.database.writing() as connection:
            AgencyStore(connection).keep_organisation(HOMES, known_as="HOM", name="Hillside Homes")
        settle(here, email=DPO_EMAIL, display_name="Dele Oyelaran", roles=frozenset({Role.DPO}))
        yield here


def dele(here: World, at: datetime = LATER) -> Access:
    """Return Dele, the data protection officer, at work."""
    return at_work(here, at=at, role=Role.DPO, email=DPO_EMAIL)


def whole(**differing: Any) -> Agreement:
    """Return the draft of a whole agreement, which nobody has signed."""
    unsigned = (party(COUNCIL, signed_on=None, signed_by=""), party(HOMES, signed_on=None))
    return draft(**({"reference": "ISA-9", "version": 1, "parties": unsigned} | differing))


def held(here: World, reference: UUID) -> Agreement:
    """Return what stands under `reference`."""
    with here.database.reading() as connection:
        return SharingStore(connection).register()[reference]


def drafted(here: World, lead: Access, **differing: Any) -> UUID:
    """Let the lead draft a whole agreement."""
    return sharing_acts.draft(here.ledger, lead, agreement=whole(**differing))


def signed(here: World, lead: Access, reference: UUID) -> None:
    """Let the lead enter every signature."""
    for each in held(here, reference).parties:
        sharing_acts.sign(
            here.ledger,
            lead,
            reference=reference,
            party=replace(each, signed_on=days_ago(3), signed_by="Ada Field, director"),
            seen=seen(here, reference),
        )


def seen(here: World, reference: UUID) -> str:
    """Return by what it is told that a draft is as it was seen now."""
    return seen_mark(held(here, reference).course.edited_at)


def activate(here: World, access: Access, reference: UUID) -> None:
    """Make the draft active as it stands."""
    sharing_acts.activate(
        here.ledger,
        access,
        reference=reference,
        seen=seen(here, reference),
        rule=SecondFactor.OPTIONAL,
    )


def status(here: World, access: Access, reference: UUID) -> str:
    """Return where a version stands, as the register says."""
    return sharing.read_agreement(here.ledger, access, reference=reference).entered.status


def rewritten(here: World, kept: UUID, /, **differing: Any) -> None:
    """Write other words into a version, past every rule of the register."""
    changed = replace(held(here, kept), **differing)
    with here.database.writing() as connection:
        SharingStore(connection).keep(kept, changed)
