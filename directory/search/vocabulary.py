"""Know every name token in the directory, and which of them a typed word may stand for."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from enum import IntEnum
from itertools import product
from threading import RLock
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cdist

from directory.search.aliases import variants
from directory.search.features import Token, TokenKind
from directory.search.names import skeleton, sounds, without_particle
from directory.search.places import Postcode

Indexes = NDArray[np.int64]

MOST_CACHED_WORDS = 20_000
"""Typed words whose matches one process keeps; the longest unused goes first."""

PAIRED_BY = "~"
"""Stands between the two names of a pair's token."""

_DIGEST_MASK = 0x7FFFFFFFFFFFFFFF
_SIGNATURE_BITS = 128
_SHORT = 4
_SHORTEST_TELLING = 3
_TWO_EDITS = 2
_SHARED_OF_SHORT, _SHARED = 0.3, 0.42
"""How much of their pairs of letters two names share that are worth comparing."""

_LIKE, _LESS_LIKE = 0.90, 0.84
"""Jaro-Winkler likenesses of the levels NEAR and FAR."""

_GROWING = ("texts", "ids", "_ordered", "_places", "_cached")
_PARTICLES = ("al", "el", "o", "de", "da", "mc", "mac", "abdul")


class Level(IntEnum):
    """Say how near a token of a person is to a typed word; higher is nearer."""

    NONE = 0
    INITIAL = 1
    FAR = 2
    NEAR = 3
    SOUND = 4
    EDIT = 5
    VARIANT = 6
    EXACT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Hold a token with the number of people who have it."""

    token: Token
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Hold which names a typed word may stand for: places in the vocabulary, and levels."""

    places: Indexes
    levels: NDArray[np.int8]


class Vocabulary:
    """Hold the name tokens and their counts, for several threads.

    It holds names and counts, never who has them. Memory: about 250 bytes a name, and
    MOST_CACHED_WORDS typed words with their matches.
    """

    def __init__(
        self, tokens: Iterable[Counted] = (), *, most_cached: int = MOST_CACHED_WORDS
    ) -> None:
        """Take all tokens there are, and keep the matches of so many typed words."""
        self._most_cached = most_cached
        self.texts: list[str] = []
        self.ids: Indexes = np.zeros((0, 2), dtype=np.int64)
        self.counts: NDArray[np.float64] = np.zeros((0, 2))
        self.codes: NDArray[np.uint64] = np.zeros((0, 2), dtype=np.uint64)
        self.years: dict[int, int] = {}
        self.outwards: dict[int, int] = {}
        self.sounding: dict[int, list[int]] = {}
        self.digest = 0
        self._pairs: dict[str, frozenset[str]] = {}
        self._places: dict[str, int] = {}
        self._ordered: list[str] = []
        self._skeletons: Indexes = np.zeros(0, dtype=np.int64)
        self._signatures = np.zeros((0, 2), dtype=np.uint64)
        self._signature_sizes = np.zeros(0, dtype=np.int64)
        self._cached: OrderedDict[str, tuple[int, Matches]] = OrderedDict()
        self._lock = RLock()
        self.add(list(tokens))

    def add(self, tokens: Sequence[Counted]) -> None:
        """Add `tokens` that are not here yet; places already given stay as they are."""
        with self._lock:
            self._add(tokens)
            self._sort()

    def pair(self, pairs: Sequence[Counted]) -> None:
        """Take the two names of each of `pairs`, all there are, for variants, and no others.

        Nothing else is read or worked out anew, but for the words that a pair came or went for.
        """
        with self._lock:
            wanted = _paired(pairs)
            for name in wanted.keys() | self._pairs.keys():
                if wanted.get(name) != self._pairs.get(name):
                    self._cached.pop(name, None)
            gone = _sum_of_ids(self._pairs)
            self.digest = (self.digest + _sum_of_ids(wanted) - gone) & _DIGEST_MASK
            self._pairs = wanted

    def recounted(self, tokens: Sequence[Counted]) -> Self | None:
        """Return this vocabulary with the counts of `tokens`, all there are, and its matches.

        None where a name known here is among them no more; this one stays as it is.
        """
        with self._lock:
            if not {each.token.text for each in tokens}.issuperset(self.texts):
                return None
            other = copy(self)
        other.pair([each for each in tokens if each.token.kind is TokenKind.NAME_PAIR])
        other.counts = np.zeros_like(self.counts)
        other.years, other.outwards, other.sounding = {}, {}, {}
        other.digest = 0
        other.add(tokens)
        return other

    def __copy__(self) -> Self:
        """Return a vocabulary of the same names that changes by itself."""
        other = type(self)(most_cached=self._most_cached)
        own = {"_lock": vars(other)["_lock"]}
        own |= {name: copy(vars(self)[name]) for name in _GROWING}
        vars(other).update({**vars(self), **own})
        return other

    def people_sounding(self, code: int) -> int:
        """Return how many people have a forename or a surname with this first code."""
        return max(self.sounding.get(code, (0, 0)))

    def places_of(self, ids: Indexes) -> Indexes:
        """Return where the tokens with `ids` stand, -1 for those unknown."""
        known, places = self._sorted
        if not len(known):
            return np.full(ids.shape, -1, dtype=np.int64)
        found = np.searchsorted(known, ids).clip(max=len(known) - 1)
        return np.where(known[found] == ids, places[found], -1)

    def matches(self, word: str) -> Matches:
        """Return every name that `word` may stand for."""
        with self._lock:
            upto, known = self._cached.pop(word, (0, _NO_MATCHES))
            if upto < len(self.texts):
                known = _merged(known, self._matched(word, upto))
            self._cached[word] = (len(self.texts), known)
            if len(self._cached) > self._most_cached:
                self._cached.popitem(last=False)
            return _merged(known, self._taken_apart(word))

    def _add(self, tokens: Sequence[Counted]) -> None:
        names: list[Counted] = []
        pairs: list[Counted] = []
        for each in tokens:
            self.digest = (self.digest + each.token.id) & _DIGEST_MASK
            if each.token.kind is TokenKind.BIRTH_YEAR:
                self.years[int(each.token.text)] = each.count
            elif each.token.kind is TokenKind.NAME_PAIR:
                pairs.append(each)
            elif each.token.kind is TokenKind.OUTWARD:
                outward = Postcode(outward=each.token.text).outward_code
                self.outwards[outward] = each.count
            else:
                names.append(each)
        self._pair(pairs)
        fresh = [
            text
            for text in dict.fromkeys(each.token.text for each in names)
            if text not in self._places
        ]
        self._grow(fresh)
        for each in names:
            place = self._places[each.token.text]
            role = 1 if each.token.kind is TokenKind.SURNAME else 0
            self.ids[place, role] = each.token.id
            self.counts[place, role] = each.count
            self.sounding.setdefault(int(self.codes[place, 0]), [0, 0])[role] += each.count

    def _pair(self, pairs: Sequence[Counted]) -> None:
        """Take two names of each of `pairs` for variants; what was found before is found anew."""
        for name, others in _paired(pairs).items():
            if others - self._pairs.get(name, frozenset()):
                self._pairs = {**self._pairs, name: self._pairs.get(name, frozenset()) | others}
                self._cached.pop(name, None)

    def _grow(self, fresh: Sequence[str]) -> None:
        """Make room for new names and work out what they sound and look like."""
        size = len(fresh)
        self._places.update({text: len(self.texts) + step for step, text in enumerate(fresh)})
        self.texts.extend(fresh)
        self._ordered = sorted([*self._ordered, *fresh])
        codes = np.array([sounds(text) for text in fresh], dtype=np.uint64).reshape(size, 2)
        marks = np.array([_signature(text) for text in fresh], dtype=np.uint64).reshape(size, 2)
        bones = np.array([hash_of_skeleton(text) for text in fresh], dtype=np.int64)
        self.ids = np.concatenate([self.ids, np.zeros((size, 2), dtype=np.int64)])
        self.counts = np.concatenate([self.counts, np.zeros((size, 2))])
        self.codes = np.asfortranarray(np.concatenate([self.codes, codes]))
        self._skeletons = np.concatenate([self._skeletons, bones])
        self._signatures = np.asfortranarray(np.concatenate([self._signatures, marks]))
        self._signature_sizes = np.bitwise_count(self._signatures).sum(axis=1, dtype=np.int64)

    def _sort(self) -> None:
        """Keep the ids in order, so that many are found at once."""
        flat = self.ids.ravel()
        order = np.argsort(flat, kind="stable")
        order = order[flat[order] > 0]
        self._sorted = flat[order], order // 2

    def _matched(self, word: str, start: int) -> Matches:
        """Return the matches of `word` among the names from `start` on."""
        if len(word) == 1:
            return self._initials(word, start)
        first, second = sounds(word)
        alike = np.zeros(len(self.texts) - start, dtype=bool)
        for column, code in product((0, 1), {first, second}):
            alike |= self.codes[start:, column] == np.uint64(code)
        near = alike | self._looks_alike(word, start)
        named = self._named(word, start)
        near[[place - start for place in named]] = True
        prefixed = np.zeros(len(near), dtype=bool)
        longer = (self._places[text] for text in self._prefixed(word))
        prefixed[[place - start for place in longer if place >= start]] = True
        near |= prefixed
        spots = np.flatnonzero(near)
        places = spots + start
        levels = self._levels(word, places, alike=alike[spots], prefixed=prefixed[spots])
        for place, level in named.items():
            spot = np.searchsorted(places, place)
            levels[spot] = max(levels[spot], level)
        kept = levels > Level.NONE
        return Matches(places=places[kept], levels=levels[kept])

    def _initials(self, letter: str, start: int) -> Matches:
        """Return the names that begin with `letter`, and the letter itself where it is a name."""
        low = bisect_left(self._ordered, letter)
        high = bisect_left(self._ordered, chr(ord(letter) + 1))
        found = sorted(self._places[text] for text in self._ordered[low:high])
        places = np.array([place for place in found if place >= start], dtype=np.int64)
        levels = np.full(len(places), Level.INITIAL, dtype=np.int8)
        levels[places == self._places.get(letter, -1)] = Level.EXACT
        return Matches(places=places, levels=levels)

    def _looks_alike(self, word: str, start: int) -> NDArray[np.bool_]:
        """Return which names share enough pairs of letters with `word` to be compared."""
        low, high = _signature(word)
        shared = np.bitwise_count(self._signatures[start:, 0] & np.uint64(low))
        shared += np.bitwise_count(self._signatures[start:, 1] & np.uint64(high))
        size = low.bit_count() + high.bit_count()
        enough = _SHARED_OF_SHORT if len(word) <= _SHORT else _SHARED
        alike: NDArray[np.bool_] = 2.0 * shared >= enough * (self._signature_sizes[start:] + size)
        return alike

    def _prefixed(self, word: str) -> list[str]:
        """Return the names that begin with `word`, if it is long enough to tell."""
        if len(word) < _SHORTEST_TELLING:
            return []
        low = bisect_left(self._ordered, word)
        return self._ordered[low : bisect_left(self._ordered, word + "{")]

    def _named(self, word: str, start: int) -> dict[int, Level]:
        """Return the names that stand for `word` by rule or list, with their levels."""
        texts = dict.fromkeys(variants().get(word, ()), Level.VARIANT)
        texts |= dict.fromkeys(self._pairs.get(word, ()), Level.VARIANT)
        texts |= dict.fromkeys((particle + word for particle in _PARTICLES), Level.EDIT)
        texts[without_particle(word)] = Level.EDIT
        texts[word[0]] = Level.INITIAL
        texts[word] = Level.EXACT
        places = ((self._places.get(text, -1), level) for text, level in texts.items())
        return {place: level for place, level in places if place >= start}

    def _taken_apart(self, word: str) -> Matches:
        """Return the two names of which `word` may be written together."""
        halves: set[int] = set()
        for cut in range(_SHORTEST_TELLING, len(word) - _SHORTEST_TELLING + 1):
            head, tail = self._places.get(word[:cut]), self._places.get(word[cut:])
            if head is not None and tail is not None:
                halves |= {head, tail}
        places = np.array(sorted(halves), dtype=np.int64)
        return Matches(places=places, levels=np.full(len(places), Level.NEAR, dtype=np.int8))

    def _levels(
        self,
        word: str,
        places: Indexes,
        *,
        alike: NDArray[np.bool_],
        prefixed: NDArray[np.bool_],
    ) -> NDArray[np.int8]:
        """Return how near the names at `places` are to `word`."""
        texts = [self.texts[place] for place in places.tolist()]
        edits = cdist([word], texts, scorer=OSA.distance, score_cutoff=_TWO_EDITS, dtype=np.uint8)[
            0
        ]
        likeness = cdist([word], texts, scorer=JaroWinkler.similarity, dtype=np.float32)[0]
        same_bones = self._skeletons[places] == hash_of_skeleton(word)
        two_edits = (edits == _TWO_EDITS) & (len(word) > _SHORT)
        levels = np.select(
            [
                edits == 1,
                alike & same_bones,
                alike,
                two_edits | (likeness >= _LIKE),
                (likeness >= _LESS_LIKE) | prefixed,
            ],
            [Level.EDIT, Level.VARIANT, Level.SOUND, Level.NEAR, Level.FAR],
            default=Level.NONE,
        )
        return levels.astype(np.int8)


def _paired(tokens: Iterable[Counted]) -> dict[str, frozenset[str]]:
    """Return for each name of the pairs among `tokens` the names it is paired with."""
    found: dict[str, frozenset[str]] = {}
    for each in tokens:
        if each.token.kind is TokenKind.NAME_PAIR:
            one, _, other = each.token.text.partition(PAIRED_BY)
            found[one] = found.get(one, frozenset()) | {other}
            found[other] = found.get(other, frozenset()) | {one}
    return found


def _sum_of_ids(pairs: Mapping[str, frozenset[str]]) -> int:
    """Return what the tokens of `pairs`, each name with those it is paired with, add up to."""
    texts = (f"{one}{PAIRED_BY}{other}" for one in pairs for other in pairs[one] if one < other)
    return sum(Token(kind=TokenKind.NAME_PAIR, text=text).id for text in texts)


_NO_MATCHES = Matches(places=np.zeros(0, dtype=np.int64), levels=np.zeros(0, dtype=np.int8))


def _merged(one: Matches, other: Matches) -> Matches:
    """Return both sets of matches, a name of both at its higher level."""
    if not len(other.places):
        return one
    places, spots = np.unique(np.concatenate([one.places, other.places]), return_inverse=True)
    levels = np.zeros(len(places), dtype=np.int8)
    np.maximum.at(levels, spots, np.concatenate([one.levels, other.levels]))
    return Matches(places=places, levels=levels)


def _signature(text: str) -> tuple[int, int]:
    """Return a set of the pairs of letters of `text`, its ends marked, as 128 bits."""
    marks = 0
    previous = 26
    for character in text:
        current = ord(character) - 97
        marks |= 1 << ((previous * 27 + current) * 40_503 >> 4) % _SIGNATURE_BITS
        previous = current
    marks |= 1 << ((previous * 27 + 26) * 40_503 >> 4) % _SIGNATURE_BITS
    return marks & 0xFFFFFFFFFFFFFFFF, marks >> 64


def hash_of_skeleton(text: str) -> int:
    """Return a number for the skeleton of `text`: twelve letters, five bits each."""
    number = 0
    for character in skeleton(text)[:12]:
        number = number << 5 | (ord(character) & 31)
    return number
