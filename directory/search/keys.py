"""Make the keys under which a person is filed, many people at a time."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from directory.search.features import LATER_FLAG, SURNAME_FLAG, Features, Longs
from directory.search.siphash import SipHash

Places = NDArray[np.int64]


class KeyKind(IntEnum):
    """Say what a key is made of; a name stands for what it sounds like."""

    NAMES = 1
    SURNAME_YEAR = 2
    SURNAME_DAY = 3
    FORENAME_MONTH = 4
    FORENAME_DAY = 5
    BIRTH = 6
    POSTCODE = 7
    NAME_SECTOR = 8
    NAME_STREET = 9
    STREET_HOUSE = 10
    PHONE = 11
    IDENTIFIER = 12
    SURNAME = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Hold values with the row each belongs to; a row may have several values or none."""

    rows: Places
    values: Longs

    @classmethod
    def of(cls, matrix: Longs) -> Self:
        """Return the values of `matrix` that are not 0."""
        rows, slots = np.nonzero(matrix)
        return cls(rows=rows, values=matrix[rows, slots])

    def crossed(self, other: Self) -> tuple[Places, Longs, Longs]:
        """Return every pair of a value here and one of `other` in the same row; rows ascend."""
        first = np.searchsorted(other.rows, self.rows, side="left")
        counts = np.searchsorted(other.rows, self.rows, side="right") - first
        mine = np.repeat(np.arange(len(self.rows)), counts)
        steps = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts)
        theirs = np.repeat(first, counts) + steps
        return self.rows[mine], self.values[mine], other.values[theirs]


class Keys:
    """Turn what is known of people into 64-bit keys, hashed with the deployment's secret."""

    def __init__(self, secret: bytes) -> None:
        """Draw the hash's key from `secret`."""
        self._hash = SipHash.of_secret(secret, purpose=b"people keys")

    def hashed(self, kinds: Longs, first: Longs, second: Longs) -> NDArray[np.int64]:
        """Return the key of each row as a signed number, as databases keep it."""
        return self._hash(kinds, first, second).view(np.int64)

    def of(self, features: Features, sounds: Longs) -> tuple[Places, NDArray[np.int64]]:
        """Return (row, key) of every key of every person; no pair twice, rows ascending.

        `sounds` holds the first code of what each of `features.names` sounds like.
        """
        parts = _Parts()
        _add_names(parts, features, sounds)
        _add_places(parts, features, sounds)
        parts.add(KeyKind.PHONE, Column.of(features.phones))
        parts.add(KeyKind.IDENTIFIER, Column.of(features.identifiers))
        rows, kinds, first, second = parts.joined()
        keys = self.hashed(kinds, first, second)
        order = np.lexsort((keys, rows))
        rows, keys = rows[order], keys[order]
        repeated = np.zeros(len(rows), dtype=bool)
        repeated[1:] = (rows[1:] == rows[:-1]) & (keys[1:] == keys[:-1])
        return rows[~repeated], keys[~repeated]


class _Parts:
    """Collect the makings of keys of every kind, to be hashed at once."""

    def __init__(self) -> None:
        self._rows: list[Places] = []
        self._kinds: list[Longs] = []
        self._first: list[Longs] = []
        self._second: list[Longs] = []

    def add(self, kind: KeyKind, column: Column) -> None:
        """Add keys of one value."""
        self._append(kind, column.rows, column.values, np.zeros_like(column.values))

    def add_pairs(self, kind: KeyKind, one: Column, other: Column) -> None:
        """Add keys of every pair of values in one row."""
        rows, first, second = one.crossed(other)
        if kind is KeyKind.NAMES:
            first, second = np.minimum(first, second), np.maximum(first, second)
        self._append(kind, rows, first, second)

    def _append(self, kind: KeyKind, rows: Places, first: Longs, second: Longs) -> None:
        self._rows.append(rows)
        self._kinds.append(np.full(len(rows), kind, dtype=np.uint64))
        self._first.append(first)
        self._second.append(second)

    def joined(self) -> tuple[Places, Longs, Longs, Longs]:
        """Return all that was added."""
        return (
            np.concatenate(self._rows),
            np.concatenate(self._kinds),
            np.concatenate(self._first),
            np.concatenate(self._second),
        )


def _add_names(parts: _Parts, features: Features, sounds: Longs) -> None:
    """Add the keys of names alone and of names with parts of the date of birth."""
    is_surname = (features.name_flags & SURNAME_FLAG) != 0
    is_first = (features.name_flags & LATER_FLAG) == 0
    surnames = Column.of(np.where(is_surname, sounds, np.uint64(0)))
    forenames = Column.of(np.where(is_surname, np.uint64(0), sounds))
    first_names = Column.of(np.where(is_first & ~is_surname, sounds, np.uint64(0)))
    birth = features.birth
    known_day = birth % 100 > 0
    year = _single(birth // 10_000)
    month = _single(np.where(birth % 10_000 > 0, birth // 100, 0))
    day = _single(np.where(known_day, birth % 10_000, 0))
    parts.add_pairs(KeyKind.NAMES, forenames, surnames)
    parts.add(KeyKind.SURNAME, surnames)
    parts.add_pairs(KeyKind.SURNAME_YEAR, surnames, year)
    parts.add_pairs(KeyKind.SURNAME_DAY, surnames, day)
    parts.add_pairs(KeyKind.FORENAME_MONTH, first_names, month)
    parts.add_pairs(KeyKind.FORENAME_DAY, first_names, day)
    parts.add(KeyKind.BIRTH, _single(np.where(known_day, birth, 0)))


def _add_places(parts: _Parts, features: Features, sounds: Longs) -> None:
    """Add the keys of addresses alone and of names with parts of addresses."""
    is_first = (features.name_flags & LATER_FLAG) == 0
    is_surname = (features.name_flags & SURNAME_FLAG) != 0
    names = Column.of(np.where(is_first | is_surname, sounds, np.uint64(0)))
    whole = np.where(features.inward > 0, postcode_value(features.outward, features.inward), 0)
    sector = np.where(features.sector > 0, sector_value(features.outward, features.sector), 0)
    at_house = (features.street > 0) & (features.house > 0)
    house = np.where(at_house, house_value(features.street, features.house), 0)
    parts.add(KeyKind.POSTCODE, Column.of(whole.astype(np.uint64)))
    parts.add(KeyKind.STREET_HOUSE, Column.of(house.astype(np.uint64)))
    parts.add_pairs(KeyKind.NAME_SECTOR, names, Column.of(sector.astype(np.uint64)))
    parts.add_pairs(KeyKind.NAME_STREET, names, Column.of(features.street))


def _single(values: NDArray[np.int64]) -> Column:
    """Return a column of one value a row, rows with 0 left out."""
    rows = np.flatnonzero(values)
    return Column(rows=rows, values=values[rows].astype(np.uint64))


def postcode_value(outward: Longs, inward: Longs) -> Longs:
    """Return the number that stands for a whole postcode in a key."""
    value: Longs = outward << np.uint64(16) | inward
    return value


def sector_value(outward: Longs, sector: Longs) -> Longs:
    """Return the number that stands for a postcode sector in a key."""
    value: Longs = outward << np.uint64(8) | sector
    return value


def house_value(street: Longs, house: Longs) -> Longs:
    """Return the number that stands for a house in a street in a key."""
    value: Longs = street << np.uint64(32) | house
    return value
