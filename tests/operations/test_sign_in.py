"""Signing in: what proves an account, what is refused, and what the audit says of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from typing_extensions import override

from directory.domain.accounts import (
    ATTEMPT_WINDOW,
    ATTEMPTS_PER_ACCOUNT,
    ATTEMPTS_PER_ADDRESS,
    TOTP_STEP_SECONDS,
    Account,
    Session,
)
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.operations.accounts import disable_account, enable_account, remove_role
from directory.operations.passwords import Passwords
from directory.operations.sign_in import NotProven, TooManyAttempts
from tests.factories import NOON
from tests.operations.accounts_world import (
    ADDRESS,
    EMAIL,
    WORDS,
    World,
    attempt,
    code,
    enrol,
    enter,
    operator,
    sealer,
    settle,
    world,
)

BEFORE = NOON - timedelta(minutes=5)
STEP = timedelta(seconds=TOTP_STEP_SECONDS)
REFUSED = (Event.SIGN_IN_REFUSED, Outcome.DONE)


BEGINS_WITH = world


def fail(here: World, times: int, *, at: datetime = NOON, **differing: str) -> None:
    typed = attempt(**({"password": "not the password"} | differing))
    for _ in range(times):
        with pytest.raises(NotProven):
            enter(here, typed, at=at)


def test_a_password_opens_a_session_without_a_role(here: World) -> None:
    account = settle(here)

    session, holder = enter(here)

    assert holder == account
    assert session == Session(
        token_hash=sealer().token_hash("first"),
        account=account.reference,
        version=1,
        started=NOON,
        seen=NOON,
    )


def test_the_session_that_was_opened_is_kept(here: World) -> None:
    settle(here)

    opened = enter(here)

    found = here.ledger.recognise("first", NOON)
    assert found is not None
    assert (replace(found[0], gates_end=None), found[1]) == opened


def test_a_sign_in_is_entered_with_its_actor_and_marks(here: World) -> None:
    account = settle(here)

    enter(here)

    told = here.told()[-1]
    assert (told.event, told.outcome) == (Event.SIGNED_IN, Outcome.DONE)
    assert (told.actor, told.role) == (account.reference, Role.VISITOR)
    assert told.words.startswith("e-mail ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "three plain word"},
        {"password": ""},
        {"email": "nobody@council.example"},
        {"email": ""},
    ],
    ids=str,
)
def test_whatever_is_wrong_the_answer_is_the_same(here: World, wrong: dict[str, str]) -> None:
    settle(here)

    with pytest.raises(NotProven) as refusal:
        enter(here, attempt(**wrong))

    assert (type(refusal.value), refusal.value.args) == (NotProven, ())
    assert here.events()[-1] == REFUSED


def test_a_refusal_names_the_account_where_there_is_one(here: World) -> None:
    account = settle(here)

    fail(here, 1)

    assert here.told()[-1].actor == account.reference


def test_a_refusal_says_who_was_tried_by_keyed_hash_alone(here: World) -> None:
    fail(here, 2, email="nobody@council.example")
    fail(here, 1, email="another@council.example")

    words = [each.words for each in here.told()]
    assert words[0] == words[1] != words[2]
    assert not any("council" in each or ADDRESS in each for each in words)


def test_an_unknown_and_a_known_user_write_the_same_rows(here: World) -> None:
    settle(here)

    fail(here, 1)
    fail(here, 1, email="nobody@council.example")

    known, unknown = here.told()[-2:]
    assert (known.event, known.outcome, known.role) == (
        unknown.event,
        unknown.outcome,
        unknown.role,
    )
    assert len(known.words) == len(unknown.words)


def test_a_disabled_account_is_refused_like_an_unknown_one(here: World) -> None:
    account = settle(here)
    disable_account(here.ledger, operator(), account=account.reference)

    fail(here, 1, password=WORDS)

    assert here.events()[-1] == REFUSED


def test_an_account_that_is_enabled_again_opens(here: World) -> None:
    account = settle(here)
    disable_account(here.ledger, operator(), account=account.reference)
    enable_account(here.ledger, operator(), account=account.reference)

    _, holder = enter(here)

    assert holder.reference == account.reference


def test_an_email_is_typed_in_any_case(here: World) -> None:
    account = settle(here)

    _, holder = enter(here, attempt(email=f" {EMAIL.title()} "))

    assert holder == account


def test_a_second_factor_once_set_is_always_asked(here: World) -> None:
    settle(here)
    enrol(here, at=BEFORE)

    fail(here, 1, password=WORDS, code="")


def test_a_password_and_a_code_open_an_account(here: World) -> None:
    settle(here)
    enrol(here, at=BEFORE)

    _, holder = enter(here, attempt(code=code(NOON)))

    assert holder.has_second_factor


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_code_may_be_one_step_early_or_late(here: World, drift: int) -> None:
    settle(here)
    enrol(here, at=BEFORE)

    enter(here, attempt(code=code(NOON + drift * STEP)))


@pytest.mark.parametrize("drift", [-2, 2])
def test_a_code_further_away_is_refused(here: World, drift: int) -> None:
    settle(here)
    enrol(here, at=BEFORE)

    fail(here, 1, password=WORDS, code=code(NOON + drift * STEP))


def test_a_code_opens_once(here: World) -> None:
    settle(here)
    enrol(here, at=BEFORE)
    enter(here, attempt(code=code(NOON)))

    fail(here, 1, password=WORDS, code=code(NOON))


def test_a_code_older_than_the_last_one_is_refused(here: World) -> None:
    settle(here)
    enrol(here, at=BEFORE)
    enter(here, attempt(code=code(NOON)))

    fail(here, 1, password=WORDS, code=code(NOON - STEP))


def test_the_code_of_the_enrolment_does_not_open_a_second_session(here: World) -> None:
    settle(here)
    enrol(here, at=NOON)

    fail(here, 1, password=WORDS, code=code(NOON))


def test_a_right_code_does_not_make_up_for_a_wrong_password(here: World) -> None:
    settle(here)
    enrol(here, at=BEFORE)

    fail(here, 1, code=code(NOON))


def test_a_refused_code_can_still_be_used_with_the_right_password(here: World) -> None:
    settle(here)
    enrol(here, at=BEFORE)
    fail(here, 1, code=code(NOON))

    enter(here, attempt(code=code(NOON)))


def test_the_last_attempt_before_the_lock_out_is_read(here: World) -> None:
    settle(here)
    fail(here, ATTEMPTS_PER_ACCOUNT - 1)

    enter(here)


def test_too_many_failures_lock_an_account_out_from_every_address(here: World) -> None:
    settle(here)
    fail(here, ATTEMPTS_PER_ACCOUNT)

    with pytest.raises(TooManyAttempts):
        enter(here, attempt(address="198.51.100.1"))


def test_an_unknown_email_is_locked_out_in_the_same_way(here: World) -> None:
    fail(here, ATTEMPTS_PER_ACCOUNT, email="nobody@council.example")

    with pytest.raises(TooManyAttempts):
        enter(here, attempt(email="nobody@council.example"))


def test_a_lock_out_is_entered(here: World) -> None:
    account = settle(here)
    fail(here, ATTEMPTS_PER_ACCOUNT)

    fail(here, 1)

    told = here.told()[-1]
    assert told.actor == account.reference
    assert told.words.startswith("too many attempts: e-mail ")


def test_another_account_is_not_locked_out(here: World) -> None:
    settle(here)
    fail(here, ATTEMPTS_PER_ACCOUNT, email="nobody@council.example")

    enter(here)


def test_a_lock_out_ends_when_its_window_does(here: World) -> None:
    settle(here)
    fail(here, ATTEMPTS_PER_ACCOUNT)
    end = NOON + ATTEMPT_WINDOW

    fail(here, 1, at=end - timedelta(microseconds=1), password=WORDS)
    enter(here, at=end)


def test_attempts_while_locked_out_do_not_prolong_it(here: World) -> None:
    settle(here)
    fail(here, ATTEMPTS_PER_ACCOUNT)
    fail(here, 3, at=NOON + timedelta(minutes=14))

    enter(here, at=NOON + ATTEMPT_WINDOW)


def test_too_many_failures_lock_an_address_out(here: World) -> None:
    settle(here)
    for number in range(ATTEMPTS_PER_ADDRESS):
        fail(here, 1, email=f"guess{number}@council.example")

    with pytest.raises(TooManyAttempts):
        enter(here)


def test_an_address_lock_out_leaves_other_addresses_alone(here: World) -> None:
    settle(here)
    for number in range(ATTEMPTS_PER_ADDRESS):
        fail(here, 1, email=f"guess{number}@council.example")

    enter(here, attempt(address="198.51.100.1"))


def test_signing_in_forgets_the_failures_before_it(here: World) -> None:
    settle(here)
    fail(here, ATTEMPTS_PER_ACCOUNT - 1)
    enter(here)

    fail(here, ATTEMPTS_PER_ACCOUNT - 1)

    enter(here, browser="second")


def test_a_third_sign_in_ends_the_first(here: World) -> None:
    settle(here)
    for minute, browser in enumerate(["first", "second", "third"]):
        enter(here, at=NOON + timedelta(minutes=minute), browser=browser)

    found = [here.ledger.recognise(each, NOON) for each in ("first", "second", "third")]

    assert [each is not None for each in found] == [False, True, True]


class Overtaken(Passwords):
    """Lets something happen in the instant after a password is compared."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__(memory_kib=8, passes=1)
        self._meanwhile = meanwhile

    @override
    def fits(self, encoded: str, password: str) -> bool:
        fitting = super().fits(encoded, password)
        self._meanwhile()
        return fitting


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda here, account: remove_role(
            here.ledger, operator(), account=account.reference, role=Role.OUT_OF_HOURS
        ),
        lambda here, account: disable_account(here.ledger, operator(), account=account.reference),
        lambda here, _account: fail(here, ATTEMPTS_PER_ACCOUNT),
    ],
    ids=["a role was removed", "it was disabled", "it was locked out"],
)
def test_a_sign_in_that_was_overtaken_is_refused(
    here: World, meanwhile: Callable[[World, Account], object]
) -> None:
    account = settle(here, roles=frozenset({Role.FRONT_DOOR, Role.OUT_OF_HOURS}))
    passwords = Overtaken(lambda: meanwhile(here, account))

    with pytest.raises(NotProven):
        enter(here, passwords=passwords)

    assert here.events()[-2:] == [(Event.SIGNED_IN, Outcome.REFUSED), REFUSED]
    assert here.ledger.recognise("first", NOON) is None


def test_of_two_sign_ins_with_one_code_only_one_succeeds(here: World) -> None:
    settle(here)
    enrol(here, at=BEFORE)
    passwords = Overtaken(lambda: enter(here, attempt(code=code()), browser="other"))

    with pytest.raises(NotProven):
        enter(here, attempt(code=code()), passwords=passwords)

    assert here.ledger.recognise("other", NOON) is not None


def test_nothing_that_was_typed_is_shown_by_the_attempt() -> None:
    shown = repr(attempt(code="123456"))

    assert not any(typed in shown for typed in (EMAIL, WORDS, "123456"))
