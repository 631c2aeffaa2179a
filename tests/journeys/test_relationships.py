"""A claim: confirmed by the manager it goes on, declined it is closed at once."""

import re

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

CALLUM, GRACE = "callum.reid@northshire.example", "grace.mensah@northshire.example"


def claims_ewan(person: Person) -> None:
    """Say that one works with Ewan's family."""
    person.search(Name="Blake, Ewan", Age="9")
    person.choose("Ewan James Blake")
    person.page.get_by_label("Child protection enquiry (section 47)").check()
    person.page.get_by_label("Your reason").fill("Duty call 4411")
    person.page.get_by_role("button", name="Show who is involved").click()


def test_a_manager_confirms_one_claim_and_declines_another(
    person: Person, browser: Browser
) -> None:
    person.sign_in(CALLUM, PASSWORD)
    claims_ewan(person)
    board = person.page.url
    manager = sit_down(browser, person.address)
    manager.sign_in(GRACE, PASSWORD)

    manager.page.get_by_role("link", name="Claims to confirm").click()
    assert "Duty call 4411" in manager.text()
    manager.page.get_by_role("button", name="Confirm for three months").click()
    person.page.get_by_role("link", name="My families").click()
    expect(person.page.get_by_text("Confirmed until")).to_be_visible()

    person.page.get_by_role("button", name=re.compile("I no longer work")).click()
    claims_ewan(person)
    manager.page.get_by_role("link", name="Claims to confirm").click()
    manager.page.get_by_role("button", name="Not working with them").click()
    person.page.goto(board)
    assert "Ewan" not in person.page.title() + person.text()
