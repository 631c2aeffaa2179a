"""The form for a new account: words an administrator knows, roles found at once, the next act."""

import re

from directory.domain.vocabulary import Role, Service
from directory.operations.accounts import GRANTABLE
from directory.web.wording import ROLE_GROUPS, SERVICE_NAMES
from tests.operations.accounts_world import EMAIL, settle
from tests.web.accounts_site import Browser, Site

ROLES = frozenset({Role.ADMINISTRATOR})
NEW: dict[str, str | list[str]] = {
    "display_name": "Kim Doyle",
    "email": "kim.doyle@homes.example",
    "organisation": "NSC",
    "roles": ["lado"],
    "service": "",
}


def at_work(place: Site) -> Browser:
    browser = place.browser()
    browser.sign_in(EMAIL)
    browser.open("/accounts/new")
    return browser


def fieldset(text: str, heading: str) -> str:
    """Return the innermost fieldset under `heading`."""
    return re.split(r"</fieldset>", text.partition(f"{heading}\n")[2])[0]


def test_every_role_that_can_be_given_stands_under_one_heading() -> None:
    grouped = [role for group in ROLE_GROUPS.values() for role in group]

    assert sorted(grouped) == sorted(GRANTABLE)


def test_every_service_has_its_name() -> None:
    assert set(SERVICE_NAMES) == set(Service)


def test_a_service_is_called_by_its_proper_name(place: Site) -> None:
    text = at_work(place).open("/accounts/new").text

    assert "Children&#39;s social care</option>" in text
    assert "Childrens social care" not in text


def test_a_role_is_found_under_its_heading(place: Site) -> None:
    text = at_work(place).open("/accounts/new").text

    assert 'value="police_liaison"' in fieldset(text, "Working in another service")
    assert 'value="administrator"' in fieldset(text, "Running the directory")


def test_a_role_to_be_added_is_found_under_its_heading(place: Site) -> None:
    account = settle(place.here, email="kim.doyle@homes.example")

    text = at_work(place).open(f"/accounts/{account.reference}").text

    group = text.partition('<optgroup label="Information governance">')[2].partition("</opt")[0]
    assert 'value="ig_lead"' in group


def test_roles_that_were_ticked_stay_ticked_when_something_else_is_wrong(place: Site) -> None:
    answer = at_work(place).send("/accounts/new", NEW | {"email": "", "roles": ["lado", "dpo"]})

    ticked = re.findall(r'value="(\w+)" checked', answer.text)
    assert (answer.status_code, ticked) == (422, ["lado", "dpo"])


def test_the_error_leads_to_the_first_role(place: Site) -> None:
    answer = at_work(place).send("/accounts/new", NEW | {"roles": []})

    assert 'href="#roles"' in answer.text
    assert answer.text.count('id="roles"') == 1


def test_a_new_account_says_what_comes_next_before_anything_else(place: Site) -> None:
    browser = at_work(place)

    page = browser.open(browser.send("/accounts/new", NEW).location).text

    heads = re.findall(r"<h2[^>]*>(.*?)</h2>", page.partition("<main")[2].partition("</main>")[0])
    assert heads == ["Next: give them their one-time link", "Roles", "Shut out"]
    assert ">\n  Make their one-time link\n" in page


def test_an_account_in_use_is_not_told_to_be_given_a_link(place: Site) -> None:
    account = settle(place.here, email="kim.doyle@homes.example")

    assert "Next: give" not in at_work(place).open(f"/accounts/{account.reference}").text
