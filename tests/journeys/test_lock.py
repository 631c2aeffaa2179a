"""A page that locks itself covers what it shows, and loses nothing that was typed."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from directory.domain.accounts import IDLE_LOCK
from tests.journeys.browser import Person, sit_down
from tests.town import Town

pytestmark = pytest.mark.browser

ASHA = "asha.rahman@northshire.example"
SAM = "sam.okoro@northshire.example"
LOCKED = "Locked: enter your password to carry on"
MOMENT = timedelta(seconds=2)


def typing(person: Person) -> Person:
    """Sign Asha in, at a search she has half typed."""
    person.page.clock.install()
    person.sign_in(ASHA, PASSWORD)
    person.page.goto(f"{person.address}/search")
    person.page.get_by_label("Name", exact=True).fill("Blake, Ewan")
    person.page.get_by_label("Age", exact=True).fill("9")
    return person


def wait(person: Person, town: Town, time: timedelta) -> None:
    """Let `time` pass for the server and in the browser, without touching the page."""
    town.clock.pass_by(time)
    person.page.clock.fast_forward(int(time.total_seconds() * 1000))


def unlock(person: Person, password: str = PASSWORD) -> None:
    person.page.get_by_label("Password", exact=True).fill(password)
    person.page.get_by_role("button", name="Carry on").click()


def test_a_page_that_locked_itself_shows_nothing_of_what_it_holds(
    person: Person, town: Town
) -> None:
    typing(person)

    wait(person, town, IDLE_LOCK + MOMENT)

    expect(person.page.get_by_role("dialog", name=LOCKED)).to_be_visible()
    expect(person.page.locator("main")).to_be_hidden()
    assert person.faults() == []


def test_the_password_brings_back_all_that_was_typed_and_it_can_be_sent(
    person: Person, town: Town
) -> None:
    typing(person)
    wait(person, town, IDLE_LOCK + MOMENT)

    unlock(person)

    expect(person.page.get_by_label("Name", exact=True)).to_have_value("Blake, Ewan")
    expect(person.page.get_by_label("Age", exact=True)).to_have_value("9")
    person.page.get_by_role("button", name="Search").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Choose the right person")


def test_a_wrong_password_leaves_the_page_covered_and_says_so(person: Person, town: Town) -> None:
    typing(person)
    wait(person, town, IDLE_LOCK + MOMENT)

    unlock(person, "not the password")

    expect(person.page.get_by_role("alert")).to_contain_text("Password is not right")
    expect(person.page.locator("main")).to_be_hidden()
    unlock(person)
    expect(person.page.get_by_label("Name", exact=True)).to_have_value("Blake, Ewan")


def test_escape_does_not_uncover_a_locked_page(person: Person, town: Town) -> None:
    typing(person)
    wait(person, town, IDLE_LOCK + MOMENT)

    for _ in range(3):
        person.page.keyboard.press("Escape")

    expect(person.page.get_by_role("dialog", name=LOCKED)).to_be_visible()
    expect(person.page.locator("main")).to_be_hidden()


def test_one_password_uncovers_every_page_of_the_session(person: Person, town: Town) -> None:
    typing(person)
    other = Person(page=person.page.context.new_page(), address=person.address)
    other.page.clock.install()
    other.page.goto(f"{person.address}/search")
    other.page.get_by_label("Name", exact=True).fill("Leah Blake")
    wait(person, town, IDLE_LOCK + MOMENT)
    wait(other, town, IDLE_LOCK + MOMENT)
    expect(person.page.get_by_role("dialog", name=LOCKED)).to_be_visible()

    unlock(other)

    expect(person.page.get_by_label("Name", exact=True)).to_have_value("Blake, Ewan")
    person.page.get_by_role("button", name="Search").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Choose the right person")


def test_a_page_of_somebody_who_signed_out_elsewhere_is_not_uncovered_by_the_next(
    person: Person, town: Town
) -> None:
    typing(person)
    wait(person, town, IDLE_LOCK + MOMENT)
    other = Person(page=person.page.context.new_page(), address=person.address)
    other.page.goto(f"{person.address}/search")
    other.page.get_by_role("button", name="Not you? Sign out").click()

    other.sign_in(SAM, PASSWORD)

    expect(person.page.locator("main")).to_be_hidden()


def test_nothing_is_kept_in_the_browser(person: Person, town: Town) -> None:
    typing(person)

    wait(person, town, IDLE_LOCK + MOMENT)

    kept = person.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_staying_when_warned_keeps_the_page_open(person: Person, town: Town) -> None:
    typing(person)
    wait(person, town, IDLE_LOCK - timedelta(minutes=1))

    person.page.get_by_role("button", name="Stay signed in").click()

    expect(person.page.get_by_role("dialog")).to_be_hidden()
    wait(person, town, IDLE_LOCK - timedelta(minutes=3))
    expect(person.page.locator("main")).to_be_visible()


def test_without_scripts_what_is_sent_while_locked_is_kept(
    browser: Browser, address: str, town: Town
) -> None:
    person = sit_down(browser, address, scripts=False)
    person.sign_in(ASHA, PASSWORD)
    person.page.goto(f"{address}/search")
    person.page.get_by_label("Name", exact=True).fill("Blake, Ewan")
    town.clock.pass_by(IDLE_LOCK + MOMENT)
    person.page.get_by_role("button", name="Search").click()

    unlock(person)
    person.page.get_by_role("button", name="Carry on").click()

    assert person.says("Choose the right person")
