"""An agreement from its draft to its end, by two people, and what a social worker sees of it."""

import pytest
from playwright.sync_api import Browser

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

HELEN = "helen.ashworth@northshire.example"
OWEN = "owen.tregear@northshire.example"
ASHA = "asha.rahman@northshire.example"
DRAFT = {
    "Reference": "NS-ISA-9",
    "Title": "Health visitors’ contacts",
    "Begins on": "1/11/2026",
    "Review on": "1/11/2027",
    "Ends on": "1/11/2028",
}
TICKED = (
    "Northshire Council",
    "Northshire Health Partnership",
    "Children Act 1989, section 47",
    "UK GDPR, Article 6(1)(e), public task",
    "UK GDPR, Article 9(2)(h), health or social care",
    "Schedule 1, paragraph 2, health or social care",
    "Child protection enquiry (section 47)",
    "Health",
)


def at_the_register(person: Person, email: str) -> None:
    """Sign in as somebody who keeps the register, and open it."""
    person.sign_in(email, PASSWORD)
    person.page.goto(f"{person.address}/agreements")
    person.page.get_by_role("heading", name="Agreements", exact=True).wait_for()


def draft(lead: Person) -> None:
    """Fill the form in, all but the basis of confidentiality and the impact assessment."""
    lead.page.get_by_role("button", name="Draft a new agreement").click()
    for label, text in DRAFT.items():
        lead.page.get_by_label(label, exact=True).fill(text)
    for label in TICKED:
        lead.page.get_by_label(label, exact=True).check()
    lead.page.get_by_role("button", name="Check your answers").click()
    lead.page.get_by_role("button", name="Keep the draft").click()


def mend(lead: Person) -> None:
    """Give what is missing of the draft itself."""
    lead.page.get_by_role("button", name="Change the draft").click()
    lead.page.get_by_label("Confidentiality basis").select_option(
        "Implied consent, for direct care"
    )
    lead.page.get_by_label("Reference of the impact assessment (DPIA)").fill("NS-DPIA-9")
    lead.page.get_by_role("button", name="Check your answers").click()
    lead.page.get_by_role("button", name="Keep the draft").click()


def sign(lead: Person, party: str) -> None:
    """Enter the signature of one party."""
    lead.page.get_by_role("button", name="Enter a signature").click()
    lead.page.get_by_label("Which party signed?").select_option(party)
    lead.page.get_by_label("Day it was signed").fill("20/11/2026")
    lead.page.get_by_label("Signed by").fill("Ada Field, director")
    lead.page.get_by_role("button", name="Enter the signature").click()


def health_on_the_board(worker: Person) -> str:
    """Return what the board of Ewan Blake's family says of health."""
    worker.page.goto(f"{worker.address}/families/mine")
    worker.page.get_by_role("link", name="See who is involved with Ewan James Blake").click()
    purpose = worker.page.get_by_label("Child protection enquiry (section 47)")
    if purpose.count():
        purpose.check()
        worker.page.get_by_role("button", name="Show who is involved").click()
    return worker.line("Health")


def test_an_agreement_is_drafted_made_active_by_another_and_ended(
    browser: Browser, person: Person, address: str
) -> None:
    at_the_register(person, HELEN)
    draft(person)
    for lacking in (
        "Signature is missing: Northshire Council",
        "The confidentiality basis is missing",
        "The reference of the impact assessment (DPIA) is missing",
    ):
        assert person.says(lacking)
    mend(person)
    sign(person, "Northshire Council")
    sign(person, "Northshire Health Partnership")
    assert person.says("Nothing is missing")
    agreement = person.page.url

    worker = sit_down(browser, address)
    worker.sign_in(ASHA, PASSWORD)
    assert "not available here today" in health_on_the_board(worker).lower()

    officer = sit_down(browser, address)
    at_the_register(officer, OWEN)
    officer.page.get_by_role("link", name="Health visitors’ contacts").click()
    officer.page.get_by_role("button", name="What would it change?").click()
    assert officer.says("These roles would see more")
    officer.page.get_by_role("button", name="Make it active").click()
    assert officer.says("Active")

    assert "not available" not in health_on_the_board(worker).lower()

    officer.page.goto(agreement)
    officer.page.get_by_role("button", name="End it now").click()
    officer.page.get_by_role("button", name="End it now").click()
    assert officer.says("Ended on 23 November 2026")
    assert "not available here today" in health_on_the_board(worker).lower()
    assert worker.complaints == officer.complaints == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_register_is_sound_and_fits(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    lead = sit_down(browser, address, width=width)
    lead.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    at_the_register(lead, HELEN)
    checked = [(lead.faults(), lead.overflows())]
    draft(lead)
    agreement = lead.page.url
    for path in (agreement, f"{agreement}/edit", f"{agreement}/sign", f"{agreement}/changes"):
        lead.page.goto(path)
        checked.append((lead.faults(), lead.overflows()))
    lead.page.goto(f"{agreement}/dry-run")
    checked.append((lead.faults(), lead.overflows()))

    assert checked == [([], False)] * len(checked)
    assert lead.complaints == []


def test_a_draft_is_kept_by_keyboard_alone(person: Person) -> None:
    at_the_register(person, HELEN)
    draft(person)

    person.page.get_by_role("button", name="What would it change?").focus()
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")

    assert person.says("It cannot be made active yet")
