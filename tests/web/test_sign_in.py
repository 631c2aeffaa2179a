"""The sign-in page: what it asks, what it gives the browser, what it never gives away."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.accounts import ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_ADDRESS
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.settings import Settings
from directory.web.sign_in import local
from tests.operations.accounts_world import EMAIL, WORDS, World, settle, world
from tests.web.accounts_site import Browser, Site, site

WRONG = "not the password"
BOTH = frozenset({Role.FRONT_DOOR, Role.IG_LEAD})
ADMIN = frozenset({Role.ADMINISTRATOR})
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "https:evil.example",
    "evil.example",
    "/accounts\r\nLocation: https://evil.example",
    "/@evil.example:80",
]


def in_earnest(here: World, *, behind_https: bool = True) -> Site:
    return site(here, settings=Settings(council_name="Northshire", behind_https=behind_https))


def signed_in(place: Site, *, roles: frozenset[Role] = ADMIN) -> Browser:
    settle(place.here, roles=roles)
    browser = place.browser()
    browser.sign_in()
    return browser


def test_a_stranger_is_sent_to_the_sign_in_page(place: Site) -> None:
    answer = place.browser().open("/")

    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_a_stranger_is_led_back_to_the_page_they_asked_for(place: Site) -> None:
    settle(place.here, roles=ADMIN)
    browser = place.browser()
    way = browser.open("/accounts?page=1").location
    browser.open(way)

    answer = browser.send("/sign-in", {"email": EMAIL, "password": WORDS})

    assert way == "/sign-in?next=%2Faccounts%3Fpage%3D1"
    assert answer.location == "/accounts?page=1"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(place: Site, target: str) -> None:
    settle(place.here, roles=ADMIN)
    browser = place.browser()
    browser.open("/sign-in")

    answer = browser.send("/sign-in", {"email": EMAIL, "password": WORDS, "next": target})

    assert answer.location == "/"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_sign_in_page_that_is_asked_for_with_a_foreign_target_forgets_it(
    place: Site, target: str
) -> None:
    browser = place.browser()

    answer = browser.client.get("/sign-in", query_string={"next": target})

    assert "evil" not in answer.text


@given(target=st.text() | st.from_regex(r"[/\\\\a-z.:@?#%]{1,12}", fullmatch=True))
def test_no_target_leads_off_this_host(target: str) -> None:
    led_to = urljoin("https://directory.example/sign-in", local(target))

    assert led_to.startswith("https://directory.example/")


def test_signing_in_is_answered_by_a_redirect_and_a_cookie(place: Site) -> None:
    settle(place.here, roles=ADMIN)
    browser = place.browser()

    answer = browser.sign_in()

    assert (answer.status_code, answer.location) == (303, "/")
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if "directory=" in each)
    assert re.fullmatch(r"directory=[\w-]{43}; HttpOnly; Path=/; SameSite=Lax", cookie)


def test_over_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        settle(here, roles=ADMIN)
        browser = in_earnest(here).browser()
        browser.client.environ_base["wsgi.url_scheme"] = "https"

        answer = browser.sign_in()

    cookies = answer.headers.getlist("Set-Cookie")
    assert any(
        re.fullmatch(r"__Host-directory=[\w-]{43}; Secure; HttpOnly; Path=/; SameSite=Lax", each)
        for each in cookies
    )


def test_a_single_role_is_chosen_by_itself(place: Site) -> None:
    browser = signed_in(place)

    assert browser.open("/").location == "/accounts"
    assert place.here.events()[-2:] == [
        (Event.SIGNED_IN, Outcome.DONE),
        (Event.ROLE_CHOSEN, Outcome.DONE),
    ]


def test_of_several_roles_one_is_asked_for_first(place: Site) -> None:
    browser = signed_in(place, roles=BOTH)

    assert browser.open("/accounts").location == "/role?next=%2Faccounts"
    assert browser.open("/").location == "/role"


def test_a_chosen_role_leads_on(place: Site) -> None:
    browser = signed_in(place, roles=BOTH)
    browser.open("/role?next=/investigations")

    answer = browser.send("/role", {"role": Role.IG_LEAD})

    assert (answer.status_code, answer.location) == (303, "/investigations")


def test_a_role_must_be_chosen(place: Site) -> None:
    browser = signed_in(place, roles=BOTH)
    browser.open("/role")

    answer = browser.send("/role")

    assert answer.status_code == 422
    assert "Choose what you are working as" in answer.text


def test_a_role_that_is_not_held_cannot_be_chosen(place: Site) -> None:
    browser = signed_in(place, roles=BOTH)
    browser.open("/role")

    answer = browser.send("/role", {"role": Role.ADMINISTRATOR})

    assert answer.status_code == 422
    assert (Event.ROLE_CHOSEN, Outcome.DONE) not in place.here.events()


def test_a_role_without_pages_is_told_so(place: Site) -> None:
    browser = signed_in(place, roles=frozenset({Role.LADO}))

    answer = browser.open("/")

    assert answer.status_code == 200
    assert "There are no pages for your role here yet" in answer.text


def test_somebody_signed_in_is_not_asked_again(place: Site) -> None:
    browser = signed_in(place)

    assert browser.open("/sign-in").location == "/"
    browser.open("/session")
    assert browser.send("/sign-in", {"email": EMAIL, "password": WRONG}).location == "/"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"email": "", "password": WORDS}, "Enter your e-mail address"),
        ({"email": EMAIL, "password": ""}, "Enter your password"),
        ({"email": "a" * 255, "password": WORDS}, "E-mail address is too long"),
    ],
    ids=str,
)
def test_what_is_missing_is_said_at_its_field(
    place: Site, typed: dict[str, str], fault: str
) -> None:
    browser = place.browser()
    browser.open("/sign-in")

    answer = browser.send("/sign-in", typed)

    assert answer.status_code == 422
    assert answer.text.count(fault) == 2  # in the summary and at the field
    assert "<title>Error: " in answer.text


def test_a_refused_sign_in_keeps_the_email_and_neither_password_nor_code(place: Site) -> None:
    browser = place.browser()
    browser.open("/sign-in")

    answer = browser.send("/sign-in", {"email": EMAIL, "password": WRONG, "code": "314159"})

    assert f'value="{EMAIL}"' in answer.text
    assert WRONG not in answer.text
    assert "314159" not in answer.text


def masked(text: str, *known: str) -> str:
    for each in known:
        text = text.replace(each, "*")
    return re.sub(r"[0-9a-f]{64}", "*", text)


UNKNOWN = "nobody.knows@council.example"


def test_a_known_and_an_unknown_user_get_the_same_bytes(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        settle(here)
        place = in_earnest(here, behind_https=False)
        known = place.browser().sign_in(email=EMAIL, password=WRONG)
        unknown = place.browser().sign_in(email=UNKNOWN, password=WRONG)

    assert known.status_code == unknown.status_code == 422
    assert masked(known.text, EMAIL) == masked(unknown.text, UNKNOWN)
    assert [name for name, _ in known.headers] == [name for name, _ in unknown.headers]


def test_a_lock_out_is_the_same_for_a_known_and_an_unknown_user(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        settle(here)
        place = in_earnest(here, behind_https=False)
        for email in (EMAIL, UNKNOWN):
            for _ in range(ATTEMPTS_PER_ACCOUNT):
                place.browser().sign_in(email=email, password=WRONG)
        known = place.browser().sign_in(email=EMAIL)
        unknown = place.browser().sign_in(email=UNKNOWN)

    assert known.status_code == unknown.status_code == 429
    assert masked(known.text, EMAIL) == masked(unknown.text, UNKNOWN)


def test_a_lock_out_ends_after_fifteen_minutes(place: Site) -> None:
    settle(place.here)
    for _ in range(ATTEMPTS_PER_ACCOUNT):
        place.browser().sign_in(password=WRONG)

    place.clock.go_on(timedelta(minutes=15))

    assert place.browser().sign_in().status_code == 303


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ("192.0.2.7", 429),
        ("192.0.2.8", 303),
    ],
)
def test_an_address_is_locked_out_alone(place: Site, others: str, expected: int) -> None:
    settle(place.here, roles=ADMIN)
    for number in range(ATTEMPTS_PER_ADDRESS):
        _from("192.0.2.7", place).sign_in(email=f"guess{number}@council.example", password=WRONG)

    assert _from(others, place).sign_in().status_code == expected


def test_a_household_of_ipv6_is_one_address(place: Site) -> None:
    settle(place.here)
    for number in range(ATTEMPTS_PER_ADDRESS):
        browser = _from(f"2001:db8::{number + 1:x}", place)
        browser.sign_in(email=f"guess{number}@council.example", password=WRONG)

    assert _from("2001:db8::ffff", place).sign_in().status_code == 429
    assert _from("2001:db8:0:1::1", place).sign_in().status_code == 303


@pytest.mark.parametrize("sender", ["::ffff:192.0.2.7", "fe80::1%eth0", "", "a socket"])
def test_any_sender_can_sign_in(place: Site, sender: str) -> None:
    settle(place.here)

    assert _from(sender, place).sign_in().status_code == 303


def _from(address: str, place: Site) -> Browser:
    browser = place.browser()
    browser.client.environ_base["REMOTE_ADDR"] = address
    return browser


def test_a_token_from_before_signing_in_never_opens_anything(place: Site) -> None:
    settle(place.here, roles=ADMIN)
    planted = "planted-by-an-attacker"
    browser = place.browser()
    browser.put_token(planted)

    browser.sign_in()

    assert browser.token() not in {planted, ""}
    attacker = place.browser()
    attacker.put_token(planted)
    assert attacker.open("/accounts").location.startswith("/sign-in")


def test_each_step_up_changes_the_token(place: Site) -> None:
    browser = signed_in(place, roles=BOTH)
    before = browser.token()
    browser.open("/role")
    browser.send("/role", {"role": Role.IG_LEAD})

    assert browser.token() != before
    thief = place.browser()
    thief.put_token(before)
    assert thief.open("/session").location.startswith("/sign-in")


def test_the_demonstration_shows_its_users_and_what_opens_them(place: Site) -> None:
    text = place.browser().open("/sign-in").text

    assert "Invented users to try" in text
    assert WORDS in text


def test_outside_the_demonstration_no_user_is_shown(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        text = in_earnest(here).browser().open("/sign-in").text

    assert "Invented" not in text
    assert (EMAIL in text, WORDS in text) == (False, False)


def test_no_address_or_title_names_the_user(place: Site) -> None:
    browser = signed_in(place)

    for path in ("/accounts", "/session", "/role", f"/accounts/{place.here.account().reference}"):
        title = re.search("<title>(.*?)</title>", browser.open(path).text, re.DOTALL)
        assert title is not None
        assert "Asha" not in title[1]


def test_no_page_about_a_session_may_be_kept_by_the_browser(place: Site) -> None:
    browser = signed_in(place)

    assert browser.open("/session").headers["Cache-Control"] == "no-store"
