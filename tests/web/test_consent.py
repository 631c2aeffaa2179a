"""The pages of consent: asked and answered on a family, and what opens and closes by it."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.town import Town
from tests.web.canary import feeds, references, standing
from tests.web.checking import CheckingClient
from tests.web.test_restrictions_pairs import SEARCHES, Asking, worlds
from tests.web.test_two_worlds import differing
from tests.web.walks import ASHA, IMRAN, TOMASZ, allow_all, browser, looked_at

YES = {"manner": "at_home", "answer": "yes", "giver": "person", "term": "365"}


def asking(town: Town, key: str = "wrenna") -> tuple[CheckingClient, str, str]:
    """Return Asha's browser, the consents of a family, and the form for the one looked at."""
    client, who = allow_all(browser(town.app, ASHA)), references(town)[key]
    pages = f"{looked_at(client, ASHA, key, who)}/consent"
    return client, pages, f"{pages}/{who}"


def recorded(town: Town, key: str = "wrenna", **typed: str) -> tuple[CheckingClient, str]:
    """Record what was asked about the volunteers and answered; return where that is listed."""
    client, pages, form = asking(town, key)
    [(organisation, _)] = offered(client, form)
    answer = client.send(form, **{**YES, "organisations": organisation, **typed})
    assert (answer.status_code, answer.location) == (303, f"{pages}?said=recorded"), answer.text
    return client, pages


def offered(client: CheckingClient, form: str) -> list[tuple[str, str]]:
    """Return the organisations that somebody can be asked about."""
    boxes = r'name="organisations"[^>]*value="([^"]+)".*?<label[^>]*>\s*(.*?)\s*</label>'
    return re.findall(boxes, client.get(form).text, re.DOTALL)


def finds(town: Town, client: CheckingClient) -> bool:
    """Return whether a search for Wrenna leads to her."""
    results = client.send("/search", name="Wrenna Quillfeather").location
    return f"{results}/{references(town)['wrenna']}" in client.get(results).text


def test_a_yes_lets_a_volunteer_find_and_look_until_it_is_taken_back(canary: Town) -> None:
    volunteer, who = allow_all(browser(canary.app, TOMASZ)), references(canary)["wrenna"]
    before = finds(canary, volunteer)
    client, pages = recorded(canary)

    board = looked_at(volunteer, TOMASZ, "wrenna", who)
    seen = volunteer.get(board).text
    take_back = re.search(r'action="([^"]*/withdraw)"', client.get(pages).text)
    assert take_back is not None
    after = client.send(take_back[1])

    assert (before, "With their consent" in seen) == (False, True)
    assert after.location == f"{pages}?said=withdrawn"
    assert (volunteer.get(board).status_code, finds(canary, volunteer)) == (404, False)
    assert client.send(take_back[1]).location == f"{pages}?said=not_live"


def test_the_list_tells_a_name_an_age_and_how_each_consent_stands(canary: Town) -> None:
    client, pages = recorded(canary)
    client.allowed = frozenset(
        f"{each}: name" for each in ("wrenna", "odalys", "leopold", "tamsin")
    )

    page = client.get(pages).text

    assert "Northshire Befriending: Yes, until 23 November 2027" in page
    assert "Asked on 23 November 2026 by Asha Rahman" in page


def test_an_answer_may_come_later(canary: Town) -> None:
    client, pages = recorded(canary, answer="waiting", giver="")
    link = re.search(r'href="([^"]+)">Record the answer', client.get(pages).text)
    assert link is not None
    assert "What was the answer" in client.get(link[1]).text

    first = client.send(link[1], **YES | {"answer": "no"})
    again = client.send(link[1], **YES)

    assert first.location == f"{pages}?said=recorded"
    assert again.location == f"{pages}?said=answered"
    assert "Northshire Befriending: No" in client.get(pages).text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"organisations": ""}, "Choose at least one organisation"),
        ({"organisations": "e0000000-0000-0000-0000-000000000000"}, "There is a problem"),
        ({"manner": ""}, "Choose how you asked"),
        ({"answer": ""}, "Choose what the answer was"),
        ({"giver": ""}, "Choose who answered"),
        ({"giver": "attorney"}, "Enter when you saw their authority"),
        ({"giver": "deputy", "authority_seen": "31/2/2026"}, "The day you saw their authority"),
        ({"giver": "deputy", "authority_seen": "1/2/2027"}, "must be in the past"),
        ({"authority_seen": "1/2/2026"}, "Leave this empty unless"),
        ({"term": "9999"}, "There is a problem"),
    ],
)
def test_what_is_not_said_or_not_so_is_asked_again(
    typed: dict[str, str], fault: str, canary: Town
) -> None:
    client, _, form = asking(canary)
    [(organisation, _)] = offered(client, form)
    whole = {**YES, "organisations": organisation, **typed}

    answer = client.send(form, **{name: value for name, value in whole.items() if value})

    assert (answer.status_code, fault in answer.text) == (422, True)


def test_an_answer_that_is_still_to_come_is_no_answer(canary: Town) -> None:
    client, pages = recorded(canary, answer="waiting", giver="")
    link = re.search(r'href="([^"]+)">Record the answer', client.get(pages).text)
    assert link is not None

    assert client.send(link[1], **YES | {"answer": "waiting"}).status_code == 422


def test_the_form_offers_organisations_that_need_consent_alone(canary: Town) -> None:
    client, _, form = asking(canary)

    assert [name for _, name in offered(client, form)] == ["Northshire Befriending"]


def test_whose_role_asks_nobody_has_no_such_page(canary: Town) -> None:
    client, who = allow_all(browser(canary.app, IMRAN)), references(canary)["wrenna"]
    board = looked_at(client, IMRAN, "wrenna", who)

    assert "/consent" not in client.get(board).text
    assert client.get(f"{board}/consent").status_code == 403


def test_who_is_not_of_the_family_is_not_found(canary: Town) -> None:
    client, pages, _ = asking(canary)
    other = references(canary)["isolde"]

    assert client.get(f"{pages}/{other}").status_code == 404
    assert client.get(f"{pages}/{other}/{other}").status_code == 404
    assert client.send(f"{pages}/{other}/{other}/withdraw").status_code == 404


def look_for_her(town: Town) -> Asking:
    """Look for Isolde as a volunteer, in every way."""
    looking = Asking(town, TOMASZ)
    for typed in SEARCHES:
        results = looking.send("/search", **typed)
        looking.open(results)
        looking.open(f"{results}/{looking.isolde}")
        looking.send(f"{results}/{looking.isolde}", purpose="early_help")
    return looking


def test_who_consented_and_is_hidden_is_as_one_never_known(tmp_path: Path) -> None:
    with worlds(tmp_path, before=lambda town: recorded(town, "isolde")) as (one, two):
        first, second = look_for_her(one), look_for_her(two)

    assert differing(first.answers, second.answers) == []
    assert first.beside == second.beside


def test_who_never_consented_is_as_one_never_known(tmp_path: Path) -> None:
    with ExitStack() as stack:
        one = stack.enter_context(standing(tmp_path / "one"))
        two = stack.enter_context(standing(tmp_path / "two", feeds(without=("isolde",))))
        first, second = look_for_her(one), look_for_her(two)

    assert differing(first.answers, second.answers) == []
    assert first.beside == second.beside
