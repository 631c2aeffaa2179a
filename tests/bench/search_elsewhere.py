"""Take name stock from elsewhere: the lists of the library Faker, nothing of which is ours.

What is read is the data of `pip install --no-deps --target FOLDER faker`; the library is no
dependency of the product or of its tests.
"""

import importlib
import sys
from pathlib import Path

from anyascii import anyascii

from tests.bench.search_names import NameGroup

SHARES = {
    "en_GB": 0.50,
    "en_IE": 0.10,
    "pl_PL": 0.10,
    "tr_TR": 0.08,
    "en_PK": 0.08,
    "en_IN": 0.05,
    "yo_NG": 0.03,
    "ru_RU": 0.02,
    "hi_IN": 0.02,
    "fr_DZ": 0.02,
}
"""Which lists make up how much of the population; those in other scripts are transliterated."""


def groups_from(libraries: Path) -> tuple[NameGroup, ...]:
    """Return the name groups that the libraries in a folder hold."""
    sys.path.insert(0, str(libraries.resolve()))
    try:
        return tuple(_group(locale, share) for locale, share in SHARES.items())
    finally:
        sys.path.pop(0)


def _group(locale: str, share: float) -> NameGroup:
    names = importlib.import_module(f"faker.providers.person.{locale}").Provider
    every = _first(names, "first_names")
    return NameGroup(
        share=share,
        boys=_first(names, "first_names_male") or every,
        girls=_first(names, "first_names_female") or every,
        surnames=_first(names, "unisex_last_names", "last_names_male", "last_names"),
        double_barrelled=0.04 if locale == "en_GB" else 0.0,
    )


def _first(names: object, *lists: str) -> tuple[str, ...]:
    """Return the first of the lists that there is, in Latin letters, one word each."""
    for each in lists:
        plain = (_plain(str(name)) for name in getattr(names, each, ()))
        kept = tuple(dict.fromkeys(name for name in plain if name))
        if kept:
            return kept
    return ()


def _plain(name: str) -> str:
    """Return a name in Latin letters as a clerk would enter it, or nothing if it is several."""
    latin = name if name.isascii() or _is_latin(name) else anyascii(name).title()
    return latin if " " not in latin.strip() else ""


def _is_latin(name: str) -> bool:
    return all(ord(each) < 0x250 for each in name)  # as far as Latin Extended-B
