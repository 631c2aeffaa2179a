"""Keep a people index in memory, for few people."""

from bisect import insort
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection
from typing_extensions import override

from directory.search.features import TokenKind
from directory.search.index import KeyedIndex
from directory.search.shelf import Change, Filed, Numbers, Shelf, State
from directory.search.vocabulary import Counted
from directory.search.weights import Weights


class MemoryShelf:
    """Keep the rows of an index in dictionaries; it knows no transactions."""

    def __init__(self) -> None:
        """Begin empty."""
        self._state = State()
        self._under: dict[int, list[int]] = defaultdict(list)
        self._filed: dict[int, Filed] = {}
        self._numbers: dict[bytes, int] = {}
        self._tokens: dict[int, tuple[Counted, int]] = {}

    def state(self) -> State:
        """Return the state of the index."""
        return self._state

    def turn(self) -> State:
        """Return the state of the index; there is nobody to wait for."""
        return self._state

    def tokens(self, *, after: int) -> list[Counted]:
        """Return the tokens that came with a change above `after`."""
        return [counted for counted, since in self._tokens.values() if since > after]

    def of_kind(self, kind: TokenKind) -> list[Counted]:
        """Return the tokens of one kind."""
        return [each for each, _ in self._tokens.values() if each.token.kind is kind]

    def counted(self, ids: Sequence[int]) -> list[Counted]:
        """Return those of the tokens with `ids` that are known."""
        return [self._tokens[each][0] for each in ids if each in self._tokens]

    def under(self, keys: Numbers, *, most: int, hidden: Numbers) -> tuple[Numbers, Numbers]:
        """Return (place of the key, number of a person filed under it), ordered by both."""
        unseen = set(hidden.tolist())
        found = [
            (place, number)
            for place, key in enumerate(keys.tolist())
            for number in self._under.get(key, ())
            if number not in unseen
        ]
        pairs = np.array(found[:most], dtype=np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def filed(self, numbers: Numbers) -> list[Filed]:
        """Return what is filed of `numbers`, in their order."""
        return [self._filed[each] for each in numbers.tolist() if each in self._filed]

    def numbers(self, people: Sequence[bytes]) -> dict[bytes, int]:
        """Return the numbers of those of `people` who are filed."""
        return {each: self._numbers[each] for each in people if each in self._numbers}

    def write(self, change: Change) -> None:
        """Write `change`."""
        self._state = change.state
        for key, number in zip(*map(np.ndarray.tolist, change.keys_gone), strict=True):
            self._under[key].remove(number)
        for key, number in zip(*map(np.ndarray.tolist, change.keys_added), strict=True):
            insort(self._under[key], number)
        for number in change.gone:
            del self._numbers[self._filed.pop(number).person]
        for filed in change.filed:
            self._filed[filed.number] = filed
            self._numbers[filed.person] = filed.number
        for counted in change.tokens:
            _, since = self._tokens.get(counted.token.id, (None, change.state.changes))
            self._tokens[counted.token.id] = counted, since
        for token in change.tokens_gone:
            del self._tokens[token]

    def clear(self) -> None:
        """Forget everything but how many changes there were."""
        changes = self._state.changes
        self.__init__()  # type: ignore[misc] # the same shelf, empty again
        self._state = State(changes=changes)


class MemoryIndex(KeyedIndex):
    """Find people as every PeopleIndex does, without a database; connections are not used."""

    def __init__(
        self, secret: bytes = b"for tests alone", *, weights: Weights | None = None
    ) -> None:
        """Begin empty."""
        super().__init__(secret, weights=weights)
        self._kept = MemoryShelf()

    @override
    def _shelf(self, connection: Connection) -> Shelf:
        return self._kept
