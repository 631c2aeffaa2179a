"""The fixtures that every floor's tests may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.store.engine import Database
from tests import engines


@pytest.fixture(params=engines.ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Yield an empty database, opened as the application, on each engine in turn."""
    with engines.ready(request.param, tmp_path) as place, engines.opened(place.url) as opened:
        yield opened
