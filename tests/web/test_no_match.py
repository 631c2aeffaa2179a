"""Every no-match page says what was searched, how fresh it was, and to ring before deciding."""

import re

import pytest

from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, CALLUM, MARIE, RUTH, allow_all, browser, looked_at

NOBODY = {"name": "Zebedee Nowhere-Atall"}
FINDERS = (ASHA, CALLUM, RUTH, MARIE)
ONLY_OWN = "people your own service works with were searched."


def answered(client: CheckingClient, path: str, **typed: str) -> str:
    """Return the page that a search at `path` leads to, as one line."""
    sent = client.send(path, **typed)
    assert sent.status_code == 303, sent.text
    return " ".join(client.get(sent.location).text.split())


def told(page: str) -> str:
    """Return what a no-match page tells, between its form's address and its foot."""
    [found] = re.findall(r'<div class="govuk-inset-text directory-no-match">.*?</ul>', page)
    return re.sub(r'href="/[^"]*"', "", found)


@pytest.mark.parametrize("email", FINDERS)
def test_a_no_match_page_says_to_ring_and_what_was_searched(email: str, canary: Town) -> None:
    page = answered(allow_all(browser(canary.app, email)), "/search", **NOBODY)

    assert "No match does not mean not known." in page
    assert "before you decide" in told(page)
    assert "What was searched" in told(page)
    assert "its list of " in told(page)


def test_the_search_for_somebody_to_add_tells_the_same_of_nobody(canary: Town) -> None:
    who, client = references(canary), allow_all(browser(canary.app, ASHA))
    board = looked_at(client, ASHA, "wrenna", who["wrenna"])

    first, adding = (answered(client, path, **NOBODY) for path in ("/search", f"{board}/add"))

    assert told(first) == told(adding)


@pytest.mark.parametrize(
    ("email", "says"),
    [(ASHA, False), (MARIE, True), (RUTH, True)],
    ids=["a social worker", "a service's lead", "an adult social worker"],
)
def test_a_no_match_page_says_where_only_own_people_were_searched(
    email: str, *, says: bool, canary: Town
) -> None:
    page = answered(allow_all(browser(canary.app, email)), "/search", **NOBODY)

    assert (ONLY_OWN in page) == says
