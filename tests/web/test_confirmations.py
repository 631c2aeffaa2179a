"""The one screen on which a practitioner says which involvements they still lead."""

import re
from datetime import date

from sqlalchemy import update

from directory.store.line_tables import InvolvementRow
from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.test_involvement import opened, plain
from tests.web.walks import ASHA, MARIE, allow_all, browser

LONG_AGO = date(2026, 6, 1)


def names(client: CheckingClient) -> list[str]:
    """Return under which name each answer is sent."""
    return sorted(set(re.findall(r'name="(line-\d+-\d+)"', client.get("/confirmations").text)))


def test_a_social_worker_confirms_whom_she_leads_with_one_press(canary: Town) -> None:
    client = allow_all(browser(canary.app, ASHA))
    assert 'href="/confirmations"' in client.get("/families/mine").text
    asked = names(client)
    assert asked

    said = client.send("/confirmations", **dict.fromkeys(asked, "still"))

    page = plain(client.get(said.location or "").text)
    assert said.location == f"/confirmations?done={len(asked)}"
    assert f"{len(asked)} saved. Whoever looks now is told so." in page
    assert "Nothing waits for your word." in page


def test_what_is_left_out_is_asked_again(canary: Town) -> None:
    client = allow_all(browser(canary.app, ASHA))
    asked = names(client)

    said = client.send("/confirmations", **{"line-x": "still", asked[0]: "perhaps"})

    assert said.location == "/confirmations?done=0"
    assert names(client) == asked


def test_who_is_no_practitioner_is_asked_about_nothing(canary: Town) -> None:
    from_nobody = allow_all(browser(canary.app, MARIE)).get("/confirmations")

    assert from_nobody.status_code == 403


def test_a_card_says_that_nobody_confirmed_a_contact_for_long(canary: Town) -> None:
    with canary.database.writing() as connection:
        connection.execute(update(InvolvementRow).values(last_involved=LONG_AGO, started=LONG_AGO))
    reader, board, who = opened(canary, ASHA)

    page = plain(reader.get(f"{board}/{who['odalys']}/housing").text)

    assert "Not confirmed for more than 90 days." in page
