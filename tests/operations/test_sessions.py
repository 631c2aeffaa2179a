"""Sessions: their role, their second factor, their lock and their end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from directory.domain.access import Refused
from directory.domain.accounts import (
    SecondFactor,
)
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.operations.accounts import (
    disable_account,
    grant_role,
    make_link,
    remove_role,
    use_link,
)
from directory.operations.sessions import (
    CodeWrong,
    my_sessions,
    set_second_factor,
    sign_out,
    sign_out_everywhere,
)
from tests.factories import NOON
from tests.operations.accounts_world import (
    CHEAP,
    TOTP_KEY,
    WORKER,
    World,
    at_work,
    attempt,
    choose,
    code,
    enrol,
    enter,
    holding,
    operator,
    settle,
    visitor,
    works,
    world,
)

MOMENT = timedelta(microseconds=1)
BOTH = frozenset({Role.FRONT_DOOR, Role.OUT_OF_HOURS})
OTHER_WORDS = "other plain words"
OPTIONAL, REQUIRED = SecondFactor.OPTIONAL, SecondFactor.REQUIRED


BEGINS_WITH = world


def test_a_role_is_chosen_under_a_new_token(here: World) -> None:
    settle(here, roles=BOTH)
    session, account = enter(here)

    chosen = choose(here, holding(session, account), Role.OUT_OF_HOURS)

    assert here.ledger.recognise("first", NOON) is None
    assert here.ledger.recognise("chosen", NOON) == (chosen, account)
    assert chosen.acting_as is Role.OUT_OF_HOURS


def test_a_chosen_role_is_entered(here: World) -> None:
    settle(here, roles=BOTH)

    at_work(here, role=Role.OUT_OF_HOURS)

    told = here.told()[-1]
    assert (told.event, told.role) == (Event.ROLE_CHOSEN, Role.VISITOR)
    assert told.words.startswith("out_of_hours, followed by session ")


def test_a_role_that_was_not_granted_cannot_be_chosen(here: World) -> None:
    settle(here, roles=BOTH)
    access = holding(*enter(here))

    with pytest.raises(Refused):
        choose(here, access, Role.ADMINISTRATOR)

    assert here.events()[-1] == (Event.ROLE_CHOSEN, Outcome.REFUSED)


@pytest.mark.parametrize("role", [Role.VISITOR, Role.OPERATOR])
def test_the_roles_of_nobody_cannot_be_chosen(here: World, role: Role) -> None:
    settle(here, roles=BOTH)
    access = holding(*enter(here))

    with pytest.raises(Refused):
        choose(here, access, role)


def test_another_role_can_be_chosen_later(here: World) -> None:
    settle(here, roles=BOTH)
    access = at_work(here, role=Role.OUT_OF_HOURS)

    chosen = choose(here, access, Role.FRONT_DOOR)

    assert chosen.acting_as is Role.FRONT_DOOR
    assert not works(here, access)


def test_nobody_acts_without_a_second_factor_where_it_is_required(here: World) -> None:
    settle(here)
    access = holding(*enter(here))

    with pytest.raises(Refused):
        choose(here, access, WORKER, rule=REQUIRED)


def test_a_second_factor_lets_its_user_act(here: World) -> None:
    settle(here)
    access = holding(*enrol(here, at=NOON))

    assert choose(here, access, WORKER, rule=REQUIRED).acting_as is WORKER


def test_a_second_factor_is_set_under_a_new_token_and_version(here: World) -> None:
    account = settle(here)

    session, holder = enrol(here, at=NOON)

    assert here.ledger.recognise("enrolling", NOON) is None
    assert here.ledger.recognise("enrolled", NOON) == (session, holder)
    assert holder == replace(account, version=2, has_second_factor=True)


def test_a_second_factor_is_entered_without_its_key(here: World) -> None:
    settle(here)

    enrol(here, at=NOON)

    told = here.told()[-1]
    assert told.event is Event.SECOND_FACTOR_SET
    assert TOTP_KEY not in told.words


def test_a_wrong_code_sets_no_second_factor(here: World) -> None:
    settle(here)
    access = holding(*enter(here))

    with pytest.raises(CodeWrong):
        set_second_factor(here.ledger, access, key=TOTP_KEY, code="000000", token="x")  # noqa: S106 - a browser's name

    assert not here.account().has_second_factor


def test_a_second_factor_cannot_be_replaced_from_a_session(here: World) -> None:
    settle(here)
    access = holding(*enrol(here, at=NOON))

    with pytest.raises(Refused):
        set_second_factor(here.ledger, access, key="A" * 32, code=code(), token="x")  # noqa: S106 - a browser's name


def test_a_password_thief_who_was_already_in_cannot_act_after_the_enrolment(here: World) -> None:
    settle(here)
    thief = holding(*enter(here, browser="thief"))
    enrol(here, at=NOON)

    with pytest.raises(Refused):
        choose(here, thief, WORKER, rule=REQUIRED)


def test_signing_out_ends_the_session_and_is_entered(here: World) -> None:
    settle(here)
    access = at_work(here)

    sign_out(here.ledger, access)

    assert here.events()[-1] == (Event.SIGNED_OUT, Outcome.DONE)
    assert not works(here, access)


def test_signing_out_leaves_the_other_session_open(here: World) -> None:
    settle(here)
    access = at_work(here)
    enter(here, browser="other")

    sign_out(here.ledger, access)

    assert here.ledger.recognise("other", NOON) is not None


def test_signing_out_everywhere_ends_every_session_and_is_entered(here: World) -> None:
    settle(here)
    access = at_work(here)
    enter(here, browser="other")

    sign_out_everywhere(here.ledger, access)

    assert here.events()[-1] == (Event.SIGNED_OUT_EVERYWHERE, Outcome.DONE)
    assert here.ledger.recognise("other", NOON) is None
    assert not works(here, access)


def test_a_user_sees_their_sessions_newest_first(here: World) -> None:
    settle(here)
    access = at_work(here)
    later = NOON + timedelta(minutes=3)
    enter(here, at=later, browser="other")

    found = my_sessions(here.ledger, replace(access, at=later))

    assert [each.started for each in found] == [later, NOON]
    assert here.events()[-1] == (Event.SESSIONS_LISTED, Outcome.DONE)


def test_a_user_sees_nobody_elses_sessions(here: World) -> None:
    settle(here)
    settle(here, email="other@council.example")
    enter(here, attempt(email="other@council.example"), browser="theirs")

    assert len(my_sessions(here.ledger, at_work(here))) == 1


@pytest.mark.parametrize(
    "act", [sign_out, sign_out_everywhere, my_sessions], ids=lambda each: each.__name__
)
def test_a_visitor_has_no_sessions(here: World, act: Callable[..., object]) -> None:
    with pytest.raises(Refused):
        act(here.ledger, visitor())


def _set_password(here: World) -> None:
    link = make_link(here.ledger, operator(), account=here.account().reference)
    use_link(
        here.ledger,
        visitor(),
        token=link,
        password=OTHER_WORDS,
        about=(),
        passwords=CHEAP,
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda here: grant_role(
            here.ledger, operator(), account=here.account().reference, role=Role.FRONT_DOOR
        ),
        lambda here: remove_role(
            here.ledger, operator(), account=here.account().reference, role=Role.TEAM_MANAGER
        ),
        lambda here: disable_account(here.ledger, operator(), account=here.account().reference),
        _set_password,
    ],
    ids=["role granted", "role removed", "disabled", "password changed"],
)
def test_a_change_of_rights_bites_in_the_same_second(
    here: World, change: Callable[[World], None]
) -> None:
    settle(here, roles=frozenset({WORKER, Role.TEAM_MANAGER}))
    access = at_work(here)

    change(here)

    assert not works(here, access)
