"""Protect people: ask for it, decide how far it goes, and who still works with them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import SecondFactor
from directory.domain.events import Event
from directory.domain.identifiers import Postcode
from directory.domain.people import Address
from directory.domain.restrictions import (
    REVIEWED_EVERY,
    Actor,
    Done,
    Order,
    OrderAct,
    OrderKind,
    Protection,
    check_naming,
)
from directory.domain.traces import left_at
from directory.domain.vocabulary import Lifecycle
from directory.ledger.door import Ledger
from directory.ledger.households import households
from directory.ledger.restrictions import waiting_alike
from directory.ledger.work import Work
from directory.operations.sessions import check_fresh
from directory.operations.sight import enter, see
from directory.policy.disclosed import DisclosedOrder, DisclosedPerson, fields_shown
from directory.policy.disclosure import disclose_found
from directory.policy.permissions import Action
from directory.policy.restrictions import disclose_order


class NoSuchUser(NotFound):
    """Nobody has an account of this e-mail address."""


def list_members(ledger: Ledger, access: Access, *, viewing: UUID) -> tuple[DisclosedPerson, ...]:
    """Return who may be asked protection for: the family's members as this user sees them."""
    with ledger.entry(access, Event.BOARD_VIEWED, action=Action.PROTECTION_ASK) as work:
        sight = see(work, access, viewing)
        enter(work, sight)
        people = tuple(
            disclose_found(access, sight.people[each.person]) for each in sight.family.members
        )
        work.remark(shown=tuple(each.person for each in people), fields=fields_shown(people))
    return people


def ask(ledger: Ledger, access: Access, *, viewing: UUID, people: frozenset[UUID]) -> UUID:
    """Protect members of the family that is looked at, and return the order; it holds at once.

    Raises NotFound for anybody who is no member of it as this user sees it.
    """
    with ledger.entry(access, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
        sight = see(work, access, viewing)
        enter(work, sight)
        if not people or not people <= sight.people.keys():
            raise NotFound
        work.remark(shown=tuple(sorted(people)))
        order = begin(work, access, people=people)
    complete(ledger, access, order=order)
    return order


def begin(work: Work, access: Access, *, people: Collection[UUID]) -> UUID:
    """Begin an order that puts `people` behind a broker, and return it."""
    order = Order(
        reference=work.new_reference(),
        kind=OrderKind.UNDER_REVIEW,
        protection=Protection.BROKERED,
        people=tuple(sorted(people)),
        named=frozenset(),
        asked_by=actor(access),
        since=access.at,
        review_due=access.at + REVIEWED_EVERY,
    )
    work.restrictions.keep(order)
    note(work, access, order.reference, OrderAct.ASKED)
    work.index_people(order.people)
    return order.reference


def complete(ledger: Ledger, access: Access, *, order: UUID) -> None:
    """Let the order protect whoever lives with its people, and hold the lines that wait.

    So do the orders that are due because it grew. Doing it again changes nothing but what came
    meanwhile. Raises NotFound for no such order.
    """
    due: tuple[UUID, ...] = (order,)
    while due:  # lines may wait about those who were taken in just now
        with ledger.entry(access, Event.PROTECTION_COMPLETED, action=Action.PROTECTION_ASK) as work:
            work.remark(occasion=order)
            _widen(work, access, due)
            due = work.restrictions.incomplete()


def complete_due(ledger: Ledger, access: Access) -> None:
    """Complete every order of whose people more was captured since, or beside which one ended.

    Nothing is entered where none is due.
    """
    while ledger.is_order_due(access, action=Action.PROTECTION_COMPLETE):
        with ledger.entry(
            access, Event.PROTECTION_COMPLETED, action=Action.PROTECTION_COMPLETE
        ) as work:
            _widen(work, access, work.incomplete_orders())


def list_orders(ledger: Ledger, access: Access) -> tuple[DisclosedOrder, ...]:
    """Return the orders in force, and those lifted at once that nobody countersigned yet."""
    with ledger.entry(access, Event.ORDERS_LISTED, action=Action.PROTECTION_READ) as work:
        return _disclosed(work, access, work.restrictions.standing())


def view_order(ledger: Ledger, access: Access, *, order: UUID) -> DisclosedOrder:
    """Return the order, or raise NotFound."""
    with ledger.entry(access, Event.ORDER_VIEWED, action=Action.PROTECTION_READ) as work:
        return _disclosed(work, access, (order_of(work, order),))[0]


def hide(
    ledger: Ledger,
    access: Access,
    *,
    order: UUID,
    kind: OrderKind,
    rule: SecondFactor = SecondFactor.REQUIRED,
) -> None:
    """Let nobody find the order's people but those it names.

    An adoption severs them as well: from then on no board and no list holds them, for good. Raises
    FactorStale where the officer must first give their second factor again.
    """
    if kind is OrderKind.UNDER_REVIEW:
        raise Refused
    with changing(order, OrderAct.HIDDEN, ledger=ledger, access=access) as (work, found):
        check_fresh(work, rule)
        work.restrictions.change(order, kind=kind, protection=Protection.HIDDEN)
        if kind is OrderKind.ADOPTION:
            note(work, access, order, OrderAct.SEVERED)
            for each in found.people:
                work.people.set_lifecycle(each, Lifecycle.ADOPTED_SEVERED)
        work.index_people(found.people)


def name(
    ledger: Ledger,
    access: Access,
    *,
    order: UUID,
    email: str,
    rule: SecondFactor = SecondFactor.REQUIRED,
) -> None:
    """Name in the order the account of `email`: its user still finds the people it hides.

    Raises NoSuchUser where there is no such account, TooManyNamed where the order names five, and
    FactorStale as hide does.
    """
    with changing(order, OrderAct.NAMED, ledger=ledger, access=access) as (work, found):
        check_fresh(work, rule)
        account = work.accounts.by_email(email.strip().lower())
        if account is None:
            raise NoSuchUser
        check_naming(found, account.reference)
        if account.reference not in found.named:
            work.restrictions.name(order, account.reference)


def unname(ledger: Ledger, access: Access, *, order: UUID, account: UUID) -> None:
    """Name `account` in the order no longer."""
    with changing(order, OrderAct.UNNAMED, ledger=ledger, access=access) as (work, _found):
        work.restrictions.unname(order, account)


def keep_address(
    ledger: Ledger, access: Access, *, order: UUID, house: str, street: str, postcode: Postcode
) -> None:
    """Keep a safe address of the order's people: every line that tells it is held."""
    home = Address(house=house, street=street, postcode=postcode)
    with changing(order, OrderAct.ADDRESS_KEPT, ledger=ledger, access=access) as (work, found):
        for each in found.people:
            work.traces.capture(each, left_at(home))
    complete(ledger, access, order=order)


def review(ledger: Ledger, access: Access, *, order: UUID) -> None:
    """Say that the order was reviewed and still holds."""
    with changing(order, OrderAct.REVIEWED, ledger=ledger, access=access) as (work, _found):
        work.restrictions.reviewed(order, access.at)


@contextmanager
def changing(
    order: UUID,
    act: OrderAct,
    *,
    ledger: Ledger,
    access: Access,
    action: Action = Action.PROTECTION_KEEP,
) -> Iterator[tuple[Work, Order]]:
    """Yield a unit of work with the order in force, in whose life `act` is then an event."""
    with ledger.entry(access, Event.ORDER_CHANGED, action=action) as work:
        work.remark(words=act)
        found = order_of(work, order)
        yield work, found
        note(work, access, order, act)


def order_of(work: Work, reference: UUID) -> Order:
    """Return the order in force or still to be countersigned, or raise NotFound."""
    work.remark(occasion=reference)
    order = work.restrictions.order(reference)
    if order is None or (order.ended is not None and order.countersign_by is None):
        raise NotFound
    work.remark(shown=order.people)
    return order


def actor(access: Access) -> Actor:
    """Return who acts, for an order; raises Refused for nobody."""
    if access.account is None or access.organisation is None:
        raise Refused
    return Actor(account=access.account, organisation=access.organisation)


def note(work: Work, access: Access, order: UUID, act: OrderAct) -> None:
    """Keep an event in the life of the order."""
    done = Done(act=act, at=access.at, by=actor(access).account)
    work.restrictions.enter(work.new_reference(), order, done)


def take_in(work: Work, access: Access, order: UUID, people: Collection[UUID]) -> None:
    """Let the order protect `people` as well, each an event in its life."""
    for each in sorted(people):
        work.restrictions.take_in(order, each)
        done = Done(act=OrderAct.PERSON_ADDED, at=access.at, by=access.account)
        work.restrictions.enter(work.new_reference(), order, done)


def _widen(work: Work, access: Access, orders: Collection[UUID]) -> None:
    """Let orders protect whoever they are to protect as well; those that grew are due again.

    Everything is read before anything is written, so that no lock is held meanwhile. Raises
    NotFound for no such order.
    """
    people = {each: work.protected_by(each) for each in orders}
    if not all(people.values()):
        raise NotFound
    others = households(work, people)
    held = waiting_alike(work)
    for each in orders:
        work.restrictions.complete(each)
    for each in orders:
        take_in(work, access, each, others[each])
    work.index_people(frozenset[UUID]().union(*people.values(), *others.values()))
    work.matching.resemble(held)


def _disclosed(work: Work, access: Access, orders: tuple[Order, ...]) -> tuple[DisclosedOrder, ...]:
    people = work.people.many({person for order in orders for person in order.people})
    events = {each.reference: work.restrictions.events(each.reference) for each in orders}
    accounts = {done.by for every in events.values() for done in every if done.by}
    named = {each for order in orders for each in order.named}
    asked = {each.lifting.asked_by.account for each in orders if each.lifting}
    names = work.accounts.names(accounts | named | asked)
    shown = tuple(
        disclose_order(
            access,
            each,
            people=tuple(people[person] for person in each.people if person in people),
            events=events[each.reference],
            names=names,
        )
        for each in orders
    )
    work.remark(
        shown=tuple(person.person for each in shown for person in each.people),
        fields=fields_shown(shown),
    )
    return shown
