"""An administrator types part of an organisation's name and chooses; nothing typed is lost."""

import re
from pathlib import Path

import pytest

from directory.domain.vocabulary import Role
from directory.paths import STATIC
from directory.store.agencies import AgencyStore
from tests.factories import reference
from tests.operations.accounts_world import EMAIL
from tests.web.accounts_site import Browser, Site

ROLES = frozenset({Role.ADMINISTRATOR})
NEW: dict[str, str | list[str]] = {
    "display_name": "Kim Doyle",
    "email": "kim.doyle@homes.example",
    "organisation": "hilside",
    "roles": ["lado", "dpo"],
    "service": "housing",
}
HOUSES = {"HILL": "Hillside Homes", "HILT": "Hillside Trust", "LARK": "Larkfield <b>& Sons"}


def at_work(place: Site) -> Browser:
    """Return an administrator's browser at the form, in a council of several houses."""
    with place.here.database.writing() as connection:
        for number, (known_as, name) in enumerate(HOUSES.items(), start=70):
            AgencyStore(connection).keep_organisation(
                reference(number), known_as=known_as, name=name
            )
    browser = place.browser()
    browser.sign_in(EMAIL)
    browser.open("/accounts/new")
    return browser


def offered(text: str) -> list[str]:
    return re.findall(r'name="organisation_choice" type="radio" value="(\w+)"', text)


def organisation_of(place: Site) -> str:
    account = place.here.account("kim.doyle@homes.example")
    with place.here.database.reading() as connection:
        return AgencyStore(connection).names()[account.organisation]


def test_the_page_offers_nothing_until_something_is_typed(place: Site) -> None:
    assert offered(at_work(place).open("/accounts/new").text) == []


def test_a_misspelt_part_of_a_name_leads_to_a_choice_and_nothing_typed_is_lost(
    place: Site,
) -> None:
    answer = at_work(place).send("/accounts/new", NEW)

    assert (answer.status_code, offered(answer.text)) == (422, ["HILL", "HILT"])
    assert 'href="#organisation_choice"' in answer.text
    for kept in ("Kim Doyle", "kim.doyle@homes.example", "hilside"):
        assert f'value="{kept}"' in answer.text
    assert re.findall(r'value="(\w+)" checked', answer.text) == ["lado", "dpo"]
    assert '<option value="housing" selected' in answer.text


def test_the_chosen_organisation_is_the_accounts(place: Site) -> None:
    browser = at_work(place)
    browser.send("/accounts/new", NEW)

    answer = browser.send("/accounts/new", NEW | {"organisation_choice": "HILT"})

    assert (answer.status_code, organisation_of(place)) == (303, "Hillside Trust")


@pytest.mark.parametrize("typed", ["Hillside Trust", "  hillside   TRUST ", "HILT"])
def test_a_whole_name_or_the_councils_reference_needs_no_choice(place: Site, typed: str) -> None:
    answer = at_work(place).send("/accounts/new", NEW | {"organisation": typed})

    assert (answer.status_code, organisation_of(place)) == (303, "Hillside Trust")


def test_a_choice_made_for_other_words_is_not_taken(place: Site) -> None:
    browser = at_work(place)
    browser.send("/accounts/new", NEW)

    answer = browser.send(
        "/accounts/new", NEW | {"organisation": "larkfeild", "organisation_choice": "HILT"}
    )

    assert (answer.status_code, offered(answer.text)) == (422, ["LARK"])


def test_a_made_up_choice_is_not_taken(place: Site) -> None:
    browser = at_work(place)
    browser.send("/accounts/new", NEW)

    answer = browser.send("/accounts/new", NEW | {"organisation_choice": "NOBODY"})

    assert (answer.status_code, offered(answer.text)) == (422, ["HILL", "HILT"])


def test_a_choice_is_kept_while_something_else_is_mended(place: Site) -> None:
    browser = at_work(place)
    browser.send("/accounts/new", NEW)

    answer = browser.send("/accounts/new", NEW | {"organisation_choice": "HILT", "email": ""})

    assert answer.status_code == 422
    assert 'value="HILT" checked' in answer.text


@pytest.mark.parametrize("typed", ["Zebra", "*", "\u202e\u202e", "😀", "?" * 120])
def test_an_unknown_organisation_is_said_to_be_unknown(place: Site, typed: str) -> None:
    answer = at_work(place).send("/accounts/new", NEW | {"organisation": typed})

    assert (answer.status_code, offered(answer.text)) == (422, [])
    assert answer.text.count("No organisation here is called that") == 2


def test_the_script_is_given_one_organisation_a_line(place: Site) -> None:
    answer = at_work(place).send("/accounts/organisations", {"typed": "hilside homes"})

    assert answer.mimetype == "text/plain"
    assert answer.text == "HILL\tHillside Homes\n"


def test_names_are_given_to_the_script_as_text_and_never_as_markup(place: Site) -> None:
    answer = at_work(place).send("/accounts/organisations", {"typed": "larkfield"})

    assert (answer.mimetype, answer.text) == ("text/plain", "LARK\tLarkfield <b>& Sons\n")
    assert "innerHTML" not in Path(STATIC / "js/suggestions.js").read_text("utf-8")


@pytest.mark.parametrize("typed", ["", "x" * 10_000, "*" * 10_000, "e\u0301" * 5_000])
def test_the_script_may_ask_anything(place: Site, typed: str) -> None:
    answer = at_work(place).send("/accounts/organisations", {"typed": typed})

    assert (answer.status_code, answer.text) == (200, "")
