"""Copy GOV.UK Frontend's built files into static/, without what only gov.uk may use.

Run `npm ci --ignore-scripts` in this folder first; then `python vendor.py` writes the files and
`python vendor.py --check` fails when they differ from what the locked package would give.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
STATIC: Final = HERE.parents[1] / "static"
PACKAGE: Final = "govuk-frontend"
SHEET: Final = "govuk-frontend.min.css"
SCRIPT: Final = "govuk-frontend.min.js"
MANIFEST: Final = "MANIFEST.json"

# Each pattern is one thing that only gov.uk may use, and how often the locked version has it.
STRIPPED: Final = (
    (r"/\*! Copyright \(c\) 2011 by Margaret Calvert[^*]*\*/", 1),
    (r"@font-face\{font-family:GDS Transport;[^}]*\}", 2),
    (r"GDS Transport,", 55),
    # The crest: a plain picture, a mask where masks are known, a colour where colours are forced.
    (r"\.govuk-footer__copyright-logo:before\{[^}]*\}", 3),
    (r"@supports[^{]*mask-position[^{]*\{@media screen and \(forced-colors:active\)\{\}\}", 1),
    (r"\.govuk-footer__crown\{[^}]*\}", 1),
)
SOURCE_MAP: Final = re.compile(r"\n?(?:/\*#|//#) sourceMappingURL=\S+(?: \*/)?\n?\Z")


class Unexpected(Exception):
    """Say that the package does not hold what this recipe was written for."""


def sheet_without_brand(css: str) -> str:
    """Return the style sheet without the gov.uk typeface, crown and crest.

    Raises `Unexpected` when a pattern is found more or less often than in the locked version.
    """
    for pattern, times in STRIPPED:
        css, found = re.subn(pattern, "", css)
        if found != times:
            message = f"{pattern!r} was found {found} times, not {times}"
            raise Unexpected(message)
    return SOURCE_MAP.sub("\n", css)


def locked() -> dict[str, str]:
    """Return the package's version, integrity and licence as the lock names them."""
    packages = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    entry = packages[f"node_modules/{PACKAGE}"]
    return {name: entry[name] for name in ("version", "integrity", "license")}


def built() -> dict[str, bytes]:
    """Return each file to ship, by name, made from the installed package."""
    root = HERE / "node_modules" / PACKAGE
    installed = json.loads((root / "package.json").read_text("utf-8"))["version"]
    if installed != locked()["version"]:
        message = f"{PACKAGE} {installed} is installed, {locked()['version']} is locked"
        raise Unexpected(message)
    dist = root / "dist" / "govuk"
    files = {
        SHEET: sheet_without_brand((dist / SHEET).read_text("utf-8")).encode(),
        SCRIPT: SOURCE_MAP.sub("\n", (dist / SCRIPT).read_text("utf-8")).encode(),
        "LICENSE.txt": (HERE / f"LICENSE-{PACKAGE}.txt").read_bytes(),
    }
    return files | {MANIFEST: manifest(files)}


def manifest(files: dict[str, bytes]) -> bytes:
    """Return the manifest's text: the package as locked, and the sha256 of each shipped file."""
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    content = {"package": PACKAGE, **locked(), "sha256": sums}
    return (json.dumps(content, indent=2) + "\n").encode()


def drifted(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Return the names in `folder` that are missing, different or not ours, in order."""
    present = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    strange = present - files.keys()
    changed = {
        name
        for name, content in files.items()
        if name not in present or (folder / name).read_bytes() != content
    }
    return sorted(strange | changed)


def main() -> int:
    """Write the files, or with --check only compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    checking = parser.parse_args().check
    files = built()
    folder = STATIC / f"{PACKAGE}-{locked()['version']}"
    if checking:
        names = drifted(folder, files)
        sys.stdout.write(f"drifted: {', '.join(names)}\n" if names else "no drift\n")
        return 1 if names else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    sys.stdout.write(f"wrote {len(files)} files to static/{folder.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
