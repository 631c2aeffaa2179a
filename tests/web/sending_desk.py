"""A service lead who sends lists, and what takes them beside the requests."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from werkzeug.test import TestResponse

from directory.operations.sent_folder import SentFolder
from directory.taking import work_off
from tests.town import Town
from tests.web.checking import CheckingClient
from tests.web.walks import MARIE, allow_all, browser

AS_OF = "22/11/2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A service lead at her desk."""

    town: Town
    client: CheckingClient

    @property
    def folder(self) -> SentFolder:
        """Return the folder that what she sends is kept in."""
        return SentFolder(self.town.settings.data / "sent")

    def send(self, file: bytes, *, as_of: str = AS_OF) -> TestResponse:
        """Send a file, and return what she is answered."""
        self.client.get("/extracts/send")
        named = (BytesIO(file), "list.csv")
        return self.client.send("/extracts/send", as_of=as_of, file=named)

    def checked(self, file: bytes) -> str:
        """Send a file, let it be checked, and return the address of its report."""
        location = self.send(file).location
        self.work()
        return location

    def taken(self, file: bytes) -> str:
        """Send a file and have it taken; return the address of what came of it."""
        address = self.checked(file)
        self.client.get(address)
        self.client.send(f"{address}/take")
        self.work()
        return address

    def work(self) -> None:
        """Let what was sent be gone on with."""
        work_off(self.town.ledger, self.folder, clock=self.town.clock)

    def kept(self) -> list[Path]:
        """Return the files that are kept."""
        return sorted((self.town.settings.data / "sent").glob("*"))

    def number(self, page: str) -> str:
        """Return the number that a page names."""
        found = re.search(r"<strong>(\d{6})</strong>", page)
        assert found
        return found[1]


def lead_of(town: Town, email: str = MARIE) -> Lead:
    """Return the lead of housing at her desk."""
    return Lead(town=town, client=allow_all(browser(town.app, email)))
