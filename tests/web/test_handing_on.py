"""The page on which a family is handed on, and the sample of claims."""

import pytest

from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, BETHAN, CALLUM, GRACE, HELEN, PRIYA, allow_all, browser, looked_at

WHY = {"email": CALLUM, "reason": "REF/2026/207"}


def on_board(town: Town, email: str = ASHA) -> tuple[CheckingClient, str]:
    """Return a browser, and the board of Wrenna's family in it."""
    client = allow_all(browser(town.app, email))
    return client, looked_at(client, email, "wrenna", references(town)["wrenna"])


def test_a_family_is_handed_on_and_stands_on_the_colleague_s_list(canary: Town) -> None:
    client, board = on_board(canary)
    assert "Hand this family on" in client.get(board).text
    assert "third working day" in client.get(f"{board}/hand-on").text

    answer = client.send(f"{board}/hand-on", **WHY)

    assert (answer.status_code, answer.location) == (303, f"{board}?said=handed_on")
    assert "Handed on. Your colleague sees" in client.get(answer.location).text
    listed = allow_all(browser(canary.app, CALLUM)).get("/families/mine").text
    assert ("Handed on by Asha Rahman: REF/2026/207" in listed, "Waiting for your" in listed) == (
        True,
        True,
    )


def test_the_front_door_refers_a_family_to_a_team_s_manager(canary: Town) -> None:
    client, board = on_board(canary, PRIYA)

    client.send(f"{board}/hand-on", email=GRACE, reason="REF/2026/208")

    listed = allow_all(browser(canary.app, GRACE)).get("/families/mine").text
    assert "Referred to you: hand it on to a worker by 26 November 2026" in listed


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"email": ""}, "Enter their work e-mail address"),
        ({"email": "grace"}, "Enter an e-mail address such as"),
        ({"email": "nobody@northshire.example"}, "No colleague of this address can take"),
        ({"email": HELEN}, "No colleague of this address can take"),
        ({"reason": ""}, "Enter why"),
        ({"reason": "NHS 943 476 5919"}, "Leave NHS numbers out"),
    ],
)
def test_what_cannot_be_is_asked_again(typed: dict[str, str], fault: str, canary: Town) -> None:
    client, board = on_board(canary)

    answer = client.send(f"{board}/hand-on", **{**WHY, **typed})

    assert (answer.status_code, fault in answer.text) == (422, True)


def test_another_session_hands_nothing_on(canary: Town) -> None:
    _, board = on_board(canary)
    other = allow_all(browser(canary.app, BETHAN))

    assert other.get(f"{board}/hand-on").status_code == 404
    assert other.send(f"{board}/hand-on", **WHY).status_code == 404


def test_the_sample_names_no_person_and_is_the_ig_lead_s_alone(canary: Town) -> None:
    on_board(canary, CALLUM)

    helen = browser(canary.app, HELEN).get("/claims/sample")

    assert (helen.status_code, "One claim in twenty" in helen.text) == (200, True)
    assert browser(canary.app, GRACE).get("/claims/sample").status_code == 403
