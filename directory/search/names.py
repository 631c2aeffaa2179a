"""Reduce names as written to plain words, and words to what they sound like."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from doublemetaphone import doublemetaphone
from rapidfuzz.distance import JaroWinkler

LONGEST_FIELD = 64
"""Characters of a field that are read; the rest is ignored."""

MOST_WORDS = 6
"""Words of a field that are read."""

MOST_CACHED_NAMES = 20_000
"""Names whose words and sounds one process keeps, the longest unused going first: 10 MB at most."""

_LONGEST_WORD = 32
_LIKE = 0.84
_SHORTEST_REST = 4
_NOT_A_LETTER = re.compile(r"[^a-z]+")
_APOSTROPHES = str.maketrans("", "", "'\"`’\u2018\u00b4\u02bb\u02bc")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouyhw]")

# Written apart or together at will, and no name without what follows.
_JOINED = frozenset({"o", "mc", "mac", "fitz"})
# Left out at will: no evidence where another word remains.
_PARTICLES_AND_TITLES = """
al el ul ur ud ad as ibn bin bint abu umm de da do dos das del della di du la le van von der den
ter ten ap ab mr mrs ms miss mx dr master
"""
_LIGHT = frozenset(_PARTICLES_AND_TITLES.split())


def folded(text: str) -> str:
    """Return `text` in lower-case plain letters, every other character as a space.

    Letters of any script become their nearest plain ones; only LONGEST_FIELD characters are read.
    """
    text = text[: 4 * LONGEST_FIELD].translate(_APOSTROPHES)
    if not text.isascii():
        text = plain(unicodedata.normalize("NFKC", text)[: 2 * LONGEST_FIELD])
    return _NOT_A_LETTER.sub(" ", text[:LONGEST_FIELD].lower()).strip()


def plain(text: str) -> str:
    """Return `text` with letters and digits transliterated, marks dropped, the rest as spaces."""
    kept = "".join(
        character
        if (category := unicodedata.category(character))[0] in "LN"
        else ("" if category[0] == "M" or category == "Cf" else " ")
        for character in text
    )
    return anyascii(kept).translate(_APOSTROPHES)


@lru_cache(MOST_CACHED_NAMES)
def words(text: str) -> tuple[str, ...]:
    """Return the words of the name `text`: folded, particles joined or left out, at most six."""
    parts = folded(text).split()
    joined: list[str] = []
    pending = ""
    for part in parts:
        if part in _JOINED and not pending:
            pending = part
            continue
        joined.append(pending + part)
        pending = ""
    if pending:
        joined.append(pending)
    heavy = [part for part in joined if part not in _LIGHT] or joined
    return tuple(dict.fromkeys(part[:_LONGEST_WORD] for part in heavy[:MOST_WORDS]))


def without_particle(word: str) -> str:
    """Return `word` without a particle written together with it, or an empty text."""
    for size in (2, 3):
        if word[:size] in _LIGHT and len(word) >= size + _SHORTEST_REST:
            return word[size:]
    return ""


@lru_cache(MOST_CACHED_NAMES)
def sounds(word: str) -> tuple[int, int]:
    """Return the two codes of what the folded `word` may sound like, each packed in 64 bits.

    A word without a code of its own, such as a letter, sounds like itself.
    """
    first, second = doublemetaphone(word)
    first = first or word[:4]
    return _packed(first), _packed(second or first)


def sound_alike(one: str, other: str) -> bool:
    """Return whether two folded words share a code of what they sound like and look alike too.

    Alike is a Jaro-Winkler likeness of .84: the code alone takes Lee for Low.
    """
    if not set(sounds(one)) & set(sounds(other)):
        return False
    return JaroWinkler.similarity(one, other) >= _LIKE


def _packed(code: str) -> int:
    return int.from_bytes(code[:8].encode("ascii"), "big")


def skeleton(word: str) -> str:
    """Return the first letter and the consonants of the folded `word`, doubled ones once."""
    return word[:1] + _DOUBLED.sub(r"\1", _VOWELS.sub("", word[1:]))
