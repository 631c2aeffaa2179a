"""The people under a key, packed in parts, are as a set of pairs would be."""

from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from directory.search.postings import MOST_IN_A_PART, Part, added, in_order, unpacked, without
from directory.search.shelf import KeyRows

Pair = tuple[int, int]

pairs = st.sets(
    st.tuples(st.sampled_from([-(2**63), -1, 0, 7, 2**63 - 1]), st.integers(1, 2**32 - 1)),
    max_size=30,
)


class Kept:
    """Parts as a table keeps them."""

    def __init__(self) -> None:
        self.parts: dict[Pair, Part] = {}

    def add(self, new: Iterable[Pair]) -> None:
        last: dict[int, Part] = {}
        for part in sorted(self.parts.values()):
            last[part[0]] = part
        self.parts |= {each[:2]: each for each in added(rows(new), last)}

    def take_out(self, gone: Iterable[Pair]) -> None:
        keys = {key for key, _ in gone}
        kept, empty = without(rows(gone), [each for each in self.parts.values() if each[0] in keys])
        self.parts |= {each[:2]: each for each in kept}
        for each in empty:
            del self.parts[each[:2]]

    def pairs(self) -> list[Pair]:
        parts = list(self.parts.values())
        spots, numbers = unpacked([people for _, _, people in parts])
        keys = [parts[spot][0] for spot in spots.tolist()]
        return sorted(zip(keys, numbers.tolist(), strict=True))


def rows(of: Iterable[Pair]) -> KeyRows:
    both = np.array(sorted(of), dtype=np.int64).reshape(-1, 2)
    return KeyRows(both[:, 0], both[:, 1])


@given(first=pairs, second=pairs, gone=pairs)
def test_adding_and_taking_out_is_as_with_a_set(
    first: set[Pair], second: set[Pair], gone: set[Pair]
) -> None:
    kept = Kept()

    kept.add(first)
    kept.add(second - first)
    kept.take_out(gone & (first | second))

    assert kept.pairs() == sorted((first | second) - gone)


def test_a_key_with_many_people_has_several_parts_none_too_long() -> None:
    kept = Kept()
    many = {(5, number) for number in range(1, 2 * MOST_IN_A_PART + 40)}

    kept.add(sorted(many)[:MOST_IN_A_PART])
    kept.add(sorted(many)[MOST_IN_A_PART:])

    assert sorted(kept.parts) == [(5, 0), (5, 1), (5, 2)]
    assert max(len(people) for _, _, people in kept.parts.values()) == 4 * MOST_IN_A_PART
    assert kept.pairs() == sorted(many)


def test_a_key_that_loses_its_people_leaves_no_part() -> None:
    kept = Kept()
    many = {(5, number) for number in range(1, MOST_IN_A_PART + 2)}
    kept.add(many)

    kept.take_out(many)

    assert kept.parts == {}


@given(of=pairs, most=st.integers(1, 9))
def test_rows_in_order_are_all_there_and_no_key_is_parted(of: set[Pair], most: int) -> None:
    shuffled = np.array(list(of), dtype=np.int64).reshape(-1, 2)

    few = list(in_order(KeyRows(shuffled[:, 0], shuffled[:, 1]), most=most))

    found = [pair for each in few for pair in zip(*map(np.ndarray.tolist, each), strict=True)]
    assert found == sorted(of)
    keys = [key for each in few for key in set(each.keys.tolist())]
    assert len(keys) == len(set(keys))
