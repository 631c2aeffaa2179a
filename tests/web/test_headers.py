"""The headers of every kind of answer, and the proof that the checking client would object."""

from collections.abc import Callable

import pytest
from flask import Response

from tests.town import Town
from tests.web.checking import HEADERS, HSTS, CheckingClient, faults_of
from tests.web.walks import PRIYA, browser

GIVEN_BY = {
    "a page": ("/start", 200),
    "a redirect": ("/search", 303),
    "nothing there": ("/nowhere", 404),
    "plain words": ("/healthz", 200),
}
SOUND = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>A</title></head>'
    "<body><h1>A</h1>{}</body></html>"
)
UNSOUND = {
    "two headings": "<h1>B</h1>",
    "two ids": '<p id="a"></p><p id="a"></p>',
    "an inline script": "<script>go()</script>",
    "an inline style sheet": "<style>p {}</style>",
    "a style": '<p style="color: red"></p>',
    "a handler": '<p onclick="go()"></p>',
    "a script as an address": '<a href="javascript:go()">go</a>',
    "a form that is not posted": '<form action="/search"></form>',
    "a form without a token": '<form method="post" action="/search"></form>',
    "a form sent elsewhere": '<form method="post" action="https://evil.example/"></form>',
    "an input without a label": '<input name="name">',
    "a tag that is left open": "<div>",
}


@pytest.mark.parametrize("what", GIVEN_BY)
def test_every_kind_of_answer_carries_the_headers(what: str, canary: Town) -> None:
    path, status = GIVEN_BY[what]

    answer = browser(canary.app).get(path)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_static_file_may_be_kept_for_an_hour(canary: Town) -> None:
    with browser(canary.app).get("/static/css/directory.css") as answer:
        given = {name: answer.headers.get(name) for name in HEADERS}

    assert given == HEADERS | {"Cache-Control": "public, max-age=3600"}


def test_https_is_asked_for_where_the_application_stands_behind_it(canary: Town) -> None:
    plain = browser(canary.app).get("/start").headers
    canary.app.config["SETTINGS"] = canary.settings.model_copy(update={"behind_https": True})

    secure = browser(canary.app).get("/start").headers

    assert "Strict-Transport-Security" not in plain
    assert secure["Strict-Transport-Security"] == HSTS


def test_a_sound_page_has_no_fault() -> None:
    assert faults_of(SOUND.format("<p>Words</p>")) == ()


@pytest.mark.parametrize("what", UNSOUND)
def test_an_unsound_page_is_objected_to(what: str) -> None:
    assert len(faults_of(SOUND.format(UNSOUND[what]))) >= 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Total-Count", "3"),
        ("Cache-Control", "private"),
        ("Set-Cookie", "seen=1; Path=/"),
        ("Content-Security-Policy", "script-src 'unsafe-inline'"),
        ("Location", "/families?who=Wrenna+Quillfeather"),
        ("Content-Type", "text/html; name=Quillfeather"),
    ],
)
def test_a_header_that_should_not_be_is_objected_to(name: str, value: str, canary: Town) -> None:
    client = browser(canary.app, PRIYA)
    _answering(canary, lambda response: response.headers.set(name, value))

    with pytest.raises(AssertionError):
        client.get("/start")


def test_a_fact_in_a_log_is_objected_to(canary: Town) -> None:
    client = browser(canary.app, PRIYA)
    _answering(canary, lambda _response: canary.app.logger.error("looked at %s", "Quillfeather"))

    with pytest.raises(AssertionError, match="wrenna: name"):
        client.get("/start")


def test_every_client_of_the_suite_is_the_checking_one(canary: Town) -> None:
    assert isinstance(canary.app.test_client(), CheckingClient)


def _answering(town: Town, change: Callable[[Response], object]) -> None:
    def spoil(response: Response) -> Response:
        change(response)
        return response

    town.app.after_request_funcs.setdefault(None, []).insert(0, spoil)
