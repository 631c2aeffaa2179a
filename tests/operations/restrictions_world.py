"""The small council with restriction officers of two organisations, and orders they keep."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from directory.domain.access import Access
from directory.domain.accounts import SecondFactor
from directory.domain.events import Event
from directory.domain.looking import Answer
from directory.domain.restrictions import OrderKind
from directory.domain.vocabulary import Role
from directory.operations import restrictions
from directory.operations.people import LookUp
from directory.policy.permissions import Action
from directory.store.agencies import AgencyStore
from tests.factories import HOMES, NOON
from tests.operations.accounts_world import World, at_work, settle
from tests.operations.audit_world import council

OFFICER, DIRECTOR = Role.RESTRICTION_OFFICER, Role.SIRO
OPTIONAL = SecondFactor.OPTIONAL


@contextmanager
def guarded_council(folder: Path) -> Iterator[World]:
    """Yield the council with Una, its officer, Piotr, another body's, and Dilys, a director."""
    with council(folder) as here:
        with here.database.writing() as connection:
            AgencyStore(connection).keep_organisation(HOMES, known_as="HH", name="Hillside Homes")
        for who, role, organisation in (
            ("una", OFFICER, "NSC"), ("noor", OFFICER, "NSC"), ("piotr", OFFICER, "HH"),
            ("dilys", DIRECTOR, "NSC"),
        ):  # fmt: skip
            settle(
                here,
                email=f"{who}@council.example",
                display_name=who.title(),
                organisation=organisation,
                roles=frozenset({role}),
            )
        yield here


def officer(here: World, who: str = "una", *, at: datetime = NOON) -> Access:
    """Return one of them at work."""
    role = DIRECTOR if who == "dilys" else OFFICER
    return at_work(here, at=at, role=role, email=f"{who}@council.example")


def guard(here: World, who: Access, *people: UUID) -> UUID:
    """Protect these people at once, and return the order."""
    with here.ledger.entry(who, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
        order = restrictions.begin(work, who, people=people)
    restrictions.complete(here.ledger, who, order=order)
    return order


def hidden(here: World, who: Access, *people: UUID) -> UUID:
    """Protect these people, let an officer hide them, and return the order."""
    order = guard(here, who, *people)
    restrictions.hide(here.ledger, who, order=order, kind=OrderKind.SAFETY, rule=OPTIONAL)
    return order


def seen(look_up: LookUp) -> tuple[Answer, list[tuple[str, str]]]:
    """Return what results say of whom: names and parts of postcodes."""
    return look_up.answer, [(each.name, each.part_postcode) for each in look_up.hits]
