"""Nothing about a watch tells that somebody is hidden, was, or is no longer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import delete, event, insert, select, update

from directory.domain.access import NotFound
from directory.domain.restrictions import InterestKind
from directory.domain.vocabulary import Service
from directory.domain.watches import Mailing
from directory.operations import interests, notices, watches
from directory.operations.interests import Interest
from directory.store.agencies import AgencyStore
from directory.store.line_tables import FeedRow, InvolvementRow, LineRow
from directory.store.restriction_tables import OrderRow
from directory.store.sharing_tables import AgreementRow
from directory.store.watch_tables import NoticeRow, WatchRow
from tests.factories import EWAN, LEAH, NOON, days_ago, profile, reference
from tests.operations.accounts_world import World
from tests.operations.audit_world import entries
from tests.operations.restrictions_world import guard, hidden, officer
from tests.operations.watches_world import (
    EWANS,
    HOUR,
    LEAHS,
    SOON,
    change,
    housed,
    letters_told,
    moved,
    sweep,
    told,
    watched,
    watching,
)

BEGINS_WITH = housed
LATER = SOON + HOUR
SEALED = 92
"""How long the words of a sweep are, sealed."""


def lift(here: World) -> None:
    """End every order, as two officers may after a day."""
    with here.database.writing() as connection:
        values = {"ended": NOON, "lifted_by": select(OrderRow.asked_by).scalar_subquery()}
        connection.execute(update(OrderRow).values(**values))
    moved(here)


def keep_to_oneself(here: World, person: UUID) -> None:
    """Put somebody behind a broker."""
    guard(here, officer(here), person)


def hide(here: World, person: UUID) -> None:
    hidden(here, officer(here), person)


orders = pytest.mark.parametrize("order", [keep_to_oneself, hide], ids=["brokered", "hidden"])
members = pytest.mark.parametrize(("person", "line"), [(EWAN, EWANS), (LEAH, LEAHS)])


@contextmanager
def counting(here: World) -> Iterator[list[str]]:
    """Yield the statements that are sent meanwhile."""
    sent: list[str] = []

    def heard(_c: object, _u: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engine = here.database.engine
    event.listen(engine, "before_cursor_execute", heard)
    yield sent
    event.remove(engine, "before_cursor_execute", heard)


@orders
@members
def test_an_order_gives_no_notice_nor_does_a_change_under_it_or_its_end(
    here: World, order: Callable[[World, UUID], None], person: UUID, line: int
) -> None:
    access, _ = watching(here)
    order(here, person)
    made = sweep(here)
    change(here, line)
    under_it = sweep(here, LATER)
    lift(here)

    assert (made, under_it, sweep(here, LATER + HOUR)) == (0, 0, 0)
    assert (told(here, access), letters_told(here, LATER + HOUR)) == ([], [])
    assert watched(here, access) == ["Ewan Blake"]


@members
def test_what_changes_after_an_order_ended_is_told_again(
    here: World, person: UUID, line: int
) -> None:
    access, _ = watching(here)
    hide(here, person)
    sweep(here)
    lift(here)
    sweep(here, LATER)
    change(here, line)

    assert sweep(here, LATER + HOUR) == 1
    assert told(here, access) == [(EWAN, True)]


def test_the_page_of_whoever_watches_somebody_hidden_is_that_of_one_who_watches_nobody(
    here: World,
) -> None:
    access, _ = watching(here)
    change(here)
    sweep(here)
    hide(here, EWAN)

    with counting(here) as of_hidden:
        page = notices.list_notices(here.ledger, access)
    with here.database.writing() as connection:
        connection.execute(delete(WatchRow))
    with counting(here) as of_nobody:
        empty = notices.list_notices(here.ledger, access)

    assert page == empty == notices.Notices(told=(), watched=(), mailing=Mailing.DAILY)
    assert len(of_hidden) == len(of_nobody)


def test_a_watch_of_somebody_hidden_is_stopped_like_one_never_begun(here: World) -> None:
    access, _ = watching(here)
    with here.database.reading() as connection:
        kept = connection.scalar(select(WatchRow.id))
    assert kept is not None
    hide(here, EWAN)

    statements = []
    for each in (kept, reference(404)):
        with pytest.raises(NotFound), counting(here) as sent:
            watches.stop(here.ledger, access, watch=each)
        statements.append(len(sent))

    assert statements[0] == statements[1]
    assert rows(here, WatchRow) == 1


def rows(here: World, table: type[WatchRow | NoticeRow]) -> int:
    with here.database.reading() as connection:
        return len(connection.execute(select(table.id)).all())


def test_a_notice_of_somebody_hidden_waits_until_they_may_be_known_of_again(here: World) -> None:
    access, _ = watching(here)
    change(here)
    sweep(here)
    hide(here, EWAN)
    meanwhile = told(here, access)
    lift(here)

    assert (meanwhile, told(here, access)) == ([], [(EWAN, True)])


def test_no_e_mail_goes_about_somebody_who_was_hidden_before_it_was_due(here: World) -> None:
    access, _ = watching(here)
    notices.choose_mailing(here.ledger, access, mailing=Mailing.NONE)
    change(here)
    sweep(here)
    hide(here, EWAN)
    notices.choose_mailing(here.ledger, access, mailing=Mailing.AT_ONCE)

    sweep(here, LATER)

    assert letters_told(here, LATER) == []


def test_whoever_declared_an_interest_is_told_nothing_more(here: World) -> None:
    access, _ = watching(here)
    mine = Interest(
        kind=InterestKind.RELATIVE, forenames="Ewan", surname="Blake", birth=days_ago(3_000)
    )
    with here.database.writing() as connection:
        connection.execute(update(LineRow).where(LineRow.id == 1).values(birth=mine.birth))
    interests.declare(here.ledger, access, interest=mine)
    change(here)

    sweep(here)

    assert (told(here, access), watched(here, access)) == ([], [])


def let_know(here: World, service: Service) -> None:
    """Let another service send that it works with Ewan."""
    sent = {"service": service, "visible_from": 1, "digest": b"", "state": "linked"}
    line = {"id": 80, "source_reference": "S1", "kind": "involvement", "person": EWAN}
    with here.database.writing() as connection:
        AgencyStore(connection).keep_services([profile(service)])
        connection.execute(update(FeedRow).values(current=1, as_of=days_ago(1)))
    moved(here)
    sweep(here, NOON + HOUR)
    with here.database.writing() as connection:
        connection.execute(insert(LineRow).values(sent | line))
        connection.execute(insert(InvolvementRow).values(line=80, last_involved=days_ago(2)))
    moved(here)


@pytest.mark.parametrize(
    ("service", "told_of"), [(Service.SENSITIVE, 0), (Service.ADULT_SOCIAL_CARE, 1)]
)
def test_what_a_sensitive_service_says_is_told_to_nobody(
    here: World, service: Service, told_of: int
) -> None:
    access, _ = watching(here)
    let_know(here, service)

    assert (sweep(here, NOON + 2 * HOUR), len(told(here, access))) == (told_of, told_of)


def test_what_no_agreement_opens_any_more_is_told_to_nobody(here: World) -> None:
    access, _ = watching(here)
    with here.database.writing() as connection:
        connection.execute(update(AgreementRow).values(end=days_ago(0)))
    change(here)

    assert (sweep(here), told(here, access)) == (0, [])


@pytest.mark.parametrize("hides", [True, False], ids=["hidden", "nobody hidden"])
def test_a_sweep_writes_as_much_and_says_as_much_whoever_is_hidden(
    here: World, *, hides: bool
) -> None:
    watching(here)
    moved(here)
    if hides:
        hide(here, EWAN)
    before = len(entries(here))

    assert sweep(here) == 0
    assert (rows(here, WatchRow), rows(here, NoticeRow)) == (1, 0)
    [made] = entries(here)[before:]
    assert (made.subjects, made.occasion, len(made.sealed)) == ((), None, SEALED)
