"""Pack what scoring needs of a person into a few 64-bit words, and unpack many at once."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from directory.search.identifiers import IdentifierHash, phone_digits, usable
from directory.search.names import words
from directory.search.people import (
    AddressKind,
    BirthPrecision,
    NameKind,
    Searchable,
    SearchableLine,
    SearchableName,
)
from directory.search.places import Postcode, house_code, street_code

Longs = NDArray[np.uint64]

SURNAME_FLAG = 1
FORMER_FLAG = 2
LATER_FLAG = 4
FLAG_BITS = 8
KIND_SHIFT = 50

MOST_CACHED_TOKENS = 20_000
"""Names whose hashes one process keeps, the longest unused going first: no more than 5 MB."""

_WORD_SIZE = 8
_MOST_NAMES = 20
_MOST_ADDRESSES = 8
_MOST_IDENTIFIERS = 16
_MOST_PHONES = 4
_FORMER_KINDS = frozenset({NameKind.FORMER, NameKind.BIRTH, NameKind.ALIAS})
_FORMER_ADDRESS = 1 << 63


class TokenKind(IntEnum):
    """Say what a counted token is."""

    FORENAME = 1
    SURNAME = 2
    BIRTH_YEAR = 3
    OUTWARD = 4
    NAME_PAIR = 5

    __hash__ = int.__hash__  # many thousand tokens are counted at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Name one thing that people are counted by."""

    kind: TokenKind
    text: str

    @property
    def id(self) -> int:
        """Return 55 bits that follow from kind and text alone, the same in every process."""
        return _token_id(self.kind, self.text)


@lru_cache(MOST_CACHED_TOKENS)
def _token_id(kind: int, text: str) -> int:
    hashed = hashlib.blake2b(text.encode(), digest_size=7, person=bytes([kind]))
    return int.from_bytes(hashed.digest(), "big") >> 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Hold a person's features with the tokens to count the person by."""

    features: bytes
    tokens: tuple[Token, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to find the person by."""
        return len(self.features) == _WORD_SIZE and not self.tokens


def pack(about: Searchable | SearchableLine, hashes: IdentifierHash) -> Packed:
    """Return the features of the person or line `about`.

    One word for the counts and the date of birth, then one for each name token, two for each
    address, one for each identifier and phone; each section in order of worth, bounded.
    """
    names = _name_flags(about.names)
    birth = _birth(about)
    addresses = tuple(_addresses(about))[:_MOST_ADDRESSES]
    identifiers = _identifiers(about, hashes)
    digits = dict.fromkeys(filter(None, map(phone_digits, about.phones)))
    phones = [hashes.value("phone", each) for each in digits][:_MOST_PHONES]
    sizes = (len(names), len(addresses), len(identifiers), len(phones))
    header = birth << 32 | int.from_bytes(bytes(sizes), "big")
    numbers = [header]
    numbers += [token.id << FLAG_BITS | flags for token, flags in names.items()]
    for _, first, second in addresses:
        numbers += (first, second)
    numbers += identifiers + phones
    tokens = [*names, *(outward for outward, _, _ in addresses if outward is not None)]
    if birth:
        tokens.append(Token(kind=TokenKind.BIRTH_YEAR, text=str(birth // 10_000)))
    return Packed(
        features=np.array(numbers, dtype="<u8").tobytes(), tokens=tuple(dict.fromkeys(tokens))
    )


def _name_flags(names: Sequence[SearchableName]) -> dict[Token, int]:
    """Return each name token once, with the flags of its best place: current first, first part."""
    flags: dict[Token, int] = {}
    for name in sorted(names, key=lambda each: each.kind in _FORMER_KINDS):
        former = FORMER_FLAG if name.kind in _FORMER_KINDS else 0
        for place, word in enumerate(words(name.surname)):
            later = LATER_FLAG if place else 0
            flags.setdefault(
                Token(kind=TokenKind.SURNAME, text=word), SURNAME_FLAG | former | later
            )
        for place, word in enumerate(words(name.forenames)):
            flags.setdefault(
                Token(kind=TokenKind.FORENAME, text=word), former | (LATER_FLAG if place else 0)
            )
    return dict(list(flags.items())[:_MOST_NAMES])


def _birth(about: Searchable | SearchableLine) -> int:
    """Return the date of birth as yyyymmdd, its unknown parts 0."""
    if about.birth is None:
        return 0
    month = about.birth.month if about.birth_precision is not BirthPrecision.YEAR else 0
    day = about.birth.day if about.birth_precision in {BirthPrecision.DAY, None} else 0
    return about.birth.year * 10_000 + month * 100 + day


def _addresses(about: Searchable | SearchableLine) -> Iterator[tuple[Token | None, int, int]]:
    """Yield each address's outward token and its two words, where somebody lives now first."""
    for address in sorted(about.addresses, key=lambda each: each.kind is AddressKind.FORMER):
        postcode = Postcode.read(address.postcode)
        first = _FORMER_ADDRESS if address.kind is AddressKind.FORMER else 0
        outward = None
        if postcode is not None:
            outward = Token(kind=TokenKind.OUTWARD, text=postcode.outward)
            first |= postcode.outward_code << 32 | postcode.sector_code << 16
            first |= postcode.inward_code
        second = street_code(address.street) << 32 | house_code(address.house)
        if postcode is not None or second:
            yield outward, first, second


def _identifiers(about: Searchable | SearchableLine, hashes: IdentifierHash) -> list[int]:
    """Return the words of the identifiers that may be indexed, each once."""
    found = [
        identifier_word(kind, plain, hashes)
        for kind, value in about.identifiers
        if (plain := usable(kind, value))
    ]
    return list(dict.fromkeys(found))[:_MOST_IDENTIFIERS]


def identifier_word(kind: str, value: str, hashes: IdentifierHash) -> int:
    """Return the word of the normalised `value`: 14 bits for its kind, 50 for kind and value."""
    return (hashes.kind(kind) & 0x3FFF) << KIND_SHIFT | hashes.value(kind, value) >> 14


class Features:
    """Unpack many people's features into matrices: a row each, padded with 0."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        """Take the people's packed features in the order of the rows."""
        sizes = (
            np.fromiter((len(each) for each in packed), dtype=np.int64, count=len(packed))
            // _WORD_SIZE
        )
        self._words = np.frombuffer(b"".join(packed) + bytes(_WORD_SIZE), dtype="<u8")
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
        if not len(packed):
            self._starts = np.zeros(0, dtype=np.int64)
        header = self._words[self._starts]
        self.size = len(packed)
        self.birth: NDArray[np.int64] = (header >> np.uint64(32)).astype(np.int64)
        self._counts = [
            ((header >> np.uint64(shift)) & np.uint64(0xFF)).astype(np.int64)
            for shift in (24, 16, 8, 0)
        ]

    def _section(self, section: int) -> Longs:
        """Return a section of every row; an address counts for two."""
        widths = (1, 2, 1, 1)
        start = self._starts + 1
        for before in range(section):
            start = start + self._counts[before] * widths[before]
        count = self._counts[section] * widths[section]
        slots = np.arange(int(count.max(initial=0)))
        place = np.where(slots < count[:, None], start[:, None] + slots, len(self._words) - 1)
        taken: Longs = self._words[place]
        return taken

    @cached_property
    def names(self) -> Longs:
        """Return the name words: a token's id above FLAG_BITS of flags."""
        return self._section(0)

    @cached_property
    def name_ids(self) -> NDArray[np.int64]:
        """Return the ids of the name tokens."""
        ids: NDArray[np.int64] = (self.names >> np.uint64(FLAG_BITS)).astype(np.int64)
        return ids

    @cached_property
    def name_flags(self) -> NDArray[np.int64]:
        """Return the flags of the name tokens."""
        flags: NDArray[np.int64] = (self.names & np.uint64((1 << FLAG_BITS) - 1)).astype(np.int64)
        return flags

    @cached_property
    def _places(self) -> Longs:
        return self._section(1)

    @cached_property
    def outward(self) -> Longs:
        """Return the outward codes of the addresses."""
        found: Longs = (self._places[:, ::2] >> np.uint64(32)) & np.uint64(0x7FFFFFFF)
        return found

    @cached_property
    def sector(self) -> Longs:
        """Return the sector digits' codes of the addresses."""
        found: Longs = (self._places[:, ::2] >> np.uint64(16)) & np.uint64(0xFFFF)
        return found

    @cached_property
    def inward(self) -> Longs:
        """Return the inward codes of the addresses."""
        found: Longs = self._places[:, ::2] & np.uint64(0xFFFF)
        return found

    @cached_property
    def former_address(self) -> NDArray[np.bool_]:
        """Return which addresses are former ones."""
        found: NDArray[np.bool_] = (self._places[:, ::2] >> np.uint64(63)) == 1
        return found

    @cached_property
    def street(self) -> Longs:
        """Return the street codes of the addresses."""
        found: Longs = self._places[:, 1::2] >> np.uint64(32)
        return found

    @cached_property
    def house(self) -> Longs:
        """Return the house codes of the addresses."""
        found: Longs = self._places[:, 1::2] & np.uint64(0xFFFFFFFF)
        return found

    @cached_property
    def identifiers(self) -> Longs:
        """Return the identifier words."""
        return self._section(2)

    @cached_property
    def phones(self) -> Longs:
        """Return the phone hashes."""
        return self._section(3)
