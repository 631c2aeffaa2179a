"""The small council that operations are tried in, where a test module has none of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.accounts_world import World
from tests.operations.audit_world import council


@pytest.fixture
def here(tmp_path: Path) -> Iterator[World]:
    with council(tmp_path) as opened:
        yield opened
