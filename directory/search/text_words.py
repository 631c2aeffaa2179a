"""Reduce a text to plain words, and tell which known words a typed one may have been meant for."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.names import plain

LONGEST_TYPED = 200
"""Characters of a typed text that are read; the rest is ignored."""

MOST_TYPED_WORDS = 6
"""Words of a typed text that are read."""

MOST_NEAR = 16
"""Known words that one typed word is taken for."""

EXACT, BEGUN, ONE_SLIP, TWO_SLIPS = 1.0, 0.8, 0.6, 0.4
"""How much a known word counts that is the typed one, begins so, or is one or two slips away."""

_LONGEST_BODY = 20_000
_LONGEST_WORD = 32
_SHORTEST_BEGUN = 2
_SHORTEST_WITH_A_SLIP = 4
_SHORTEST_WITH_TWO = 7
_SHORTEST_BEGUN_WITH_A_SLIP = 5
_APOSTROPHES = str.maketrans("", "", "'`’\u2018\u00b4")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_LIGHT_WORDS = "a an and at for in is of on or the to with"
_LIGHT = frozenset(_LIGHT_WORDS.split())


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that is kept, in plain small letters and digits, in order."""
    kept = text[:_LONGEST_BODY].translate(_APOSTROPHES)
    if not kept.isascii():
        kept = plain(unicodedata.normalize("NFKC", kept))
    parts = _BETWEEN.split(kept.lower())
    return tuple(part[:_LONGEST_WORD] for part in parts if part)


def typed_words(text: str) -> tuple[str, ...]:
    """Return the few words of a typed text that something is found by, each once.

    Small words are left out where others remain; signs of a query language are only signs.
    """
    found = tuple(dict.fromkeys(words_of(text[:LONGEST_TYPED])))
    heavy = tuple(word for word in found if word not in _LIGHT) or found
    return heavy[:MOST_TYPED_WORDS]


def near(word: str, known: Sequence[str]) -> dict[str, float]:
    """Return the `known` words, which are sorted, that `word` may be meant for, with their weight.

    A slip is a letter left out, put in, changed or swapped with the next; numbers have none.
    """
    found: dict[str, float] = dict.fromkeys(_begun(word, known), BEGUN)
    if not word.isdigit():
        for other, slips in _slipped(word, known):
            found.setdefault(other, ONE_SLIP if slips == 1 else TWO_SLIPS)
    if not found and len(word) >= _SHORTEST_BEGUN_WITH_A_SLIP and not word.isdigit():
        found = dict.fromkeys(_begun_with_a_slip(word, known), TWO_SLIPS)
    place = bisect_left(known, word)
    if known[place : place + 1] == [word]:
        found[word] = EXACT
    best = sorted(found.items(), key=lambda each: (-each[1], len(each[0]), each[0]))
    return dict(best[:MOST_NEAR])


def sorted_words(words: Iterable[str]) -> list[str]:
    """Return `words` each once and sorted, as `near` takes them."""
    return sorted(set(words))


def _begun(word: str, known: Sequence[str]) -> list[str]:
    if len(word) < _SHORTEST_BEGUN:
        return []
    after = (known[place] for place in range(bisect_left(known, word), len(known)))
    begun = takewhile(lambda other: other.startswith(word), after)
    return sorted(begun, key=lambda other: (len(other), other))[:MOST_NEAR]


def _slipped(word: str, known: Sequence[str]) -> list[tuple[str, int]]:
    if len(word) < _SHORTEST_WITH_A_SLIP:
        return []
    most = 2 if len(word) >= _SHORTEST_WITH_TWO else 1
    matches = process.extract(
        word, known, scorer=OSA.distance, score_cutoff=most, limit=MOST_NEAR, processor=None
    )
    return [(other, int(slips)) for other, slips, _ in matches]


def _begun_with_a_slip(word: str, known: Sequence[str]) -> list[str]:
    """Return the known words whose beginning is one slip away from `word`."""
    found: dict[str, None] = {}
    for length in (len(word), len(word) + 1, len(word) - 1):
        beginnings = [other[:length] for other in known]
        matches = process.extract(
            word, beginnings, scorer=OSA.distance, score_cutoff=1, limit=MOST_NEAR, processor=None
        )
        found |= dict.fromkeys(known[place] for _, _, place in matches)
    return list(found)
