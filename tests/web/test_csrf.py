"""Forms that did not come from our own pages are refused."""

import pytest

from directory.domain.events import Event
from directory.domain.vocabulary import Role
from tests.operations.accounts_world import EMAIL, WORDS
from tests.web.accounts_site import Browser, Site

ROLES = frozenset({Role.ADMINISTRATOR})


def at_work(place: Site) -> Browser:
    browser = place.browser()
    browser.sign_in()
    browser.open("/session")
    return browser


def still_works(browser: Browser) -> bool:
    return browser.open("/session").status_code == 200


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "\ud7ff\x00"])
def test_a_form_without_the_sessions_token_is_refused(place: Site, token: str) -> None:
    browser = at_work(place)

    answer = browser.send("/session/end", {"csrf_token": token})

    assert answer.status_code == 400
    assert still_works(browser)


def test_a_form_with_no_token_field_is_refused(place: Site) -> None:
    browser = at_work(place)

    assert browser.client.post("/session/end").status_code == 400
    assert still_works(browser)


def test_another_sessions_token_is_refused(place: Site) -> None:
    browser, other = at_work(place), at_work(place)

    answer = browser.send("/session/end", {"csrf_token": other.hidden["csrf_token"]})

    assert answer.status_code == 400


def test_a_visitors_token_does_not_serve_once_they_are_signed_in(place: Site) -> None:
    browser = place.browser()
    browser.open("/sign-in")
    before = browser.hidden["csrf_token"]
    browser.sign_in()

    assert browser.send("/session/end", {"csrf_token": before}).status_code == 400


def test_another_visitors_token_is_refused_at_the_sign_in_page(place: Site) -> None:
    attacker, victim = place.browser(), place.browser()
    attacker.open("/sign-in")
    victim.open("/sign-in")

    answer = victim.send(
        "/sign-in",
        {"email": EMAIL, "password": WORDS, "csrf_token": attacker.hidden["csrf_token"]},
    )

    assert answer.status_code == 400
    assert not any(event is Event.SIGNED_IN for event, _ in place.here.events())


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_refused_even_with_the_token(
    place: Site, headers: dict[str, str]
) -> None:
    browser = at_work(place)

    answer = browser.send("/session/end", headers=headers)

    assert answer.status_code == 400
    assert still_works(browser)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},  # Chromium under our Referrer-Policy
    ],
    ids=str,
)
def test_a_form_of_our_own_is_taken(place: Site, headers: dict[str, str]) -> None:
    browser = at_work(place)

    assert browser.send("/session/end", headers=headers).status_code == 303


def test_no_get_ends_a_session(place: Site) -> None:
    browser = at_work(place)

    answers = [browser.open(path).status_code for path in ("/sign-out", "/session/end")]

    assert answers == [405, 405]
    assert still_works(browser)


def test_a_form_that_is_sent_after_the_session_ended_leads_to_the_sign_in_page(
    place: Site,
) -> None:
    browser, other = at_work(place), at_work(place)
    other.send("/session/end")

    answer = browser.send("/session/end")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
