"""The pages of local rules: what holds, what is proposed, and the second person's decision."""

from datetime import timedelta

import pytest

from tests.factories import TODAY
from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, DILYS, HELEN, OWEN, allow_all, browser

SOON = (TODAY + timedelta(days=400)).strftime("%d/%m/%Y")
TYPED = {"value": "25", "effective": SOON, "why": "Care leavers stay in touch to 25"}
OLDEST = "/rules/school/oldest"


def proposed(client: CheckingClient, address: str = OLDEST, **typed: str) -> str:
    """Propose a change, and return the page of it."""
    answer = client.send(address, **(TYPED | typed))
    assert answer.status_code == 303
    return answer.location


def test_every_rule_is_listed_with_what_holds(canary: Town) -> None:
    page = browser(canary.app, HELEN).get("/rules").text

    assert page.count('href="/rules/school/') == 9
    assert page.count('href="/rules/council/') == 3
    assert "no upper age" in page
    assert "Waiting for a second person" not in page


def test_a_change_is_proposed_and_agreed_to_by_another(canary: Town) -> None:
    lead, second = browser(canary.app, HELEN), browser(canary.app, OWEN)

    page = proposed(lead)

    mine, theirs = lead.get(page).text, second.get(page).text
    assert ("Agree to it" in mine, "Withdraw it" in mine) == (False, True)
    assert ("Agree to it" in theirs, "Decline it" in theirs) == (True, True)
    assert "Care leavers stay in touch to 25" in theirs
    assert "Involvements that would be told of otherwise" in theirs
    answer = second.send(page, standing="agreed")
    assert (answer.status_code, answer.location) == (303, "/rules")
    listed = lead.get("/rules").text
    assert "25 years from" in listed
    assert "agreed by Owen Tregear" in listed


def test_whoever_proposed_it_cannot_agree_to_it(canary: Town) -> None:
    lead = browser(canary.app, HELEN)

    answer = lead.send(proposed(lead), standing="agreed")

    assert answer.status_code == 422
    assert "Somebody else has to agree" in answer.text


def test_what_was_decided_is_not_decided_again(canary: Town) -> None:
    lead, second = browser(canary.app, HELEN), browser(canary.app, OWEN)
    page = proposed(lead, "/rules/council/no_match", value="Ring the hub first.")
    second.send(page, standing="declined")

    answer = second.send(page, standing="agreed")

    assert answer.status_code == 422
    assert "It was decided" in answer.text
    assert "Nobody more and nobody less" in second.get(page).text


def test_changes_that_contradict_each_other_are_not_both_agreed(canary: Town) -> None:
    lead, second = browser(canary.app, HELEN), browser(canary.app, OWEN)
    one = proposed(lead, "/rules/school/extended", value="24")
    other = proposed(lead, "/rules/school/contact", value="30")
    refused = lead.send("/rules/school/youngest", **(TYPED | {"value": "201"}))
    second.send(one, standing="agreed")

    answer = second.send(other, standing="agreed")

    assert refused.status_code == answer.status_code == 422
    assert "longer than months" in answer.text


@pytest.mark.parametrize(
    ("address", "typed", "fault"),
    [
        (OLDEST, {"value": ""}, "Enter the number"),
        (OLDEST, {"value": "x"}, "It must be a whole number from 0 to 200"),
        (OLDEST, {"effective": "soon"}, "The day must be a day"),
        (OLDEST, {"effective": "01/01/2020"}, "It must begin after today"),
        (OLDEST, {"why": ""}, "Write why it should change"),
        ("/rules/police/precision", {"value": "year"}, "Not a valid choice"),
        ("/rules/police/absence", {"value": "forget"}, "Not a valid choice"),
        ("/rules/council/no_match", {"value": "x" * 301}, "at most 300 characters"),
        ("/rules/police/meaning", {"value": "Convictions only."}, "tell of somebody"),
    ],
    ids=[
        "empty",
        "words",
        "no day",
        "past",
        "no reason",
        "precision",
        "absence",
        "long",
        "telling",
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    canary: Town, address: str, typed: dict[str, str], fault: str
) -> None:
    answer = browser(canary.app, HELEN).send(address, **(TYPED | typed))

    assert (answer.status_code, fault in answer.text) == (422, True)


@pytest.mark.parametrize("address", ["/rules/school/no_match", "/rules/nobody/oldest"])
def test_what_is_no_rule_is_not_found(canary: Town, address: str) -> None:
    client = browser(canary.app, HELEN)

    assert client.get(address).status_code == 404
    assert client.send(address, **TYPED).status_code == 404


def test_a_director_reads_and_decides_nothing(canary: Town) -> None:
    page = proposed(browser(canary.app, HELEN))
    reader = browser(canary.app, DILYS)

    shown = reader.get(page).text

    assert ("Agree to it" in shown, "Decline it" in shown) == (False, False)
    assert OLDEST not in reader.get("/rules").text
    assert reader.send(page, standing="agreed").status_code == 403
    assert browser(canary.app, OWEN).send(page, standing="perhaps").status_code == 400


def test_an_agreed_sentence_stands_on_the_page_without_a_match(canary: Town) -> None:
    page = proposed(
        browser(canary.app, HELEN),
        "/rules/council/no_match",
        value="Ring the hub first.",
        effective=(canary.clock.at + timedelta(days=1)).strftime("%d/%m/%Y"),
    )
    browser(canary.app, OWEN).send(page, standing="agreed")

    def without_match() -> str:
        client = allow_all(browser(canary.app, ASHA))
        asked = client.send("/search", name="Nobody Atall", birth="01/02/2013")
        return client.get(asked.location).text

    before = without_match()
    canary.clock.at += timedelta(days=1)
    after = without_match()
    assert ("Ring the hub first." in before, "Ring the hub first." in after) == (False, True)
