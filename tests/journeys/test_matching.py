"""A matching steward works through the queue: compares, checks, decides, takes back."""

import re

import pytest
from playwright.sync_api import Browser

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

OLWEN = "olwen.pryce@northshire.example"
JONAH = "jonah.fraser@northshire.example"
OFFERED = re.compile("The line is about person A")


def at_the_queue(person: Person, email: str = OLWEN) -> None:
    """Sign in as a steward, whose first page the queue is."""
    person.sign_in(email, PASSWORD)
    person.page.get_by_role("heading", name="Lines that wait to be matched").wait_for()


def open_one_with_candidates(person: Person) -> None:
    """Open the first line of the queue that somebody in the directory resembles."""
    for place in range(20):
        person.page.get_by_role("link", name=re.compile("^Decide")).nth(place).click()
        if person.page.get_by_role("button", name=OFFERED).count():
            return
        person.page.go_back()
    pytest.fail("no line of the town's first page resembles anybody")


def waiting(person: Person) -> int:
    """Return how many lines the queue says wait."""
    found = re.search(r"(\d+) lines wait", person.text())
    assert found is not None, person.text()
    return int(found[1])


def test_a_steward_links_a_line_and_takes_it_back(person: Person) -> None:
    at_the_queue(person)
    before = waiting(person)
    open_one_with_candidates(person)

    person.page.get_by_role("button", name=OFFERED).click()
    assert person.says("What will happen")
    person.page.get_by_role("button", name="Link the line to this person").click()

    assert person.says("Done. The line is linked to the person.")
    assert waiting(person) == before - 1
    person.page.get_by_role("link", name="What was decided").click()
    person.page.get_by_role("link", name=re.compile("^Take back")).click()
    person.page.get_by_role("button", name="Take it back").click()
    assert person.says("Taken back. All is as it was.")
    assert waiting(person) == before


def test_a_steward_sets_a_line_apart_and_begins_a_new_person(person: Person) -> None:
    at_the_queue(person)
    before = waiting(person)
    open_one_with_candidates(person)
    address = person.page.url

    person.page.get_by_role("link", name="Never link it to person A").click()
    person.page.get_by_role("button", name="Never link the line to this person").click()

    assert waiting(person) == before
    person.page.goto(address)
    assert person.says("Never to be linked")
    person.page.get_by_role("button", name="It is about a new person").click()
    person.page.get_by_role("button", name="Begin a new person").click()
    assert person.says("Done. The line has begun a new person.")
    assert waiting(person) == before - 1


def test_a_day_that_cannot_be_is_refused_and_nothing_is_done(person: Person) -> None:
    at_the_queue(person)
    before = waiting(person)
    open_one_with_candidates(person)
    person.page.get_by_role("button", name="It is about a new person").click()
    person.page.get_by_label("Not yet").check()
    person.page.get_by_label("Expected date of birth").fill("27/3/2031")

    person.page.get_by_role("button", name="Begin a new person").click()

    assert person.says("Expected date of birth must be within the next ten months")
    person.page.get_by_role("link", name="Matching").click()
    assert waiting(person) == before


def test_what_another_steward_decided_is_not_decided_again(
    browser: Browser, person: Person, address: str
) -> None:
    at_the_queue(person)
    open_one_with_candidates(person)
    line = person.page.url
    person.page.get_by_role("button", name=OFFERED).click()
    other = sit_down(browser, address)
    at_the_queue(other, JONAH)
    other.page.goto(line)
    other.page.get_by_role("button", name=OFFERED).click()
    other.page.get_by_role("button", name="Link the line to this person").click()

    person.page.get_by_role("button", name="Link the line to this person").click()

    assert person.says("Nothing was done: it was decided already")
    assert other.complaints == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_desk_is_sound_and_fits(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    someone = sit_down(browser, address, width=width)
    someone.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    at_the_queue(someone)
    checked = [(someone.faults(), someone.overflows())]
    open_one_with_candidates(someone)
    checked.append((someone.faults(), someone.overflows()))
    line = someone.page.url
    for name in ("The line is about person A", "It is about a new person"):
        someone.page.goto(line)
        someone.page.get_by_role("button", name=name).click()
        checked.append((someone.faults(), someone.overflows()))
    someone.page.get_by_role("button", name="Begin a new person").click()
    someone.page.goto(f"{address}/matching/decided")
    checked.append((someone.faults(), someone.overflows()))
    someone.page.get_by_role("link", name=re.compile("^Take back")).click()
    checked.append((someone.faults(), someone.overflows()))

    assert checked == [([], False)] * len(checked)
    assert someone.complaints == []


def test_the_desk_is_worked_by_keyboard_alone(person: Person) -> None:
    at_the_queue(person)
    open_one_with_candidates(person)

    person.page.get_by_role("button", name=OFFERED).focus()
    person.page.keyboard.press("Enter")
    person.page.get_by_role("button", name="Link the line to this person").focus()
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")

    assert person.says("Done. The line is linked to the person.")
