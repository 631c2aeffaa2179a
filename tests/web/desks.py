"""An IG lead at her desk, for the pages of her investigations."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin

from werkzeug.test import TestResponse

from directory.app import Means, build
from directory.settings import Settings
from tests.factories import NOON
from tests.operations.accounts_world import CHEAP, World
from tests.operations.audit_world import IG_EMAIL, asha, ines, look
from tests.web.accounts_site import Browser

MATTER, REASON = "IG/77", "A complaint of 20 November"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An IG lead at her desk, in a council where Asha looked at Ewan's family an hour ago."""

    here: World
    browser: Browser

    def open_one(self) -> str:
        """Open an investigation, and return its address."""
        self.browser.open("/investigations")
        answer = self.browser.send("/investigations", {"matter": MATTER, "reason": REASON})
        return answer.location

    def asked(self, path: str, **typed: str) -> TestResponse:
        """Send a form of a fresh investigation's page, and open what it leads to."""
        investigation = self.open_one()
        answer = self.browser.send(f"{investigation}/{path}", typed)
        return self.browser.open(answer.location)

    def follow(self, page: TestResponse, words: str) -> TestResponse:
        """Follow the page's first link that begins with `words`."""
        link = re.search(rf'<a[^>]* href="([^"]*)"[^>]*>{words}', page.text)
        assert link is not None, page.text
        return self.browser.open(urljoin(page.request.path, unescape(link[1])))

    def sit_down_as(self, email: str) -> None:
        """Let somebody else, at work already, sit at this desk."""
        self.browser.put_token(f"working {email}")


def desk_in(here: World) -> Desk:
    """Return Ines at her desk, once Asha has looked."""
    look(here, asha(here))
    ines(here)
    means = Means(
        ledger=here.ledger,
        settings=Settings(training=True, council_name="Northshire"),
        passwords=CHEAP,
        csrf_key=bytes(32),
        clock=lambda: NOON + HOUR + timedelta(minutes=1),
        holidays=frozenset(),
    )
    app = build(means)
    desk = Desk(here=here, browser=Browser(app.test_client()))
    desk.sit_down_as(IG_EMAIL)
    return desk


def plain(page: TestResponse) -> str:
    """Return what the page's main part says, in one line."""
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())
