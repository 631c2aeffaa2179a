"""Whoever declared an interest in somebody does not find them, known already or later."""

from datetime import date

import pytest
from sqlalchemy import Engine, event

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.looking import Answer
from directory.domain.restrictions import InterestKind
from directory.domain.vocabulary import Role
from directory.operations import interests, restrictions
from directory.operations.interests import Interest
from tests.factories import NOON
from tests.operations.accounts_world import World
from tests.operations.audit_world import asha
from tests.operations.family_world import MIA, keep_line, search, worker
from tests.operations.restrictions_world import (
    OPTIONAL,
    guarded_council,
    hidden,
    officer,
    seen,
)

BEGINS_WITH = guarded_council
NOBODY: tuple[Answer, list[tuple[str, str]]] = (Answer.NONE, [])
BORN = date(2015, 2, 3)


def in_mia(kind: InterestKind = InterestKind.RELATIVE, *, surname: str = "STONE") -> Interest:
    return Interest(kind=kind, forenames="mia Jane", surname=surname, birth=BORN)


def mia_is_known(here: World) -> None:
    keep_line(here, 11, MIA, called="Mia Stone", birth=BORN)


def test_somebody_known_already_is_found_no_longer_by_that_user_alone(here: World) -> None:
    mia_is_known(here)
    access, other = asha(here), worker(here, Role.FRONT_DOOR)

    interests.declare(here.ledger, access, interest=in_mia())

    assert seen(search(here, access, name="Mia Stone")) == NOBODY
    assert seen(search(here, other, name="Mia Stone"))[1] == [("Mia Stone", "")]


def test_somebody_who_is_known_later_is_not_found(here: World) -> None:
    access = asha(here)
    interests.declare(here.ledger, access, interest=in_mia())

    mia_is_known(here)

    assert seen(search(here, access, name="Mia Stone")) == NOBODY


@pytest.mark.parametrize(
    "other",
    [
        Interest(kind=InterestKind.SELF, forenames="Mia", surname="Stone", birth=date(2015, 2, 4)),
        Interest(kind=InterestKind.SELF, forenames="Mya", surname="Stone", birth=BORN),
    ],
)
def test_somebody_who_is_only_alike_is_found_still(here: World, other: Interest) -> None:
    mia_is_known(here)
    access = asha(here)

    interests.declare(here.ledger, access, interest=other)

    assert seen(search(here, access, name="Mia Stone"))[1] == [("Mia Stone", "")]


def test_who_is_named_in_an_order_does_not_find_their_own_relative(here: World) -> None:
    mia_is_known(here)
    una, access = officer(here), asha(here)
    order = hidden(here, una, MIA)
    restrictions.name(
        here.ledger, una, order=order, email="asha.rahman@council.example", rule=OPTIONAL
    )

    interests.declare(here.ledger, access, interest=in_mia())

    assert seen(search(here, access, name="Mia Stone")) == NOBODY


def test_what_was_declared_is_counted_by_kind_and_once_each(here: World) -> None:
    mia_is_known(here)
    access = asha(here)
    for interest in (in_mia(), in_mia(), in_mia(surname="Other"), in_mia(InterestKind.SELF)):
        interests.declare(here.ledger, access, interest=interest)

    assert interests.list_declared(here.ledger, access) == {InterestKind.RELATIVE: 2}


def test_nobody_declares_who_has_no_account(here: World) -> None:
    nobody = Access(at=NOON, role=Role.FRONT_DOOR)

    with pytest.raises(Refused):
        interests.declare(here.ledger, nobody, interest=in_mia())
    with pytest.raises(Refused):
        interests.list_declared(here.ledger, nobody)


def test_the_audit_says_of_what_kind_and_never_whom(here: World) -> None:
    interests.declare(here.ledger, asha(here), interest=in_mia())

    declared = [each.words for each in here.told() if each.event is Event.INTEREST_DECLARED]

    assert declared == ["relative", "kept from whom it is about"]


def test_as_many_statements_are_sent_whoever_is_known(here: World) -> None:
    access = asha(here)
    counts = []
    for surname in ("Nobody", "Stone"):
        if surname == "Stone":
            mia_is_known(here)
            hidden(here, officer(here), MIA)
        counts.append(statements(here, access, in_mia(surname=surname)))

    assert counts[0] == counts[1]


def statements(here: World, access: Access, interest: Interest) -> int:
    """Return how many statements declaring sends."""
    sent: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine: Engine = here.database.engine
    event.listen(engine, "before_cursor_execute", hear)
    interests.declare(here.ledger, access, interest=interest)
    event.remove(engine, "before_cursor_execute", hear)
    return len(sent)
