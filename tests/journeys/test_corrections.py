"""A contact is wrong: a worker reports it, the service answers, and the worker reads the answer."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down
from tests.town import Town

pytestmark = pytest.mark.browser

ASHA, MARIE = "asha.rahman@northshire.example", "marie.thornton@hillside-homes.example"
HELEN = "helen.ashworth@northshire.example"
BADGE = "that this contact may be wrong"
WIDTHS = (1280, 320)


def opens_housing(person: Person) -> None:
    """Look at Ewan's family, and open housing's card."""
    person.sign_in(ASHA, PASSWORD)
    person.search(Name="Blake, Ewan", Age="9")
    person.choose("Ewan James Blake")
    person.page.get_by_label("Child protection enquiry (section 47)").check()
    person.page.get_by_role("button", name="Show who is involved").click()
    person.page.get_by_role("link", name=re.compile("Open contact.*Housing")).first.click()


def is_sound(person: Person) -> None:
    """Hold that the page is whole, small and wide."""
    for width in WIDTHS:
        person.page.set_viewport_size({"width": width, "height": 900})
        assert (person.faults(), person.overflows()) == ([], False), (person.page.url, width)
    person.page.set_viewport_size({"width": 1280, "height": 900})


def test_a_worker_reports_and_reads_what_the_service_answered(
    person: Person, browser: Browser
) -> None:
    opens_housing(person)
    card = person.page.url
    assert BADGE not in person.text()

    person.page.get_by_role("link", name=re.compile("This contact is wrong")).first.click()
    is_sound(person)
    person.page.get_by_role("button", name="Report it").click()
    expect(person.page.get_by_role("alert")).to_contain_text("Choose what is wrong")
    person.page.get_by_label("The number is wrong, or nobody answers it").check()
    person.page.get_by_role("button", name="Report it").click()
    expect(person.page.get_by_role("status").first).to_contain_text("Reported.")
    assert BADGE in person.text()
    is_sound(person)

    lead = sit_down(browser, person.address)
    lead.sign_in(MARIE, PASSWORD)
    lead.page.get_by_role("link", name="Reported as wrong").click()
    assert "Children's social worker, Northshire Council" in lead.text()
    assert "Asha" not in lead.text()
    is_sound(lead)
    lead.page.get_by_role("button", name="Passed on").click()
    expect(lead.page.get_by_role("status").first).to_contain_text("Answered.")
    assert "Nothing waits for your answer." in lead.text()

    person.page.get_by_role("link", name="My families").click()
    person.page.get_by_role("link", name="What you reported").click()
    assert "Passed on to whoever can mend it" in person.text()
    is_sound(person)
    person.page.goto(card)
    assert BADGE not in person.text()
    assert lead.complaints == []


def test_what_a_service_does_not_answer_is_told_to_the_ig_lead(
    person: Person, browser: Browser, town: Town
) -> None:
    opens_housing(person)
    person.page.get_by_role("link", name=re.compile("This contact is wrong")).first.click()
    person.page.get_by_label("This service is no longer involved").check()
    person.page.get_by_role("button", name="Report it").click()

    town.clock.pass_by(timedelta(days=5))
    helen = sit_down(browser, person.address)
    helen.sign_in(HELEN, PASSWORD)
    helen.page.get_by_role("link", name="Overdue reports").click()

    assert "This service is no longer involved" in helen.text()
    assert "Blake" not in helen.text()
    is_sound(helen)
    assert helen.complaints == []
