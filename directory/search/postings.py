"""Pack the numbers of the people under one key into a few texts of bytes, and change them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from directory.search.shelf import KeyRows, Numbers

MOST_IN_A_PART = 500
"""People in one part; a key with more people has several parts."""

_WORD = np.dtype("<u4")
_SIZE = _WORD.itemsize
_NO_PART = (0, 0, b"")


Part = tuple[int, int, bytes]
"""A key, the number of one of its parts, and the people in it: packed words of 32 bits."""


def unpacked(parts: Sequence[bytes]) -> tuple[Numbers, Numbers]:
    """Return the place in `parts` of every number packed in them, and the number."""
    sizes = [len(part) // _SIZE for part in parts]
    numbers = np.frombuffer(b"".join(parts), dtype=_WORD).astype(np.int64)
    return np.repeat(np.arange(len(parts)), sizes), numbers


def added(rows: KeyRows, last: Mapping[int, Part]) -> list[Part]:
    """Return the parts to write for `rows`, in order, to be there; `last` holds last parts."""
    room = MOST_IN_A_PART * _SIZE
    parts: list[Part] = []
    for key, people in _groups(rows):
        _, number, held = last.get(key, _NO_PART)
        if len(held) + len(people) <= room:
            parts.append((key, number, held + people))
        else:
            parts += _split(key, number, held + people)
    return parts


def in_order(rows: KeyRows, *, most: int) -> Iterator[KeyRows]:
    """Yield `rows` by key and number, about `most` at a time, a key's never parted."""
    order = np.lexsort((rows.numbers, rows.keys))
    keys, numbers = rows.keys[order], rows.numbers[order]
    start = 0
    while start < len(keys):
        last = keys[min(start + most, len(keys)) - 1]
        end = int(np.searchsorted(keys, last, side="right"))
        yield KeyRows(keys[start:end], numbers[start:end])
        start = end


def _split(key: int, number: int, people: bytes) -> Iterator[Part]:
    """Yield parts of `people` that are no longer than a part may be, the first as `number`."""
    room = MOST_IN_A_PART * _SIZE
    for start in range(0, len(people), room):
        yield key, number + start // room, people[start : start + room]


def without(rows: KeyRows, parts: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """Return the parts to write and those left empty once `rows` are taken out of `parts`."""
    gone = {key: np.frombuffer(people, dtype=_WORD) for key, people in _groups(rows)}
    kept: list[Part] = []
    empty: list[Part] = []
    for key, number, packed in parts:
        people = np.frombuffer(packed, dtype=_WORD)
        left = people[~np.isin(people, gone[key])]
        if not len(left):
            empty.append((key, number, packed))
        elif len(left) < len(people):
            kept.append((key, number, left.tobytes()))
    return kept, empty


def _groups(rows: KeyRows) -> Iterator[tuple[int, bytes]]:
    """Yield each key of `rows`, which are in order, with its people, packed."""
    keys = rows.keys
    packed = rows.numbers.astype(_WORD).tobytes()
    starts = np.flatnonzero(np.append(keys[:1] == keys[:1], keys[1:] != keys[:-1]))
    ends = np.append(starts, len(keys))[1:]
    for key, start, end in zip(keys[starts].tolist(), starts.tolist(), ends.tolist(), strict=True):
        yield key, packed[start * _SIZE : end * _SIZE]
