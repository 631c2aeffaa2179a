"""A steward decides on pairs of spellings in a browser, and is told of nobody."""

import pytest

from directory.domain.aliases import Met, Part
from directory.operations import aliases
from directory.store.aliases import AliasStore
from tests.factories import NOON, reference
from tests.town import Town
from tests.web.walks import OLWEN, browser

PAIR = reference(7_001)


def propose(town: Town) -> None:
    met = Met(part=Part.FORENAME, names=("grzesiek", "xystus"), homes=5)
    with town.database.writing() as connection:
        AliasStore(connection).propose(PAIR, met, NOON)


def test_a_pair_is_accepted_and_taken_back(canary: Town) -> None:
    propose(canary)
    steward = browser(canary.app, OLWEN)

    shown = steward.open("/aliases").text
    accepted = steward.send(f"/aliases/{PAIR}", choice="accept")
    after = steward.open("/aliases?state=accepted").text
    steward.send(f"/aliases/{PAIR}", choice="take_back")

    assert "Grzesiek and Xystus" in shown
    assert "5 homes or more" in shown
    assert accepted.location == "/aliases?state=proposed"
    assert "Take back" in after
    assert "Grzesiek and Xystus" in steward.open("/aliases").text


@pytest.mark.parametrize("path", ["?state=guess", "?page=0", "?page=x", "?page=9999999", "?page=²"])
def test_a_list_that_is_none_is_not_found(canary: Town, path: str) -> None:
    assert browser(canary.app, OLWEN).open(f"/aliases{path}").status_code == 404


@pytest.mark.parametrize("choice", ["", "guess"])
def test_a_choice_that_is_none_is_not_found(canary: Town, choice: str) -> None:
    propose(canary)

    assert browser(canary.app, OLWEN).send(f"/aliases/{PAIR}", choice=choice).status_code == 404


def test_no_request_looks_for_pairs(canary: Town) -> None:
    propose(canary)
    steward = browser(canary.app, OLWEN)
    page = steward.open("/aliases")

    assert "/aliases/seek" not in page.text
    assert steward.send("/aliases/seek").status_code == 404


def test_the_page_says_when_pairs_were_last_looked_for(canary: Town) -> None:
    steward = browser(canary.app, OLWEN)
    before = steward.open("/aliases").text

    aliases.seek_pairs(canary.ledger, canary.operator(), least=5)

    assert "Pairs were not looked for yet" in before
    assert "last looked for on 23 November 2026" in steward.open("/aliases").text


def test_the_desk_leads_a_steward_to_the_pairs(canary: Town) -> None:
    assert 'href="/aliases"' in browser(canary.app, OLWEN).open("/matching").text
