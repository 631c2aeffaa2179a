"""A search misses somebody hidden; the officer on duty is told, rings, and says so."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from directory.post import Post, sweep
from directory.settings import Settings
from tests.journeys.test_restrictions import (
    ASHA,
    CALLUM,
    NUMBER,
    UNA,
    answer_to,
    ask_for_protection,
    at_work,
)
from tests.town import Town

pytestmark = pytest.mark.browser


def test_the_officer_on_duty_is_told_whom_to_ring(
    browser: Browser, address: str, town: Town, tmp_path: Path
) -> None:
    asha, una = (at_work(browser, address, each) for each in (ASHA, UNA))
    una.page.get_by_role("link", name="Rota").click()
    una.page.get_by_label("Who", exact=True).select_option("Una Lindqvist")
    una.page.get_by_label("From", exact=True).fill("20/11/2026")
    una.page.get_by_label("To", exact=True).fill("27/11/2026")
    una.page.get_by_role("button", name="Add this turn").press("Enter")
    expect(una.page.get_by_text("on duty now")).to_be_visible()
    ask_for_protection(asha)
    una.page.get_by_role("link", name="Protected records").click()
    una.page.get_by_role("link", name=re.compile("^Open")).first.click()
    una.page.get_by_label("Safety").check()
    una.page.get_by_role("button", name="Hide them from everybody else").click()
    callum = at_work(browser, address, CALLUM)
    answer_to(callum, NUMBER)

    sweep(town.ledger, Post(Settings(data=tmp_path)), clock=town.clock)
    una.page.get_by_role("link", name="Your sign-ins").click()
    una.page.get_by_role("link", name="See what to do").click()
    assert una.says("Callum Reid")
    assert "Blake" not in una.text()
    una.page.get_by_role("button", name="I have spoken to them").press("Enter")

    assert una.says("Nobody waits to be rung")
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1
    assert [each.complaints for each in (asha, una, callum)] == [[]] * 3
