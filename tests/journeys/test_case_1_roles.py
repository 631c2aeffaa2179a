"""Case 1: on the same family, what each role gets, and what a visitor gets."""

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser

from directory.demo import PASSWORD
from tests.journeys.browser import Person, sit_down

pytestmark = pytest.mark.browser

EWAN = {"Name": "Ewan James Blake", "Date_of_birth": "14/2/2017"}
LEAH = {"Name": "Leah Blake"}
CALLUM = "callum.reid@northshire.example"
GRACE = "grace.mensah@northshire.example"
PRIYA = "priya.nair@northshire.example"
DECLAN = "declan.byrne@northshire.example"
MARIE = "marie.thornton@hillside-homes.example"
IMRAN = "imran.sheikh@police.northshire.example"
HELEN = "helen.ashworth@northshire.example"
SAM = "sam.okoro@northshire.example"


def look(person: Person, email: str, purpose: str, *, name: str, **sought: str) -> None:
    """Sign in, find somebody, and go on to the board for `purpose`."""
    person.sign_in(email, PASSWORD)
    person.search(**sought)
    person.choose(name)
    person.page.get_by_label(purpose).check()
    reason = person.page.get_by_label("Your reason")
    if reason.count():
        reason.fill("REF/2026/104")
    person.page.get_by_role("button", name="Show who is involved").click()


def opens(person: Person) -> set[str]:
    """Return the services whose contact can be opened."""
    links = person.page.get_by_role("link", name=re.compile("Open contact")).all_inner_texts()
    return {re.split(r"[:,]", text)[1].strip() for text in links}


def test_case_1_a_worker_of_another_team_must_say_that_they_work_with_the_family(
    person: Person,
) -> None:
    person.sign_in(CALLUM, PASSWORD)
    person.search(**EWAN)
    person.choose("Ewan James Blake")
    person.page.get_by_label("Child in need (section 17)").check()

    person.page.get_by_role("button", name="Show who is involved").click()

    assert person.says("Enter your reason")
    assert person.page.get_by_label("Child in need (section 17)").is_checked()


def test_case_1_a_worker_who_says_so_sees_who_is_involved(person: Person) -> None:
    look(person, CALLUM, "Child in need (section 17)", name="Ewan James Blake", **EWAN)

    assert person.says("You said you are working with this family")
    assert {"Housing", "School", "Adult social care", "Children's social care"} <= opens(person)


def test_case_1_the_team_s_manager_sees_what_the_team_sees(person: Person) -> None:
    look(person, GRACE, "Child protection", name="Ewan James Blake", **EWAN)

    assert person.says("Allocated to your team")
    assert {"Housing", "School"} <= opens(person)


def test_case_1_the_front_door_s_enquiry_opens_the_board(person: Person) -> None:
    look(person, PRIYA, "front-door triage", name="Ewan James Blake", **EWAN)

    assert person.says("Your enquiry")
    assert {"Housing", "School"} <= opens(person)


def test_case_1_out_of_hours_sees_housing_s_state_and_not_its_contact(person: Person) -> None:
    look(person, DECLAN, "Child protection", name="Ewan James Blake", **EWAN)

    assert "Involved with Leah Blake" in person.line("Housing")
    assert opens(person).isdisjoint({"Housing", "School"})
    assert person.page.locator("a[href^='tel:']").count() > 0


def test_case_1_a_service_lead_finds_the_service_s_own_people_and_no_others(
    person: Person,
) -> None:
    person.sign_in(MARIE, PASSWORD)
    person.search(**EWAN)

    assert person.says("No match does not mean not known")


def test_case_1_a_service_lead_sees_the_own_service_whole_and_only_the_line_of_others(
    person: Person,
) -> None:
    look(person, MARIE, "Keeping our own service", name="Leah Blake", **LEAH)

    assert opens(person) == {"Housing"}
    assert "single point of contact" in person.line("Adult social care")
    assert not person.says("Ewan")


def test_case_1_the_police_liaison_is_told_of_one_exact_person_only(person: Person) -> None:
    person.sign_in(IMRAN, PASSWORD)
    person.search(Name="Ewan Blake")
    vague = person.text()
    person.search(**EWAN)
    exact = person.text()

    assert "No match does not mean not known" in vague
    assert "Ewan James Blake" in exact


def test_case_1_the_police_liaison_sees_social_care_s_contact_and_no_family(
    person: Person,
) -> None:
    look(person, IMRAN, "Protecting someone at risk", name="Ewan James Blake", **EWAN)

    assert opens(person) == {"Children's social care"}
    assert not person.says("Leah")


@pytest.mark.parametrize("email", [HELEN, SAM])
def test_case_1_those_who_see_no_people_cannot_search(person: Person, email: str) -> None:
    person.sign_in(email, PASSWORD)

    answer = person.page.goto(f"{person.address}/search")

    assert answer is not None
    assert answer.status == 403


def test_case_1_a_visitor_is_led_to_sign_in_from_every_page(
    browser: Browser, address: str, person: Person
) -> None:
    look(person, PRIYA, "front-door triage", name="Ewan James Blake", **EWAN)
    board = person.page.url
    visitor = sit_down(browser, address)

    for page in (board, f"{address}/search", f"{address}/families/mine", f"{address}/accounts"):
        visitor.page.goto(page)
        assert urlparse(visitor.page.url).path == "/sign-in"
        assert "Ewan" not in visitor.page.content()


def test_case_1_a_person_one_knows_of_stands_on_one_s_own_board_only(
    browser: Browser, address: str, person: Person
) -> None:
    look(person, PRIYA, "front-door triage", name="Ewan James Blake", **EWAN)
    person.page.get_by_role("link", name="I know of another person").click()
    person.page.get_by_label("Name", exact=True).fill("Oscar Blake")
    person.page.get_by_role("button", name="Search").click()
    person.page.get_by_label("What are they to this family?").select_option("Child")
    person.page.get_by_role("button", name="Add Oscar Blake").click()
    other = sit_down(browser, address)

    look(other, CALLUM, "Child in need (section 17)", name="Ewan James Blake", **EWAN)

    assert person.says("Oscar Blake")
    assert person.says("added by you")
    assert not other.says("Oscar Blake")
