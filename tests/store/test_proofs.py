"""What proves an account, and failed attempts, on both engines."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from directory.domain.accounts import ATTEMPT_WINDOW
from directory.store.account_tables import AccountRow, AttemptRow
from directory.store.accounts import AccountStore
from directory.store.engine import Database
from tests.factories import ASHA, NOON, reference
from tests.store.holders import ADDRESS, EMAIL, account, accounts

BASE32 = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def store(database: Database) -> Iterator[AccountStore]:
    with accounts(database) as opened:
        opened.create(account())
        yield opened


def tried(store: AccountStore, at: datetime, *, email: str = EMAIL) -> tuple[int, int]:
    found = store.credentials(email, address=ADDRESS, at=at)
    return found.by_account, found.by_address


def test_nothing_proves_a_new_account(store: AccountStore) -> None:
    found = store.credentials(EMAIL, address=ADDRESS, at=NOON)

    assert (found.account, found.password, found.second_factor) == (account(), "", "")


def test_an_unknown_email_has_no_proofs(store: AccountStore) -> None:
    found = store.credentials("nobody@council.example", address=ADDRESS, at=NOON)

    assert (found.account, found.password, found.second_factor) == (None, "", "")


def test_a_second_factor_is_sealed_and_read_again(database: Database) -> None:
    with accounts(database) as store:
        store.create(account())
        store.proofs.set_second_factor(ASHA, BASE32, step=7)
        found = store.credentials(EMAIL, address=ADDRESS, at=NOON)

    assert (found.second_factor, found.last_step) == (BASE32, 7)
    with database.reading() as connection:
        kept = connection.scalar(select(AccountRow.second_factor))
    assert kept is not None
    assert BASE32.encode() not in bytes(kept)


def test_a_password_and_a_second_factor_show_in_the_account(store: AccountStore) -> None:
    store.proofs.set_password(ASHA, "$argon2id$...")
    store.proofs.set_second_factor(ASHA, BASE32, step=7)

    assert store.account(ASHA) == account(has_password=True, has_second_factor=True)


def test_a_dropped_second_factor_is_gone(store: AccountStore) -> None:
    store.proofs.set_second_factor(ASHA, BASE32, step=7)

    store.proofs.drop_second_factor(ASHA)

    assert store.account(ASHA) == account()


@pytest.mark.parametrize(("step", "taken"), [(6, False), (7, False), (8, True)])
def test_a_time_step_is_taken_once_and_in_order(
    store: AccountStore, step: int, *, taken: bool
) -> None:
    store.proofs.set_second_factor(ASHA, BASE32, step=7)

    assert store.proofs.take_step(ASHA, step) is taken


def test_attempts_count_by_account_and_by_address(store: AccountStore) -> None:
    store.proofs.keep_attempt(reference(1), email=EMAIL, address=ADDRESS, at=NOON)
    store.proofs.keep_attempt(reference(2), email=EMAIL, address="192.0.2.9", at=NOON)
    store.proofs.keep_attempt(reference(3), email="b@council.example", address=ADDRESS, at=NOON)

    assert tried(store, NOON) == (2, 2)


def test_attempts_to_an_unknown_email_count_too(store: AccountStore) -> None:
    store.proofs.keep_attempt(reference(1), email="x@council.example", address=ADDRESS, at=NOON)

    assert tried(store, NOON, email="X@council.example") == (1, 1)


def test_attempts_count_until_the_window_ends(store: AccountStore) -> None:
    store.proofs.keep_attempt(reference(1), email=EMAIL, address=ADDRESS, at=NOON)
    end = NOON + ATTEMPT_WINDOW

    assert tried(store, end - timedelta(microseconds=1)) == (1, 1)
    assert tried(store, end) == (0, 0)


def test_attempts_that_no_longer_count_are_not_kept(database: Database) -> None:
    with accounts(database) as store:
        store.proofs.keep_attempt(reference(1), email=EMAIL, address=ADDRESS, at=NOON)
        later = NOON + ATTEMPT_WINDOW
        store.proofs.keep_attempt(reference(2), email=EMAIL, address=ADDRESS, at=later)

    with database.reading() as connection:
        assert connection.scalars(select(AttemptRow.id)).all() == [reference(2)]


def test_a_sign_in_forgets_the_attempts_on_its_account_only(store: AccountStore) -> None:
    store.proofs.keep_attempt(reference(1), email=EMAIL, address=ADDRESS, at=NOON)
    store.proofs.keep_attempt(reference(2), email="b@council.example", address=ADDRESS, at=NOON)

    store.proofs.forget_attempts(EMAIL)

    assert tried(store, NOON) == (0, 1)


def test_no_email_or_address_is_kept_with_an_attempt(database: Database) -> None:
    with accounts(database) as store:
        store.proofs.keep_attempt(reference(1), email=EMAIL, address=ADDRESS, at=NOON)
        marks = store.proofs.marks(email=EMAIL, address=ADDRESS)

    with database.reading() as connection:
        kept = connection.execute(select(AttemptRow.__table__)).one()
    assert EMAIL.encode() not in bytes(kept.account_hash)
    assert (EMAIL in marks, ADDRESS in marks) == (False, False)


def test_the_marks_of_an_email_do_not_depend_on_its_case(store: AccountStore) -> None:
    shouted = store.proofs.marks(email=EMAIL.upper(), address=ADDRESS)

    assert shouted == store.proofs.marks(email=EMAIL, address=ADDRESS)


def test_a_link_is_taken_once(store: AccountStore) -> None:
    store.proofs.keep_link(b"link", account=ASHA, end=NOON + timedelta(hours=24))

    assert store.proofs.take_link(b"link", NOON) == ASHA
    assert store.proofs.take_link(b"link", NOON) is None


def test_a_link_works_until_its_end(store: AccountStore) -> None:
    store.proofs.keep_link(b"link", account=ASHA, end=NOON)

    assert store.proofs.take_link(b"link", NOON) is None
    assert store.proofs.take_link(b"link", NOON - timedelta(microseconds=1)) == ASHA


def test_a_new_link_voids_the_older_one(store: AccountStore) -> None:
    end = NOON + timedelta(hours=24)
    store.proofs.keep_link(b"older", account=ASHA, end=end)

    store.proofs.keep_link(b"newer", account=ASHA, end=end)

    assert store.proofs.take_link(b"older", NOON) is None
    assert store.proofs.take_link(b"newer", NOON) == ASHA
