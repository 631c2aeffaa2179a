"""Consent: a volunteer finds nobody, then whom the parent agreed to, then nobody again."""

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

ASHA, TOMASZ = "asha.rahman@northshire.example", "tomasz.novak@befriending.example.org"


def test_a_volunteer_knows_of_a_child_while_consent_lasts(person: Person, browser: Browser) -> None:
    volunteer = sit_down(browser, person.address)
    volunteer.sign_in(TOMASZ, PASSWORD)
    volunteer.search(Name="Blake, Ewan", Age="9")
    expect(volunteer.page.get_by_text("No match").first).to_be_visible()

    person.sign_in(ASHA, PASSWORD)
    person.search(Name="Blake, Ewan", Age="9")
    person.choose("Ewan James Blake")
    person.page.get_by_label("Child protection enquiry (section 47)").check()
    person.page.get_by_role("button", name="Show who is involved").click()
    person.page.get_by_role("link", name="Consent").click()
    person.page.get_by_role("link", name="Ask for consent about Ewan James Blake").click()
    for choice in ("Northshire Befriending", "At their home", "Yes"):
        person.page.get_by_label(choice, exact=True).check()
    person.page.get_by_label("A parent, with parental responsibility").check()
    person.page.get_by_role("button", name="Record it").click()
    expect(person.page.get_by_text("Northshire Befriending: Yes, until")).to_be_visible()

    volunteer.search(Name="Blake, Ewan", Age="9")
    volunteer.choose("Ewan James Blake")
    volunteer.page.get_by_role("radio").first.check()
    volunteer.page.get_by_role("button", name="Show who is involved").click()
    expect(volunteer.page.get_by_text("With their consent")).to_be_visible()

    person.page.get_by_role("button", name="They take it back").click()
    volunteer.page.reload()
    assert "Ewan" not in volunteer.page.title() + volunteer.text()
