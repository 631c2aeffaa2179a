"""End an order that protects people: two people of two organisations, and a day."""

from collections.abc import Collection, Iterator
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.accounts import SecondFactor
from directory.domain.dates import end_of_working_day
from directory.domain.restrictions import (
    Lifting,
    Order,
    OrderAct,
    check_agreeing,
    check_countersigning,
    check_lifting,
)
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.restrictions import actor, changing, complete_due, take_in
from directory.operations.sessions import check_fresh
from directory.policy.permissions import Action


def ask_lifting(ledger: Ledger, access: Access, *, order: UUID) -> None:
    """Ask that the order be lifted; somebody of another organisation agrees after a day.

    Raises ForGood for an adoption. Asking again while it is asked changes nothing.
    """
    with changing(order, OrderAct.LIFTING_ASKED, ledger=ledger, access=access) as (work, found):
        check_lifting(found)
        if found.lifting is None:
            lifting = Lifting(
                reference=work.new_reference(), asked_by=actor(access), asked_at=access.at
            )
            work.restrictions.ask_lifting(order, lifting)


def decline(ledger: Ledger, access: Access, *, order: UUID) -> None:
    """Leave the order in force, whatever was asked; raises NotFound where nothing was."""
    with changing(order, OrderAct.LIFTING_DECLINED, ledger=ledger, access=access) as (work, found):
        if found.lifting is None:
            raise NotFound
        work.restrictions.decline_lifting(found.lifting.reference, access.at)


def agree(
    ledger: Ledger,
    access: Access,
    *,
    order: UUID,
    rule: SecondFactor = SecondFactor.REQUIRED,
) -> None:
    """Agree that the order be lifted, and lift it.

    Raises SamePerson, SameOrganisation or NotYet where that is so, NotFound where nobody asked,
    and FactorStale where the officer must first give their second factor again.
    """
    with changing(order, OrderAct.LIFTED, ledger=ledger, access=access) as (work, found):
        check_fresh(work, rule)
        if found.lifting is None:
            raise NotFound
        second = actor(access)
        check_agreeing(found.lifting, second, access.at)
        work.restrictions.agree_lifting(found.lifting.reference, second, access.at)
        work.restrictions.end(order, second.account, access.at)
        _hand_over(work, access, found)
    complete_due(ledger, access)


def lift_at_once(
    ledger: Ledger,
    access: Access,
    *,
    order: UUID,
    rule: SecondFactor = SecondFactor.REQUIRED,
) -> None:
    """Lift a wrongful order at once, to be countersigned by the end of the next working day.

    Raises NotFound where that was done already, ForGood for an adoption, FactorStale as agree does.
    """
    with changing(
        order,
        OrderAct.LIFTED_AT_ONCE,
        ledger=ledger,
        access=access,
        action=Action.PROTECTION_LIFT_AT_ONCE,
    ) as (work, found):
        check_fresh(work, rule)
        if found.ended is not None:
            raise NotFound
        check_lifting(found)
        due = end_of_working_day(access.at, days=1, holidays=work.holidays)
        work.restrictions.end(order, actor(access).account, access.at, countersign_by=due)
        _hand_over(work, access, found)
    complete_due(ledger, access)


def countersign(ledger: Ledger, access: Access, *, order: UUID) -> None:
    """Countersign that the order was lifted at once; raises SamePerson for who lifted it."""
    with changing(order, OrderAct.COUNTERSIGNED, ledger=ledger, access=access) as (work, found):
        if found.countersign_by is None:
            raise NotFound
        check_countersigning(found, actor(access).account)
        work.restrictions.countersigned(order)


def _hand_over(work: Work, access: Access, ended: Order) -> None:
    """Bring its people into sight, but for those whom another order is to protect from now on.

    Whom it took in goes to orders that protect the same person: why may be in no line any more.
    Whoever would give away by an address, a number or a name what was captured of somebody whom
    another order was made for goes to that: those may have moved since, and their lines say it not.
    What gave away those who come into sight is forgotten.
    """
    own = work.restrictions.made_for(ended.reference)
    for other in work.restrictions.about(own):
        if work.restrictions.made_for(other.reference) & own:
            take_in(work, access, other.reference, set(ended.people).difference(other.people))
    still = work.restrictions.protections(ended.people)
    for person in work.people.described([each for each in ended.people if each not in still]):
        for order in _protecting(work, work.given_away_by(person)):
            take_in(work, access, order, [person.reference])
    work.traces.forget(ended.people)
    work.index_people(ended.people)


def _protecting(work: Work, people: Collection[UUID]) -> Iterator[UUID]:
    """Yield the orders that were made for any of `people`."""
    for order in work.restrictions.about(people):
        if not work.restrictions.made_for(order.reference).isdisjoint(people):
            yield order.reference
