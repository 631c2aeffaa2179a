"""The demonstration's town, fresh for each attack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.town import Town, opened


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Yield a copy of the town."""
    with opened(tmp_path) as place:
        yield place
