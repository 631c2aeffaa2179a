"""Say which release of the product this is, installed or checked out."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_DISTRIBUTION = "safeguarding-contact-directory"
_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def product_version() -> str:
    """Return the version of this release."""
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])
