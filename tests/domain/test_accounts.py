from datetime import timedelta

import pytest

from directory.domain.accounts import (
    ABSOLUTE_LIMIT,
    ATTEMPT_WINDOW,
    ATTEMPTS_PER_ACCOUNT,
    ATTEMPTS_PER_ADDRESS,
    IDLE_LOCK,
    LINK_TERM,
    SESSIONS_AT_ONCE,
    TOTP_STEP_SECONDS,
    WARNING_BEFORE,
    Session,
    SessionState,
    refuses_attempt,
)
from tests.factories import ASHA, NOON

A_MOMENT = timedelta(microseconds=1)
EMAIL = "asha.rahman@council.example"


def session(*, seen: timedelta = timedelta(0), locked: bool = False) -> Session:
    """Return a session started at NOON and last seen so long after."""
    return Session(
        token_hash=b"hash", account=ASHA, version=1, started=NOON, seen=NOON + seen, locked=locked
    )


def test_the_limits_of_signing_in_are_those_that_were_agreed() -> None:
    terms = (IDLE_LOCK, ABSOLUTE_LIMIT, WARNING_BEFORE, LINK_TERM, ATTEMPT_WINDOW)
    counts = (SESSIONS_AT_ONCE, ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_ADDRESS, TOTP_STEP_SECONDS)

    assert [each.total_seconds() / 60 for each in terms] == [15, 600, 2, 1440, 15]
    assert counts == (2, 10, 50, 30)


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(0), SessionState.OPEN),
        (timedelta(minutes=15) - A_MOMENT, SessionState.OPEN),
        (timedelta(minutes=15), SessionState.LOCKED),
        (timedelta(hours=10) - A_MOMENT, SessionState.LOCKED),
        (timedelta(hours=10), SessionState.OVER),
    ],
)
def test_an_idle_session_locks_at_fifteen_minutes_and_ends_at_ten_hours(
    after: timedelta, state: SessionState
) -> None:
    assert session().state(NOON + after) is state


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(hours=10) - A_MOMENT, SessionState.OPEN),
        (timedelta(hours=10), SessionState.OVER),
    ],
)
def test_a_busy_session_ends_at_ten_hours_too(after: timedelta, state: SessionState) -> None:
    busy = session(seen=after - timedelta(minutes=1))

    assert busy.state(NOON + after) is state


def test_a_locked_session_stays_locked_however_busy() -> None:
    assert session(locked=True).state(NOON) is SessionState.LOCKED


def test_a_locked_session_ends_at_ten_hours() -> None:
    assert session(locked=True).state(NOON + ABSOLUTE_LIMIT) is SessionState.OVER


@pytest.mark.parametrize(
    ("by_account", "by_address", "refused"),
    [
        (0, 0, False),
        (ATTEMPTS_PER_ACCOUNT - 1, ATTEMPTS_PER_ADDRESS - 1, False),
        (ATTEMPTS_PER_ACCOUNT, 0, True),
        (0, ATTEMPTS_PER_ADDRESS, True),
    ],
)
def test_attempts_are_refused_at_either_limit(
    by_account: int, by_address: int, *, refused: bool
) -> None:
    assert refuses_attempt(by_account=by_account, by_address=by_address) is refused
