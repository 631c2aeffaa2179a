"""The lock page: what it covers, what it keeps, what leads past it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.domain.access import Access
from directory.domain.accounts import ABSOLUTE_LIMIT, ATTEMPTS_PER_ACCOUNT, IDLE_LOCK
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.operations.accounts import disable_account
from directory.policy.permissions import Action
from tests.operations.accounts_world import WORDS, operator
from tests.web.accounts_site import Browser, Site

MOMENT = timedelta(microseconds=1)
TYPED: dict[str, str | list[str]] = {
    "display_name": "Kim Doyle",
    "email": "kim.doyle@homes.example",
    "organisation": "NSC",
    "roles": ["lado", "dpo"],
    "service": "",
}


ROLES = frozenset({Role.ADMINISTRATOR})


def at_work(place: Site, path: str = "/accounts/new") -> Browser:
    browser = place.browser()
    browser.sign_in()
    browser.open(path)
    return browser


def locked(place: Site, path: str = "/accounts/new") -> Browser:
    browser = at_work(place, path)
    place.clock.go_on(IDLE_LOCK)
    return browser


def test_a_page_is_shown_until_the_very_limit(place: Site) -> None:
    browser = at_work(place)
    place.clock.go_on(IDLE_LOCK - MOMENT)

    assert browser.open("/accounts").status_code == 200


def test_at_the_limit_the_same_address_asks_for_the_password(place: Site) -> None:
    browser = locked(place)

    answer = browser.open("/accounts")

    assert answer.status_code == 403
    assert "Locked: enter your password to carry on" in answer.text


def test_the_lock_page_shows_nothing_of_what_it_covers(place: Site) -> None:
    browser = locked(place)

    answer = browser.send("/accounts/new", TYPED)

    assert "Kim Doyle" not in answer.text
    assert "kim.doyle" not in answer.text
    assert 'href="/accounts"' not in answer.text


def test_asking_again_does_not_open_the_lock(place: Site) -> None:
    browser = locked(place)
    browser.open("/accounts")
    place.clock.go_on(timedelta(seconds=1))

    assert browser.open("/accounts").status_code == 403


def test_the_password_leads_back_to_the_same_address(place: Site) -> None:
    browser = locked(place)
    browser.open("/accounts?page=1")

    answer = browser.send("/session/unlock", {"password": WORDS})

    assert (answer.status_code, answer.location) == (303, "/accounts?page=1")
    assert browser.open("/accounts").status_code == 200


def test_unlocking_changes_the_token_and_ends_the_old_one(place: Site) -> None:
    browser = locked(place)
    before = browser.token()
    browser.open("/accounts")

    browser.send("/session/unlock", {"password": WORDS})

    assert browser.token() != before
    thief = place.browser()
    thief.put_token(before)
    assert thief.open("/accounts").location.startswith("/sign-in")


def test_what_was_sent_while_locked_is_offered_again_and_works(place: Site) -> None:
    browser = locked(place)
    browser.send("/accounts/new", TYPED)
    answer = browser.send("/session/unlock", {"password": WORDS})
    page = browser.open(answer.location)

    assert "What you typed is kept" in page.text
    sent = browser.send("/accounts/new", {"roles": ["lado", "dpo"]})
    assert sent.status_code == 303
    assert place.here.account("kim.doyle@homes.example").roles == {Role.LADO, Role.DPO}


def test_every_typed_value_is_kept_but_no_proof(place: Site) -> None:
    browser = locked(place)
    browser.send("/accounts/new", TYPED | {"password": "typed secret", "code": "314159"})
    answer = browser.send("/session/unlock", {"password": WORDS})

    text = browser.open(answer.location).text

    assert text.count('name="roles"') == 2
    assert 'value="Kim Doyle"' in text
    assert "typed secret" not in text
    assert "314159" not in text


def test_what_was_kept_is_sealed(place: Site) -> None:
    browser = locked(place)
    browser.send("/accounts/new", TYPED)

    path = place.here.database.path
    assert path is not None
    assert not any(b"Kim Doyle" in each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def test_a_wrong_password_keeps_everything_for_the_next_try(place: Site) -> None:
    browser = locked(place)
    browser.send("/accounts/new", TYPED)

    answer = browser.send("/session/unlock", {"password": "not the password"})
    right = browser.send("/session/unlock", {"password": WORDS})

    assert answer.status_code == 422
    assert "Password is not right" in answer.text
    assert "Kim Doyle" in browser.open(right.location).text


def test_an_empty_password_is_asked_for_again(place: Site) -> None:
    browser = locked(place)
    browser.open("/accounts")

    answer = browser.send("/session/unlock", {"password": ""})

    assert answer.status_code == 422
    assert "Enter your password" in answer.text


def test_guessing_at_a_lock_page_is_locked_out(place: Site) -> None:
    browser = locked(place)
    browser.open("/accounts")
    for _ in range(ATTEMPTS_PER_ACCOUNT):
        browser.send("/session/unlock", {"password": "not the password"})

    assert browser.send("/session/unlock", {"password": WORDS}).status_code == 429


def test_what_one_session_kept_is_not_there_for_another(place: Site) -> None:
    browser = locked(place)
    browser.send("/accounts/new", TYPED)
    kept = browser.hidden["kept"]
    other = at_work(place)

    assert other.open(f"/session/kept/{kept}").status_code == 404


def test_a_search_that_was_set_aside_is_not_taken_for_a_form(place: Site) -> None:
    browser = at_work(place)
    found = place.here.ledger.recognise(browser.token(), place.clock.at)
    assert found is not None
    access = operator_in(found[0].token_hash, place)

    reference = place.here.ledger.set_aside(
        access, '{"sought": "Blake"}', action=Action.EXTRACT_TAKE
    )
    garbled = place.here.ledger.set_aside(access, "Blake", action=Action.EXTRACT_TAKE)

    assert browser.open(f"/session/kept/{reference}").status_code == 404
    assert browser.open(f"/session/kept/{garbled}").status_code == 404


def operator_in(session: bytes, place: Site) -> Access:
    return replace(operator(), session=session, at=place.clock.at)


def test_a_session_that_is_open_needs_no_unlocking(place: Site) -> None:
    browser = at_work(place)

    answer = browser.send("/session/unlock", {"password": "whatever", "back": "/accounts"})

    assert (answer.status_code, answer.location) == (303, "/accounts")


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_unlocking_leads_nowhere_else(place: Site, back: str) -> None:
    browser = locked(place)
    browser.open("/accounts")

    answer = browser.send("/session/unlock", {"password": WORDS, "back": back})

    assert answer.location == "/"


def test_a_stranger_cannot_unlock(place: Site) -> None:
    stranger = place.browser()
    stranger.open("/sign-in")

    assert stranger.send("/session/unlock", {"password": WORDS}).location == "/sign-in"


def test_a_locked_session_can_be_signed_out(place: Site) -> None:
    browser = locked(place)
    browser.open("/accounts")

    browser.send("/sign-out")

    assert place.here.events()[-1] == (Event.SIGNED_OUT, Outcome.DONE)
    assert browser.open("/accounts").location.startswith("/sign-in")


def test_a_locked_session_sees_open_pages_as_a_stranger(place: Site) -> None:
    browser = locked(place)

    answer = browser.open("/answers")

    assert answer.status_code == 200
    assert "Asha" not in answer.text


def test_staying_keeps_the_session_open(place: Site) -> None:
    browser = at_work(place)
    place.clock.go_on(IDLE_LOCK - MOMENT)
    answer = browser.send("/session/stay")
    place.clock.go_on(IDLE_LOCK - MOMENT)

    assert answer.status_code == 204
    assert browser.open("/accounts").status_code == 200


def test_staying_too_late_answers_with_the_lock_and_keeps_nothing(place: Site) -> None:
    browser = locked(place)

    answer = browser.send("/session/stay")

    assert answer.status_code == 403
    assert browser.hidden["kept"] == ""


@pytest.mark.parametrize(
    ("after", "status"), [(ABSOLUTE_LIMIT - MOMENT, 200), (ABSOLUTE_LIMIT, 303)]
)
def test_a_busy_session_is_over_at_its_exact_limit(
    place: Site, after: timedelta, status: int
) -> None:
    browser, start = at_work(place), place.clock.at
    while place.clock.at - start + timedelta(minutes=14) < after:
        place.clock.go_on(timedelta(minutes=14))
        browser.open("/answers")
    place.clock.at = start + after

    assert browser.open("/accounts").status_code == status


def test_a_locked_session_of_a_disabled_account_is_gone(place: Site) -> None:
    browser = locked(place)
    disable_account(place.here.ledger, operator(), account=place.here.account().reference)

    assert browser.open("/accounts").location.startswith("/sign-in")
