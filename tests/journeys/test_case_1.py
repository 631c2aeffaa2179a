"""Case 1: the social worker finds whom to ring, and the audit tells exactly that."""

import csv
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from directory.demo import PASSWORD
from directory.domain.audit import Entry
from directory.domain.events import Event, Log
from directory.domain.vocabulary import Service
from directory.operations import agencies
from directory.paths import SEED_DATA
from directory.store.agencies import AgencyStore
from directory.store.audit import AuditStore
from directory.store.sealing import Sealer
from directory.wiring import random_reference
from tests.journeys.browser import Person, sit_down
from tests.town import KEYS, Town

pytestmark = pytest.mark.browser

ASHA = "asha.rahman@northshire.example"
SECTION_47 = "Child protection enquiry (section 47)"
SMALL = 320
HOUSING = re.compile("Open contact.*Housing")


def find_ewan(person: Person) -> None:
    person.search(Name="Blake, Ewan", Age="9")
    person.choose("Ewan James Blake")


def see_board(person: Person) -> None:
    find_ewan(person)
    person.page.get_by_label(SECTION_47).check()
    person.page.get_by_role("button", name="Show who is involved").click()


def open_housing(person: Person) -> None:
    see_board(person)
    person.page.get_by_role("link", name=HOUSING).first.click()


def looks(town: Town) -> list[Entry]:
    with town.database.reading() as connection:
        chain = AuditStore(connection, Sealer(KEYS, bytes), KEYS).chain()
        return [link.entry for link in chain if link.entry.event.log is Log.AUDIT]


def test_case_1_asha_finds_whom_to_ring_about_ewan(person: Person) -> None:
    person.sign_in(ASHA, PASSWORD)

    see_board(person)

    assert re.search("Involved with Leah Blake.*June 2026", person.line("Housing"))
    assert re.search("Was involved with Leah.*March 2026", person.line("Adult social care"))
    assert re.search("No involvement.*Northshire since 1 January 2024", person.line("Police"))
    assert re.search("Involved with Ewan James Blake", person.line("School"))


def test_case_1_no_practitioner_is_in_the_page_before_a_card_is_opened(person: Person) -> None:
    person.sign_in(ASHA, PASSWORD)

    see_board(person)

    assert "Kim Doyle" not in person.page.content()
    assert "mailto:" not in person.page.content()


def test_case_1_housing_s_card_says_whom_to_ring(person: Person) -> None:
    person.sign_in(ASHA, PASSWORD)

    open_housing(person)

    card = person.text()
    for words in ("Kim Doyle", "Hillside Homes", "Duty line", "12 June 2026", "22 November 2026"):
        assert words in card
    expect(person.page.locator("a[href^='tel:+44']").first).to_be_visible()


def test_case_1_the_audit_has_five_entries_of_the_journey_and_no_other(
    person: Person, town: Town
) -> None:
    person.sign_in(ASHA, PASSWORD)

    open_housing(person)

    entries = looks(town)
    assert [each.event for each in entries] == [
        Event.PEOPLE_SEARCHED,
        Event.PERSON_CHOSEN,
        Event.PURPOSE_GIVEN,
        Event.BOARD_VIEWED,
        Event.CARD_OPENED,
    ]
    card = entries[-1]
    assert (card.purpose, card.relationship, card.service) == (
        "child_protection",
        "allocated",
        "housing",
    )
    assert card.power == "Children Act 1989, section 47"
    assert {"practitioner", "phone", "email", "duty_line", "last_involved"} <= set(card.fields)
    assert card.agreements == ("NS-ISA-1 v3",)


def test_case_1_works_without_scripts(browser: Browser, address: str) -> None:
    person = sit_down(browser, address, scripts=False)
    person.sign_in(ASHA, PASSWORD)

    open_housing(person)

    assert person.says("Kim Doyle")


def test_case_1_every_page_of_it_is_accessible_and_fits_a_small_screen(
    browser: Browser, address: str
) -> None:
    person = sit_down(browser, address, width=SMALL)
    faults: list[str] = []

    def look() -> None:
        faults.extend(f"{person.page.title()}: {each}" for each in person.faults())
        if person.overflows():
            faults.append(f"{person.page.title()}: wider than the screen")

    person.page.goto(f"{address}/sign-in")
    look()
    person.sign_in(ASHA, PASSWORD)
    look()
    person.search(Name="Blake")
    look()
    find_ewan(person)
    look()
    person.page.get_by_label(SECTION_47).check()
    person.page.get_by_role("button", name="Show who is involved").click()
    look()
    person.page.get_by_role("link", name=HOUSING).first.click()
    look()
    person.page.goto(f"{address}/families/mine")
    look()

    assert faults == []


def test_case_1_a_practitioner_deactivated_this_morning_gives_way_to_the_duty_line(
    person: Person, town: Town
) -> None:
    agencies.deactivate(
        town.ledger, town.operator(), service=Service.HOUSING, source_reference=kim_doyle()
    )
    person.sign_in(ASHA, PASSWORD)

    open_housing(person)

    assert "Kim Doyle" not in person.page.content()
    assert person.says("has left")
    assert person.says("Duty line")


def kim_doyle() -> str:
    """Return the reference under which housing knows Kim Doyle."""
    text = (SEED_DATA / "housing.csv").read_text(encoding="cp1252")
    row = next(each for each in csv.DictReader(text.splitlines()) if "Kim Doyle" in str(each))
    return row["practitioner_reference"]


def test_case_1_a_failed_feed_says_since_when_and_gives_the_common_line(
    person: Person, town: Town
) -> None:
    with town.database.writing() as connection:
        AgencyStore(connection).fail_feed(Service.HOUSING, town.clock() - timedelta(days=2))
    person.sign_in(ASHA, PASSWORD)

    see_board(person)

    assert "Could not be checked since 22 November 2026" in person.line("Housing")
    expect(person.page.locator("a[href^='tel:']").first).to_be_visible()


def test_case_1_back_works_and_no_address_or_title_names_anybody(person: Person) -> None:
    person.sign_in(ASHA, PASSWORD)

    open_housing(person)
    addresses = [person.page.url + person.page.title()]
    while "/sign-in" not in person.page.url and person.page.url[-7:] != "/search":
        person.page.go_back()
        addresses.append(person.page.url + person.page.title())

    assert not any(name in each for each in addresses for name in ("Blake", "Ewan", "Leah"))


def test_case_1_another_session_cannot_use_a_look_that_is_not_its_own(
    person: Person, browser: Browser, address: str
) -> None:
    person.sign_in(ASHA, PASSWORD)
    see_board(person)
    other = sit_down(browser, address)
    other.sign_in(ASHA, PASSWORD)

    there = other.page.goto(person.page.url)
    nowhere = other.page.goto(f"{address}/families/{random_reference()}")

    assert there is not None
    assert nowhere is not None
    assert (there.status, nowhere.status) == (404, 404)
