"""The page of a card: whom to ring, and what is answered where nobody may be named."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from directory.domain.accounts import ABSOLUTE_LIMIT
from directory.domain.vocabulary import Service
from directory.store.line_tables import LeaverRow, PractitionerRow
from tests.operations.extracts_world import line
from tests.town import AS_OF, Town
from tests.web.canary import ADULT, HOUSING, POLICE, contact, feeds, references, standing
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, CALLUM, DECLAN, PRIYA, allow_all, browser, looked_at

UNSURE = {
    "forenames": "Odalys", "surname": "Brackenshaw", "date_of_birth": "", "house": "", "street": "",
    "postcode": "",
}  # fmt: skip
"""Enough to be like somebody, too little to be taken for them."""


def opened(town: Town, email: str = ASHA) -> tuple[CheckingClient, str, dict[str, UUID]]:
    """Return a browser, the board of Wrenna's family in it, and who is who."""
    who, client = references(town), allow_all(browser(town.app, email))
    return client, looked_at(client, email, "wrenna", who["wrenna"]), who


def plain(text: str) -> str:
    """Return what a page's main part says, in one line."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_a_card_gives_the_number_to_ring_as_a_link_and_the_date(canary: Town) -> None:
    client, board, who = opened(canary)

    page = client.get(f"{board}/{who['odalys']}/housing")

    assert re.search(r'href="tel:\+44207946\d{4}"', page.text)
    assert "13 October 2026" in page.text
    assert contact("housing") <= client.told


def test_a_practitioner_who_leaves_is_not_shown_from_that_moment(canary: Town) -> None:
    client, board, who = opened(canary)
    card = f"{board}/{who['odalys']}/housing"
    client.get(card)
    before = client.told
    with canary.database.writing() as connection:
        rows = connection.scalars(
            select(PractitionerRow.id).where(PractitionerRow.service == HOUSING)
        ).all()
        left = {"left_on": AS_OF, "entered_at": canary.clock()}
        connection.execute(insert(LeaverRow), [{"practitioner": each, **left} for each in rows])

    page = client.get(card)

    gone = {f"housing: {fact}" for fact in ("name", "role", "phone", "email")}
    assert before - client.told == gone
    assert "The practitioner we had has left. Ring the team." in page.text


def test_none_found_says_when_lines_wait_to_be_matched(canary: Town, tmp_path: Path) -> None:
    sent = feeds()
    unsure = line("UNSURE", **UNSURE)
    waiting = sent | {POLICE: (*sent[POLICE], unsure)}
    client, board, who = opened(canary)
    with standing(tmp_path / "waiting", waiting) as town:
        other, its_board, its_people = opened(town)

        whole = plain(client.get(f"{board}/{who['leopold']}/{POLICE}").text)
        part = plain(other.get(f"{its_board}/{its_people['leopold']}/{POLICE}").text)

    assert "among matched records" not in whole
    assert "among matched records; some are not yet matched" in part


@pytest.mark.parametrize("service", ["probation", "HOUSING", "nonsense", "%20"])
def test_a_service_that_is_none_is_not_found(service: str, canary: Town) -> None:
    client, board, who = opened(canary)

    assert client.get(f"{board}/{who['odalys']}/{service}").status_code == 404


def test_the_card_of_somebody_outside_the_family_is_not_found(canary: Town) -> None:
    client, board, who = opened(canary)

    for person in (who["isolde"], uuid4()):
        assert client.get(f"{board}/{person}/police").status_code == 404


def test_the_card_of_another_session_s_look_is_not_found(canary: Town) -> None:
    _, board, who = opened(canary)
    other = allow_all(browser(canary.app, ASHA))

    assert other.get(f"{board}/{who['odalys']}/housing").status_code == 404


def test_a_card_is_not_found_once_the_user_signed_in_anew(canary: Town) -> None:
    client, board, who = opened(canary, CALLUM)
    canary.clock.pass_by(ABSOLUTE_LIMIT + timedelta(minutes=1))
    over = client.get(f"{board}/{who['odalys']}/housing")
    again = allow_all(browser(canary.app, CALLUM))

    assert over.location.startswith("/sign-in?next=")
    assert again.get(f"{board}/{who['odalys']}/housing").status_code == 404


def test_out_of_hours_is_given_the_common_line_where_no_contact_is(canary: Town) -> None:
    client, board, who = opened(canary, DECLAN)

    page = client.get(f"{board}/{who['odalys']}/housing")

    assert "tel:+443069990004" in page.text
    assert "October 2026" in page.text


@pytest.mark.parametrize("email", [ASHA, CALLUM, PRIYA, DECLAN])
def test_a_sensitive_service_answers_everybody_alike_row_or_no_row(
    email: str, canary: Town
) -> None:
    client, board, who = opened(canary, email)

    with_row = plain(client.get(f"{board}/{who['odalys']}/{Service.SENSITIVE}").text)
    without = plain(client.get(f"{board}/{who['leopold']}/{Service.SENSITIVE}").text)

    assert with_row == without
    assert "single point of contact" in with_row


def test_a_long_ended_involvement_keeps_its_month_and_not_its_contact(canary: Town) -> None:
    client, board, who = opened(canary)

    page = plain(client.get(f"{board}/{who['odalys']}/{ADULT}").text)

    assert "May 2025" in page
    assert "13 May 2025" not in page
