"""The council that operations are tried in: a small one at work, or what a module begins with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.accounts_world import World
from tests.operations.audit_world import council


@pytest.fixture
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with getattr(request.module, "BEGINS_WITH", council)(tmp_path) as opened:
        yield opened
