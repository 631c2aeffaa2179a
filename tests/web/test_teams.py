"""The pages of a service's own teams."""

import re

import pytest

from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.test_involvement import plain
from tests.web.test_practitioners import marie

NEW = {
    "source_reference": "T-NEW",
    "name": "Tenancies North",
    "duty_line": "01632 960555",
    "out_of_hours_line": "",
}


def one(client: CheckingClient) -> tuple[str, dict[str, str]]:
    """Return the address of a team, and what its form was opened with."""
    found = re.search(r'href="(/teams/[0-9a-f-]{36})"', client.get("/teams").text)
    assert found is not None
    seen = re.findall(r'name="(seen_\w+)" value="([^"]*)"', client.get(found[1]).text)
    return found[1], dict(seen)


def test_a_desk_mends_the_lines_of_a_team(canary: Town) -> None:
    client = marie(canary)
    assert 'href="/teams"' in client.get("/upkeep").text
    address, seen = one(client)

    saved = client.send(address, **seen, duty_line="01632 960555", out_of_hours_line="101")

    page = plain(client.get(saved.location or "").text)
    assert "Saved. Whoever looks now is told so." in page
    assert "01632 960555" in page


def test_of_two_who_mend_a_team_the_later_sees_what_changed(canary: Town) -> None:
    client = marie(canary)
    address, seen = one(client)
    client.send(address, **seen, duty_line="01632 960555", out_of_hours_line="")

    later = client.send(address, **seen, duty_line="01632 960777", out_of_hours_line="")

    assert later.status_code == 409
    assert "Its duty line now reads 01632 960555" in plain(later.text)
    assert 'value="01632 960777"' in later.text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"duty_line": "12"}, "The duty line"),
        ({"out_of_hours_line": "x"}, "The out-of-hours line"),
    ],
)
def test_what_is_no_line_is_refused(typed: dict[str, str], fault: str, canary: Town) -> None:
    client = marie(canary)
    address, seen = one(client)

    refused = client.send(address, **{"duty_line": "", "out_of_hours_line": "", **seen, **typed})

    assert refused.status_code == 422
    assert fault in plain(refused.text)


def test_a_desk_adds_a_team_once(canary: Town) -> None:
    client = marie(canary)

    added = client.send("/teams/add", **NEW)
    again = client.send("/teams/add", **NEW)

    page = plain(client.get(added.location or "").text)
    assert "Added. It can lead from now on." in page
    assert "Tenancies North" in page
    assert "Your service has a team under this reference" in plain(again.text)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"source_reference": ""}, "Your own reference must be given"),
        ({"name": "Eating Disorders"}, "says why people are known to it"),
    ],
)
def test_no_team_is_added_so(typed: dict[str, str], fault: str, canary: Town) -> None:
    refused = marie(canary).send("/teams/add", **{**NEW, **typed})

    assert refused.status_code == 422
    assert fault in plain(refused.text)
