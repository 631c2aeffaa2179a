"""Every client of a page test checks what it is answered, and the council of the canary."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.operations.accounts_world import settle, world
from tests.town import Town
from tests.web.accounts_site import Site, site
from tests.web.canary import standing
from tests.web.checking import CheckingClient

Flask.test_client_class = CheckingClient


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Town]:
    """Yield a fresh council of the canary's people."""
    with standing(tmp_path / "canary") as town:
        yield town


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """Yield a site, with an account in the module's ROLES if it names any."""
    with world(tmp_path) as here:
        if hasattr(request.module, "ROLES"):
            settle(here, roles=request.module.ROLES)
        yield site(here)
