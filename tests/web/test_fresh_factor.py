"""An administrator is asked for the second factor again before a grant, and loses nothing typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from directory.domain.accounts import FRESH_FOR
from directory.domain.vocabulary import Role
from directory.settings import Settings
from tests.factories import EWAN
from tests.operations.accounts_world import EMAIL, World, settle, world
from tests.operations.restrictions_world import guard, guarded_council, officer
from tests.web.accounts_site import Browser, Site, site
from tests.web.test_second_factor import entering, key

STALE = FRESH_FOR + timedelta(minutes=1)
OTHER, NEW = "other@council.example", "new@council.example"
TYPED: dict[str, str | list[str]] = {
    "display_name": "Nia <Ward>",
    "email": NEW,
    "organisation": "NSC",
    "roles": ["out_of_hours", "front_door"],
    "service": "",
    "practitioner": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An administrator who set a second factor at noon, six minutes later."""

    place: Site
    browser: Browser
    secret: str

    def code(self) -> str:
        return TOTP(self.secret).at(self.place.clock.at)

    def roles(self, email: str) -> frozenset[Role]:
        return self.place.here.account(email).roles


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with world(tmp_path) as here:
        yield left_alone(here)


def left_alone(here: World) -> Desk:
    """Return an administrator's desk whose code was given too long ago."""
    settle(here, roles=frozenset({Role.ADMINISTRATOR}))
    settle(here, email=OTHER, display_name="Other")
    place = site(here, settings=Settings(council_name="Northshire"))
    browser = entering(place)
    secret = key(browser)
    browser.send("/second-factor", {"code": TOTP(secret).at(place.clock.at)})
    place.clock.go_on(STALE)
    return Desk(place=place, browser=browser, secret=secret)


def granting(desk: Desk, **more: str) -> tuple[str, dict[str, str]]:
    address = f"/accounts/{desk.place.here.account(OTHER).reference}"
    desk.browser.open(address)
    return f"{address}/roles", {"role": "siro"} | more


def test_a_role_is_granted_once_the_code_is_given(desk: Desk) -> None:
    path, typed = granting(desk)

    asked = desk.browser.send(path, typed)
    granted = desk.browser.send(path, {"code": desk.code()})

    assert (asked.status_code, "Show that it is you" in asked.text) == (403, True)
    assert (granted.status_code, f"{granted.location}/roles") == (303, path)
    assert Role.SIRO in desk.roles(OTHER)


def test_an_account_is_created_with_all_that_was_typed(desk: Desk) -> None:
    desk.browser.open("/accounts/new")

    asked = desk.browser.send("/accounts/new", TYPED)
    kept = [
        ("display_name", "Nia <Ward>"), ("email", NEW), ("roles", "out_of_hours"),
        ("roles", "front_door"),
    ]  # fmt: skip
    created = desk.browser.send("/accounts/new", {**TYPED, "code": desk.code()})

    for name, value in kept:
        shown = value.replace("<", "&lt;").replace(">", "&gt;")
        assert f'<input type="hidden" name="{name}" value="{shown}">' in asked.text
    assert created.status_code == 303
    assert desk.roles(NEW) == {Role.OUT_OF_HOURS, Role.FRONT_DOOR}


@pytest.mark.parametrize(
    ("digits", "fault"),
    [("", "Enter the six digits your phone shows"), ("000000", "Code is not right")],
)
def test_a_wrong_code_is_said_at_its_field_and_what_was_typed_stays(
    desk: Desk, digits: str, fault: str
) -> None:
    path, typed = granting(desk)
    desk.browser.send(path, typed)

    answer = desk.browser.send(path, {"code": digits})

    assert (answer.status_code, fault in answer.text) == (422, True)
    assert '<input type="hidden" name="role" value="siro">' in answer.text
    assert Role.SIRO not in desk.roles(OTHER)


def test_after_many_wrong_codes_the_right_one_is_not_read(desk: Desk) -> None:
    path, typed = granting(desk)
    desk.browser.send(path, typed)
    for _ in range(10):
        desk.browser.send(path, {"code": "000000"})

    assert desk.browser.send(path, {"code": desk.code()}).status_code == 429
    assert Role.SIRO not in desk.roles(OTHER)


def test_nothing_is_asked_within_five_minutes_of_the_code(desk: Desk) -> None:
    path, typed = granting(desk)
    desk.browser.send(path, typed)
    desk.browser.send(path, {"code": desk.code()})
    desk.place.clock.go_on(FRESH_FOR)

    again, more = granting(desk)
    answer = desk.browser.send(again, more | {"role": "dpo"})

    assert answer.status_code == 303
    assert desk.roles(OTHER) >= {Role.SIRO, Role.DPO}


def test_the_old_token_opens_nothing_after_the_code(desk: Desk) -> None:
    path, typed = granting(desk)
    old = desk.browser.token()
    desk.browser.send(path, typed)
    desk.browser.send(path, {"code": desk.code()})

    thief = desk.place.browser()
    thief.put_token(old)

    assert desk.browser.token() != old
    assert thief.open("/accounts").location.startswith("/sign-in")


def test_the_demonstration_asks_nobody_who_has_no_second_factor(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        settle(here, roles=frozenset({Role.ADMINISTRATOR}))
        place = site(here)
        browser = place.browser()
        browser.sign_in(EMAIL)
        browser.open("/accounts/new")

        assert browser.send("/accounts/new", TYPED).status_code == 303


def test_an_officer_gives_the_code_before_anybody_is_hidden(tmp_path: Path) -> None:
    with guarded_council(tmp_path) as here:
        order = guard(here, officer(here), EWAN)
        place = site(here, settings=Settings(council_name="Northshire"))
        browser = place.browser()
        browser.sign_in("una@council.example")
        secret = key(browser)
        browser.send("/second-factor", {"code": TOTP(secret).at(place.clock.at)})
        place.clock.go_on(STALE)
        path = f"/restrictions/{order}"
        browser.open(path)

        asked = browser.send(f"{path}/hide", {"kind": "safety"})
        given = browser.send(f"{path}/hide", {"code": TOTP(secret).at(place.clock.at)})

        assert (asked.status_code, 'name="kind" value="safety"' in asked.text) == (403, True)
        assert given.location == f"{path}?said=hidden"
