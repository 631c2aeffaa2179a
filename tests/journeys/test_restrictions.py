"""A family is protected from its board, an officer hides it, and only those named find it."""

import re

import pytest
from playwright.sync_api import Browser

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

COUNCIL = "northshire.example"
ASHA, CALLUM, PRIYA, UNA = (
    f"{who}@{COUNCIL}" for who in ("asha.rahman", "callum.reid", "priya.nair", "una.lindqvist")
)
WHO, BORN, NUMBER = "Mia Rose Blake", "30/5/2023", "9993911976"
NOBODYS = "9994242407"


def at_work(browser: Browser, address: str, email: str) -> Person:
    """Return somebody signed in at a screen of their own."""
    someone = sit_down(browser, address)
    someone.sign_in(email, PASSWORD)
    return someone


def answer_to(someone: Person, number: str) -> str:
    """Search for an NHS number, and return the page's words without it."""
    someone.search(NHS_number=number)
    return someone.text().replace(number, "…")


def ask_for_protection(asha: Person) -> None:
    """Protect the family of somebody allocated, from its board."""
    asha.search(Name=WHO)
    asha.page.get_by_role("button", name=f"Choose {WHO}").first.click()
    asha.page.get_by_label("Child protection enquiry").check()
    asha.page.get_by_role("button", name="Show who is involved").click()
    asha.page.get_by_role("link", name="Protect this family").click()
    asha.page.get_by_role("button", name="Protect them now").click()


def test_a_family_is_hidden_and_only_who_is_named_finds_it(browser: Browser, address: str) -> None:
    asha, una = (at_work(browser, address, each) for each in (ASHA, UNA))
    callum, priya = (at_work(browser, address, each) for each in (CALLUM, PRIYA))
    ask_for_protection(asha)
    assert asha.says("until a protected-records officer decides")

    una.page.get_by_role("link", name="Protected records").click()
    una.page.get_by_role("link", name=re.compile("^Open")).first.click()
    una.page.get_by_label("Safety").focus()
    una.page.keyboard.press("Space")
    una.page.get_by_role("button", name="Hide them from everybody else").press("Enter")
    una.page.get_by_label("Work e-mail address").fill(PRIYA)
    una.page.get_by_role("button", name="Let them find these people").press("Enter")

    assert una.says("This user finds them from now on")
    assert answer_to(callum, NUMBER) == answer_to(callum, NOBODYS)
    assert callum.says("No match")
    assert WHO in answer_to(priya, NUMBER)
    assert [each.complaints for each in (asha, una, callum, priya)] == [[]] * 4


def test_whom_a_user_declares_is_hidden_from_that_user_alone(
    browser: Browser, address: str
) -> None:
    asha, callum = (at_work(browser, address, each) for each in (ASHA, CALLUM))
    callum.page.get_by_role("link", name="Your sign-ins").click()
    callum.page.get_by_role("link", name="People you must not look up").click()
    callum.page.get_by_label("A relative").check()
    callum.page.get_by_label("First name").fill("Mia")
    callum.page.get_by_label("Surname").fill("Blake")
    callum.page.get_by_label("Date of birth").fill(BORN)
    callum.page.get_by_role("button", name="Declare").press("Enter")

    assert callum.says("Relatives and former partners: 1")
    callum.search(Name=WHO)
    asha.search(Name=WHO)
    assert not callum.page.get_by_role("button", name=f"Choose {WHO}").count()
    assert asha.page.get_by_role("button", name=f"Choose {WHO}").count()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_every_page_of_protected_records_is_sound_and_fits(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    ask_for_protection(at_work(browser, address, ASHA))
    checked = []
    for email, paths in (
        (UNA, ("/restrictions",)),
        (f"dilys.morgan@{COUNCIL}", ("/restrictions",)),
        (ASHA, ("/interests", "/session")),
    ):
        someone = sit_down(browser, address, width=width)
        someone.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        someone.sign_in(email, PASSWORD)
        for path in paths:
            someone.page.goto(f"{address}{path}")
            checked.append((someone.faults(), someone.overflows()))
        further = someone.page.get_by_role("link", name=re.compile("^(Open|Lift at once)"))
        if further.count():
            further.first.click()
            checked.append((someone.faults(), someone.overflows()))
        assert someone.complaints == []

    assert checked == [([], False)] * 6
