"""What narrows a look, seen on one family's board: each in turn, and lifted again."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from directory.demo import PASSWORD
from tests.journeys.browser import Person
from tests.town import Town

pytestmark = pytest.mark.browser

ASHA = "asha.rahman@northshire.example"
NARROWED = (
    (
        "update organisation set suspended = true",
        "update organisation set suspended = false",
        "Your organisation is suspended",
    ),
    (
        "update organisation set assured_until = '2026-01-01'",
        "update organisation set assured_until = null",
        "Data assurance of your organisation",
    ),
    (
        "update agreement set end_day = '2026-11-01'",
        "update agreement set end_day = '2027-11-01'",
        "Not available here today",
    ),
    (
        "update person set lifecycle = 'archived'",
        "update person set lifecycle = 'live'",
        "There is nothing at this address",
    ),
)
"""What changes, what changes it back, and what the board says meanwhile."""


@contextmanager
def changed(town: Town, there: str, back: str) -> Iterator[None]:
    """Let a column say something else meanwhile."""
    run(town, there)
    yield
    run(town, back)


def run(town: Town, statement: str) -> None:
    """Change the database as no page does."""
    with town.database.writing() as connection:
        connection.execute(text(statement))


def look(person: Person) -> None:
    """Open Ewan's family's board for a child in need."""
    person.sign_in(ASHA, PASSWORD)
    person.search(Name="Blake, Ewan", Age="9")
    person.choose("Ewan James Blake")
    person.page.get_by_label("Child in need").check()
    person.page.get_by_role("button", name="Show who is involved").click()


def test_each_narrows_the_board_and_is_lifted_again(person: Person, town: Town) -> None:
    look(person)
    whole = person.line("School")
    assert "Involved with Ewan James Blake" in whole

    for there, back, says in NARROWED:
        with changed(town, there, back):
            person.page.reload()
            assert person.says(says)
            assert "Involved with" not in person.text()
        person.page.reload()
        assert person.line("School") == whole


def test_a_sensitive_service_and_an_age_outside_the_rule_tell_nothing(person: Person) -> None:
    look(person)

    assert "The answer here is the same for everyone" in person.line("Specialist services")
    ewan = person.page.get_by_role("region", name="Ewan James Blake").inner_text()
    assert "Last involved November 2026" in ewan
    assert "Last involved June 2026" not in ewan
    assert "Housing" in ewan.splitlines()[-1]


def test_an_agreement_s_mask_leaves_parts_of_a_contact_out(person: Person, town: Town) -> None:
    look(person)
    person.page.get_by_role("link", name=re.compile("Open contact.*Housing")).first.click()
    card = person.text()
    assert "@" in card

    run(town, "update agreement set fields = 'team'")
    person.page.reload()
    masked = person.text()

    assert "@" not in masked
    assert len(masked) < len(card)
