"""A browser in an attacker's hands: it sends what no page offers."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from directory.demo import PASSWORD
from tests.town import Town

_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')
_HIT = re.compile(r'href="(/search/[0-9a-f-]{36}/([0-9a-f-]{36}))"')
_CARD = re.compile(r'href="(/families/[0-9a-f-]{36}/[0-9a-f-]{36}/[a-z_]+)"')
ASHA, CALLUM, PRIYA, HELEN, SAM = (
    f"{who}@northshire.example"
    for who in ("asha.rahman", "callum.reid", "priya.nair", "helen.ashworth", "sam.okoro")
)
IMRAN, MARIE = "imran.sheikh@police.northshire.example", "marie.thornton@hillside-homes.example"


class Intruder:
    """One browser with its own cookies, and the form token of the last page it was shown."""

    def __init__(self, town: Town, email: str = "", *, role: str = "") -> None:
        """Open the browser, signed in as `email` and acting in `role` if they are given."""
        self._client = FlaskClient(town.app, town.app.response_class)
        self._token = ""
        if email:
            self.open("/sign-in")
            self.send("/sign-in", email=email, password=PASSWORD)
        if role:
            self.open("/role")
            self.send("/role", role=role)
        self.open("/session")

    def open(self, path: str) -> TestResponse:
        """Ask for a page."""
        return self._noted(self._client.get(path))

    def send(self, path: str, **fields: str) -> TestResponse:
        """Send a form with the token of the last page."""
        return self._noted(self._client.post(path, data={"csrf_token": self._token} | fields))

    def search(self, **typed: str) -> TestResponse:
        """Search, and return the page of results."""
        return self.open(self.send("/search", **typed).location)

    def board(self, choice: str, *, purpose: str) -> str:
        """Say why one looks at the person of `choice`, and return the address it leads to."""
        self.open(choice)
        return self.send(choice, purpose=purpose, reason="REF/2026/104").location or ""

    def _noted(self, answer: TestResponse) -> TestResponse:
        found = _TOKEN.search(answer.text)
        self._token = found[1] if found else self._token
        return answer


def hits(results: TestResponse) -> dict[str, str]:
    """Return the people of a page of results: the address to choose each by, by reference."""
    return {person: path for path, person in _HIT.findall(results.text)}


def cards(board: TestResponse) -> list[str]:
    """Return the addresses of the cards a board leads to."""
    return _CARD.findall(board.text)


def grant(town: Town, email: str, role: str) -> None:
    """Let the administrator grant `role` to the account of `email` through the pages."""
    administrator = Intruder(town, SAM)
    administrator.open("/accounts")
    account = administrator.send("/accounts/find", email=email).location
    assert administrator.send(f"{account}/roles", role=role).status_code == 303
