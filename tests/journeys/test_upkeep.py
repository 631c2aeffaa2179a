"""A service lead mends what is told, which a social worker sees at once, and adds somebody."""

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down
from tests.journeys.test_case_1 import ASHA, open_housing

pytestmark = pytest.mark.browser

MARIE = "marie.thornton@hillside-homes.example"
TENANCY = "TEN-0000536"


def opens(lead: Person, reference: str) -> None:
    """Open the involvement of the lead's service under its own reference."""
    lead.page.get_by_role("link", name="Our involvements").click()
    lead.page.get_by_label("Find one by your own reference").fill(reference)
    lead.page.get_by_role("button", name="Find", exact=True).click()


def test_a_lead_hands_a_tenancy_to_a_colleague_and_the_card_says_so_at_once(
    person: Person, browser: Browser
) -> None:
    person.sign_in(ASHA, PASSWORD)
    open_housing(person)
    assert person.says("Kim Doyle")
    lead = sit_down(browser, person.address)
    lead.sign_in(MARIE, PASSWORD)

    opens(lead, TENANCY)
    assert lead.says("Kim Doyle")
    assert lead.faults() == []
    lead.page.get_by_label("Who leads for your service?").select_option(
        label="Naomi Doyle, Eskelby Neighbourhood Team"
    )
    lead.page.get_by_label("When was it last involved?").fill("20/11/2026")
    lead.page.get_by_role("button", name="Continue").click()
    assert lead.says("Naomi Doyle")
    lead.page.get_by_role("button", name="Save it").click()
    expect(lead.page.get_by_text("Whoever looks now is told so")).to_be_visible()

    person.page.reload()
    assert person.says("Naomi Doyle")
    assert person.says("20 November 2026")
    assert not person.says("Kim Doyle")


def test_a_lead_adds_somebody_whom_the_list_lacks(person: Person) -> None:
    person.sign_in(MARIE, PASSWORD)
    person.page.get_by_role("link", name="Our involvements").click()
    person.page.get_by_role("link", name="Add an involvement").click()
    for label, text in (
        ("Your own reference", "TEN-9000001"),
        ("Forenames", "Josie"),
        ("Surname", "Quillfeather"),
        ("Date of birth", "4/5/1988"),
        ("Postcode", "soon"),
        ("When did it begin?", "1/10/2026"),
    ):
        person.page.get_by_label(label).fill(text)
    person.page.get_by_label("Who leads for your service?").select_option(index=1)
    person.page.get_by_role("button", name="Continue").click()
    assert person.says("Postcode:")
    assert person.faults() == []

    person.page.get_by_label("Postcode").fill("NX4 2AB")
    person.page.get_by_role("button", name="Continue").click()
    assert person.says("Quillfeather")
    assert person.faults() == []
    person.page.get_by_role("button", name="Add it").click()

    expect(person.page.get_by_text("Others see it as soon as it is known")).to_be_visible()
    opens(person, "TEN-9000001")
    assert person.says("Josie Quillfeather")
    assert person.faults() == []
