"""An administrator types part of an organisation's name and chooses, with scripts or without."""

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

SAM = "sam.okoro@northshire.example"


def fill_in(person: Person) -> None:
    """Sign Sam in, and type a new account whose organisation is misspelt."""
    person.sign_in(SAM, PASSWORD)
    person.page.goto(f"{person.address}/accounts/new")
    person.page.get_by_label("Full name").fill("Kim Doyle")
    person.page.get_by_label("Work e-mail address").fill("kim.doyle@homes.example")
    person.page.get_by_label("Front door", exact=False).first.check()
    person.page.get_by_label("Organisation", exact=True).press_sequentially("hilside")


def finish(person: Person) -> None:
    person.page.get_by_role("button", name="Create account").click()


def test_organisations_are_offered_while_a_name_is_typed(person: Person) -> None:
    fill_in(person)

    person.page.get_by_label("Hillside Homes").check()

    expect(person.page.get_by_role("status")).to_have_text("1 organisation to choose")
    assert person.page.get_by_label("Organisation", exact=True).input_value() == "Hillside Homes"
    assert person.faults() == []
    finish(person)
    assert person.says("Next: give them their one-time link")
    assert person.says("Hillside Homes")


def test_without_scripts_they_are_offered_on_the_next_page(browser: Browser, address: str) -> None:
    person = sit_down(browser, address, scripts=False, width=320)
    fill_in(person)

    finish(person)
    person.page.get_by_label("Hillside Homes").check()

    assert person.page.get_by_label("Full name").input_value() == "Kim Doyle"
    assert not person.overflows()
    finish(person)
    assert person.says("Next: give them their one-time link")
