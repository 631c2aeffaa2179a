"""A practitioner goes away, a colleague stands in, and a social worker is told whom to ring."""

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down
from tests.journeys.test_case_1 import ASHA, open_housing
from tests.journeys.test_upkeep import MARIE

pytestmark = pytest.mark.browser


def test_a_lead_names_who_stands_in_and_the_card_shows_them_until_they_are_back(
    person: Person, browser: Browser
) -> None:
    person.sign_in(ASHA, PASSWORD)
    open_housing(person)
    lead = sit_down(browser, person.address)
    lead.sign_in(MARIE, PASSWORD)

    lead.page.get_by_role("link", name="Our involvements").click()
    lead.page.get_by_role("link", name="Our practitioners").click()
    lead.page.get_by_role("link", name="Kim Doyle").click()
    lead.page.get_by_role("link", name="Change when they are in").click()
    lead.page.get_by_label("First day away").fill("23/11/2026")
    lead.page.get_by_label("First day back").fill("7/12/2026")
    lead.page.get_by_label("Who is rung instead?").select_option(
        label="Kashif Akhtar, Eskelby Neighbourhood Team"
    )
    lead.page.get_by_role("button", name="Say that they are away").click()
    expect(lead.page.get_by_text("Saved. While they are away")).to_be_visible()
    assert lead.faults() == []

    person.page.reload()
    expect(person.page.get_by_role("heading", name="Kashif Akhtar")).to_be_visible()
    assert person.says("Stands in for Kim Doyle, who is away and back on 7 December 2026.")
    assert person.faults() == []

    lead.page.get_by_role("link", name="Change when they are in").click()
    lead.page.get_by_role("button", name="They are back").click()
    person.page.reload()
    expect(person.page.get_by_role("heading", name="Kim Doyle")).to_be_visible()
    assert not person.says("Stands in for")


def test_a_lead_adds_a_team_and_a_practitioner_in_it(person: Person) -> None:
    person.sign_in(MARIE, PASSWORD)
    person.page.goto(f"{person.address}/teams/add")
    for label, text in (
        ("Your own reference for it", "T-900"),
        ("Name of the team", "Tenancies North"),
        ("Duty line", "soon"),
    ):
        person.page.get_by_label(label).fill(text)
    person.page.get_by_role("button", name="Add it").click()
    assert person.says("There is a problem")

    person.page.get_by_label("Duty line").fill("01632 960555")
    person.page.get_by_role("button", name="Add it").click()
    expect(person.page.get_by_text("It can lead from now on")).to_be_visible()

    person.page.goto(f"{person.address}/practitioners/add")
    for label, text in (
        ("Your own reference for them", "P-900"),
        ("Name", "Nia Moss"),
        ("Role", "Housing officer"),
        ("Work phone", "01632 960777"),
        ("Work e-mail", "nia.moss@hillside-homes.example"),
    ):
        person.page.get_by_label(label, exact=True).fill(text)
    person.page.get_by_label("Team").select_option(label="Tenancies North")
    person.page.get_by_role("button", name="Add them").click()

    expect(person.page.get_by_role("heading", name="Nia Moss")).to_be_visible()
    assert person.says("They can lead from now on")
    assert person.faults() == []
