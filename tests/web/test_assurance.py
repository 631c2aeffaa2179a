"""The page of assurances, and what everybody is told of their organisation's."""

import re
from datetime import date

import pytest

from directory.store.agencies import AgencyStore
from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, BETHAN, HELEN, IMRAN, OLWEN, SAM, allow_all, browser

GOOD = {"until": "30/6/2027", "evidence": "DSPT-2026-8J123"}
ENDED = date(2026, 10, 1)


def council_of(client: CheckingClient) -> str:
    """Return the reference of the council's own organisation."""
    found = re.search(r'<option value="([^"]{36})"[^>]*>Northshire Council<', page_of(client))
    assert found is not None
    return found[1]


def page_of(client: CheckingClient) -> str:
    """Return the page of assurances."""
    return client.get("/assurance").text


def lapsed(town: Town, until: date = ENDED) -> None:
    """Let every organisation be assured until a day."""
    with town.database.writing() as connection:
        for each in AgencyStore(connection).names():
            AgencyStore(connection).assure(each, until=until, evidence="DSPT-1")


def test_the_ig_lead_records_an_assurance(canary: Town) -> None:
    helen = browser(canary.app, HELEN)

    answer = helen.send("/assurance", organisation=council_of(helen), **GOOD)

    assert (answer.status_code, answer.location) == (303, "/assurance?said=kept")
    assert "Until 30 June 2027" in page_of(helen)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"organisation": ""}, "Choose an organisation"),
        ({"until": ""}, "Enter the day on which it ends"),
        ({"until": "31/2/2027"}, "The day"),
        ({"until": "1/1/2020"}, "The end must be after today"),
        ({"evidence": ""}, "Enter the reference of the evidence"),
        ({"evidence": "943 476 5919"}, "The evidence is a reference"),
    ],
)
def test_what_cannot_be_is_asked_again(typed: dict[str, str], fault: str, canary: Town) -> None:
    helen = browser(canary.app, HELEN)
    whole = {"organisation": council_of(helen), **GOOD, **typed}

    answer = helen.send("/assurance", **{name: value for name, value in whole.items() if value})

    assert (answer.status_code, fault in answer.text) == (422, True)


def test_whoever_sees_people_is_told_and_who_does_not_is_not(canary: Town) -> None:
    lapsed(canary)

    told = {
        each: "assurance of your organisation ended" in browser(canary.app, each).get("/gates").text
        for each in (ASHA, OLWEN, SAM)
    }

    assert told == {ASHA: True, OLWEN: True, SAM: False}


def test_who_cannot_wait_no_longer_is_told_whom_to_ask_and_nothing_of_anybody(
    canary: Town,
) -> None:
    lapsed(canary)
    olwen = browser(canary.app, OLWEN)

    page = olwen.get("/matching")

    assert page.status_code == 403
    assert "Ask the council’s information governance lead" in page.text
    assert "Data assurance of your organisation: lapsed on" in page.text


def test_within_thirty_days_everything_stays_open(canary: Town) -> None:
    lapsed(canary, date(2026, 11, 1))

    assert allow_all(browser(canary.app, BETHAN)).get("/families/mine").status_code == 200


def test_an_organisation_is_suspended_and_restored(canary: Town) -> None:
    helen, imran = browser(canary.app, HELEN), allow_all(browser(canary.app, IMRAN))
    page = page_of(helen).partition("/assurance/suspend")[2]
    police = re.search(r'<option value="([^"]{36})"[^>]*>Northshire Police<', page)
    assert police is not None
    assert "Northshire Council<" not in page

    answer = helen.send("/assurance/suspend", stopped=police[1], why="a breach")
    closed = imran.send("/search", name="Wrenna Quillfeather")
    shown = imran.get(closed.location)
    restored = helen.send(f"/assurance/{police[1]}/restore")

    assert (answer.location, restored.location) == (
        "/assurance?said=suspended",
        "/assurance?said=restored",
    )
    assert (shown.status_code, "Your organisation is suspended" in shown.text) == (403, True)
    assert imran.get(closed.location).status_code == 200


def test_an_organisation_is_not_suspended_without_a_reason(canary: Town) -> None:
    answer = browser(canary.app, HELEN).send("/assurance/suspend", stopped="", why="")

    assert answer.status_code == 422
    assert ("Choose an organisation" in answer.text, "Enter why" in answer.text) == (True, True)
