"""Setting up the second factor: before anything else, bound to its session."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.settings import Settings
from tests.operations.accounts_world import WORDS, enrol, settle, world
from tests.web.accounts_site import Browser, Site, site

EARNEST = Settings(council_name="Northshire", product_name="Directory: contacts")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    with world(tmp_path) as here:
        settle(here, roles=frozenset({Role.ADMINISTRATOR}))
        yield site(here, settings=EARNEST)


def entering(place: Site) -> Browser:
    browser = place.browser()
    browser.sign_in()
    browser.open("/second-factor")
    return browser


def key(browser: Browser) -> str:
    shown = re.search(r'directory-key">([A-Z2-7 ]+)<', browser.open("/second-factor").text)
    assert shown is not None
    return shown[1].replace(" ", "")


def code(browser: Browser, place: Site) -> str:
    return TOTP(key(browser)).at(place.clock.at)


def test_nothing_is_shown_before_the_second_factor_is_set(place: Site) -> None:
    browser = entering(place)

    answers = [browser.open(path) for path in ("/", "/accounts", "/session")]

    assert {each.location.partition("?")[0] for each in answers} == {"/role"}
    assert browser.open("/role").location == "/second-factor"


def test_no_role_can_be_taken_without_a_second_factor(place: Site) -> None:
    browser = entering(place)

    answer = browser.send("/role", {"role": Role.ADMINISTRATOR})

    assert answer.status_code == 404
    assert place.here.events()[-1] == (Event.ROLE_CHOSEN, Outcome.REFUSED)


def test_signing_in_leads_to_setting_it_up_and_on_to_the_page_asked_for(place: Site) -> None:
    browser = place.browser()
    browser.open("/sign-in?next=/accounts")
    answer = browser.send("/sign-in", {"email": place.here.account().email, "password": WORDS})
    browser.open(answer.location)

    done = browser.send("/second-factor", {"code": code(browser, place)}, next="/accounts")

    assert answer.location == "/second-factor?next=%2Faccounts"
    assert (done.status_code, done.location) == (303, "/accounts")
    assert browser.open("/accounts").status_code == 200


def test_setting_it_up_changes_the_token(place: Site) -> None:
    browser = entering(place)
    before = browser.token()

    browser.send("/second-factor", {"code": code(browser, place)})

    assert browser.token() != before
    thief = place.browser()
    thief.put_token(before)
    assert thief.open("/session").location.startswith("/sign-in")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("", "Enter the six digits your phone shows"), ("000000", "Code is not right")],
)
def test_a_code_that_is_not_right_is_said_at_its_field(place: Site, typed: str, fault: str) -> None:
    browser = entering(place)

    answer = browser.send("/second-factor", {"code": typed})

    assert answer.status_code == 422
    assert answer.text.count(fault) == 2


def test_the_key_stays_the_same_until_it_is_proven(place: Site) -> None:
    browser = entering(place)
    first = key(browser)
    browser.send("/second-factor", {"code": "000000"})

    assert key(browser) == first


def test_each_session_offers_a_key_of_its_own(place: Site) -> None:
    assert key(entering(place)) != key(entering(place))


def test_the_key_is_drawn_without_style_or_script(place: Site) -> None:
    browser = entering(place)

    answer = browser.open("/second-factor/code.svg")

    assert answer.mimetype == "image/svg+xml"
    assert not re.search("style|script", answer.text)


def test_a_key_that_was_set_is_never_shown_again(place: Site) -> None:
    browser = entering(place)
    browser.send("/second-factor", {"code": code(browser, place)})

    answers = [browser.open(path) for path in ("/second-factor", "/second-factor/code.svg")]

    assert [each.status_code for each in answers] == [404, 404]


def test_a_set_second_factor_cannot_be_replaced(place: Site) -> None:
    browser = entering(place)
    browser.send("/second-factor", {"code": code(browser, place)})
    browser.open("/session")

    assert browser.send("/second-factor", {"code": "000000"}).status_code == 404


def test_a_stranger_is_shown_no_key(place: Site) -> None:
    stranger = place.browser()

    answers = [stranger.open(path) for path in ("/second-factor", "/second-factor/code.svg")]

    assert {each.location.partition("?")[0] for each in answers} == {"/sign-in"}


def test_the_next_sign_in_asks_for_a_code(place: Site) -> None:
    browser = entering(place)
    secret = key(browser)
    browser.send("/second-factor", {"code": code(browser, place)})
    place.clock.go_on(timedelta(minutes=1))
    again = TOTP(secret).at(place.clock.at)

    assert place.browser().sign_in().status_code == 422
    assert place.browser().sign_in(code=again).status_code == 303


def test_a_copied_code_opens_no_second_session(place: Site) -> None:
    enrol(place.here, at=place.clock.at - timedelta(minutes=5))
    again = TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").at(place.clock.at)

    assert place.browser().sign_in(code=again).status_code == 303
    assert place.browser().sign_in(code=again).status_code == 422


def test_in_training_it_may_be_set_up_by_choice(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        settle(here, roles=frozenset({Role.ADMINISTRATOR}))
        place = site(here)
        browser = place.browser()
        browser.sign_in()
        offered = 'href="/second-factor"' in browser.open("/session").text
        browser.open("/second-factor")

        answer = browser.send("/second-factor", {"code": code(browser, place)})

        assert (offered, answer.location) == (True, "/")
        assert browser.open("/accounts").status_code == 200
