"""Gates: an administrator withdraws one, and what cannot wait still reaches the common lines."""

import re

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

ASHA, SAM = "asha.rahman@northshire.example", "sam.okoro@northshire.example"


def test_whose_training_was_withdrawn_still_reaches_the_common_lines(
    person: Person, browser: Browser
) -> None:
    sam = sit_down(browser, person.address)
    sam.sign_in(SAM, PASSWORD)
    sam.page.get_by_label("Find an account by e-mail address").fill(ASHA)
    sam.page.get_by_role("button", name="Find").click()
    sam.page.get_by_role("link", name=re.compile("What this account holds")).click()
    sam.page.get_by_role("button", name="Withdraw: Training").click()
    assert "Not given" in sam.text()

    person.sign_in(ASHA, PASSWORD)
    person.page.get_by_role("link", name="My families").click()
    assert "Training: not given" in person.text()
    person.page.get_by_role("main").get_by_role("link", name="search").click()
    person.search(Name="Blake, Ewan", Age="9")
    person.choose("Ewan James Blake")
    person.page.get_by_label("Child protection enquiry (section 47)").check()
    person.page.get_by_role("button", name="Show who is involved").click()

    assert "Single point of contact" in person.text()
    assert "Open contact" not in person.text()
    person.page.get_by_role("link", name=re.compile("emergency access")).click()
    person.page.get_by_label("A child is missing").check()
    person.page.get_by_label("What do you need to find out?").fill("Who saw him last?")
    person.page.get_by_role("button", name="Open emergency access").click()
    expect(person.page.get_by_role("status").first).to_contain_text("30 minutes are left")
    assert "Open contact" in person.text()
