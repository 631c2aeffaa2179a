"""The IG lead's pages: investigations, and the audit read inside them."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import delete

from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Relationship, Role
from directory.paths import TEMPLATES
from directory.policy import disclosed
from directory.policy.permissions import POLICY_VERSION, Action
from directory.store.audit_tables import SealKeyRow
from directory.web import audit, investigated, investigations
from directory.web.pages import Page, check
from tests.factories import NOON, access, reference
from tests.operations.accounts_world import at_work, settle
from tests.operations.audit_world import ASHA_EMAIL, council
from tests.web.desks import HOUR, MATTER, REASON, Desk, desk_in, plain

OTHER = "odd.lead@council.example"
INSIDE = (
    "",
    "/days/2026-11-24",
    f"/people/{reference(9)}",
    f"/people/{reference(9)}/{reference(9)}",
    f"/users/{reference(9)}",
    f"/accounts/{reference(9)}",
    f"/accounts/{reference(9)}/sign-ins",
    "/services",
    "/services/housing",
)


def pages_of(module: ModuleType) -> list[type[Page]]:
    """Return the page classes a module of the web declares."""
    found = (each for each in vars(module).values() if isinstance(each, type))
    return [each for each in found if issubclass(each, Page) and each is not Page]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with council(tmp_path) as here:
        yield desk_in(here)


def test_an_opened_investigation_leads_to_its_page_and_is_listed(desk: Desk) -> None:
    investigation = desk.open_one()

    page = desk.browser.open(investigation)
    listed = desk.browser.open("/investigations")

    assert MATTER in plain(page)
    assert REASON in plain(page)
    assert MATTER in plain(listed)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"matter": "", "reason": REASON}, "Enter the reference of the matter"),
        ({"matter": MATTER, "reason": ""}, "Enter why the audit must be read"),
        ({"matter": "m" * 41, "reason": REASON}, "must be 40 characters or fewer"),
        ({"matter": MATTER, "reason": "r" * 501}, "must be 500 characters or fewer"),
        ({"matter": "943 476 5919", "reason": REASON}, "Take the NHS number out of the matter"),
        ({"matter": MATTER, "reason": "about 943 476 5919"}, "Take the NHS number out of your"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(
    desk: Desk, typed: dict[str, str], fault: str
) -> None:
    desk.browser.open("/investigations")

    answer = desk.browser.send("/investigations", typed)

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert fault in plain(answer)
    assert all(each in answer.text for each in typed.values())


def test_case_1_is_read_by_its_day_in_plain_words(desk: Desk) -> None:
    said = plain(desk.asked("days", day="24/11/2026"))

    places = [
        said.index(act)
        for act in (
            "Searched for a person 24 November 2026 at 12:00 · Asha Rahman, Children's social",
            "Chose a person",
            "Gave a purpose",
            "Viewed a family’s board",
            "Opened a service’s card",
        )
    ]
    assert places == sorted(places)
    for words in (
        "Purpose Child protection enquiry (section 47)",
        "Legal power Children Act 1989, section 47",
        "Relationship said they are working with the family",
        "Service housing",
        "Words name Blake, Ewan",
        "Agreement ISA-01 v2",
        f"policy {POLICY_VERSION}",
        "common line",
    ):
        assert words in said


def test_a_person_is_asked_about_through_a_search_in_the_investigation(desk: Desk) -> None:
    results = desk.asked("people", name="Blake, Ewan")

    said = plain(desk.follow(results, "See who looked"))

    assert "Opened a service’s card" in said
    assert "This person was the one it was about" in said
    assert "This person was among the people shown" in said


def test_an_investigation_asks_for_a_upn_and_for_no_services_reference(desk: Desk) -> None:
    said = plain(desk.browser.open(desk.open_one()))

    assert ("UPN A letter, then 12 digits" in said, "own service’s reference" in said) == (
        True,
        False,
    )


def test_what_an_investigation_does_not_search_by_is_said(desk: Desk) -> None:
    found = desk.asked("people", box="Blake, Ewan CSC-0000001 NHS number 943 476 5918")

    said = plain(found)
    assert "Not used in the search: CSC-0000001." in said
    assert "No service’s reference is used in an investigation" in said
    assert "That NHS number cannot be right" in said


def test_nobody_who_fits_is_said_without_a_list(desk: Desk) -> None:
    assert "Nobody in the directory fits" in plain(desk.asked("people", name="Quillon Xystus"))


@pytest.mark.parametrize(
    ("path", "typed", "fault"),
    [
        ("people", {"name": ""}, "Enter a name, an NHS number or a UPN"),
        ("people", {"reference": "CSC-0000001"}, "UPN must be a letter and 12 characters"),
        ("people", {"box": "CSC-0000001"}, "Enter a name as well"),
        ("people", {"name": "Ewan", "born": "25/12/2026"}, "Date of birth must be in the past"),
        ("users", {"user": "u" * 121}, "must be 120 characters or fewer"),
        ("days", {"day": ""}, "Day must be a day such as"),
        ("days", {"day": "31/02/2026"}, "Day is not a day in the calendar"),
        ("days", {"day": "25/11/2026"}, "Day must be today or earlier"),
    ],
)
def test_a_fault_in_one_of_the_three_ways_is_told_at_its_field(
    desk: Desk, path: str, typed: dict[str, str], fault: str
) -> None:
    investigation = desk.open_one()

    answer = desk.browser.send(f"{investigation}/{path}", typed)

    assert (answer.status_code, fault in plain(answer)) == (422, True)
    assert all(each in answer.text for each in typed.values())


def test_a_user_is_chosen_from_a_list_by_a_part_of_their_name(desk: Desk) -> None:
    users = desk.asked("users", user="rahman")

    said = plain(desk.follow(users, "See what they did"))

    assert f"Asha Rahman , {ASHA_EMAIL}" in said
    assert "Viewed a family’s board" in said
    assert "Signed in" not in said


def test_a_user_s_sign_ins_are_a_page_of_their_own(desk: Desk) -> None:
    did = desk.follow(desk.asked("users", user="rahman"), "See what they did")

    said = plain(desk.follow(did, "Sign-ins and accounts"))

    assert "Signed in 24 November 2026 at 12:00 · Asha Rahman, in no role yet" in said
    assert "Viewed a family’s board" not in said


def test_a_user_nobody_knows_is_said_not_to_be_there(desk: Desk) -> None:
    assert "No user has this in their name" in plain(desk.asked("users", user="nobody"))


def test_a_long_day_says_that_it_is_cut_and_leads_on(desk: Desk) -> None:
    for number in range(200):
        moment = NOON + timedelta(seconds=number)
        with desk.here.ledger.entry(
            access(at=moment, session=None, account=None),
            Event.CARD_OPENED,
            action=Action.FAMILY_OPEN,
        ):
            pass
    page = desk.asked("days", day="24/11/2026")

    rest = desk.follow(page, "Show older entries")

    assert "Only the newest 200 of these entries are on this page" in plain(page)
    assert "Searched for a person" in plain(rest)
    assert "Only the newest" not in plain(rest)


def test_erased_words_are_said_to_be_erased(desk: Desk) -> None:
    with desk.here.database.writing() as connection:
        connection.execute(delete(SealKeyRow))

    assert "Words (erased)" in plain(desk.asked("days", day="24/11/2026"))


def test_the_audit_is_verified_from_the_page(desk: Desk) -> None:
    desk.browser.open("/investigations")

    page = desk.browser.open(desk.browser.send("/investigations/verify").location)

    assert "entries, and every one as it was written" in plain(page)
    assert desk.here.events()[-1] == (Event.AUDIT_VERIFIED, Outcome.DONE)


def test_a_closed_investigation_and_all_in_it_is_not_found(desk: Desk) -> None:
    investigation = desk.open_one()
    desk.browser.send(f"{investigation}/close")

    answers = {path: desk.browser.open(investigation + path).status_code for path in INSIDE}

    assert answers == dict.fromkeys(INSIDE, 404)


@pytest.mark.parametrize("day", ["2026-11-25", "0001-01-01", "yesterday"])
def test_a_day_that_is_none_or_to_come_is_not_found(desk: Desk, day: str) -> None:
    assert desk.browser.open(f"{desk.open_one()}/days/{day}").status_code == 404


def test_a_closed_investigation_is_listed_no_more(desk: Desk) -> None:
    investigation = desk.open_one()

    answer = desk.browser.send(f"{investigation}/close")

    assert (answer.status_code, answer.location) == (303, "/investigations")
    assert MATTER not in plain(desk.browser.open("/investigations"))


def test_another_ig_lead_does_not_find_the_investigation(desk: Desk) -> None:
    investigation = desk.open_one()
    settle(desk.here, email=OTHER, display_name="Odd Lead", roles=frozenset({Role.IG_LEAD}))
    at_work(desk.here, at=NOON + HOUR, role=Role.IG_LEAD, email=OTHER)

    desk.sit_down_as(OTHER)

    assert desk.browser.open("/investigations").status_code == 200
    answers = {path: desk.browser.open(investigation + path).status_code for path in INSIDE}
    assert answers == dict.fromkeys(INSIDE, 404)


@pytest.mark.parametrize("path", ["/investigations", f"/investigations/verified/{reference(9)}"])
def test_a_social_worker_is_refused(desk: Desk, path: str) -> None:
    settle(desk.here, email=OTHER, display_name="Other Worker")
    at_work(desk.here, at=NOON + HOUR, email=OTHER)
    desk.sit_down_as(OTHER)

    assert desk.browser.open(path).status_code == 403


def test_a_stranger_is_sent_to_sign_in(desk: Desk) -> None:
    desk.browser.put_token("nobody’s".encode("ascii", "ignore").decode())

    assert desk.browser.open("/investigations").location.startswith("/sign-in")


def test_no_address_and_no_title_names_anybody(desk: Desk) -> None:
    person = desk.follow(desk.asked("people", name="Blake, Ewan"), "See who looked")
    user = desk.follow(desk.asked("users", user="rahman"), "See what they did")

    seen = [
        page.request.path + page.text.partition("<title>")[2].partition("</title>")[0]
        for page in (person, user)
    ]
    assert not any(re.search("blake|ewan|asha|rahman", each, re.IGNORECASE) for each in seen)


def words(macro: str, value: object, *, file: str = "audit_words") -> str:
    """Return what a macro of the audit's words, in one of its files, says of `value`."""
    module = (
        Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
        .get_template(f"macros/{file}.html")
        .module
    )
    return str(getattr(module, macro)(value)).strip()


@pytest.mark.parametrize("event", Event)
def test_every_act_has_words_of_its_own(event: Event) -> None:
    kept = (TEMPLATES / "macros" / f"{each}.html" for each in ("audit_acts", "audit_acts_kept"))

    assert any(f'"{event}": "' in each.read_text("utf-8") for each in kept)


@pytest.mark.parametrize("relationship", Relationship)
def test_every_ground_is_said_in_words(relationship: Relationship) -> None:
    assert "you" not in words("ground", relationship)
    assert "_" not in words("ground", relationship)


def test_every_fact_that_is_entered_is_said_without_its_underscores() -> None:
    kinds = (each for each in vars(disclosed).values() if isinstance(each, type))
    facts = {
        field.name for kind in kinds if issubclass(kind, disclosed.Disclosed)
        for field in fields(kind)
    }  # fmt: skip

    assert "_" not in words("facts_shown", tuple(sorted(facts)), file="audit_facts")


@pytest.mark.parametrize(
    "page", [*pages_of(audit), *pages_of(investigations), *pages_of(investigated)]
)
def test_every_page_is_made_of_disclosed_or_plain_parts(page: type[Page]) -> None:
    check(page)


def test_a_number_no_entry_has_is_read_from_the_newest(desk: Desk) -> None:
    investigation = desk.open_one()

    page = desk.browser.open(f"{investigation}/days/2026-11-24?before={'9' * 30}")

    assert "Opened a service’s card" in plain(page)
