"""Find, file and link people by keys and scores, wherever keys are kept."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from threading import RLock
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection
from typing_extensions import override

from directory.search.answers import answer, ranking
from directory.search.asking import LINK, LOOK_UP
from directory.search.features import TokenKind
from directory.search.filing import Filing
from directory.search.finding import Moment, Weighed, weighed
from directory.search.identifiers import IdentifierHash
from directory.search.keys import Keys
from directory.search.linking import decision
from directory.search.pairs import paired, pairs_of
from directory.search.people import (
    Candidate,
    Found,
    LinkDecision,
    PeopleIndex,
    Query,
    Searchable,
    SearchableLine,
    Strength,
)
from directory.search.question import Question, asked, asked_by_line
from directory.search.shelf import NO_KEYS, Change, KeyRows, Shelf, State
from directory.search.vocabulary import PAIRED_BY, Vocabulary
from directory.search.weights import Weights

_AT_ONCE = 1_000
_AT_ONCE_ALONE = 20_000
"""People filed at once where nobody waits for the index meanwhile."""

MOST_KEYS_HELD = 8_000_000
"""Keys that rebuilding holds in memory, about 40 bytes each, before it writes them."""

_DRIFT = 0.05
"""The share by which the number of people may change before counts are read again."""


_SMALLEST_TOWN = 5_000
"""People of whom a smaller directory is taken to hold a part: few people make no name common."""


_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A question with everybody weighed for it, and by what, before an answer is made of it."""

    question: Question
    people: Weighed
    moment: Moment


class KeyedIndex(PeopleIndex, ABC):
    """Keep a people index on a shelf.

    In memory it holds the vocabulary alone: which names there are and how common each is, never
    who has them. Every call compares it with the shelf's state first.
    """

    def __init__(self, secret: bytes, *, weights: Weights | None = None) -> None:
        """Hash keys and identifiers with `secret`, at least 16 bytes kept outside the database."""
        self._keys = Keys(secret)
        self._hashes = IdentifierHash(secret)
        self._filing = Filing(self._keys, self._hashes)
        self._weights = weights or Weights()
        self._lock = RLock()
        self._vocabulary = Vocabulary()
        self._changes = 0
        self._counted = 0

    @abstractmethod
    def _shelf(self, connection: Connection) -> Shelf:
        """Return the shelf in the transaction of `connection`."""

    @override
    def prepare(self, connection: Connection) -> None:
        self._moment(self._shelf(connection))

    @override
    def find(self, connection: Connection, query: Query, *, hidden: frozenset[bytes]) -> Found:
        found = self.weigh(connection, query, hidden=hidden)
        return answer(found.people, found.moment) if found else Found(strength=Strength.NONE)

    @override
    def ranked(
        self, connection: Connection, query: Query, *, hidden: frozenset[bytes], most: int
    ) -> tuple[Candidate, ...]:
        found = self.weigh(connection, query, hidden=hidden)
        return ranking(found.people, found.moment)[:most] if found else ()

    def weigh(
        self, connection: Connection, query: Query, *, hidden: frozenset[bytes]
    ) -> Considered | None:
        """Return everybody near the `query`, or None if it asks nothing that can be answered."""
        question = asked(query, self._hashes)
        if question.is_empty:
            return None
        shelf = self._shelf(connection)
        moment = self._moment(shelf)
        people = weighed(
            shelf,
            [question],
            keys=self._keys,
            moment=moment,
            reach=LOOK_UP,
            hidden=sorted(hidden),
        )
        return Considered(question=question, people=people, moment=moment)

    @override
    def put(self, connection: Connection, people: Sequence[Searchable]) -> None:
        shelf = self._shelf(connection)
        for part in _parts(people):
            shelf.write(self._filing.change(shelf, put=part, forget=()))

    @override
    def remove(self, connection: Connection, people: Sequence[bytes]) -> None:
        shelf = self._shelf(connection)
        for part in _parts(people):
            shelf.write(self._filing.change(shelf, put=(), forget=part))

    @override
    def rebuild(self, connection: Connection, people: Iterable[Searchable]) -> None:
        shelf = self._shelf(connection)
        shelf.turn()
        kept = pairs_of(shelf)
        shelf.clear()
        shelf.write(paired(shelf, kept))
        rest = iter(people)
        while self._filed_anew(shelf, rest):
            pass

    def _filed_anew(self, shelf: Shelf, people: Iterator[Searchable]) -> bool:
        """File the next MOST_KEYS_HELD keys' worth of `people`, and return whether there were any.

        Keys are written last and in their order, which a database does many times faster.
        """
        held: list[KeyRows] = []
        size = 0
        while size < MOST_KEYS_HELD and (part := list(islice(people, _AT_ONCE_ALONE))):
            change = self._filing.change(shelf, put=part, forget=())
            shelf.write(replace(change, keys_added=NO_KEYS))
            held.append(change.keys_added)
            size += len(change.keys_added.keys)
        if held:
            keys = KeyRows(*(np.concatenate(each) for each in zip(*held, strict=True)))
            shelf.write(Change(state=shelf.state(), keys_added=keys, keys_gone=NO_KEYS))
        return bool(held)

    @override
    def pair(self, connection: Connection, pairs: Collection[tuple[str, str]]) -> None:
        shelf = self._shelf(connection)
        shelf.write(paired(shelf, {PAIRED_BY.join(sorted(pair)) for pair in pairs}))

    @override
    def link(
        self, connection: Connection, line: SearchableLine, *, guarded: frozenset[bytes]
    ) -> LinkDecision:
        return self.link_many(connection, [line], guarded=guarded)[0]

    @override
    def link_many(
        self,
        connection: Connection,
        lines: Sequence[SearchableLine],
        *,
        guarded: frozenset[bytes],
    ) -> tuple[LinkDecision, ...]:
        shelf = self._shelf(connection)
        moment = self._moment(shelf)
        decisions: list[LinkDecision] = []
        for part in _parts(lines):
            decisions += self._decisions(shelf, part, moment, guarded)
        return tuple(decisions)

    def _decisions(
        self,
        shelf: Shelf,
        lines: Sequence[SearchableLine],
        moment: Moment,
        guarded: frozenset[bytes],
    ) -> list[LinkDecision]:
        """Return whose each of a few `lines` is."""
        questions: list[Question] = []
        numbers: list[range] = []
        for line in lines:
            put = asked_by_line(line, self._hashes)
            numbers.append(range(len(questions), len(questions) + len(put)))
            questions += put
        found = weighed(shelf, questions, keys=self._keys, moment=moment, reach=LINK, hidden=())
        return [decision(found, each, moment, guarded=guarded) for each in numbers]

    def _moment(self, shelf: Shelf) -> Moment:
        """Return what to measure by, after reading from the shelf what is new."""
        state = shelf.state()
        with self._lock:
            if not self._is_current(state):
                self._catch_up(shelf, state)
            vocabulary = self._vocabulary
        people = max(state.people, _SMALLEST_TOWN)
        return Moment(vocabulary=vocabulary, people=people, weights=self._weights)

    def _is_current(self, state: State) -> bool:
        """Return whether the vocabulary holds the tokens of `state`, with counts nearly as new."""
        return state.digest == self._vocabulary.digest and not self._has_drifted(state)

    def _has_drifted(self, state: State) -> bool:
        """Return whether so many people came or went that counts are to be read again."""
        return abs(state.people - self._counted) > _DRIFT * state.people

    def _catch_up(self, shelf: Shelf, state: State) -> None:
        """Read the new tokens, then all pairs, and everything only where that does not add up.

        Whoever is behind its own memory, in an older snapshot, knows enough already.
        """
        if not self._has_drifted(state):
            if state.changes < self._changes:
                return
            self._vocabulary.add(shelf.tokens(after=self._changes))
            self._changes = state.changes
            if state.digest != self._vocabulary.digest:
                self._vocabulary.pair(shelf.of_kind(TokenKind.NAME_PAIR))
            if state.digest == self._vocabulary.digest:
                return
        tokens = shelf.tokens(after=-1)
        self._vocabulary = self._vocabulary.recounted(tokens) or Vocabulary(tokens)
        self._changes, self._counted = state.changes, state.people


def _parts(every: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Yield `every`, as many as are handled at once at a time."""
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
