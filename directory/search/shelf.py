"""Say what keeps the index's keys, features and tokens: the port behind the people index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from directory.search.features import TokenKind
from directory.search.vocabulary import Counted

Numbers = NDArray[np.int64]

NOBODY = np.zeros(0, dtype=np.int64)
"""No numbers at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Hold the whole index in four numbers.

    `changes` grows with every change. `digest` is the sum of all token ids in 63 bits: a process
    whose tokens add up to it knows them all, whatever was rolled back or forgotten meanwhile.
    """

    changes: int = 0
    digest: int = 0
    people: int = 0
    next_number: int = 1


class Filed(NamedTuple):
    """Hold one person's number and features."""

    number: int
    person: bytes
    features: bytes


class KeyRows(NamedTuple):
    """Hold keys, each with the number of the person filed under it."""

    keys: Numbers
    numbers: Numbers


NO_KEYS = KeyRows(NOBODY, NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Hold all that one change writes: what is to stand afterwards, and what is to go."""

    state: State
    filed: Sequence[Filed] = ()
    gone: Sequence[int] = ()
    keys_added: KeyRows
    keys_gone: KeyRows
    tokens: Sequence[Counted] = ()
    tokens_gone: Sequence[int] = ()


class Shelf(Protocol):
    """Keep and give the rows of one index, within the caller's transaction."""

    def state(self) -> State:
        """Return the state of the index; an index never written has State()."""
        ...

    def turn(self) -> State:
        """Wait until no other transaction is changing the index, and return its state then."""
        ...

    def tokens(self, *, after: int) -> list[Counted]:
        """Return the tokens that came with a change above `after`."""
        ...

    def of_kind(self, kind: TokenKind) -> list[Counted]:
        """Return the tokens of one kind, reading no others."""
        ...

    def counted(self, ids: Sequence[int]) -> list[Counted]:
        """Return those of the tokens with `ids` that are known."""
        ...

    def under(self, keys: Numbers, *, most: int, hidden: Numbers) -> tuple[Numbers, Numbers]:
        """Return (place of the key, number of a person filed under it), ordered by both.

        At most `most`, nobody of `hidden` among them or counted.
        """
        ...

    def filed(self, numbers: Numbers) -> list[Filed]:
        """Return what is filed of `numbers`, in their order; those unknown are passed over."""
        ...

    def numbers(self, people: Sequence[bytes]) -> dict[bytes, int]:
        """Return the numbers of those of `people` who are filed."""
        ...

    def write(self, change: Change) -> None:
        """Write `change`."""
        ...

    def clear(self) -> None:
        """Forget everything but how many changes there were."""
        ...
