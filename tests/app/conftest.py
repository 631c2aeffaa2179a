"""An instance in a folder of its own."""

from pathlib import Path

import pytest


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder that the environment names, not made yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("DIRECTORY_DATA", str(folder))
    return folder
