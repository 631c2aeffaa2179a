"""One's own sign-ins, signing out, and cookies that were copied before it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

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
from tests.operations.accounts_world import CHEAP, operator, visitor
from tests.web.accounts_site import Browser, Site

OTHER_WORDS = "other plain words"


ROLES = frozenset({Role.ADMINISTRATOR, Role.DPO})


def at_work(place: Site) -> Browser:
    browser = place.browser()
    browser.sign_in()
    browser.open("/role")
    browser.send("/role", {"role": Role.ADMINISTRATOR})
    browser.open("/session")
    return browser


def copied(place: Site, browser: Browser) -> Browser:
    """Return a thief's browser with a copy of the cookie."""
    thief = place.browser()
    thief.put_token(browser.token())
    return thief


def is_let_in(browser: Browser) -> bool:
    return browser.open("/accounts").status_code == 200


def test_a_user_sees_where_they_are_signed_in(place: Site) -> None:
    at_work(place)
    place.clock.go_on(timedelta(minutes=3))

    text = at_work(place).open("/session").text

    assert "24 November 2026 at 12:00" in text
    assert "24 November 2026 at 12:03" in text
    assert (text.count(">Here<"), text.count(">Somewhere else<")) == (1, 1)


def test_a_user_with_several_roles_can_change_role(place: Site) -> None:
    browser = at_work(place)

    assert 'href="/role"' in browser.open("/session").text


def test_signing_out_clears_the_cookie_and_leads_to_the_sign_in_page(place: Site) -> None:
    browser = at_work(place)

    answer = browser.send("/sign-out")

    assert (answer.status_code, answer.location) == (303, "/sign-in?signed-out")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert browser.token() == ""


def test_a_stranger_who_signs_out_is_only_led_to_the_sign_in_page(place: Site) -> None:
    stranger = place.browser()
    stranger.open("/sign-in")
    before = len(place.here.events())

    assert stranger.send("/sign-out").location == "/sign-in?signed-out"
    assert len(place.here.events()) == before


def test_signing_out_says_so_in_fixed_words(place: Site) -> None:
    browser = at_work(place)

    left = browser.open(browser.send("/sign-out").location)
    forged = browser.open("/sign-in?signed-out=ring+01632+960000")

    assert "You are signed out." in left.text
    assert "960000" not in forged.text
    assert "You are signed out." not in browser.open("/sign-in").text


def test_nobody_who_is_signed_in_is_told_otherwise(place: Site) -> None:
    assert at_work(place).open("/sign-in?signed-out").status_code == 303


def test_signing_out_everywhere_shuts_the_other_browser_out(place: Site) -> None:
    browser, other = at_work(place), at_work(place)

    answer = browser.send("/session/end")

    assert answer.location == "/sign-in?signed-out"
    assert not is_let_in(other)
    assert place.here.events()[-1] == (Event.SIGNED_OUT_EVERYWHERE, Outcome.DONE)


def test_a_third_browser_shuts_the_first_out(place: Site) -> None:
    first = at_work(place)
    place.clock.go_on(timedelta(seconds=1))
    second = at_work(place)
    place.clock.go_on(timedelta(seconds=1))
    third = at_work(place)

    assert [is_let_in(each) for each in (first, second, third)] == [False, True, True]


def _sign_out(_place: Site, browser: Browser) -> None:
    browser.send("/sign-out")


def _disable(place: Site, _browser: Browser) -> None:
    disable_account(place.here.ledger, operator(), account=place.here.account().reference)


def _remove_role(place: Site, _browser: Browser) -> None:
    reference = place.here.account().reference
    remove_role(place.here.ledger, operator(), account=reference, role=Role.ADMINISTRATOR)


def _grant_role(place: Site, _browser: Browser) -> None:
    reference = place.here.account().reference
    grant_role(place.here.ledger, operator(), account=reference, role=Role.SIRO)


def _change_password(place: Site, _browser: Browser) -> None:
    link = make_link(place.here.ledger, operator(), account=place.here.account().reference)
    use_link(
        place.here.ledger, visitor(), token=link, password=OTHER_WORDS, about=(), passwords=CHEAP
    )


@pytest.mark.parametrize(
    "change",
    [_sign_out, _disable, _remove_role, _grant_role, _change_password],
    ids=lambda each: each.__name__,
)
def test_a_copied_cookie_opens_nothing_from_the_same_second_on(
    place: Site, change: Callable[[Site, Browser], None]
) -> None:
    browser = at_work(place)
    thief = copied(place, browser)
    was_let_in = is_let_in(thief)

    change(place, browser)

    assert (was_let_in, is_let_in(thief)) == (True, False)


def test_a_role_that_was_taken_away_cannot_be_chosen_again(place: Site) -> None:
    _remove_role(place, at_work(place))
    browser = place.browser()

    answer = browser.sign_in()

    assert answer.location == "/"
    assert browser.open("/accounts").status_code == 403


def test_who_has_still_to_choose_a_role_can_sign_out(place: Site) -> None:
    browser = place.browser()
    browser.sign_in()
    page = browser.open("/role")

    left = browser.send("/sign-out")

    assert page.text.count('action="/sign-out"') == 1
    assert left.location == "/sign-in?signed-out"


def test_who_changes_role_is_offered_one_way_to_sign_out_on_the_page(place: Site) -> None:
    main = at_work(place).open("/role").text.partition("<main")[2].partition("</main>")[0]

    assert "/sign-out" not in main


def test_a_session_without_a_role_sees_no_page_of_any_role(place: Site) -> None:
    browser = place.browser()
    browser.sign_in()

    answers = [browser.open(path) for path in ("/accounts", "/session", "/accounts/new")]

    assert {(each.status_code, each.location.partition("?")[0]) for each in answers} == {
        (303, "/role")
    }
