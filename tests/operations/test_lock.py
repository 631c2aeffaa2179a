"""The idle lock and the absolute limit."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from directory.domain.access import Access, Refused
from directory.domain.accounts import (
    ABSOLUTE_LIMIT,
    ATTEMPTS_PER_ACCOUNT,
    IDLE_LOCK,
    Session,
    SessionState,
)
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.operations.sign_in import Attempt, NotProven, TooManyAttempts, unlock
from directory.policy.permissions import Action
from tests.factories import NOON
from tests.operations.accounts_world import (
    CHEAP,
    WORKER,
    World,
    at_work,
    attempt,
    choose,
    enter,
    settle,
    works,
    world,
)

MOMENT = timedelta(microseconds=1)
BOTH = frozenset({Role.FRONT_DOOR, Role.OUT_OF_HOURS})
WRONG = "not the password"


BEGINS_WITH = world


def reopen(
    here: World, access: Access, typed: Attempt | None = None, *, browser: str = "again"
) -> Session:
    return unlock(here.ledger, access, attempt=typed or attempt(), passwords=CHEAP, token=browser)


def state(here: World, browser: str, at: datetime) -> SessionState | None:
    found = here.ledger.recognise(browser, at)
    return found[0].state(at) if found else None


@pytest.mark.parametrize(
    ("idle", "expected"),
    [(IDLE_LOCK - MOMENT, SessionState.OPEN), (IDLE_LOCK, SessionState.LOCKED)],
    ids=["just before", "at the limit"],
)
def test_an_idle_session_locks_at_its_exact_limit(
    here: World, idle: timedelta, expected: SessionState
) -> None:
    settle(here)
    enter(here)

    assert state(here, "first", NOON + idle) is expected


def test_a_locked_session_is_not_opened_by_asking_twice(here: World) -> None:
    settle(here)
    enter(here)
    state(here, "first", NOON + IDLE_LOCK)

    assert state(here, "first", NOON + IDLE_LOCK + MOMENT) is SessionState.LOCKED


def test_a_session_that_is_used_stays_open(here: World) -> None:
    settle(here)
    enter(here)
    for minutes in (14, 28, 42):
        state(here, "first", NOON + timedelta(minutes=minutes))

    assert state(here, "first", NOON + timedelta(minutes=56)) is SessionState.OPEN


@pytest.mark.parametrize(
    ("after", "is_over"),
    [(ABSOLUTE_LIMIT - MOMENT, False), (ABSOLUTE_LIMIT, True)],
    ids=["just before", "at the limit"],
)
def test_a_session_is_over_at_its_exact_limit_however_busy(
    here: World, after: timedelta, *, is_over: bool
) -> None:
    settle(here)
    enter(here)
    for minutes in range(10, int(ABSOLUTE_LIMIT.total_seconds()) // 60, 10):
        state(here, "first", NOON + timedelta(minutes=minutes))

    assert (state(here, "first", NOON + after) is SessionState.OVER) is is_over


def test_a_password_unlocks_a_session_in_its_role_under_a_new_token(here: World) -> None:
    settle(here)
    access = replace(at_work(here), at=NOON + IDLE_LOCK)

    opened = reopen(here, access)

    assert (opened.acting_as, opened.state(access.at)) == (WORKER, SessionState.OPEN)
    assert not works(here, access)
    assert here.events()[-2] == (Event.SESSION_UNLOCKED, Outcome.DONE)


def test_unlocking_does_not_move_the_absolute_limit(here: World) -> None:
    settle(here)
    access = replace(at_work(here), at=NOON + IDLE_LOCK)

    opened = reopen(here, access)

    assert opened.started == NOON


def test_a_session_that_is_over_cannot_be_unlocked(here: World) -> None:
    settle(here)
    access = replace(at_work(here), at=NOON + ABSOLUTE_LIMIT)

    with pytest.raises(Refused):
        reopen(here, access)


def test_what_was_set_aside_survives_the_lock(here: World) -> None:
    settle(here)
    access = replace(at_work(here), at=NOON + IDLE_LOCK)
    reference = here.ledger.set_aside(access, "Blake, Ewan", action=Action.SESSION_HOLD)

    opened = reopen(here, access)

    assert here.ledger.taken_up(
        replace(access, session=opened.token_hash), reference, action=Action.SESSION_HOLD
    )


def test_a_change_of_role_leaves_what_was_set_aside_behind(here: World) -> None:
    settle(here, roles=BOTH)
    access = at_work(here, role=Role.FRONT_DOOR)
    reference = here.ledger.set_aside(access, "Blake, Ewan", action=Action.SESSION_HOLD)

    chosen = choose(here, access, Role.OUT_OF_HOURS)

    assert not here.ledger.taken_up(
        replace(access, session=chosen.token_hash), reference, action=Action.SESSION_HOLD
    )


def test_a_wrong_password_does_not_unlock_and_is_entered(here: World) -> None:
    settle(here)
    access = replace(at_work(here), at=NOON + IDLE_LOCK)

    with pytest.raises(NotProven):
        reopen(here, access, attempt(password=WRONG))

    assert here.events()[-1] == (Event.SIGN_IN_REFUSED, Outcome.DONE)


def test_another_users_password_does_not_unlock(here: World) -> None:
    settle(here)
    settle(here, email="other@council.example")
    access = replace(at_work(here), at=NOON + IDLE_LOCK)

    with pytest.raises(NotProven):
        reopen(here, access, attempt(email="other@council.example"))


def test_guessing_at_a_locked_session_locks_the_account_out(here: World) -> None:
    settle(here)
    access = replace(at_work(here), at=NOON + IDLE_LOCK)
    for _ in range(ATTEMPTS_PER_ACCOUNT):
        with pytest.raises(NotProven):
            reopen(here, access, attempt(password=WRONG))

    with pytest.raises(TooManyAttempts):
        reopen(here, access)


def test_a_locked_session_chooses_no_role(here: World) -> None:
    settle(here, roles=BOTH)
    access = replace(at_work(here, role=Role.FRONT_DOOR), at=NOON + IDLE_LOCK)

    with pytest.raises(Refused):
        choose(here, access, Role.OUT_OF_HOURS)
