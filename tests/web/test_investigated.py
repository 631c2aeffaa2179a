"""The pages of the one person whom an investigation names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import EWAN, LEAH, days_ago
from tests.operations.audit_world import council
from tests.operations.family_world import allocate
from tests.web.desks import Desk, desk_in, plain


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with council(tmp_path) as here:
        yield desk_in(here)


def test_the_services_of_the_one_person_it_names_are_seen_and_a_card_is_opened(desk: Desk) -> None:
    allocate(desk.here, 21, EWAN, practitioner=None, since=days_ago(30))
    person = desk.follow(desk.asked("people", name="Blake, Ewan"), "See who looked")
    assert "It can name one person only" in plain(person)

    answer = desk.browser.send(f"{person.request.path}/name", {})
    services = desk.browser.open(answer.location)
    card = desk.follow(services, "Open contact")

    assert answer.status_code == 303
    assert "Inside your logged investigation · Purpose: logged investigation" in plain(services)
    assert "Assessment team" not in services.text
    assert "Assessment team" in plain(card)
    assert "Back to who is involved" in card.text
    assert "This investigation names this person" in plain(desk.browser.open(person.request.path))


def test_nobody_else_s_services_are_seen_in_an_investigation_that_names_somebody(
    desk: Desk,
) -> None:
    results = desk.asked("people", name="Blake")
    ewan, leah = (f"{results.request.path}/{each}" for each in (EWAN, LEAH))
    desk.browser.open(ewan)
    desk.browser.send(f"{ewan}/name", {})

    page = desk.browser.open(leah)
    refused = desk.browser.send(f"{leah}/name", {})

    assert "names somebody else" in plain(page)
    assert "/name" not in page.text
    assert refused.status_code == 404


def test_the_investigation_s_page_leads_to_the_person_it_names(desk: Desk) -> None:
    person = desk.follow(desk.asked("people", name="Blake, Ewan"), "See who looked")
    investigation = person.request.path.partition("/people/")[0]
    before = desk.browser.open(investigation)

    desk.browser.send(f"{person.request.path}/name", {})

    assert "the person it names" not in plain(before)
    services = desk.follow(desk.browser.open(investigation), "Who is involved")
    assert services.status_code == 200


def test_a_service_nobody_has_is_not_there(desk: Desk) -> None:
    assert desk.browser.open(f"{desk.open_one()}/services/plumbing").status_code == 404
