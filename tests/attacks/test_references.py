"""A reference opens the page it was made for, and is unknown on every other."""

import re
from datetime import timedelta

import pytest

from directory.demo import PASSWORD
from tests.attacks.intruder import ASHA, HELEN, Intruder
from tests.town import Town

_KEPT = re.compile(r'name="kept"[^>]*value="([0-9a-f-]{36})"')


def kept_while_locked(town: Town, browser: Intruder) -> str:
    town.clock.pass_by(timedelta(minutes=16))
    found = _KEPT.search(browser.send("/search", name="Ewan Blake").text)
    assert found
    browser.send("/session/unlock", password=PASSWORD, kept=found[1], back="/")
    browser.open(f"/session/kept/{found[1]}")
    return found[1]


@pytest.mark.parametrize("page", ["/search/{0}", "/search/{0}/change", "/search/{0}/{0}"])
def test_what_was_typed_while_locked_is_no_search(town: Town, page: str) -> None:
    worker = Intruder(town, ASHA)
    reference = kept_while_locked(town, worker)

    answer = worker.open(page.format(reference))

    assert answer.status_code == 404


def test_a_verdict_is_no_search_for_a_person(town: Town) -> None:
    lead = Intruder(town, HELEN)
    lead.open("/investigations")
    inside = lead.send("/investigations", matter="IG-1", reason="asked by the DPO").location
    verdict = lead.send("/investigations/verify").location.rpartition("/")[2]

    answer = lead.open(f"{inside}/people/{verdict}/{verdict}")

    assert answer.status_code == 404
