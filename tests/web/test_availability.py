"""The pages on which a desk says when its practitioners are in, and who is new."""

import re

import pytest

from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.test_involvement import opened, plain
from tests.web.test_practitioners import marie, somebody
from tests.web.walks import ASHA

NEW = {
    "source_reference": "P-NEW",
    "name": "Nia Moss",
    "role": "Housing officer",
    "phone": "01632 960999",
    "email": "nia.moss@hillside-homes.example",
}


def others(client: CheckingClient, address: str) -> dict[str, str]:
    """Return who may stand in, by their words."""
    page = client.get(f"{address}/availability").text
    offered = re.findall(r'<option value="([0-9a-f-]{36})">([^<]+)<', page)
    return {words: reference for reference, words in offered}


def leader(town: Town) -> tuple[CheckingClient, str, CheckingClient, str]:
    """Return the desk's browser and page of who leads for Odalys, a reader's and their card."""
    reader, board, who = opened(town, ASHA)
    card = f"{board}/{who['odalys']}/housing"
    name = re.search(r'aria-label="Contact: ([^"]+)"', reader.get(card).text)
    assert name is not None
    client = marie(town)
    for page in range(1, 9):
        listed = client.get(f"/practitioners?page={page}").text
        found = re.search(rf'href="(/practitioners/[0-9a-f-]{{36}})">{name[1]}<', listed)
        if found:
            return client, found[1], reader, card
    raise AssertionError("whoever leads is on the desk's list")


def test_a_card_shows_who_stands_in_and_then_whoever_is_back(canary: Town) -> None:
    client, address, reader, card = leader(canary)
    [team] = re.findall(
        r'<option value="([0-9a-f-]{36})">Zqbcnest<', client.get("/practitioners/add").text
    )
    client.send("/practitioners/add", **NEW, team=team)
    [(words, cover)] = others(client, address).items()

    said = client.send(f"{address}/away", start="20/11/2026", back_on="30/11/2026", cover=cover)
    during = plain(reader.get(card).text)
    client.send(f"{address}/back")
    after = plain(reader.get(card).text)

    assert said.location == f"{address}?said=away"
    assert (words, "Nia Moss" in during) == ("Nia Moss, Zqbcnest", True)
    assert "who is away and back on 30 November 2026" in during
    assert "Stands in for" not in after


def test_a_card_names_who_is_away_and_the_duty_line_where_nobody_stands_in(canary: Town) -> None:
    client, address, reader, card = leader(canary)

    client.send(f"{address}/away", start="20/11/2026", back_on="", cover="nobody")

    page = plain(reader.get(card).text)
    assert "is away. Ring the team’s duty line." in page
    assert "E-mail" not in page


def test_a_card_says_on_which_days_somebody_works_and_that_today_is_none(canary: Town) -> None:
    client, address, reader, card = leader(canary)

    client.send(f"{address}/days", weekdays=["1", "2", "3"])
    elsewhen = plain(reader.get(card).text)
    client.send(f"{address}/days", weekdays=["0", "1"])

    assert "Works Tuesday to Thursday: not in today" in elsewhen
    assert "Works Monday and Tuesday." in plain(reader.get(card).text)
    assert "Works Monday and Tuesday." in plain(client.get(address).text)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"start": ""}, "Enter the first day away"),
        ({"start": "31/2/2027"}, "The first day away"),
        ({"start": "1/12/2026", "back_on": "1/12/2026"}, "It must end after it starts"),
        ({"start": "1/12/2026", "back_on": "x"}, "The first day back"),
    ],
)
def test_nobody_is_away_so(typed: dict[str, str], fault: str, canary: Town) -> None:
    client = marie(canary)
    address = somebody(client)

    refused = client.send(f"{address}/away", **{"cover": "nobody", "back_on": "", **typed})

    assert refused.status_code == 422
    assert fault in plain(refused.text)


def test_an_absence_to_come_is_told_to_the_desk_and_taken_back(canary: Town) -> None:
    client = marie(canary)
    address = somebody(client)
    client.send(f"{address}/away", start="20/12/2026", back_on="", cover="nobody")

    page = client.get(f"{address}/availability").text

    assert "Goes away from 20 December 2026; it is not known until when." in plain(page)
    assert "They do not go away" in page
    assert client.send(f"{address}/back").location == f"{address}?said=back"


def test_a_day_that_is_none_of_the_week_is_refused(canary: Town) -> None:
    client = marie(canary)

    assert client.send(f"{somebody(client)}/days", weekdays=["9"]).status_code == 422


def test_a_desk_adds_a_practitioner_whom_its_list_does_not_name(canary: Town) -> None:
    client = marie(canary)
    team = re.search(r'<option value="([0-9a-f-]{36})"', client.get("/practitioners/add").text)
    assert team is not None

    added = client.send("/practitioners/add", **NEW, team=team[1])
    again = client.send("/practitioners/add", **NEW, team=team[1])

    page = plain(client.get(added.location or "").text)
    assert "Added. They can lead from now on." in page
    assert "Housing officer" in page
    assert "Your service has somebody under this reference" in plain(again.text)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"source_reference": ""}, "Your own reference must be given"),
        ({"name": ""}, "The name must be given"),
        ({"role": "Sex Offender Management"}, "says why people are known to it"),
        ({"phone": "070 1111 1111"}, "The work phone"),
        ({"email": "nobody"}, "The work e-mail"),
        ({"team": ""}, "Choose a team"),
        (
            {"team": "00000000-0000-0000-0000-000000000404"},
            "They must be in a team of your service",
        ),
    ],
)
def test_nobody_is_added_so(typed: dict[str, str], fault: str, canary: Town) -> None:
    client = marie(canary)
    team = re.search(r'<option value="([0-9a-f-]{36})"', client.get("/practitioners/add").text)
    assert team is not None

    refused = client.send("/practitioners/add", **{**NEW, "team": team[1], **typed})

    assert refused.status_code == 422
    assert fault in plain(refused.text)
