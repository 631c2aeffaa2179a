"""The pages on which an administrator keeps programmes and their keys."""

import re

import pytest

from tests.api.programmes import Programme
from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.walks import HELEN, SAM, browser

TYPED = {
    "name": "Hillside housing system",
    "organisation": "HILL",
    "scopes": ["involvements:write", "practitioners:write"],
    "service": "housing",
}
_KEY = re.compile(r"dk_[0-9a-f]{32}_[0-9a-f]{64}")
_END = re.compile(r'action="(/programmes/[0-9a-f-]+/keys/[0-9a-f-]+/end)"')


def made(client: CheckingClient) -> str:
    """Make a programme, and return its page."""
    client.get("/programmes/new")
    answer = client.send("/programmes/new", **TYPED)
    assert answer.status_code == 303, answer.text
    client.get(answer.location)
    return answer.location


def new_key(client: CheckingClient, page: str) -> str:
    """Make a key, and return it."""
    found = _KEY.search(client.send(f"{page}/keys").text)
    assert found
    return found[0]


def opens(town: Town, key: str) -> bool:
    """Return whether a key opens the API."""
    client = Programme(town.app, town.app.response_class)
    client.key = key
    return client.put_json("involvements/A-1", {}).status_code == 422


def test_a_programme_is_made_and_its_key_shown_once(canary: Town) -> None:
    client = browser(canary.app, SAM)
    assert "There is none yet" in client.get("/programmes").text

    page = made(client)
    key = new_key(client, page)

    assert opens(canary, key)
    shown = client.get(page).text
    assert key not in shown
    assert key[3:11] in shown
    for told in ("Hillside Homes", "Housing", "Last used on 23 November 2026", "In use"):
        assert told in shown
    assert "Hillside housing system" in client.get("/programmes").text


def test_keys_are_rotated_two_at_once_and_ended(canary: Town) -> None:
    client = browser(canary.app, SAM)
    page = made(client)
    first, second = new_key(client, page), new_key(client, page)

    third = client.send(f"{page}/keys")
    one, other = _END.findall(client.get(page).text)
    ended = client.send(one)

    assert third.status_code == 422
    assert "Two keys open already" in third.text
    assert (ended.status_code, one != other) == (303, True)
    assert sorted((opens(canary, first), opens(canary, second))) == [False, True]
    assert "Make a key" in client.get(page).text


def test_a_disabled_programme_s_keys_open_nothing_until_it_is_enabled(canary: Town) -> None:
    client = browser(canary.app, SAM)
    page = made(client)
    key = new_key(client, page)

    client.get(page)
    client.send(f"{page}/disable")
    disabled = (opens(canary, key), "Disabled" in client.get(page).text)
    client.send(f"{page}/enable")

    assert disabled == (False, True)
    assert opens(canary, key)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "Enter what it is called"),
        ("name", " ", "The programme needs a name"),
        ("organisation", "", "Choose the organisation"),
        ("scopes", [], "Choose what it may do"),
        ("service", "", "The programme needs the service that it sends for"),
    ],
)
def test_a_programme_that_cannot_be_is_said_so(
    canary: Town, field: str, value: object, told: str
) -> None:
    client = browser(canary.app, SAM)
    client.get("/programmes/new")

    answer = client.send("/programmes/new", **(TYPED | {field: value}))

    assert answer.status_code == 422
    assert told in answer.text


def test_nobody_but_an_administrator_keeps_programmes(canary: Town) -> None:
    client = browser(canary.app, HELEN)

    assert client.get("/programmes").status_code == 403
    assert browser(canary.app, SAM).get(f"/programmes/{'0' * 32}").status_code == 404
