"""The pages of calls and of the rota: whom to ring, and who is paged first."""

import re

import pytest

from directory.operations import calls
from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.test_restrictions_pairs import hide_isolde
from tests.web.walks import (
    ASHA,
    BETHAN,
    CALLUM,
    GRACE,
    HELEN,
    PIOTR,
    UNA,
    allow_all,
    browser,
    looked_at,
)

WAITS = "Somebody is waiting to be rung."
TURN = {
    "start_day": "24/11/2026", "start_time": "17:00", "end_day": "25/11/2026", "end_time": "09:00",
}  # fmt: skip


def missed(town: Town, email: str = CALLUM) -> None:
    """Hide Isolde, let somebody search for her in vain, and compare the search."""
    hide_isolde(town)
    client = allow_all(browser(town.app, email))
    client.get(client.send("/search", name="Isolde Farrowmere").location)
    calls.sweep(town.ledger, town.operator())


def officers(client: CheckingClient) -> dict[str, str]:
    """Return the references of those who can take a turn, by name."""
    options = re.findall(r'<option value="([^"]{36})"[^>]*>([^<]*)', client.get("/rota").text)
    return {name.strip(): value for value, name in options}


def test_an_officer_is_told_on_every_page_whom_to_ring_and_by_whom_it_was_done(
    canary: Town,
) -> None:
    missed(canary)
    una, piotr = browser(canary.app, UNA), browser(canary.app, PIOTR)

    told = una.get("/session").text
    listed = una.get("/calls").text
    rang = re.search(r'action="(/calls/[^"]+)"', listed)
    assert rang is not None
    after = una.send(rang[1])

    assert (WAITS in told, "Callum Reid" in listed) == (True, True)
    assert (after.status_code, after.location) == (303, "/calls?said=rung")
    assert "Nobody waits to be rung" in piotr.get("/calls").text
    assert WAITS not in piotr.get("/session").text
    assert piotr.send(rang[1]).status_code == 404


def test_whoever_a_feed_knows_is_rung_at_their_work_number_or_team(canary: Town) -> None:
    missed(canary, BETHAN)

    listed = allow_all(browser(canary.app, UNA)).get("/calls").text

    assert ("Bethan Rees" in listed, "tel:" in listed) == (True, True)


@pytest.mark.parametrize("email", [CALLUM, GRACE, HELEN])
def test_nobody_else_is_told_that_a_call_waits(email: str, canary: Town) -> None:
    missed(canary)

    assert WAITS not in browser(canary.app, email).get("/session").text


def test_reviewers_are_told_on_every_page_that_emergency_access_waits(canary: Town) -> None:
    asha = allow_all(browser(canary.app, ASHA))
    board = looked_at(asha, ASHA, "wrenna", references(canary)["wrenna"])
    asha.send(f"{board}/emergency", reason="risk_to_life", words="Who can reach the mother now?")

    told = {
        each: "Emergency access waits to be reviewed"
        in browser(canary.app, each).get("/session").text
        for each in (GRACE, HELEN, UNA, CALLUM)
    }

    assert told == {GRACE: True, HELEN: True, UNA: False, CALLUM: False}


def test_a_turn_is_added_shown_and_taken_off(canary: Town) -> None:
    una = browser(canary.app, UNA)
    who = officers(una)
    assert "Every officer is told at once" in una.get("/rota").text

    added = una.send("/rota", officer=who["Piotr Zielinski"], **TURN)
    page = una.get("/rota").text
    turn = re.search(r'action="(/rota/[^"]+/remove)"', page)
    assert turn is not None
    removed = una.send(turn[1])

    assert (added.location, removed.location) == ("/rota?said=added", "/rota?said=removed")
    assert ("Piotr Zielinski" in page, "Whoever is on next is told" in page) == (True, True)
    assert una.send(turn[1]).status_code == 404


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"officer": ""}, "Choose who"),
        ({"start_day": "31/2/2026"}, "The day"),
        ({"end_day": ""}, "Enter the day it ends"),
        ({"start_time": "5 pm"}, "Enter a time such as"),
        ({"end_time": "25:00"}, "Enter a time such as"),
        ({"end_day": "23/11/2026"}, "The end must be after the start"),
        ({"end_day": "1/2/2027"}, "A turn lasts 31 days at most"),
    ],
)
def test_a_turn_that_cannot_be_is_asked_again(
    typed: dict[str, str], fault: str, canary: Town
) -> None:
    una = browser(canary.app, UNA)
    who = officers(una)
    whole = {"officer": who["Una Lindqvist"], **TURN, **typed}

    answer = una.send("/rota", **{name: value for name, value in whole.items() if value})

    assert (answer.status_code, fault in answer.text) == (422, True)


def test_a_turn_in_summer_begins_at_the_hour_that_the_clock_shows(canary: Town) -> None:
    una = browser(canary.app, UNA)
    summer = {"start_day": "1/7/2027", "end_day": "2/7/2027", "start_time": "17:00"}

    una.send("/rota", **{**TURN, **summer, "officer": officers(una)["Una Lindqvist"]})

    assert "1 July 2027" in una.get("/rota").text
    assert re.search(r"17:00|5:00\s?pm|5pm", una.get("/rota").text)
