"""A real browser for journeys: Debian's Chromium, in which any console error is a failure."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def started() -> Iterator[Browser]:
    """Yield Chromium, or skip the test with the reason."""
    if not CHROMIUM.exists() and shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        yield browser
        browser.close()


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody at a screen: what they do, and whether the browser complained."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in as the account of `email`."""
        self.page.goto(f"{self.address}/sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def act_as(self, role: str) -> None:
        """Choose the role to act in, where the account has several."""
        self.page.get_by_label(role).check()
        self.page.get_by_role("button", name="Continue").click()

    def search(self, **fields: str) -> None:
        """Search for a person by the boxes named."""
        self.page.goto(f"{self.address}/search")
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(text)
        self.page.get_by_role("button", name="Search").click()

    def choose(self, name: str) -> None:
        """Choose the result called `name`."""
        self.page.get_by_role("button", name=f"Choose {name}").click()

    def says(self, text: str) -> bool:
        """Return whether the page says `text`."""
        return text in self.text()

    def line(self, service: str) -> str:
        """Return the first line about `service`, on one line."""
        name = self.page.get_by_text(service, exact=True)
        line = self.page.get_by_role("listitem").filter(has=name).first
        return " ".join(line.inner_text().split())

    def text(self) -> str:
        """Return what the page's main part says."""
        return self.page.inner_text("main")

    def complain(self, kind: str, words: str) -> None:
        """Keep an error of the browser's console; an answer that is not 200 is no error."""
        if kind == "error" and not words.startswith("Failed to load resource"):
            self.complaints.append(words)

    def faults(self) -> list[str]:
        """Return what axe finds wrong with the page as it is."""
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": _RULES}})
        return [f"{each['id']}: {each['help']}" for each in found.response["violations"]]

    def overflows(self) -> bool:
        """Return whether the page must be scrolled sideways."""
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )


def sit_down(browser: Browser, address: str, *, scripts: bool = True, width: int = 1280) -> Person:
    """Return somebody at a fresh screen; a console error or a failed script fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    page = context.new_page()
    person = Person(page=page, address=address)
    page.on("pageerror", lambda error: person.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: person.complain(message.type, message.text),
    )
    return person
