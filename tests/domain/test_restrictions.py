"""An order protects until two people of two organisations lift it, a day after one asked."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from directory.domain.restrictions import (
    MOST_NAMED,
    Actor,
    ForGood,
    Lifting,
    NotYet,
    Order,
    OrderKind,
    Protection,
    SameOrganisation,
    SamePerson,
    TooManyNamed,
    check_agreeing,
    check_countersigning,
    check_lifting,
    check_naming,
)
from tests.factories import ASHA, COUNCIL, EWAN, HOMES, NOON, reference

FIRST = Actor(account=ASHA, organisation=COUNCIL)
SECOND = Actor(account=reference(29), organisation=HOMES)
LIFTING = Lifting(reference=reference(71), asked_by=FIRST, asked_at=NOON)
DAY = timedelta(hours=24)


def order(*, kind: OrderKind = OrderKind.SAFETY, named: frozenset[UUID] = frozenset()) -> Order:
    return Order(
        reference=reference(70),
        kind=kind,
        protection=Protection.HIDDEN,
        people=(EWAN,),
        named=named,
        asked_by=FIRST,
        since=NOON,
        review_due=NOON + timedelta(days=183),
    )


def test_somebody_of_another_organisation_agrees_after_a_day() -> None:
    check_agreeing(LIFTING, SECOND, NOON + DAY)

    with pytest.raises(NotYet):
        check_agreeing(LIFTING, SECOND, NOON + DAY - timedelta(seconds=1))


def test_whoever_asked_does_not_agree_even_from_another_organisation() -> None:
    with pytest.raises(SamePerson):
        check_agreeing(LIFTING, replace(SECOND, account=ASHA), NOON + DAY)


def test_two_of_one_organisation_do_not_lift() -> None:
    with pytest.raises(SameOrganisation):
        check_agreeing(LIFTING, replace(SECOND, organisation=COUNCIL), NOON + DAY)


def test_an_order_names_five_and_no_sixth() -> None:
    five = frozenset(reference(100 + each) for each in range(MOST_NAMED))

    check_naming(order(named=five), min(five))
    with pytest.raises(TooManyNamed):
        check_naming(order(named=five), ASHA)


def test_an_adoption_is_for_good() -> None:
    check_lifting(order())

    with pytest.raises(ForGood):
        check_lifting(order(kind=OrderKind.ADOPTION))


def test_whoever_lifted_at_once_does_not_countersign() -> None:
    lifted = replace(order(), ended=NOON, lifted_by=ASHA)

    check_countersigning(lifted, SECOND.account)
    with pytest.raises(SamePerson):
        check_countersigning(lifted, ASHA)


def test_a_review_that_is_due_ends_nothing() -> None:
    late = NOON + timedelta(days=183)

    assert not order().is_overdue(late - timedelta(seconds=1))
    assert order().is_overdue(late)
    assert not replace(order(), ended=NOON).is_overdue(late)
