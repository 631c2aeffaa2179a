"""Hold the vendored front-end files to their manifest and free of what only gov.uk may use."""

import hashlib
import json
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
VENDORED: Final = ROOT / "static" / "govuk-frontend-6.3.0"
MANIFEST: Final = json.loads((VENDORED / "MANIFEST.json").read_text("utf-8"))
LOCK: Final = ROOT / ".ci" / "assets" / "package-lock.json"


def sums() -> dict[str, str]:
    """Return the sha256 of every vendored file but the manifest, by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDORED.iterdir()
        if path.name != "MANIFEST.json"
    }


def test_the_vendored_files_are_those_of_the_manifest() -> None:
    assert sums() == MANIFEST["sha256"]


def test_the_manifest_names_the_locked_package() -> None:
    entry = json.loads(LOCK.read_text("utf-8"))["packages"]["node_modules/govuk-frontend"]

    named = {part: MANIFEST[part] for part in ("version", "integrity", "license")}

    assert named == {part: entry[part] for part in named}


def test_the_folder_carries_the_version() -> None:
    assert VENDORED.name == f"{MANIFEST['package']}-{MANIFEST['version']}"


def test_the_lock_holds_no_address() -> None:
    assert "resolved" not in LOCK.read_text("utf-8")


@pytest.mark.parametrize("word", ["url(/assets", "GDS Transport", "crest", "@font-face", "crown"])
def test_nothing_that_only_gov_uk_may_use_is_left(word: str) -> None:
    sheet = (VENDORED / "govuk-frontend.min.css").read_text("utf-8")

    assert word.lower() not in sheet.lower()


def test_the_licence_lies_beside_the_files() -> None:
    assert "MIT License" in (VENDORED / "LICENSE.txt").read_text("utf-8")
