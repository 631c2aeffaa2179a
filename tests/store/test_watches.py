"""Watches and notices as the database keeps them, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import insert, update

from directory.domain.restrictions import Actor, Order, OrderKind, Protection
from directory.domain.vocabulary import Lifecycle, Purpose, Role
from directory.domain.watches import Facet, MailChoice, Mailing, Marks, Notice, Watch
from directory.store.agency_tables import OrganisationRow
from directory.store.engine import Database
from directory.store.line_tables import PersonRow
from directory.store.people import PeopleStore
from directory.store.restriction_tables import InterestPersonRow
from directory.store.restrictions import RestrictionStore
from directory.store.watches import Waiting, WatchStore, boards_changed
from tests.factories import ASHA, COUNCIL, EWAN, LEAH, NOON, TODAY, reference
from tests.store.holders import WORKER, account, accounts, sealer, session

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MARKS: Marks = {
    b"a" * 8: {},
    b"b" * 8: {
        b"c" * 8: Facet(how=b"d" * 8, what=b"e" * 8),
        b"\xff" * 8: Facet(how=bytes(8), what=b"f" * 8, shown=False),
    },
}
EWANS = Watch(
    reference=reference(1), account=ASHA, role=WORKER, person=EWAN,
    purpose=Purpose.CHILD_PROTECTION, started=NOON, compared_at=NOON, marks=MARKS,
)  # fmt: skip
LEAHS = replace(EWANS, reference=reference(2), person=LEAH, started=NOON + MINUTE, marks={})
TOLD = Notice(reference=reference(11), watch=EWANS.reference, at=NOON + HOUR)
LATER = Notice(reference=reference(12), watch=EWANS.reference, at=NOON + 2 * HOUR)


@contextmanager
def kept(database: Database, *watches: Watch) -> Iterator[WatchStore]:
    """Yield the store of a council where Asha watches Ewan's family, and perhaps others."""
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        PeopleStore(connection, sealer()).new([EWAN, LEAH], NOON)
        store = WatchStore(connection)
        for each in (EWANS, *watches):
            store.keep(each)
        yield store


def waits(database: Database) -> int:
    """Return how many notices wait for Asha, as her session says."""
    with accounts(database) as users:
        users.end_sessions(ASHA)
        users.open_session(session(b"asha", account=ASHA, acting_as=WORKER))
        found = users.session(b"asha".ljust(32))
    assert found is not None
    return found[0].notices_wait


def test_a_watch_is_read_as_it_was_kept_the_newest_first(database: Database) -> None:
    with kept(database, LEAHS) as store:
        assert store.of(ASHA, WORKER) == (LEAHS, EWANS)
        assert store.of(ASHA, WORKER, people=[EWAN]) == (EWANS,)
        assert store.of(ASHA, WORKER, people=[]) == ()
        assert store.of(ASHA, Role.TEAM_MANAGER) == ()
        assert store.of(None, WORKER) == ()


def test_a_board_is_due_after_a_change_and_a_rest_and_once_an_hour_without(
    database: Database,
) -> None:
    with kept(database, LEAHS) as store:
        nothing = store.due(NOON + HOUR - MINUTE, most=9)
        an_hour = store.due(NOON + HOUR, most=1)

    with database.writing() as connection:
        boards_changed(connection)
        boards_changed(connection)
        store = WatchStore(connection)
        resting = store.is_anything_due(NOON + 4 * MINUTE)
        changed = store.due(NOON + 5 * MINUTE, most=9)
        over = store.is_anything_due(LEAHS.ends)

        assert (nothing, an_hour) == ((), (EWANS,))
        assert (resting, changed, over) == (False, (EWANS, LEAHS), False)
        assert store.changes() == 2


def test_a_board_is_compared_by_one_and_not_once_it_was_stopped(database: Database) -> None:
    with kept(database) as store:
        first = store.compare(EWANS, {}, at=NOON + HOUR, changes=0)
        second = store.compare(EWANS, MARKS, at=NOON + HOUR, changes=0)
        [stands] = store.of(ASHA, WORKER)
        store.tell(TOLD)
        store.stop([EWANS.reference])

        assert (first, second) == (True, False)
        assert (stands.marks, stands.compared_at) == ({}, NOON + HOUR)
        assert store.compare(stands, MARKS, at=NOON + 2 * HOUR, changes=0) is False
        assert store.notices([EWANS.reference]) == ()


def test_notices_are_opened_together_and_stay_opened(database: Database) -> None:
    with kept(database) as store:
        store.tell(TOLD)
        store.open(EWANS.reference, NOON + HOUR + MINUTE)
        store.tell(LATER)

        opened = replace(TOLD, opened=NOON + HOUR + MINUTE)
        assert store.notices([EWANS.reference]) == (LATER, opened)
        assert store.notices([]) == ()

        store.open(EWANS.reference, NOON + 3 * HOUR)
        assert store.notices([EWANS.reference])[1] == opened


def test_an_e_mail_is_noted_whatever_was_chosen_before(database: Database) -> None:
    with kept(database) as store:
        store.tell(TOLD)
        unsaid = store.mail_choice(ASHA)
        store.mailed(ASHA, [TOLD.reference], at=NOON + HOUR, on=TODAY)
        daily = store.mail_choice(ASHA)
        store.choose_mail(ASHA, Mailing.AT_ONCE)

        assert (unsaid, daily) == (MailChoice(), MailChoice(mailed_on=TODAY))
        assert store.mail_choice(ASHA) == MailChoice(mailing=Mailing.AT_ONCE, mailed_on=TODAY)
        assert store.notices([EWANS.reference])[0].mailed == NOON + HOUR
        assert store.mail_choice(None) == MailChoice()


def test_what_is_over_goes_once_its_notices_do(database: Database) -> None:
    late = replace(TOLD, at=EWANS.ends - MINUTE)
    with kept(database, LEAHS) as store:
        store.tell(late)
        then = {"ended": LEAHS.ends, "told": late.at}
        stays = store.waiting(**then)
        store.let_go(**then)
        left = [each.reference for each in store.of(ASHA, WORKER)]
        goes = store.waiting(ended=LEAHS.ends, told=late.at + MINUTE)
        store.let_go(ended=LEAHS.ends, told=late.at + MINUTE)

        assert (stays, left) == (Waiting(watches=1, notices=0), [EWANS.reference])
        assert goes == Waiting(watches=1, notices=1)
        assert store.of(ASHA, WORKER) == ()


def test_an_old_notice_goes_while_its_watch_goes_on(database: Database) -> None:
    with kept(database) as store:
        store.tell(TOLD)
        store.let_go(ended=NOON, told=TOLD.at + MINUTE)

        assert (len(store.of(ASHA, WORKER)), store.notices([EWANS.reference])) == (1, ())


def test_a_session_counts_the_notices_that_were_not_opened(database: Database) -> None:
    with kept(database, LEAHS) as store:
        store.tell(TOLD)
        store.tell(replace(LATER, watch=LEAHS.reference))
    assert waits(database) == 2

    with database.writing() as connection:
        WatchStore(connection).open(EWANS.reference, NOON + DAY)
    assert waits(database) == 1


def test_a_session_counts_nothing_of_whom_an_order_hides_until_it_is_lifted(
    database: Database,
) -> None:
    order = Order(
        reference=reference(70), kind=OrderKind.SAFETY, protection=Protection.HIDDEN,
        asked_by=Actor(account=ASHA, organisation=COUNCIL), since=NOON,
        review_due=NOON + DAY, people=(EWAN,), named=frozenset(),
    )  # fmt: skip
    with kept(database) as store:
        store.tell(TOLD)
    with database.writing() as connection:
        RestrictionStore(connection).keep(order)

    assert waits(database) == 0


def test_a_session_counts_nothing_of_whom_its_holder_declared_an_interest_in(
    database: Database,
) -> None:
    with kept(database) as store:
        store.tell(TOLD)
    with database.writing() as connection:
        connection.execute(insert(InterestPersonRow).values(account=ASHA, person=EWAN))

    assert waits(database) == 0


def test_a_session_counts_nothing_of_whom_is_merged_or_needs_consent(database: Database) -> None:
    with kept(database) as store:
        store.tell(TOLD)
    with database.writing() as connection:
        connection.execute(update(PersonRow).values(lifecycle=Lifecycle.MERGED))
    merged = waits(database)
    with database.writing() as connection:
        connection.execute(update(PersonRow).values(lifecycle=Lifecycle.LIVE))
        connection.execute(update(OrganisationRow).values(needs_consent=True))

    assert (merged, waits(database)) == (0, 0)
