"""Every client of a page test checks what it is answered, and the council of the canary."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.town import Town
from tests.web.canary import standing
from tests.web.checking import CheckingClient

Flask.test_client_class = CheckingClient


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Town]:
    """Yield a fresh council of the canary's people."""
    with standing(tmp_path / "canary") as town:
        yield town
