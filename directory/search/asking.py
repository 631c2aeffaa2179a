"""Choose the keys under which the person asked for may be filed, the most telling first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice, product
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.search.keys import KeyKind, Keys
from directory.search.places import Postcode, sector_code_of_digit
from directory.search.question import Question, Word
from directory.search.vocabulary import Level, Vocabulary

_LOST = {
    Level.EXACT: 0.0,
    Level.VARIANT: 1.5,
    Level.EDIT: 2.0,
    Level.SOUND: 2.0,
    Level.NEAR: 4.0,
    Level.FAR: 7.0,
}
"""Bits lost by a name that is only near the word asked for."""

_PEOPLE_AT = {KeyKind.POSTCODE: 40.0, KeyKind.STREET_HOUSE: 4.0, KeyKind.PHONE: 3.0}
_PEOPLE_IN_A_SECTOR = 6_000.0
_PEOPLE_IN_A_STREET = 150.0
_DAYS = 365.0
_MONTHS = 12.0
_SWAPPED_LOSES = 2.0
_OTHER_YEAR_LOSES = 4.0
_SLIP_LOSES = 3.0
_OTHER_SECTOR_LOSES = 4.0
_FEWEST_SHARING = 1e-9


class Group(IntEnum):
    """Number the groups of keys; evidence of one group repeats itself."""

    NAMES = 0
    BIRTH = 1
    PLACE = 2
    NUMBER = 3


GROUPS = len(Group)


_GROUPS = {
    KeyKind.NAMES: Group.NAMES,
    KeyKind.SURNAME: Group.NAMES,
    KeyKind.SURNAME_YEAR: Group.BIRTH,
    KeyKind.SURNAME_DAY: Group.BIRTH,
    KeyKind.FORENAME_MONTH: Group.BIRTH,
    KeyKind.FORENAME_DAY: Group.BIRTH,
    KeyKind.BIRTH: Group.BIRTH,
    KeyKind.POSTCODE: Group.PLACE,
    KeyKind.NAME_SECTOR: Group.PLACE,
    KeyKind.NAME_STREET: Group.PLACE,
    KeyKind.STREET_HOUSE: Group.PLACE,
    KeyKind.PHONE: Group.NUMBER,
    KeyKind.IDENTIFIER: Group.NUMBER,
}


class Sound(NamedTuple):
    """Hold a code that a word may sound like, the bits lost by it, and the share who have it."""

    code: int
    lost: float
    share: float


class _Asked(NamedTuple):
    """Hold the makings of one key, the bits it tells and loses, and the people expected there."""

    kind: KeyKind
    first: int
    second: int
    bits: float
    lost: float
    expected: float


class _Part(NamedTuple):
    """Hold a part of a date or a place: its value in a key, the bits lost, the share having it."""

    value: int
    lost: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedKeys:
    """Hold the keys of one question, the most telling first, with their groups and bits."""

    keys: NDArray[np.int64]
    groups: NDArray[np.int64]
    bits: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Say how far to look for one question.

    `lowest` is the lowest level of a name, `most_sounds` bounds the sounds of one word; a key that
    differs from what is asked by more than `most_lost` bits is left out. Keys are taken until there
    are `most_keys`, or until `most_expected` people are expected under them. Of the people under
    keys `most_read` are read, and the `most_weighed` whom the most evidence speaks for are weighed;
    as many again if the last ones cannot be told apart.
    """

    lowest: Level
    most_sounds: int
    most_lost: float
    most_keys: int
    most_expected: int
    most_read: int
    most_weighed: int


LOOK_UP = Reach(
    lowest=Level.FAR,
    most_sounds=40,
    most_lost=14.0,
    most_keys=400,
    most_expected=2_500,
    most_read=4_000,
    most_weighed=150,
)
LINK = Reach(
    lowest=Level.EDIT,
    most_sounds=4,
    most_lost=3.5,
    most_keys=40,
    most_expected=60,
    most_read=400,
    most_weighed=24,
)


class KeyChooser:
    """Choose keys for questions about one directory at one moment."""

    def __init__(self, keys: Keys, vocabulary: Vocabulary, *, people: int, reach: Reach) -> None:
        """Measure what is telling in the counts of `vocabulary`."""
        self._keys = keys
        self._vocabulary = vocabulary
        self._people = max(people, 1)
        self._reach = reach
        self._sounds: dict[str, tuple[Sound, ...]] = {}

    def chosen(self, questions: Sequence[Question]) -> list[AskedKeys]:
        """Return the keys of each question."""
        chosen = [self._chosen(question) for question in questions]
        flat = [each for one in chosen for each in one]
        hashed = self._keys.hashed(
            np.array([each.kind for each in flat], dtype=np.uint64),
            np.array([each.first for each in flat], dtype=np.uint64),
            np.array([each.second for each in flat], dtype=np.uint64),
        )
        groups = np.array([_GROUPS[each.kind] for each in flat], dtype=np.int64)
        bits = np.array([each.bits for each in flat], dtype=np.float64)
        ends = np.cumsum([len(one) for one in chosen])[:-1]
        parts = zip(
            np.split(hashed, ends), np.split(groups, ends), np.split(bits, ends), strict=True
        )
        return [AskedKeys(keys=keys, groups=group, bits=bit) for keys, group, bit in parts]

    def _chosen(self, question: Question) -> list[_Asked]:
        """Return the makings of the question's keys, the most telling first, within bounds."""
        found = [
            *self._numbers(question),
            *self._places(question),
            *self._births(question),
            *self._names(question),
        ]
        found.sort(key=lambda each: (-each.bits, each.kind, each.first, each.second))
        taken = list(self._within_bounds(found))
        exact = next((each for each in found if each.lost <= 0), None)
        # What is asked exactly is looked up even if many fit: that they are many is the answer.
        return taken if exact is None or exact in taken else [exact, *taken]

    def _within_bounds(self, found: Sequence[_Asked]) -> Iterator[_Asked]:
        """Yield the first of `found` until enough people are expected; the very first always."""
        expected = 0.0
        for count, each in enumerate(found):
            expected += each.expected
            if count and (expected > self._reach.most_expected or count >= self._reach.most_keys):
                return
            yield each

    def _made(self, kind: KeyKind, first: int, second: int, *, share: float, lost: float) -> _Asked:
        share = max(share, _FEWEST_SHARING)
        bits = -log2(share) - lost
        return _Asked(kind, first, second, bits, lost, share * self._people)

    def _numbers(self, question: Question) -> Iterator[_Asked]:
        """Yield the keys of identifiers and phone."""
        words = [*question.identifiers, *question.corrections, question.nhs_number]
        for word in filter(None, words):
            yield self._made(KeyKind.IDENTIFIER, word, 0, share=1 / self._people, lost=-8.0)
        if question.phone:
            share = _PEOPLE_AT[KeyKind.PHONE] / self._people
            yield self._made(KeyKind.PHONE, question.phone, 0, share=share, lost=0.0)

    def _places(self, question: Question) -> Iterator[_Asked]:
        """Yield the keys of the address, alone and with names."""
        where = question.postcode
        if where is not None and where.inward_code:
            value = where.outward_code << 16 | where.inward_code
            share = _PEOPLE_AT[KeyKind.POSTCODE] / self._people
            yield self._made(KeyKind.POSTCODE, value, 0, share=share, lost=0.0)
        if question.street and question.house:
            value = question.street << 32 | question.house
            share = _PEOPLE_AT[KeyKind.STREET_HOUSE] / self._people
            yield self._made(KeyKind.STREET_HOUSE, value, 0, share=share, lost=0.0)
        names = [
            sound
            for word in question.words
            if not word.is_later or word.is_surname
            for sound in self._sounds_of(word)[:8]
        ]
        if where is not None:
            yield from self._joined(KeyKind.NAME_SECTOR, names, self._sectors(where))
        if question.street:
            street = _Part(question.street, 0.0, min(_PEOPLE_IN_A_STREET / self._people, 1.0))
            yield from self._joined(KeyKind.NAME_STREET, names, [street])

    def _sectors(self, where: Postcode) -> list[_Part]:
        """Return the sectors that `where` may lie in: its own first, or all of its district."""
        outward = where.outward_code
        share = min(_PEOPLE_IN_A_SECTOR / self._people, 1.0)
        return [
            _Part(
                outward << 8 | code,
                _OTHER_SECTOR_LOSES if where.inward and code != where.sector_code else 0.0,
                share,
            )
            for code in map(sector_code_of_digit, range(10))
        ]

    def _births(self, question: Question) -> Iterator[_Asked]:
        """Yield the keys of the date of birth or age, alone and with names."""
        years = self._years(question)
        days = list(_days(question))
        months = [
            _Part(year.value * 100 + month.value, year.lost + month.lost, year.share / _MONTHS)
            for year, month in product(years, _months(question))
            if year.lost + month.lost <= _OTHER_YEAR_LOSES
        ]
        for word in question.words:
            sounds = self._sounds_of(word)
            if word.is_surname or question.any_order:
                yield from self._joined(KeyKind.SURNAME_YEAR, sounds[:12], years)
                yield from self._joined(KeyKind.SURNAME_DAY, sounds[:12], days)
            if not word.is_surname or question.any_order:
                yield from self._joined(KeyKind.FORENAME_MONTH, sounds[:12], months)
                yield from self._joined(KeyKind.FORENAME_DAY, sounds[:12], days)
        yield from self._slips(question)
        for year, day in product(years if question.age < 0 else (), days):
            whole = year.value * 10_000 + day.value
            share, lost = year.share * day.share, year.lost + day.lost
            if lost <= self._reach.most_lost:
                yield self._made(KeyKind.BIRTH, whole, 0, share=share, lost=lost)

    def _slips(self, question: Question) -> Iterator[_Asked]:
        """Yield the keys of the dates that a date in no calendar may be a slip for."""
        for near in question.births_near:
            share = (self._vocabulary.years.get(near // 10_000, 0) + 1) / (self._people + 100)
            share /= _DAYS
            yield self._made(KeyKind.BIRTH, near, 0, share=share, lost=_SLIP_LOSES)
        days = [_Part(near % 10_000, _SLIP_LOSES, 1 / _DAYS) for near in question.births_near]
        for word in question.words:
            kind = KeyKind.SURNAME_DAY if word.is_surname else KeyKind.FORENAME_DAY
            yield from self._joined(kind, self._sounds_of(word)[:4], days)

    def _years(self, question: Question) -> list[_Part]:
        """Return the years of birth asked for, and those beside them."""
        if question.age >= 0:
            latest = question.as_of // 10_000 - question.age
            sure = range(latest - 1 - question.age_margin, latest + question.age_margin + 1)
        else:
            sure = range(question.year, question.year + 1) if question.year else range(0)
        if not sure:
            return []
        years = range(sure.start - 1, sure.stop + 1)
        return [
            _Part(
                year,
                0.0 if year in sure else _OTHER_YEAR_LOSES,
                (self._vocabulary.years.get(year, 0) + 1) / (self._people + 100),
            )
            for year in years
        ]

    def _names(self, question: Question) -> Iterator[_Asked]:
        """Yield the keys of the names alone."""
        for one, other in _pairs(question):
            together = product(
                self._sounds_of(one),
                self._sounds_of(other),
            )
            near = sorted(together, key=lambda pair: (pair[0].lost + pair[1].lost, pair))
            for first, second in islice(near, self._reach.most_keys):
                low, high = sorted((first.code, second.code))
                share = first.share * second.share
                lost = first.lost + second.lost
                if lost <= self._reach.most_lost:
                    yield self._made(KeyKind.NAMES, low, high, share=share, lost=lost)
        for word in question.words:
            if word.is_surname or question.any_order:
                for sound in self._sounds_of(word)[:6]:
                    yield self._made(
                        KeyKind.SURNAME, sound.code, 0, share=sound.share, lost=sound.lost
                    )

    def _joined(
        self, kind: KeyKind, sounds: Sequence[Sound], parts: Sequence[_Part]
    ) -> Iterator[_Asked]:
        """Yield the keys of every sound with every part."""
        for sound, part in product(sounds, parts):
            lost = sound.lost + part.lost
            if lost <= self._reach.most_lost:
                share = sound.share * part.share
                yield self._made(kind, sound.code, part.value, share=share, lost=lost)

    def _sounds_of(self, word: Word) -> tuple[Sound, ...]:
        """Return what names near `word` sound like, the nearest first; in whichever role."""
        if word.text not in self._sounds:
            self._sounds[word.text] = self._measured(word.text)
        return self._sounds[word.text]

    def _measured(self, text: str) -> tuple[Sound, ...]:
        matches = self._vocabulary.matches(text)
        kept = matches.levels >= self._reach.lowest
        places, levels = matches.places[kept], matches.levels[kept]
        codes, spots = np.unique(self._vocabulary.codes[places, 0], return_inverse=True)
        best = np.zeros(len(codes), dtype=np.int8)
        np.maximum.at(best, spots, levels)
        found = [
            Sound(
                int(code),
                _LOST[Level(int(level))],
                self._vocabulary.people_sounding(int(code)) / self._people,
            )
            for code, level in zip(codes, best, strict=True)
        ]
        found.sort(key=lambda sound: (sound.lost, sound.code))
        return tuple(found[: self._reach.most_sounds])


def _pairs(question: Question) -> Iterator[tuple[Word, Word]]:
    """Yield each forename with each surname, or every two words if their order says nothing."""
    if question.any_order:
        words = question.words
        yield from (pair for pair in product(words, words) if pair[0].text < pair[1].text)
        return
    forenames = [word for word in question.words if not word.is_surname]
    surnames = [word for word in question.words if word.is_surname]
    yield from product(forenames, surnames)


def _days(question: Question) -> Iterator[_Part]:
    """Yield the day of the year asked for, and the one with day and month exchanged."""
    if not question.day:
        return
    yield _Part(question.month * 100 + question.day, 0.0, 1 / _DAYS)
    if question.day <= _MONTHS and question.day != question.month:
        yield _Part(question.day * 100 + question.month, _SWAPPED_LOSES, 1 / _DAYS)


def _months(question: Question) -> Iterator[_Part]:
    """Yield the month asked for, and the day if it may be the month."""
    if not question.month:
        return
    yield _Part(question.month, 0.0, 1 / _MONTHS)
    if 0 < question.day <= _MONTHS and question.day != question.month:
        yield _Part(question.day, _SWAPPED_LOSES, 1 / _MONTHS)
