"""Render policy's tables for reading: matrix.txt for the diff, docs/policy.md for people."""

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from directory.policy.permissions import POLICY_VERSION
from tests.policy.masks import every_table
from tests.policy.tables import NONE, YES, Table

MATRIX = Path(__file__).with_name("matrix.txt")
VERSIONS = Path(__file__).with_name("versions.txt")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "policy.md"
PREFACE = """\
Who may do, find and see what. Computed from directory/policy; compared by a test.
After a change that is meant: make matrix. The information governance lead approves the diff.
"""
_BLOCK = re.compile(r"(<!-- table: (?P<key>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_SPELT = {
    "caldicott": "Caldicott",
    "childrens": "children’s",
    "dpo": "DPO",
    "gp": "GP",
    "ig": "IG",
    "lado": "LADO",
    "ofsted": "Ofsted",
    "siro": "SIRO",
}


def as_text(shown: Iterable[Table]) -> str:
    """Return the tables in the words of the code, their columns aligned."""
    return PREFACE + "".join(f"\n# {each.title}\n{_aligned(each)}" for each in shown)


def as_page(page: str, shown: Iterable[Table]) -> str:
    """Return `page` with every marked table written anew in plain words."""
    by_key = {each.key: each for each in shown}
    return _BLOCK.sub(lambda found: found[1] + _markdown(by_key[found["key"]]) + found[3], page)


def keys_of(page: str) -> list[str]:
    """Return the keys of the tables that `page` marks."""
    return [found["key"] for found in _BLOCK.finditer(page)]


def plain(word: str) -> str:
    """Return a word of the code as people write it."""
    if word in {YES, NONE}:
        return "yes" if word == YES else "–"
    return " ".join(_SPELT.get(each, each) for each in word.split("_"))


def _aligned(table: Table) -> str:
    lines = (table.heads, *table.rows)
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def _markdown(table: Table) -> str:
    rule = tuple("---" for _ in table.heads)
    lines = (map(plain, table.heads), rule, *(map(plain, row) for row in table.rows))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def digest(text: str) -> str:
    """Return what stands for the tables in VERSIONS."""
    return sha256(text.encode()).hexdigest()[:16]


def versions() -> dict[str, str]:
    """Return the digest of the tables under each version, the last one last."""
    return dict(line.split() for line in VERSIONS.read_text("ascii").splitlines())


def enter_version(text: str) -> None:
    """Enter the tables under the version of policy; refuse a version that stands for others."""
    known = versions()
    if known.setdefault(POLICY_VERSION, digest(text)) != digest(text):
        raise SystemExit("policy has changed: set a new POLICY_VERSION, then run this again")
    lines = (f"{version} {each}\n" for version, each in known.items())
    VERSIONS.write_text("".join(lines), "ascii")


if __name__ == "__main__":  # pragma: no cover - make matrix comes here
    enter_version(as_text(every_table()))
    MATRIX.write_text(as_text(every_table()), "utf-8")
    PAGE.write_text(as_page(PAGE.read_text("utf-8"), every_table()), "utf-8")
