"""The pages of claims: a manager's to confirm, and a worker's own."""

import re
from pathlib import Path
from uuid import UUID

import pytest

from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.test_restrictions_pairs import Asking, worlds
from tests.web.test_two_worlds import differing
from tests.web.walks import ASHA, CALLUM, GRACE, HELEN, NADIA, allow_all, browser, looked_at


def claimed(town: Town, email: str = NADIA, key: str = "isolde") -> tuple[CheckingClient, str]:
    """Return a browser in which a user said that they work with somebody, and the board."""
    client = allow_all(browser(town.app, email))
    return client, looked_at(client, email, key, references(town)[key])


def decided(client: CheckingClient, outcome: str) -> str:
    """Decide on the first claim that waits, and return the page that follows."""
    claim = re.search(r'action="(/claims/[0-9a-f-]{36})"', client.get("/claims").text)
    assert claim is not None
    answer = client.send(claim[1], outcome=outcome)
    assert answer.status_code == 303, answer.text
    return client.get(answer.location).text


def test_a_manager_is_shown_a_name_and_an_age_and_confirms(canary: Town) -> None:
    worker, _ = claimed(canary)
    manager = browser(canary.app, GRACE)
    manager.allowed = frozenset({"isolde: name"})

    listed = manager.get("/claims").text
    told = manager.told
    after = decided(manager, "confirmed")

    assert told == {"isolde: name"}
    assert ("Nadia Hussain" in listed, "REF/2026/104" in listed) == (True, True)
    assert ("Confirmed. They go on" in after, "Nothing waits" in after) == (True, True)
    assert "Confirmed until 22 February 2027" in worker.get("/families/mine").text


def test_what_is_not_confirmed_closes_the_board_at_once(canary: Town) -> None:
    worker, board = claimed(canary)
    assert "Waiting for your manager, lapses after" in worker.get("/families/mine").text

    decided(allow_all(browser(canary.app, GRACE)), "not_working")

    mine = worker.get("/families/mine").text
    assert (worker.get(board).status_code, "Isolde" in mine) == (404, False)
    assert "Your manager did not confirm what you said" in mine
    assert worker.get(f"{board}/add").status_code == 404


def test_a_worker_ends_their_own_claim(canary: Town) -> None:
    worker, board = claimed(canary)
    end = re.search(r'action="(/families/mine/claims/[^"]*)"', worker.get("/families/mine").text)
    assert end is not None

    answer = worker.send(end[1])

    assert (answer.status_code, answer.location) == (303, "/families/mine")
    assert worker.get(board).status_code == 404
    assert worker.send(end[1]).status_code == 404


@pytest.mark.parametrize("outcome", ["", "given_up", "perhaps"])
def test_nothing_else_is_decided(canary: Town, outcome: str) -> None:
    manager = browser(canary.app, GRACE)
    manager.get("/claims")

    answer = manager.send(f"/claims/{references(canary)['isolde']}", outcome=outcome)

    assert answer.status_code == 400


def test_a_role_that_confirms_nothing_is_refused(canary: Town) -> None:
    for email in (ASHA, CALLUM, HELEN):
        assert browser(canary.app, email).get("/claims").status_code == 403


def asked_by_manager(town: Town, claim: str) -> Asking:
    """Ask, as Grace, for every page of claims, and at addresses a claim would have."""
    asking = Asking(town, GRACE)
    asking.client.get("/claims")
    for path in ("/claims", "/claims?page=2", "/families/mine"):
        asking.open(path)
    for outcome in ("confirmed", "not_working"):
        asking.send(claim, outcome=outcome)
    return asking


def test_a_claim_on_somebody_hidden_is_as_one_never_made(tmp_path: Path) -> None:
    both: list[Asking] = []
    with worlds(tmp_path, before=claimed) as (one, two):
        claim = "/claims/2f6d0a5e-0000-4000-8000-000000000000"
        with one.database.reading() as connection:
            hidden = connection.exec_driver_sql("select id from claim").scalars().all()
        assert hidden
        both = [
            asked_by_manager(one, f"/claims/{UUID(bytes=bytes(hidden[0]))}"),
            asked_by_manager(two, claim),
        ]

    assert differing(both[0].answers, both[1].answers) == []
    assert both[0].beside == both[1].beside
