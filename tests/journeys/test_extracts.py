"""A service lead sends the list her own system made, mends what is refused, and takes it."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from directory.demo import PASSWORD
from directory.operations.sent_folder import SentFolder
from directory.paths import SEED_DATA
from directory.taking import Taking
from tests.journeys.browser import Person, sit_down
from tests.journeys.test_upkeep import MARIE
from tests.town import Town

pytestmark = pytest.mark.browser

DAY = "23/11/2026"
_REACHED = ("practitioner_phone", "practitioner_email", "team_duty_line")
_PATIENCE_MS = 60_000


@contextmanager
def taking(town: Town) -> Iterator[None]:
    """Let what is sent be taken beside the requests, as the program does."""
    begun = Taking(town.ledger, SentFolder(town.settings.data / "sent"), clock=town.clock)
    town.app.config["WAKE"] = begun.wake
    try:
        yield
    finally:
        begun.stop()


def housing() -> list[dict[str, str]]:
    """Return the lines of housing's list."""
    text = (SEED_DATA / "housing.csv").read_bytes().decode("cp1252")
    return list(csv.DictReader(io.StringIO(text)))


def file_of(lines: list[dict[str, str]]) -> FilePayload:
    """Return the lines as the file that a browser sends."""
    kept = io.StringIO()
    writer = csv.DictWriter(kept, list(lines[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(lines)
    return {"name": "housing.csv", "mimeType": "text/csv", "buffer": kept.getvalue().encode()}


def sends(lead: Person, file: FilePayload) -> None:
    """Send a file, and wait for its report."""
    lead.page.goto(f"{lead.address}/extracts")
    lead.page.get_by_role("button", name="Send a list").click()
    lead.page.get_by_label("Which day does it speak of?").fill(DAY)
    lead.page.get_by_label("The file").set_input_files(file)
    lead.page.get_by_role("button", name="Check it").click()
    expect(lead.page.get_by_text("Lines read")).to_be_visible(timeout=_PATIENCE_MS)


def well_drawn(lead: Person) -> bool:
    """Return whether the page fits, and axe finds nothing wrong with it."""
    return lead.faults() == [] and not lead.overflows()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_lead_sends_a_list_mends_it_and_watches_it_being_taken(
    browser: Browser, town: Town, address: str, tmp_path: Path, *, scripts: bool
) -> None:
    lead = sit_down(browser, address, scripts=scripts)
    lead.sign_in(MARIE, PASSWORD)
    lines = housing()
    added = {**lines[0], "source_reference": "TEN-9000001", "forenames": "Josie",
             "surname": "Quillfeather", "known_as": "", "nhs_number": "",
             "date_of_birth": "04/05/1988", "former_surname": ""}  # fmt: skip
    bad = {**added, "source_reference": "TEN-9000002", "postcode": "soon"}

    with taking(town):
        sends(lead, file_of([*lines, added, bad]))
        assert lead.says("postcode")
        assert not scripts or well_drawn(lead)
        with lead.page.expect_download() as download:
            lead.page.get_by_role("link", name="Download the refused lines").click()
        kept = tmp_path / "refused.csv"
        download.value.save_as(kept)
        lead.page.get_by_role("button", name="Take it").click()
        expect(lead.page.get_by_text("Whoever looks now is told what it says")).to_be_visible(
            timeout=_PATIENCE_MS
        )

        told = list(csv.DictReader(io.StringIO(kept.read_text("utf-8-sig"))))
        mine = next(each for each in told if each["source_reference"] == "TEN-9000002")
        assert list(mine) == [*lines[0], "reason"]
        assert "postcode" in mine["reason"]
        lead.page.get_by_role("link", name="Our involvements").first.click()
        lead.page.get_by_label("Find one by your own reference").fill("TEN-9000001")
        lead.page.get_by_role("button", name="Find", exact=True).click()
        assert lead.says("Josie Quillfeather")
        assert lead.complaints == []


def test_a_list_that_blanks_the_service_is_stopped_and_nobody_loses_a_contact(
    person: Person, town: Town
) -> None:
    person.sign_in(MARIE, PASSWORD)
    blanked = [each | dict.fromkeys(_REACHED, "") for each in housing()]

    with taking(town):
        sends(person, file_of(blanked))

        assert person.says("it was stopped")
        assert person.page.get_by_role("button", name="Take it").count() == 0
        assert well_drawn(person)
        person.page.get_by_role("link", name="It is meant so").click()
        assert person.says("of whoever made the file")
        assert well_drawn(person)
        person.page.get_by_label("Its number").fill("100000")
        person.page.get_by_role("button", name="Take it although it takes much away").click()
        assert person.says("Type the number as it stands above")
        person.page.goto(f"{person.address}/practitioners")
        assert person.says("01632")


def test_a_lead_takes_the_last_list_back(person: Person, town: Town) -> None:
    person.sign_in(MARIE, PASSWORD)
    with taking(town):
        sends(person, file_of(housing()))
        person.page.get_by_role("button", name="Take it").click()
        expect(person.page.get_by_text("Whoever looks now")).to_be_visible(timeout=_PATIENCE_MS)

        person.page.goto(f"{person.address}/extracts")
        assert well_drawn(person)
        person.page.get_by_role("link", name="Take the last list back").click()
        assert well_drawn(person)
        person.page.get_by_role("button", name="Take it back").click()

        expect(person.page.get_by_text("Others are told again")).to_be_visible(timeout=_PATIENCE_MS)
        person.page.goto(f"{person.address}/extracts")
        assert person.says("Others are told what your list of 22 November 2026 said")
