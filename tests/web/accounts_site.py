"""The pages about accounts, served from a council behind the real door, with a settable clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.app import Means, build
from directory.settings import Settings
from directory.web.sign_in import DemonstrationAccount
from tests.factories import NOON
from tests.operations.accounts_world import CHEAP, EMAIL, WORDS, World

_BUILT: list[Flask] = []  # one for the whole run: its templates are compiled once
_FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@dataclass(slots=True, kw_only=True)
class Clock:
    """What time it is, until it is set."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def go_on(self, span: timedelta) -> None:
        """Let `span` pass."""
        self.at += span


@dataclass(slots=True, kw_only=True)
class Site:
    """The application, its clock, and what stands behind it."""

    here: World
    app: Flask
    clock: Clock = field(default_factory=Clock)

    def browser(self) -> "Browser":
        """Return a browser without cookies."""
        return Browser(self.app.test_client())


class Browser:
    """A browser that fills in forms as they stand on the page it was last shown."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.hidden: dict[str, str] = {}

    def open(self, path: str) -> TestResponse:
        """Ask for a page, and read the hidden fields of its forms."""
        return self._shown(self.client.get(path))

    def send(
        self,
        path: str,
        typed: Mapping[str, str | list[str]] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        **hidden: str,
    ) -> TestResponse:
        """Send the page's form with what was typed."""
        fields = self.hidden | hidden | dict(typed or {})
        return self._shown(self.client.post(path, data=fields, headers=dict(headers or {})))

    def sign_in(self, email: str = EMAIL, password: str = WORDS, **more: str) -> TestResponse:
        """Go through the sign-in page."""
        self.open("/sign-in")
        answer = self.send("/sign-in", {"email": email, "password": password} | more)
        if answer.status_code == 303:
            self.open(answer.location)
        return answer

    def token(self) -> str:
        """Return the session's token as the cookie holds it."""
        cookie = self.client.get_cookie("directory") or self.client.get_cookie("__Host-directory")
        return cookie.value if cookie else ""

    def put_token(self, value: str) -> None:
        """Plant a session cookie."""
        self.client.set_cookie("directory", value)

    def _shown(self, answer: TestResponse) -> TestResponse:
        if answer.mimetype == "text/html" and answer.status_code != 303:
            pairs = _FIELD.findall(answer.text)
            self.hidden = {unescape(name): unescape(value) for name, value in pairs}
        return answer


def site(here: World, *, settings: Settings | None = None) -> Site:
    """Return the site; without settings it is the demonstration."""
    made = Site(here=here, app=_application(here))
    made.app.config.update(
        SETTINGS=settings or Settings(training=True, council_name="Northshire"),
        LEDGER=here.ledger,
        CLOCK=made.clock,
    )
    return made


def _application(here: World) -> Flask:
    """Return the one application of this run: what a test differs in stands in its config."""
    if not _BUILT:
        asha = DemonstrationAccount(
            email=EMAIL, display_name="Asha Rahman", roles="Social worker", password=WORDS
        )
        _BUILT.append(
            build(
                Means(
                    ledger=here.ledger,
                    settings=Settings(),
                    passwords=CHEAP,
                    csrf_key=bytes(32),
                    clock=Clock(),
                    holidays=frozenset(),
                    demonstration=(asha,),
                )
            )
        )
    return _BUILT[0]
