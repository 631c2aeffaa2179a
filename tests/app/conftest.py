"""The data folder that the environment names, not made yet."""

from pathlib import Path

import pytest


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIRECTORY_DATA", str(tmp_path / "data"))
    return tmp_path / "data"
