"""Readers look at one family without a pause while it is hidden, or while their role is taken."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event as Flag
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import SecondFactor
from directory.domain.looking import Sought
from directory.domain.people import Person
from directory.domain.vocabulary import Relationship, Role
from directory.operations import accounts, families, people
from directory.policy.permissions import purposes_for
from tests.operations.hidden_world import hide, signed_in
from tests.town import Town
from tests.web.walks import CALLUM, PRIYA

READERS = {PRIYA: Role.FRONT_DOOR, CALLUM: Role.CHILDRENS_SOCIAL_WORKER}
_AFTER = 5  # how many more times each reader looks once the change was acknowledged


@dataclass(slots=True, kw_only=True)
class Reader:
    """One reader's look at one family, and when each look that showed it had begun."""

    access: Access
    viewing: UUID
    shown_from: list[float] = field(default_factory=list)
    looks: int = 0

    def go_on(self, town: Town, stop: Flag) -> None:
        """Look again and again until told to stop."""
        while not stop.is_set():
            begun = time.monotonic()
            try:
                families.view_board(town.ledger, self.access, viewing=self.viewing)
                self.shown_from.append(begun)
            except (Refused, NotFound):
                pass
            self.looks += 1


def readers_of(town: Town, person: Person, *, sessions: int) -> Iterator[Reader]:
    """Yield readers who opened the family of `person` by their own word, several a session."""
    for email, role in READERS.items():
        access = signed_in(town, email, role)
        sought = Sought(name=f"{person.name.surname}, {person.name.forenames}")
        found = people.ask(town.ledger, access, sought=sought)
        if person.reference not in {
            each.person for each in people.look_up(town.ledger, access, reference=found).hits
        }:
            continue
        chosen = people.choose(town.ledger, access, look_up=found, person=person.reference)
        if chosen.relationship is not Relationship.NONE:
            continue  # an allocated worker still finds whom an order hides
        viewing = families.give_purpose(
            town.ledger,
            access,
            person=person.reference,
            look_up=found,
            purpose=purposes_for(role)[0],
            reason="duty 441",
        )
        yield from (Reader(access=access, viewing=viewing) for _ in range(sessions))


def late_looks(town: Town, readers: list[Reader], change: Callable[[], None]) -> tuple[int, int]:
    """Make `change` while all read; return how many were shown it that began later, of how many."""
    stop = Flag()
    with ThreadPoolExecutor(len(readers)) as pool:
        going = [pool.submit(each.go_on, town, stop) for each in readers]
        try:
            acknowledged = _changed(readers, change)
        finally:
            stop.set()
        for each in going:
            each.result()
    late = sum(begun > acknowledged for each in readers for begun in each.shown_from)
    return late, sum(each.looks for each in readers)


def _changed(readers: list[Reader], change: Callable[[], None]) -> float:
    """Make `change` once all have read, and return when it was kept, after some looks more."""
    while not all(each.shown_from for each in readers):
        time.sleep(0.005)
    change()
    acknowledged = time.monotonic()
    before = [each.looks for each in readers]
    while any(each.looks < looked + _AFTER for each, looked in zip(readers, before, strict=True)):
        time.sleep(0.005)
    return acknowledged


def hides(town: Town, person: Person) -> Callable[[], None]:
    """Return the hiding of `person` by an officer."""
    return lambda: hide(town, {person.reference})


def takes_roles(town: Town) -> Callable[[], None]:
    """Return the taking of every reader's role."""

    def take() -> None:
        for email, role in READERS.items():
            account = accounts.find_account(town.ledger, town.operator(), email=email)
            accounts.remove_role(town.ledger, town.operator(), account=account, role=role)

    return take


def give_another_role(town: Town) -> None:
    """Give every reader a role that shows nobody: no account is without one."""
    for email in READERS:
        account = accounts.find_account(town.ledger, town.operator(), email=email)
        accounts.grant_role(
            town.ledger,
            town.operator(),
            account=account,
            role=Role.DPO,
            rule=SecondFactor.OPTIONAL,
        )


def give_roles_back(town: Town) -> None:
    """Give every reader their role again, for the next round."""
    for email, role in READERS.items():
        account = accounts.find_account(town.ledger, town.operator(), email=email)
        accounts.grant_role(
            town.ledger, town.operator(), account=account, role=role, rule=SecondFactor.OPTIONAL
        )
