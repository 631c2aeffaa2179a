"""The administrator's pages, and the links they hand out."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from directory.domain.accounts import Account
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.operations.accounts import PAGE
from tests.operations.accounts_world import EMAIL, WORDS, WORKER, settle, world
from tests.web.accounts_site import Browser, Site, site

ADMINISTRATOR = "admin@council.example"
OTHER_WORDS = "other plain words"
NEW: dict[str, str | list[str]] = {
    "display_name": "Kim Doyle",
    "email": "kim.doyle@homes.example",
    "organisation": "NSC",
    "roles": ["lado"],
    "service": "",
    "practitioner": "",
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Site]:
    with world(tmp_path) as here:
        settle(here, email=ADMINISTRATOR, display_name="Ada", roles=frozenset({Role.ADMINISTRATOR}))
        yield site(here)


def at_work(place: Site, path: str = "/accounts") -> Browser:
    browser = place.browser()
    browser.sign_in(email=ADMINISTRATOR)
    browser.open(path)
    return browser


def address(account: Account) -> str:
    return f"/accounts/{account.reference}"


def test_accounts_are_listed_with_role_organisation_and_state(place: Site) -> None:
    settle(place.here)

    text = at_work(place).open("/accounts").text

    assert "2 accounts by name" in text
    for words in ("Asha Rahman", EMAIL, "Northshire", "No second factor yet"):
        assert words in text


def test_a_long_list_is_shown_a_page_at_a_time(place: Site) -> None:
    for number in range(PAGE):
        settle(place.here, email=f"user{number}@council.example", display_name=f"User {number}")
    browser = at_work(place)

    first, second = browser.open("/accounts").text, browser.open("/accounts?page=2").text

    assert "Page 1 of 2" in first
    assert "/accounts?page=2" in first
    assert "Page 2 of 2" in second


@pytest.mark.parametrize("page", ["0", "-4", "x", "99", ""])
def test_any_page_number_is_answered(place: Site, page: str) -> None:
    assert at_work(place).open(f"/accounts?page={page}").status_code == 200


def test_a_page_number_beyond_counting_is_answered(place: Site) -> None:
    assert at_work(place).open(f"/accounts?page={'9' * 30}").status_code == 200


def test_an_account_is_found_by_its_email_without_it_in_the_address(place: Site) -> None:
    account = settle(place.here)

    answer = at_work(place).send("/accounts/find", {"email": EMAIL})

    assert answer.location == address(account)


@pytest.mark.parametrize(
    ("email", "fault"),
    [
        ("", "Enter the e-mail address of the account"),
        ("nobody@council.example", "Nobody has this e-mail address"),
    ],
)
def test_a_search_for_nobody_says_so_and_keeps_what_was_typed(
    place: Site, email: str, fault: str
) -> None:
    answer = at_work(place).send("/accounts/find", {"email": email})

    assert answer.status_code == 422
    assert answer.text.count(fault) == 2
    assert f'value="{email}"' in answer.text or not email


def test_a_created_account_is_led_to(place: Site) -> None:
    answer = at_work(place, "/accounts/new").send("/accounts/new", NEW)

    created = place.here.account("kim.doyle@homes.example")
    assert (answer.status_code, answer.location) == (303, address(created))
    assert created.roles == {Role.LADO}


@pytest.mark.parametrize(
    ("differing", "fault"),
    [
        ({"display_name": ""}, "Enter the user’s full name"),
        ({"email": ""}, "Enter the user’s work e-mail address"),
        ({"email": "kim"}, "Enter an e-mail address such as"),
        ({"email": ADMINISTRATOR}, "Another account has this e-mail address"),
        ({"organisation": ""}, "Enter the user’s organisation"),
        ({"roles": []}, "Choose at least one role"),
        ({"roles": ["administrator", "front_door"]}, "An administrator may hold no role"),
        ({"practitioner": "P1"}, "Choose the service whose list holds this reference"),
        (
            {"practitioner": "P1", "service": "police"},
            "That service’s list holds no such reference",
        ),
    ],
    ids=str,
)
def test_a_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    place: Site, differing: dict[str, str | list[str]], fault: str
) -> None:
    typed = NEW | differing

    answer = at_work(place, "/accounts/new").send("/accounts/new", typed)

    assert answer.status_code == 422
    assert answer.text.count(fault) == 2
    assert all(f'value="{typed[name]}"' in answer.text for name in ("display_name",) if typed[name])
    assert "<title>Error: " in answer.text


def test_a_name_with_markup_is_shown_as_it_was_typed(place: Site) -> None:
    account = settle(place.here, display_name="<b>Asha</b>")

    text = at_work(place).open(address(account)).text

    assert "<b>Asha" not in text
    assert "&lt;b&gt;Asha" in text


def test_a_role_is_added(place: Site) -> None:
    account = settle(place.here)
    browser = at_work(place, address(account))

    answer = browser.send(f"{address(account)}/roles", {"role": Role.OUT_OF_HOURS})

    assert answer.location == address(account)
    assert place.here.account().roles == {WORKER, Role.OUT_OF_HOURS}


@pytest.mark.parametrize(
    ("role", "fault"),
    [("", "Choose the role to add"), (Role.ADMINISTRATOR, "An administrator may hold no role")],
)
def test_a_role_that_cannot_be_added_is_said_at_its_field(
    place: Site, role: str, fault: str
) -> None:
    account = settle(place.here)
    browser = at_work(place, address(account))

    answer = browser.send(f"{address(account)}/roles", {"role": role})

    assert answer.status_code == 422
    assert answer.text.count(fault) == 2


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PROGRAMME, Role.VISITOR, "queen"])
def test_a_role_that_is_nobodys_to_give_is_refused(place: Site, role: str) -> None:
    account = settle(place.here)
    browser = at_work(place, address(account))

    browser.send(f"{address(account)}/roles", {"role": role})
    removed = browser.send(f"{address(account)}/roles/{role}/remove")

    assert removed.status_code == 404
    assert place.here.account() == account


def test_a_role_is_removed(place: Site) -> None:
    account = settle(place.here, roles=frozenset({WORKER, Role.OUT_OF_HOURS}))
    browser = at_work(place, address(account))

    answer = browser.send(f"{address(account)}/roles/{WORKER}/remove")

    assert answer.location == address(account)
    assert place.here.account().roles == {Role.OUT_OF_HOURS}


def test_the_last_role_stays(place: Site) -> None:
    account = settle(place.here)
    browser = at_work(place, address(account))

    answer = browser.send(f"{address(account)}/roles/{WORKER}/remove")

    assert answer.status_code == 422
    assert "an account needs at least one" in answer.text


def test_an_account_is_disabled_and_enabled(place: Site) -> None:
    account = settle(place.here)
    browser = at_work(place, address(account))

    browser.send(f"{address(account)}/disable")
    was_disabled = place.here.account().disabled
    shown = browser.open(address(account)).text
    browser.send(f"{address(account)}/enable")

    assert (was_disabled, place.here.account().disabled) == (True, False)
    assert "Enable this account" in shown


def new_link(place: Site, account: Account, renewal: str = "forgotten") -> str:
    browser = at_work(place, address(account))
    answer = browser.send(f"{address(account)}/link/{renewal}")
    assert answer.status_code == 200
    shown = re.search(r"http://localhost(/link/[0-9a-f]{64})<", answer.text)
    assert shown is not None
    return shown[1]


def test_a_new_link_sets_a_password_that_then_opens_the_account(place: Site) -> None:
    account = settle(place.here)
    browser = place.browser()
    link = new_link(place, account)
    browser.open(link)

    answer = browser.send(link, {"password": OTHER_WORDS})

    assert (answer.status_code, answer.location) == (303, "/sign-in?password-set")
    assert "Your password is set" in browser.open(answer.location).text
    assert browser.sign_in(password=OTHER_WORDS).status_code == 303


def test_a_link_is_refused_the_second_time(place: Site) -> None:
    link = new_link(place, settle(place.here))
    browser = place.browser()
    browser.open(link)
    browser.send(link, {"password": OTHER_WORDS})
    browser.open(link)

    answer = browser.send(link, {"password": WORDS})

    assert answer.status_code == 410
    assert "This link no longer works" in answer.text
    assert place.here.events()[-1] == (Event.LINK_USED, Outcome.REFUSED)


def test_a_link_is_refused_after_a_day(place: Site) -> None:
    link = new_link(place, settle(place.here))
    place.clock.go_on(timedelta(hours=24))
    browser = place.browser()
    browser.open(link)

    assert browser.send(link, {"password": OTHER_WORDS}).status_code == 410


def test_a_good_and_an_invented_link_ask_in_the_same_words(place: Site) -> None:
    link, invented = new_link(place, settle(place.here)), f"/link/{'0' * 64}"

    texts = [
        re.sub("[0-9a-f]{64}", "*", place.browser().open(each).text) for each in (link, invented)
    ]

    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "Enter a new password"),
        ("short", "Password must be at least 12 characters"),
        ("asha.rahman-2026", "Password must not hold your own name"),
        ("a" * 200, "Password must be at most 128 characters"),
    ],
)
def test_a_weak_password_is_said_at_its_field_and_the_link_still_works(
    place: Site, typed: str, fault: str
) -> None:
    link = new_link(place, settle(place.here))
    browser = place.browser()
    browser.open(link)

    answer = browser.send(link, {"password": typed})

    assert answer.status_code == 422
    assert answer.text.count(fault) == 2
    assert browser.send(link, {"password": OTHER_WORDS}).status_code == 303


def test_no_password_is_ever_sent_back(place: Site) -> None:
    link = new_link(place, settle(place.here))
    browser = place.browser()
    browser.open(link)

    assert "tooshort" not in browser.send(link, {"password": "tooshort"}).text


@pytest.mark.parametrize("renewal", ["forgotten", "lost"])
def test_either_kind_of_link_is_shown(place: Site, renewal: str) -> None:
    assert new_link(place, settle(place.here), renewal).startswith("/link/")


def test_no_other_kind_of_link_is_made(place: Site) -> None:
    account = settle(place.here)
    browser = at_work(place, address(account))

    assert browser.send(f"{address(account)}/link/other").status_code == 404


def test_ones_own_account_is_shown_without_anything_to_change(place: Site) -> None:
    mine = place.here.account(ADMINISTRATOR)
    browser = at_work(place)

    text = browser.open(address(mine)).text

    assert "This is your own account" in text
    assert f'action="{address(mine)}' not in text
    assert browser.send(f"{address(mine)}/disable").status_code == 404


def test_an_account_that_is_not_there_is_not_found(place: Site) -> None:
    assert at_work(place).open(f"/accounts/{UUID(int=9)}").status_code == 404


PAGES = ["/accounts", "/accounts/new", f"/accounts/{UUID(int=9)}"]
FORMS = [
    "/accounts/find",
    "/accounts/new",
    *(
        f"/accounts/{UUID(int=9)}/{act}"
        for act in ("roles", "roles/lado/remove", "disable", "enable", "link/lost")
    ),
]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_sees_accounts(place: Site, path: str) -> None:
    settle(place.here, roles=frozenset({Role.IG_LEAD}))
    browser = place.browser()
    browser.sign_in()

    assert browser.open(path).status_code == 403
    assert place.browser().open(path).status_code == 303


@pytest.mark.parametrize("path", FORMS)
def test_nobody_else_changes_accounts(place: Site, path: str) -> None:
    settle(place.here, roles=frozenset({Role.IG_LEAD}))
    browser = place.browser()
    browser.sign_in()
    browser.open("/session")

    assert browser.send(path).status_code == 403
