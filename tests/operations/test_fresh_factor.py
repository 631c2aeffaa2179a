"""A grant of rights asks for a second factor given lately, in the session that grants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, Refused
from directory.domain.accounts import FRESH_FOR, IDLE_LOCK, SecondFactor, Session
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.operations import accounts as operations
from directory.operations.sessions import FactorStale
from directory.operations.sign_in import NotProven, TooManyAttempts, prove_again
from tests.factories import NOON
from tests.operations.accounts_world import (
    World,
    attempt,
    choose,
    code,
    enrol,
    enter,
    holding,
    operator,
    plan,
    settle,
    world,
)

BEGINS_WITH = world
OTHER = "other@council.example"
MINUTE = timedelta(minutes=1)
A_TICK = timedelta(microseconds=1)
Grant = Callable[[World, Access, UUID], object]
GRANTS: list[Grant] = [
    lambda here, access, account: operations.grant_role(
        here.ledger, access, account=account, role=Role.OUT_OF_HOURS
    ),
    lambda here, access, _: operations.create_account(
        here.ledger, access, plan=plan(email="new@council.example")
    ),
]
on_every_grant = pytest.mark.parametrize("grant", GRANTS, ids=["a role", "an account"])


def proven(here: World) -> Access:
    """Return the access of an administrator whose second factor was set at noon."""
    settle(here, roles=frozenset({Role.ADMINISTRATOR}))
    session, account = enrol(here, at=NOON)
    acting = choose(here, holding(session, account), Role.ADMINISTRATOR)
    return holding(acting, account)


def other(here: World) -> UUID:
    return settle(here, email=OTHER, display_name="Other").reference


def give(here: World, access: Access, digits: str) -> Session:
    given, browser = attempt(password="", code=digits), "proven again"
    return prove_again(here.ledger, access, attempt=given, token=browser)


def later(access: Access, after: timedelta) -> Access:
    return replace(access, at=NOON + after)


@on_every_grant
@pytest.mark.parametrize("after", [timedelta(), FRESH_FOR])
def test_a_grant_is_made_while_the_second_factor_is_fresh(
    here: World, grant: Grant, after: timedelta
) -> None:
    access, account = proven(here), other(here)

    grant(here, later(access, after), account)

    assert here.events()[-1][1] is Outcome.DONE


@on_every_grant
def test_a_grant_is_refused_and_entered_once_it_is_stale(here: World, grant: Grant) -> None:
    access, account = proven(here), other(here)

    with pytest.raises(FactorStale):
        grant(here, later(access, FRESH_FOR + A_TICK), account)

    told = here.told()[-1]
    assert told.outcome is Outcome.REFUSED
    assert told.words == "the second factor was asked for again"
    assert Role.OUT_OF_HOURS not in here.account(OTHER).roles


@on_every_grant
def test_a_code_given_again_makes_it_fresh_under_a_new_token(here: World, grant: Grant) -> None:
    access, account = proven(here), other(here)
    stale = later(access, FRESH_FOR + MINUTE)

    session = give(here, stale, code(stale.at))

    assert here.events()[-1] == (Event.SECOND_FACTOR_GIVEN, Outcome.DONE)
    assert session.started == NOON
    grant(here, replace(stale, session=session.token_hash), account)
    with pytest.raises(Refused):
        grant(here, stale, account)


def test_another_session_of_the_same_user_is_not_proven_by_it(here: World) -> None:
    access, account = proven(here), other(here)
    stale = later(access, FRESH_FOR + MINUTE)
    signing_in = attempt(code=code(stale.at))

    enter(here, signing_in, at=stale.at, browser="elsewhere")

    with pytest.raises(FactorStale):
        GRANTS[0](here, stale, account)


@pytest.mark.parametrize("digits", ["", "000000", code(NOON)], ids=["none", "wrong", "used"])
def test_a_code_that_is_not_right_proves_nothing_and_is_counted(here: World, digits: str) -> None:
    access, account = proven(here), other(here)
    stale = later(access, FRESH_FOR + MINUTE)

    with pytest.raises(NotProven):
        give(here, stale, digits)

    assert here.events()[-1] == (Event.SIGN_IN_REFUSED, Outcome.DONE)
    with pytest.raises(FactorStale):
        GRANTS[0](here, stale, account)


def test_guessing_codes_is_refused_unread_in_the_end(here: World) -> None:
    stale = later(proven(here), FRESH_FOR + MINUTE)
    for _ in range(10):
        with pytest.raises(NotProven):
            give(here, stale, "000000")

    with pytest.raises(TooManyAttempts):
        give(here, stale, code(stale.at))


def test_a_code_of_somebody_else_proves_nothing(here: World) -> None:
    access = proven(here)
    settle(here, email=OTHER, display_name="Other", roles=frozenset({Role.ADMINISTRATOR}))
    session, account = enter(here, attempt(email=OTHER), browser="other")

    with pytest.raises(NotProven):
        give(here, holding(session, account, access.at + MINUTE), code(access.at + MINUTE))


def test_a_locked_session_is_not_proven_by_a_code(here: World) -> None:
    locked = later(proven(here), IDLE_LOCK)

    with pytest.raises(Refused):
        give(here, locked, code(locked.at))


@on_every_grant
def test_an_account_without_a_second_factor_grants_in_the_demonstration_alone(
    here: World, grant: Grant
) -> None:
    account = other(here)
    settle(here, roles=frozenset({Role.ADMINISTRATOR}))
    session, holder = enter(here)
    access = holding(choose(here, holding(session, holder), Role.ADMINISTRATOR), holder)

    with pytest.raises(FactorStale):
        grant(here, access, account)
    operations.grant_role(
        here.ledger, access, account=account, role=Role.SIRO, rule=SecondFactor.OPTIONAL
    )


def test_a_second_factor_that_is_set_is_asked_for_in_the_demonstration_too(here: World) -> None:
    access, account = proven(here), other(here)

    with pytest.raises(FactorStale):
        operations.grant_role(
            here.ledger,
            later(access, FRESH_FOR + MINUTE),
            account=account,
            role=Role.SIRO,
            rule=SecondFactor.OPTIONAL,
        )


@on_every_grant
def test_the_command_line_has_no_session_to_prove(here: World, grant: Grant) -> None:
    grant(here, operator(), other(here))

    assert here.events()[-1][1] is Outcome.DONE
