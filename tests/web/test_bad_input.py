"""Bad input to every form about people: said at its field, with all that was typed still there."""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.walks import ASHA, CALLUM, allow_all, browser, looked_at, sought

LONG = "x" * 300
SOUND = {"name": "Zoë O’Quill-Feather", "born": "3/2015", "age": "about 9", "postcode": "NX4"}
WRONG = {
    "name": LONG,
    "born": "31/2/2015",
    "age": "minus one",
    "postcode": "not a place",
    "nhs_number": "9" * 30,
}
HOSTILE = ["\u202e<b>", "'; --", "%00%s{{7*7}}", "😀" * 200, "٣٣"]


def at_work(town: Town, email: str = ASHA) -> CheckingClient:
    return allow_all(browser(town.app, email))


def typed_again(page: TestResponse) -> list[str]:
    return [unescape(each) for each in re.findall(r'type="text"[^>]*? value="([^"]*)"', page.text)]


def faults(page: TestResponse) -> list[str]:
    """Return which fields carry a fault of their own."""
    return re.findall(r'<p id="([\w-]+)-error" class="govuk-error-message"', page.text)


@pytest.mark.parametrize("name", WRONG)
def test_a_search_says_the_fault_at_its_field_and_keeps_the_rest(canary: Town, name: str) -> None:
    client = at_work(canary)
    board = looked_at(client, ASHA, "wrenna", references(canary)["wrenna"])
    sent = SOUND | {"nhs_number": ""} | {name: WRONG[name]}

    pages = [client.send(path, **sent) for path in ("/search", f"{board}/add")]

    for page in pages:
        assert (page.status_code, faults(page)) == (422, [name])
        assert set(sent.values()) <= {*typed_again(page), ""}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_too_odd_for_a_search(canary: Town, text: str) -> None:
    client = at_work(canary)

    for name in ("name", "born", "age", "postcode", "nhs_number"):
        page = client.send("/search", **(SOUND | {name: text}))
        assert page.status_code in {303, 422}
        if page.status_code == 303:
            assert client.get(page.location).status_code == 200


@pytest.mark.parametrize(
    ("reason", "fault"),
    [("", "Enter your reason"), ("x" * 201, "200 characters"), ("999 424 2407", "NHS number")],
)
def test_a_reason_that_cannot_be_taken_is_said_kept_and_starts_nothing(
    canary: Town, reason: str, fault: str
) -> None:
    client = at_work(canary, CALLUM)
    results = sought(client, "wrenna")
    client.get(results)
    chosen = f"{results}/{references(canary)['wrenna']}"
    client.get(chosen)

    page = client.send(chosen, purpose="child_protection", reason=reason)

    assert (page.status_code, faults(page)) == (422, ["reason"])
    assert fault in page.text
    assert 'value="child_protection" checked' in page.text
    assert reason in typed_again(page) or not reason
    assert "not allocated to you" in client.get(chosen).text
