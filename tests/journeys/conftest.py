"""The fixtures of journeys: the town, its address, and somebody at a screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import browser as browsers
from tests.journeys.browser import Person, sit_down
from tests.town import Town, opened, served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield Chromium."""
    with browsers.started() as started:
        yield started


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Yield the demonstration's town."""
    with opened(tmp_path) as town:
        yield town


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    """Yield where the town is served."""
    with served(town) as address:
        yield address


@pytest.fixture
def person(browser: Browser, address: str) -> Iterator[Person]:
    """Yield somebody at a screen, and fail if the browser complained."""
    someone = sit_down(browser, address)
    yield someone
    assert someone.complaints == []
