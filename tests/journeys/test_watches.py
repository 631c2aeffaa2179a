"""Asha watches Ewan's family; housing's next list names another lead; she is told, and looks."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import expect

from directory import demo
from directory.demo import PASSWORD
from directory.domain.vocabulary import Service
from directory.paths import SEED_DATA
from directory.post import Post, sweep
from directory.settings import Settings
from tests.journeys.browser import Person
from tests.journeys.test_case_1 import ASHA, HOUSING, SECTION_47, see_board
from tests.town import AS_OF, Town

pytestmark = pytest.mark.browser

KIM = b"HILL,Hillside Homes,HILL-T01,Thornmere Neighbourhood Team,01632 960212,,HSG-P0001,Kim Doyle"
NAOMI = KIM.replace(b"HSG-P0001,Kim Doyle", b"HSG-P9001,Noor Doyle")
TOLD = "Something changed about a family you watch"
BUTTON = "Tell me when a service updates"


def take_housings_next_list(town: Town, folder: Path) -> None:
    """Let housing send, as of today, that somebody else leads Leah's tenancy."""
    lines = (SEED_DATA / "housing.csv").read_bytes().splitlines(keepends=True)
    sent = b"".join(
        each.replace(KIM, NAOMI) if each.startswith(b"TEN-0000536,") else each for each in lines
    )
    file = folder / "housing.csv"
    file.write_bytes(sent)
    demo.take_file(
        town.ledger,
        town.operator(),
        service=Service.HOUSING,
        file=file,
        as_of=AS_OF + timedelta(days=1),
    )


def names_nobody(outbox: Path) -> None:
    """Hold that the one letter is Asha's, and names no family and no service."""
    [letter] = outbox.glob("*.eml")
    read = message_from_bytes(letter.read_bytes(), policy=default)
    assert read["To"] == ASHA
    assert "Sign in to see." in read.get_content()
    assert not any(
        word in letter.read_text() for word in ("Ewan", "Leah", "Blake", "ousing", "http")
    )


def opens_the_board(person: Person) -> None:
    """Follow a notice to the board, and say why if the page asks."""
    person.page.get_by_role("listitem").filter(has_text=TOLD).get_by_role("link").click()
    if person.page.get_by_label(SECTION_47).count():
        person.page.get_by_label(SECTION_47).check()
        person.page.get_by_role("button", name="Show who is involved").click()


def test_asha_is_told_that_something_changed_and_sees_it_on_the_board(
    person: Person, town: Town, tmp_path: Path
) -> None:
    person.sign_in(ASHA, PASSWORD)
    see_board(person)
    assert person.faults() == []
    person.page.get_by_role("button", name=BUTTON).click()
    expect(person.page.get_by_text("You watch this family until 21 February 2027")).to_be_visible()
    assert person.faults() == []

    take_housings_next_list(town, tmp_path)
    town.clock.pass_by(timedelta(minutes=6))
    went = sweep(town.ledger, Post(Settings(data=tmp_path)), clock=town.clock)

    assert went == 1
    names_nobody(tmp_path / "outbox")

    person.page.goto(f"{person.address}/session")
    message = person.page.get_by_role("region", name="For you")
    expect(message.get_by_text(TOLD)).to_be_visible()
    message.get_by_role("link", name="See what to do").click()
    notice = person.page.get_by_role("listitem").filter(has_text=TOLD)
    expect(notice).to_have_count(1)
    assert "23 November 2026" in notice.inner_text()
    assert not any(word in notice.inner_text() for word in ("Ewan", "Blake", "Housing"))
    assert person.faults() == []

    opens_the_board(person)
    person.page.get_by_role("link", name=HOUSING).first.click()
    assert person.says("Noor Doyle")
    assert not person.says("Kim Doyle")

    person.page.get_by_role("link", name="Notices", exact=True).click()
    expect(person.page.get_by_role("region", name="For you")).to_have_count(0)
    person.page.get_by_role("button", name="Stop").click()
    expect(person.page.get_by_text("You watch no family")).to_be_visible()
    assert person.faults() == []
