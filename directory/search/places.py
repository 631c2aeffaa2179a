"""Reduce postcodes, streets and houses to numbers that compare fast."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from directory.search.names import folded, sounds

_ALPHABET = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODES = {character: number for number, character in enumerate(_ALPHABET)}
_BASE = len(_ALPHABET)
_SEPARATORS = re.compile(r"[\s\-.,]+")
_WHOLE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_PART = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(?: (\d)?)?")
_DIGITS = frozenset("0123456789")
_ALIKE = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"}
_HOUSE = re.compile(r"[^a-z0-9]+")
_KINDS_OF_STREET = """
road rd street st avenue ave av lane ln close cl drive dr court ct crescent cres grove gr place pl
terrace terr way gardens gdns park square sq mews rise hill view walk the
"""
_STREET_KINDS = frozenset(_KINDS_OF_STREET.split())
_INWARD_SIZE = 3

MOST_CACHED_PLACES = 10_000
"""Streets, houses and postcodes of each that one process keeps, the longest unused going first."""

_SHORTEST_WHOLE = 5


@dataclass(frozen=True, kw_only=True)
class Postcode:
    """Hold a postcode as far as it is known: its outward half, a sector digit, the whole."""

    outward: str
    inward: str = ""

    @classmethod
    @lru_cache(MOST_CACHED_PLACES)
    def read(cls, text: str) -> Self | None:
        """Return the postcode, whole or in part, that `text` spells, or None for anything else."""
        spaced = _SEPARATORS.sub(" ", text[:16].upper()).strip()
        tight = spaced.replace(" ", "")
        if whole := (_WHOLE.fullmatch(tight) or _WHOLE.fullmatch(_mended(tight))):
            return cls(outward=whole[1], inward=whole[2])
        if part := _PART.fullmatch(spaced):
            return cls(outward=part[1], inward=part[2] or "")
        return None

    @cached_property
    def outward_code(self) -> int:
        """Return the outward half as a number above 0."""
        return _encoded(self.outward, 4)

    @cached_property
    def inward_code(self) -> int:
        """Return the whole inward half as a number above 0, or 0 if it is not known whole."""
        return _encoded(self.inward, _INWARD_SIZE) if len(self.inward) == _INWARD_SIZE else 0

    @cached_property
    def sector_code(self) -> int:
        """Return the sector digit as a number above 0, or 0 if it is not known."""
        return _CODES[self.inward[0]] if self.inward else 0


def _mended(tight: str) -> str:
    """Return `tight` with letters and digits that are taken for each other put right."""
    if len(tight) < _SHORTEST_WHOLE:
        return tight
    outward, inward = tight[:-_INWARD_SIZE], tight[-_INWARD_SIZE:]
    letters = {digit: letter for letter, digit in _ALIKE.items()} | {"1": "I"}
    start = "".join(letters.get(character, character) for character in outward[:1])
    rest = outward[1:-1] + _ALIKE.get(outward[-1], outward[-1]) if len(outward) > 1 else ""
    end = _ALIKE.get(inward[0], inward[0]) + "".join(letters.get(each, each) for each in inward[1:])
    return start + rest + end


def _encoded(text: str, size: int) -> int:
    number = 0
    for character in text.ljust(size):
        number = number * _BASE + _CODES[character]
    return number


def characters_apart(
    one: NDArray[np.uint64], other: NDArray[np.uint64], *, size: int
) -> NDArray[np.int64]:
    """Return in how many of `size` places each pair of codes differs."""
    apart = np.zeros(np.broadcast_shapes(one.shape, other.shape), dtype=np.int64)
    for place in range(size):
        weight = np.uint64(_BASE**place)
        apart += (one // weight) % np.uint64(_BASE) != (other // weight) % np.uint64(_BASE)
    return apart


@lru_cache(MOST_CACHED_PLACES)
def street_code(street: str) -> int:
    """Return a number above 0 for what `street` sounds like, its kind left out; 0 for no street."""
    parts = folded(street).split()
    telling = [part for part in parts if part not in _STREET_KINDS] or parts
    if not telling:
        return 0
    return _hashed("".join(f"{sounds(part)[0]:x}." for part in sorted(telling)))


@lru_cache(MOST_CACHED_PLACES)
def house_code(house: str) -> int:
    """Return a number above 0 for the number or name `house`; 0 for none."""
    parts = _HOUSE.sub(" ", house[:64].lower()).split()
    kept = [part for part in parts if part not in {"flat", "apartment", "apt", "unit", "no"}]
    joined = " ".join(kept)
    for number, letter in pairwise(kept):
        if number.isdigit() and len(letter) == 1:
            joined = joined.replace(f"{number} {letter}", f"{number}{letter}")
    return _hashed(joined) if joined else 0


def _hashed(text: str) -> int:
    """Return a 32-bit number above 0 for `text`, the same everywhere."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") or 1


def sector_code_of_digit(digit: int) -> int:
    """Return the sector's code of one `digit`."""
    return _CODES[str(digit)]


def outward_of(code: int) -> str:
    """Return the outward half that `code` stands for."""
    letters = ""
    while code:
        code, place = divmod(code, _BASE)
        letters = _ALPHABET[place] + letters
    return letters.strip()
