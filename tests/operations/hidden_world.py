"""Two towns that differ only in whom an order hides, and how each role's looks compare."""

import os
import random
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, select

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import Session
from directory.domain.events import Event
from directory.domain.looking import Sought
from directory.domain.people import Person
from directory.domain.restrictions import OrderKind, Protection
from directory.domain.vocabulary import Findability, IdentifierKind, Role
from directory.operations import families, involvement, people, restrictions
from directory.policy.permissions import FINDABLE, Action, purposes_for
from directory.policy.shielding import standing_of
from directory.store.accounts import AccountStore
from directory.store.line_tables import LineRow
from directory.store.restrictions import RestrictionStore
from directory.store.sealing import Sealer
from directory.web.access import access_of
from tests.town import KEYS, Town, opened
from tests.web.walks import ASHA, BETHAN, DECLAN, GRACE, IMRAN, MARIE, PRIYA, RUTH, UNA

USERS = {
    ASHA: Role.CHILDRENS_SOCIAL_WORKER,
    BETHAN: Role.FAMILY_HELP_LEAD,
    PRIYA: Role.FRONT_DOOR,
    DECLAN: Role.OUT_OF_HOURS,
    GRACE: Role.TEAM_MANAGER,
    RUTH: Role.ADULT_SOCIAL_WORKER,
    MARIE: Role.SERVICE_LEAD,
    IMRAN: Role.POLICE_LIAISON,
}
_WHOLE = 0.5  # how often a whole household is asked to be hidden
_BOUND = frozenset({"viewer", "viewing"})
"""Random references made for this look alone: no disclosed values."""


@dataclass(slots=True, kw_only=True)
class Compared:
    """How many values both worlds told alike, and every place where they did not."""

    cells: int = 0
    walks: int = 0
    differing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """A town that hides people, where its copies are kept, and whom to ask for."""

    town: Town
    folder: Path
    asked: tuple[Person, ...]


@contextmanager
def hiding(folder: Path, *, families_hidden: int, seed: int) -> Iterator[Hiding]:
    """Yield a town with people hidden; as many others are asked for too, drawn by `seed`."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    (folder / "hiding").mkdir()
    with opened(folder / "hiding") as town:
        anchors = _anchors(town)
        chance.shuffle(anchors)
        asked = _people(town, anchors[: 2 * families_hidden])
        for each in anchors[:families_hidden]:
            hide(town, _household(town, each) if chance.random() < _WHOLE else {each})
        yield Hiding(town=town, folder=folder, asked=asked)


@contextmanager
def unknown_to(of: Hiding, access: Access) -> Iterator[Town]:
    """Yield a town where no line ever spoke of those who are hidden from this user.

    Whom the user still finds, as named, allocated worker, manager or own desk, is hidden in both.
    """
    with of.town.database.reading() as connection:
        shield = RestrictionStore(connection).shield(standing_of(access))
    folder = of.folder / f"unknown to {access.role}"
    folder.mkdir()
    with opened(folder) as town:
        forget(town, shield.hidden)
        if shield.opened:
            hide_alone(town, shield.opened)
        yield town


def _anchors(town: Town) -> list[UUID]:
    """Return everybody of whom some line tells, in the order of the lines."""
    with town.database.reading() as connection:
        found = connection.scalars(
            select(LineRow.person)
            .where(LineRow.person.is_not(None))
            .order_by(LineRow.service, LineRow.source_reference)
        )
        return list(dict.fromkeys(each for each in found if each is not None))


def some_people(town: Town, *, one_in: int) -> tuple[Person, ...]:
    """Return one in so many of those of whom some line tells, in the order of the lines."""
    return _people(town, _anchors(town)[::one_in])


def _household(town: Town, person: UUID) -> set[UUID]:
    with town.ledger.entry(
        town.operator(), Event.EXTRACT_TAKEN, action=Action.EXTRACT_TAKE
    ) as work:
        return {each.person for each in work.people.family(person).members} | {person}


def _people(town: Town, references: list[UUID]) -> tuple[Person, ...]:
    with town.ledger.entry(
        town.operator(), Event.EXTRACT_TAKEN, action=Action.EXTRACT_TAKE
    ) as work:
        found = work.people.many(references)
        numbers = work.people.identified(found)
    return tuple(
        replace(found[each], identifiers=numbers.get(each, ()))
        for each in references
        if each in found
    )


def hide(town: Town, people: Collection[UUID]) -> None:
    """Let an officer hide `people`, and whoever lives with them."""
    officer = signed_in(town, UNA, Role.RESTRICTION_OFFICER)
    with town.ledger.entry(officer, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
        order = restrictions.begin(work, officer, people=people)
    restrictions.complete(town.ledger, officer, order=order)
    with town.ledger.entry(officer, Event.ORDER_CHANGED, action=Action.PROTECTION_KEEP) as work:
        work.restrictions.change(order, kind=OrderKind.SAFETY, protection=Protection.HIDDEN)
        taken_in = work.protected_by(order)
        work.index_people(taken_in)


def hide_alone(town: Town, people: Collection[UUID]) -> None:
    """Let an officer hide `people` and nobody beside them: whoever lives with them is known."""
    officer = signed_in(town, UNA, Role.RESTRICTION_OFFICER)
    with town.ledger.entry(officer, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
        order = restrictions.begin(work, officer, people=people)
        work.restrictions.change(order, kind=OrderKind.SAFETY, protection=Protection.HIDDEN)
        work.index_people(people)


def forget(town: Town, people: Collection[UUID]) -> None:
    """Let the town be as if no line had ever spoken of `people`."""
    with town.database.writing() as connection:
        connection.execute(delete(LineRow).where(LineRow.person.in_(people)))
    with town.ledger.entry(
        town.operator(), Event.EXTRACT_TAKEN, action=Action.EXTRACT_TAKE
    ) as work:
        work.index_or_hide(people)


def signed_in(town: Town, email: str, role: Role) -> Access:
    """Return the access of a new session of `email` in `role`."""
    with town.database.writing() as connection:
        accounts = AccountStore(connection, Sealer(KEYS, os.urandom))
        account = accounts.by_email(email)
        if account is None:
            raise LookupError(email)
        session = Session(
            token_hash=f"{email:-<32.32}".encode(),
            account=account.reference,
            version=account.version,
            started=town.clock(),
            seen=town.clock(),
            acting_as=role,
            proven=town.clock(),
        )
        accounts.end_sessions(account.reference)
        accounts.open_session(session)
    access = access_of(session, account, town.clock())
    if access is None:
        raise LookupError(role)
    return access


def compare(of: Hiding, email: str, found: Compared) -> None:
    """Let `email` look for each of those asked for in both worlds, and add up what is told."""
    role = USERS[email]
    one = signed_in(of.town, email, role)
    with unknown_to(of, one) as unknown:
        two = signed_in(unknown, email, role)
        for person in of.asked:
            for sought in ways_to_ask(person, role):
                pairs = zip_longest(
                    told(of.town, one, sought), told(unknown, two, sought), fillvalue="absent"
                )
                for first, second in pairs:
                    found.cells += 1
                    if first != second:
                        found.differing.append(f"{role} {sought.name}: {first} / {second}")
                found.walks += 1


def ways_to_ask(person: Person, role: Role) -> Iterator[Sought]:
    """Yield what somebody who knows the person would type."""
    name = f"{person.name.surname}, {person.name.forenames}"
    birth = person.birth.day if person.birth else None
    yield Sought(name=name, birth=birth if isinstance(birth, date) else None)
    numbers = [each for each in person.identifiers if each.kind is IdentifierKind.NHS_NUMBER]
    if numbers:
        yield Sought(nhs_number=numbers[0].value)
    if FINDABLE[role] is not Findability.EXACT:
        yield Sought(name=name)
        if person.addresses and person.addresses[0].postcode:
            yield Sought(name=person.name.surname, postcode=str(person.addresses[0].postcode))


def told(town: Town, access: Access, sought: Sought) -> Iterator[str]:
    """Yield every value one look tells, each with its field: results, boards, cards, refusals."""
    reference = people.ask(town.ledger, access, sought=sought)
    results = people.look_up(town.ledger, access, reference=reference)
    yield f"answer {results.answer}"
    yield from values(results.hits)
    yield from values(results.feeds)
    for hit in results.hits[:2]:
        try:
            yield from _opened(town, access, reference, hit.person)
        except (Refused, NotFound) as refusal:
            yield f"refused {type(refusal).__name__}"


def _opened(town: Town, access: Access, reference: UUID, person: UUID) -> Iterator[str]:
    chosen = people.choose(town.ledger, access, look_up=reference, person=person)
    yield from values(chosen.person)
    yield f"{chosen.relationship} {chosen.purposes} {chosen.claim}"
    viewing = chosen.viewing or families.give_purpose(
        town.ledger,
        access,
        person=person,
        look_up=reference,
        purpose=(chosen.purposes or purposes_for(access.role))[0],
        reason="duty 441",
    )
    board = families.view_board(town.ledger, access, viewing=viewing)
    yield from values(board.board)
    for member in board.board.members:
        for line in member.lines:
            if line.opens:
                card = involvement.open_card(
                    town.ledger,
                    access,
                    viewing=viewing,
                    person=member.person.person,
                    service=line.service,
                )
                yield from values(card)


def values(shown: object, name: str = "") -> Iterator[str]:
    """Yield each value there is in something shown, under the names of its kind and its field.

    That a list is empty is a value too.
    """
    if is_dataclass(shown):
        kind = f"{name}.{type(shown).__name__}"
        told = [each.name for each in fields(shown) if each.name not in _BOUND]
        for each in told:
            yield from values(getattr(shown, each), f"{kind}.{each}")
        if not told:
            yield kind
    elif isinstance(shown, Mapping) and shown:
        for key, value in shown.items():
            yield from values(value, f"{name}.{key}")
    elif isinstance(shown, tuple | list) and shown:
        for each in shown:
            yield from values(each, name)
    else:
        yield f"{name} {shown}"
