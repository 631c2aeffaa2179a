"""Emergency access: opened on a board by who cannot wait, and reviewed by somebody else."""

import re

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

ASHA, HELEN = "asha.rahman@northshire.example", "helen.ashworth@northshire.example"


def test_a_social_worker_opens_emergency_access_and_the_ig_lead_reviews_it(
    person: Person, browser: Browser
) -> None:
    person.sign_in(ASHA, PASSWORD)
    person.search(Name="Blake, Ewan", Age="9")
    person.choose("Ewan James Blake")
    person.page.get_by_label("Child protection enquiry (section 47)").check()
    person.page.get_by_role("button", name="Show who is involved").click()

    person.page.get_by_role("link", name=re.compile("emergency access")).click()
    person.page.get_by_label("A child is missing").check()
    person.page.get_by_label("What do you need to find out?").fill("Who saw him last?")
    person.page.get_by_role("button", name="Open emergency access").click()

    expect(person.page.get_by_role("status").first).to_contain_text("30 minutes are left")
    reviewer = sit_down(browser, person.address)
    reviewer.sign_in(HELEN, PASSWORD)
    reviewer.page.get_by_role("link", name="Emergency access").click()
    assert "Who saw him last?" in reviewer.text()
    assert "Blake" not in reviewer.text()
    reviewer.page.get_by_role("button", name="Justified", exact=True).click()
    assert "Nothing waits for your review" in reviewer.text()
