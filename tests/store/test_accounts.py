"""Accounts and their sessions, on both engines."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from directory.domain.accounts import ABSOLUTE_LIMIT, IDLE_LOCK, Session, SessionState
from directory.domain.vocabulary import Role
from directory.store.account_tables import SessionRow
from directory.store.accounts import AccountStore
from directory.store.engine import Database
from directory.store.relationship_tables import LookUpRow
from tests.factories import ASHA, NOON, reference
from tests.store.holders import WORKER, account, accounts, sealer, session


@pytest.fixture
def store(database: Database) -> Iterator[AccountStore]:
    with accounts(database) as opened:
        opened.create(account())
        yield opened


def holds(store: AccountStore, **differing: Any) -> bool:
    asked: dict[str, Any] = {"account": ASHA, "version": 1, "role": WORKER}
    return store.session_holds(session().token_hash, **(asked | differing))


def test_an_account_is_read_as_it_was_kept(store: AccountStore) -> None:
    assert store.account(ASHA) == account()


def test_an_account_is_found_by_its_email_in_any_case(store: AccountStore) -> None:
    assert store.by_email(" Asha.Rahman@Council.example ") == account()


def test_nobody_is_found_by_an_unknown_email(store: AccountStore) -> None:
    assert store.by_email("nobody@council.example") is None


def test_accounts_are_listed_by_name_a_page_at_a_time(store: AccountStore) -> None:
    store.create(account(reference=reference(8), email="b@council.example", display_name="Bea"))
    store.create(account(reference=reference(9), email="c@council.example", display_name="Cai"))

    assert [each.display_name for each in store.listed(after=1, most=1)] == ["Bea"]
    assert store.count() == 3


def test_listed_accounts_carry_their_roles(store: AccountStore) -> None:
    assert store.listed(after=0, most=9) == (account(),)


def test_a_granted_role_can_be_taken_away(store: AccountStore) -> None:
    store.grant(ASHA, Role.FRONT_DOOR)
    store.take_away(ASHA, WORKER)

    assert store.held(ASHA) == account(roles=frozenset({Role.FRONT_DOOR}))


def test_no_session_is_found_under_another_token(store: AccountStore) -> None:
    store.open_session(session())

    assert store.session(session(b"other").token_hash) is None


def test_a_session_is_found_with_whose_it_is(store: AccountStore) -> None:
    store.open_session(session())

    assert store.session(session().token_hash) == (session(), account())


def test_a_session_holds_for_its_account_version_and_role(store: AccountStore) -> None:
    store.open_session(session())

    assert holds(store)


@pytest.mark.parametrize(
    "asked",
    [
        {"account": reference(99)},
        {"account": None},
        {"version": 2},
        {"role": Role.FRONT_DOOR},
        {"role": Role.VISITOR},
    ],
    ids=str,
)
def test_a_session_holds_for_nothing_else(store: AccountStore, asked: dict[str, Any]) -> None:
    store.open_session(session())

    assert not holds(store, **asked)


def test_a_session_without_a_role_holds_as_a_visitor_only(store: AccountStore) -> None:
    store.open_session(session(acting_as=None))

    assert holds(store, role=Role.VISITOR)
    assert not holds(store)


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.outdate(ASHA),
        lambda store: store.switch_off(ASHA),
        lambda store: store.take_away(ASHA, WORKER),
        lambda store: store.end_session(session().token_hash),
        lambda store: store.end_sessions(ASHA),
    ],
    ids=["outdated", "switched off", "role taken away", "ended", "all ended"],
)
def test_a_change_ends_what_a_session_holds(store: AccountStore, change: Any) -> None:
    store.open_session(session())

    change(store)

    assert not holds(store)


def test_an_account_that_is_switched_on_again_holds(store: AccountStore) -> None:
    store.open_session(session())
    store.switch_off(ASHA)

    store.switch_on(ASHA)

    assert holds(store)


def seen(store: AccountStore) -> Session:
    found = store.session(session().token_hash)
    assert found is not None
    return found[0]


def test_a_session_that_is_seen_in_time_stays_open(store: AccountStore) -> None:
    store.open_session(session())
    last_moment = NOON + IDLE_LOCK - timedelta(microseconds=1)

    store.touch(session().token_hash, last_moment)

    assert seen(store) == session(seen=last_moment)


def test_a_session_that_is_seen_too_late_is_locked_and_not_revived(store: AccountStore) -> None:
    store.open_session(session())

    store.touch(session().token_hash, NOON + IDLE_LOCK)
    store.touch(session().token_hash, NOON + IDLE_LOCK + timedelta(seconds=1))

    assert seen(store) == session(locked=True)
    assert seen(store).state(NOON + IDLE_LOCK) is SessionState.LOCKED


def test_a_late_request_does_not_turn_the_clock_back(store: AccountStore) -> None:
    store.open_session(session(seen=NOON + timedelta(minutes=5)))

    store.touch(session().token_hash, NOON + timedelta(minutes=4))

    assert seen(store).seen == NOON + timedelta(minutes=5)


def test_a_third_session_ends_the_oldest(store: AccountStore) -> None:
    for minute, token in enumerate([b"first", b"second", b"third"]):
        store.open_session(session(token, started=NOON + timedelta(minutes=minute)))

    kept = [each.token_hash.strip() for each in store.sessions_of(ASHA)]

    assert kept == [b"third", b"second"]


def test_a_new_session_ends_those_of_an_older_version(store: AccountStore) -> None:
    store.open_session(session(b"old"))

    store.open_session(session(b"new", version=2))

    assert [each.version for each in store.sessions_of(ASHA)] == [2]


def test_a_new_session_sweeps_away_everybodys_over_ones(store: AccountStore) -> None:
    other = account(reference=reference(9), email="c@council.example")
    store.create(other)
    store.open_session(session(b"theirs", account=other.reference))

    store.open_session(session(started=NOON + ABSOLUTE_LIMIT, seen=NOON + ABSOLUTE_LIMIT))

    assert store.sessions_of(other.reference) == ()


def test_another_accounts_sessions_are_left_alone(store: AccountStore) -> None:
    other = account(reference=reference(9), email="c@council.example")
    store.create(other)
    store.open_session(session(b"theirs", account=other.reference))

    store.open_session(session())

    assert len(store.sessions_of(other.reference)) == 1


def test_a_renewed_session_leaves_nothing_under_its_old_token(store: AccountStore) -> None:
    store.open_session(session(b"old", acting_as=None, locked=True))
    renewed = session(b"new", seen=NOON + timedelta(minutes=20))

    store.renew_session(session(b"old").token_hash, renewed)

    assert store.session(session(b"old").token_hash) is None
    assert store.sessions_of(ASHA) == (renewed,)


def test_searches_can_be_carried_over_to_a_new_token(database: Database) -> None:
    old, new = session(b"old").token_hash, session(b"new").token_hash

    with database.writing() as connection:
        connection.execute(
            insert(LookUpRow).values(id=reference(5), session=old, at=NOON, sealed=b"")
        )
        AccountStore(connection, sealer()).carry_over(old, new)

        assert connection.scalar(select(LookUpRow.session)) == new


def test_a_session_table_holds_no_token(database: Database) -> None:
    opaque = "opaque-token"
    with accounts(database) as store:
        store.create(account())
        store.open_session(session(sealer().token_hash(opaque)))

    with database.reading() as connection:
        kept = connection.execute(select(SessionRow.__table__)).one()
    assert opaque.encode() not in bytes(kept.token_hash)


@pytest.mark.parametrize("words", ["", "asha", "RAHMAN asha", "council.example"])
def test_accounts_are_found_by_parts_of_their_name_or_email(
    store: AccountStore, words: str
) -> None:
    assert store.named(words, most=9) == (account(),)


@pytest.mark.parametrize("words", ["bea", "asha bea", "%", "a_h"])
def test_accounts_that_lack_a_part_are_not_found(store: AccountStore, words: str) -> None:
    assert store.named(words, most=9) == ()


def test_names_are_told_of_the_accounts_asked_for(store: AccountStore) -> None:
    assert store.names([ASHA, reference(9)]) == {ASHA: "Asha Rahman"}
