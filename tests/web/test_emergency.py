"""The pages of emergency access: asked for on a board, shown while it lasts, and reviewed."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory.store.emergency_tables import OccasionRow
from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, GRACE, HELEN, RUTH, allow_all, browser, looked_at

TYPED = {"reason": "risk_to_life", "words": "Who can reach the mother now?"}


def on_board(town: Town) -> tuple[CheckingClient, str]:
    """Return a browser, and the board of Wrenna's family in it."""
    client = allow_all(browser(town.app, ASHA))
    return client, looked_at(client, ASHA, "wrenna", references(town)["wrenna"])


def occasion(town: Town) -> UUID:
    """Return the newest occasion."""
    with town.database.reading() as connection:
        [found] = connection.scalars(select(OccasionRow.id))
    return UUID(bytes=found.bytes)


def test_a_board_says_until_when_emergency_access_is_open(canary: Town) -> None:
    client, board = on_board(canary)
    before = client.get(board).text

    answer = client.send(f"{board}/emergency", **TYPED)

    assert (answer.status_code, answer.location) == (303, board)
    shown = client.get(board).text
    assert "Emergency access is open until" in shown
    assert ("Emergency access is open until" in before, "/emergency" in before) == (False, True)
    assert f"{board}/emergency" not in shown


def test_half_an_hour_later_the_banner_is_gone(canary: Town) -> None:
    client, board = on_board(canary)
    client.send(f"{board}/emergency", **TYPED)

    for _ in range(3):
        canary.clock.at += timedelta(minutes=10)
        client.get("/session")

    assert "Emergency access is open until" not in client.get(board).text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"words": "x"}, "Choose why it cannot wait"),
        ({"reason": "risk_to_life"}, "Write one sentence"),
        ({"reason": "curious", "words": "x"}, "Not a valid choice"),
        ({"reason": "risk_to_life", "words": "x" * 501}, "Write at most 500 characters"),
    ],
    ids=["no reason", "no words", "another reason", "too many words"],
)
def test_what_is_missing_is_said_at_its_field(
    canary: Town, typed: dict[str, str], fault: str
) -> None:
    client, board = on_board(canary)

    answer = client.send(f"{board}/emergency", **typed)

    assert (answer.status_code, fault in answer.text) == (422, True)


def test_no_board_of_another_is_opened(canary: Town) -> None:
    client = browser(canary.app, ASHA)

    assert client.get(f"/families/{uuid4()}/emergency").status_code == 404
    assert client.send(f"/families/{uuid4()}/emergency", **TYPED).status_code == 404


def test_the_ig_lead_reviews_and_is_shown_nobody_of_the_family(canary: Town) -> None:
    client, board = on_board(canary)
    client.send(f"{board}/emergency", **TYPED)
    reviewer = browser(canary.app, HELEN)

    listed = reviewer.get("/emergency").text
    answer = reviewer.send(f"/emergency/{occasion(canary)}", outcome="justified")

    assert "Who can reach the mother now?" in listed
    assert (answer.status_code, answer.location) == (303, "/emergency")
    assert "Nothing waits for your review" in reviewer.get("/emergency").text


def test_a_manager_of_another_team_has_nothing_to_review(canary: Town) -> None:
    client, board = on_board(canary)
    client.send(f"{board}/emergency", **TYPED)
    manager = browser(canary.app, GRACE)

    assert manager.get("/emergency").status_code == 200
    assert manager.send(f"/emergency/{uuid4()}", outcome="justified").status_code == 404
    assert manager.send(f"/emergency/{uuid4()}", outcome="perhaps").status_code == 400


def test_roles_without_it_are_not_offered_it(canary: Town) -> None:
    client = allow_all(browser(canary.app, RUTH))
    board = looked_at(client, RUTH, "wrenna", references(canary)["wrenna"])

    assert f"{board}/emergency" not in client.get(board).text
    assert client.get(f"{board}/emergency").status_code == 403
