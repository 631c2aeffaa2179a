"""The pages of who watches a family: a button, a notice without a name, and the same for nobody."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from directory.domain.events import Event
from directory.operations import watches
from directory.policy.permissions import Action
from directory.store.line_tables import InvolvementRow
from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.test_families import counting
from tests.web.test_restrictions_pairs import hide_isolde, worlds
from tests.web.test_two_worlds import differing
from tests.web.walks import CALLUM, NADIA, allow_all, browser, looked_at, say_why

BUTTON = "Tell me when a service updates"
TOLD = "Something changed about a family you watch"


def watching(town: Town, email: str = NADIA, key: str = "isolde") -> tuple[CheckingClient, str]:
    """Return a browser in which a user watches somebody's family, and the board."""
    client = allow_all(browser(town.app, email))
    board = looked_at(client, email, key, references(town)[key])
    client.get(board)
    assert client.send(f"{board}/watch").location == f"{board}?said=watched"
    return client, board


def changed(town: Town) -> None:
    """Let every service say another last day, and compare what is watched."""
    with town.database.writing() as connection:
        day = town.clock().date() - timedelta(days=1)
        connection.execute(update(InvolvementRow).values(last_involved=day))
    access = town.operator()
    with town.ledger.entry(access, Event.EXTRACT_TAKEN, action=Action.EXTRACT_TAKE) as work:
        work.index_people([])
    town.clock.pass_by(timedelta(minutes=6))
    watches.sweep(town.ledger, town.operator())


def stop(client: CheckingClient) -> TestResponse:
    """Stop the first watch that is listed."""
    path = re.search(r'action="(/notices/watches/[0-9a-f-]{36}/stop)"', client.get("/notices").text)
    assert path is not None
    return client.send(path[1])


def test_a_board_offers_to_watch_and_says_until_when(canary: Town) -> None:
    client = allow_all(browser(canary.app, NADIA))
    board = looked_at(client, NADIA, "isolde", references(canary)["isolde"])

    offered = client.get(board).text
    client.send(f"{board}/watch")
    watched = client.get(f"{board}?said=watched").text

    assert (BUTTON in offered, "for 90 days (until 21 February 2027)" in offered) == (True, True)
    assert "You watch this family until 21 February 2027" in watched
    assert BUTTON not in watched


def test_a_change_is_told_on_every_page_without_a_name_or_a_service(canary: Town) -> None:
    client, _ = watching(canary)
    changed(canary)
    client.allowed = frozenset({"isolde: name"})
    client.told = frozenset()

    anywhere, page = client.get("/session").text, client.get("/notices").text

    assert TOLD in anywhere
    assert page.count(TOLD) == 2  # on every page, and in the list
    assert client.told == {"isolde: name"}  # whose family it is stands under "Families you watch"


def test_a_notice_leads_to_the_board_and_is_read_with_it(canary: Town) -> None:
    client, _ = watching(canary)
    changed(canary)
    href = re.search(r'class="govuk-link" href="(/families/mine/[^"]+)"', notices_of(client))
    assert href is not None

    answer = client.get(href[1])
    board = answer.location or say_why(client, href[1], NADIA).location
    client.get(board)

    page = notices_of(client)
    assert (TOLD in client.get("/session").text, page.count(TOLD), "New" in page) == (
        False, 1, False,
    )  # fmt: skip


def notices_of(client: CheckingClient) -> str:
    """Return the list of notices, without what stands on every page."""
    return client.get("/notices").text.partition("What changed</h2>")[2]


def test_what_is_stopped_is_listed_no_more(canary: Town) -> None:
    client, board = watching(canary)

    answer = stop(client)

    assert answer.location == "/notices?said=stopped"
    page = client.get(answer.location).text
    assert ("You no longer watch that family" in page, "You watch no family" in page) == (
        True, True,
    )  # fmt: skip
    assert BUTTON in client.get(board).text


def test_e_mails_go_as_one_chooses_and_a_made_up_choice_is_refused(canary: Town) -> None:
    client = browser(canary.app, NADIA)
    client.get("/notices")

    chosen = client.send("/notices/mail", mailing="none")
    odd = client.send("/notices/mail", mailing="hourly")

    assert (chosen.status_code, odd.status_code) == (303, 400)
    page = client.get("/notices?said=mail").text
    assert re.search(r'value="none"[^>]* checked', page)
    assert "Saved." in page


def statements(town: Town, client: CheckingClient) -> tuple[int, int]:
    """Return how many statements show the notices, and a page of another capability."""
    counts = []
    for path in ("/notices", "/session"):
        client.get(path)
        with counting(town) as sent:
            client.get(path)
        counts.append(len(sent))
    return counts[0], counts[1]


def test_a_page_takes_as_many_statements_whatever_waits(canary: Town) -> None:
    client, _ = watching(canary)

    before = statements(canary, client)
    changed(canary)
    after = statements(canary, client)
    stop(client)

    assert (before, after) == ((STATEMENTS, OWN), (STATEMENTS, OWN))
    assert statements(canary, client) == (STATEMENTS - 1, OWN)


STATEMENTS, OWN = 24, 14
"""How many statements show the notices, with their entry; and a page of another capability.

One less reads whoever is watched where nobody is: it is as many for one who is hidden.
"""


def pages(town: Town, client: CheckingClient) -> list[TestResponse]:
    """Return the pages that tell of watches, and addresses that may lead to one."""
    return [
        client.get("/notices"),
        client.get("/search"),
        client.get("/families/mine"),
        client.get(f"/families/mine/{references(town).get('isolde', _NOBODY)}"),
        client.send(f"/notices/watches/{_NOBODY}/stop"),
    ]


_NOBODY = "00000000-0000-4000-8000-000000000404"


@pytest.mark.parametrize("email", [NADIA, CALLUM])
def test_whoever_watched_somebody_hidden_reads_what_one_reads_who_never_knew_them(
    email: str, tmp_path: Path
) -> None:
    def watched(town: Town) -> None:
        watching(town, email)
        changed(town)

    with worlds(tmp_path, before=watched) as (one, two):
        two.clock.at = one.clock.at
        first, second = (allow_all(browser(each.app, email)) for each in (one, two))
        told, unknown = pages(one, first), pages(two, second)

    assert differing(told, unknown) == []
    assert [each.status_code for each in told] == [200, 200, 200, 404, 404]


def test_before_she_was_hidden_her_watcher_read_of_her(canary: Town) -> None:
    client, board = watching(canary)
    changed(canary)
    before = client.get("/notices").text
    hide_isolde(canary)

    after = client.get("/notices").text

    assert ("Isolde" in before, TOLD in before) == (True, True)
    assert ("Isolde" in after, TOLD in after, client.get(board).status_code) == (False, False, 404)
