"""Compare name tokens with the words asked for, many pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from directory.search.features import FORMER_FLAG, LATER_FLAG, SURNAME_FLAG, Features
from directory.search.question import MOST_WORDS, Question
from directory.search.vocabulary import Level, Vocabulary
from directory.search.weights import Weights

Numbers = NDArray[np.int64]
Bits = NDArray[np.float64]
Flags = NDArray[np.bool_]

_LEVELS = len(Level)
_PLACE_BITS = 32
_ONE_LETTER_MEANT = 0.9
_A_LEVEL = 0.5
"""Bits by which each level is worth less than the one above it, at the least."""

# What no word stands for: with it there is always something to compare with.
_NO_PLACE = np.array([np.iinfo(np.int64).max])
_NO_LEVEL = np.zeros(1, dtype=np.int8)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesAsked:
    """Hold the words of every question, and what each may stand for.

    `words` has a row for each question and a column for each of its words: the word's number, or
    -1. `known` are sorted word numbers above vocabulary places, `levels` their levels; `worth` is
    the weight of each word, role (1 for surname) and level.
    """

    words: Numbers
    is_surname: Flags
    is_later: Flags
    any_order: Flags
    known: Numbers
    levels: NDArray[np.int8]
    worth: Bits

    @classmethod
    def of(
        cls, questions: Sequence[Question], vocabulary: Vocabulary, people: int, weights: Weights
    ) -> Self:
        """Return what `questions` ask; worth is measured in the counts of `vocabulary`."""
        numbers: dict[str, int] = {}
        shape = (len(questions), MOST_WORDS)
        words = np.full(shape, -1, dtype=np.int64)
        is_surname = np.zeros(shape, dtype=bool)
        is_later = np.zeros(shape, dtype=bool)
        for row, question in enumerate(questions):
            for column, word in enumerate(question.words):
                words[row, column] = numbers.setdefault(word.text, len(numbers))
                is_surname[row, column] = word.is_surname
                is_later[row, column] = word.is_later
        known, levels, worth = _matched(list(numbers), vocabulary, people, weights)
        return cls(
            words=words,
            is_surname=is_surname,
            is_later=is_later,
            any_order=np.array([each.any_order for each in questions], dtype=bool),
            known=known,
            levels=levels,
            worth=worth,
        )


def _matched(
    texts: Sequence[str], vocabulary: Vocabulary, people: int, weights: Weights
) -> tuple[Numbers, NDArray[np.int8], Bits]:
    """Return what every one of `texts` may stand for, and what that is worth."""
    known: list[Numbers] = []
    levels: list[NDArray[np.int8]] = []
    shared = np.zeros((len(texts), 2, _LEVELS))
    for number, text in enumerate(texts):
        matches = vocabulary.matches(text)
        known.append(matches.places | number << _PLACE_BITS)
        levels.append(matches.levels)
        counts = vocabulary.counts[matches.places]
        for role in (0, 1):
            shared[number, role] = np.bincount(
                matches.levels, weights=counts[:, role], minlength=_LEVELS
            )
    every = np.concatenate([*known, _NO_PLACE])
    order = np.argsort(every, kind="stable")
    every_level = np.concatenate([*levels, _NO_LEVEL])
    one_letter = np.array([len(text) == 1 for text in texts], dtype=bool)
    return every[order], every_level[order], _worth(shared, one_letter, people, weights)


def _worth(shared: Bits, one_letter: Flags, people: int, weights: Weights) -> Bits:
    """Return the weight of every word, role and level, from how many people share the level."""
    chance = np.clip(shared / people, 0.5 / people, 0.999)
    chance[:, :, Level.NONE] = np.clip(1 - shared.sum(axis=2) / people, 0.001, 1.0)
    likely = np.array(
        [
            [weights.forename[level] for level in Level],
            [weights.surname[level] for level in Level],
        ]
    )
    likely = np.broadcast_to(likely, shared.shape).copy()
    likely[one_letter, :, Level.INITIAL] = _ONE_LETTER_MEANT
    worth: Bits = np.log2(likely / chance)
    # Nobody whose name is only near comes before one whose name is what was asked for.
    steps = _A_LEVEL * np.arange(1, _LEVELS)
    from_exact = np.minimum.accumulate((worth[:, :, 1:] - steps)[:, :, ::-1], axis=2)
    capped = from_exact[:, :, ::-1] + steps
    worth[:, :, 1:] = np.maximum(capped, worth[:, :, :1] + 1.0)
    return worth


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesCompared:
    """Hold for each pair and word the level, the flags of the token met, and the weight.

    `swapped` says that the token met stands in the other role; `unknown` that the person has no
    name of the role at all. `unasked` counts surnames of today that nobody asked for.
    """

    levels: NDArray[np.int8]
    flags: Numbers
    swapped: Flags
    unknown: Flags
    bits: Bits
    unasked: Numbers


class _WordCompared(NamedTuple):
    """Hold for each pair how one word of the question compares."""

    level: NDArray[np.int8]
    flags: Numbers
    swapped: Flags
    unknown: Flags
    bits: Bits


def compared_names(
    asked: NamesAsked,
    pairs: Numbers,
    features: Features,
    *,
    vocabulary: Vocabulary,
    weights: Weights,
) -> NamesCompared:
    """Return how each word of each pair's question compares with the person's names."""
    places = vocabulary.places_of(features.name_ids)
    columns = [
        _compared(asked, pairs, column, features=features, places=places, weights=weights)
        for column in range(MOST_WORDS)
    ]
    levels, flags, swapped, unknown, bits = (
        np.stack(parts, axis=1) for parts in zip(*columns, strict=True)
    )
    is_today = (flags & (SURNAME_FLAG | FORMER_FLAG)) == SURNAME_FLAG
    met = ((levels > 0) & is_today).sum(axis=1)
    held_today = (features.name_flags & (SURNAME_FLAG | FORMER_FLAG)) == SURNAME_FLAG
    today = (held_today & (features.name_ids > 0)).sum(axis=1)
    return NamesCompared(
        levels=levels,
        flags=flags,
        swapped=swapped,
        unknown=unknown,
        bits=bits,
        unasked=np.maximum(today - met, 0) * (met > 0),
    )


def _compared(
    asked: NamesAsked,
    pairs: Numbers,
    column: int,
    *,
    features: Features,
    places: Numbers,
    weights: Weights,
) -> _WordCompared:
    """Return how the word in one `column` compares; the token that tells most is met."""
    word, role = asked.words[pairs, column], asked.is_surname[pairs, column]
    if not features.name_ids.shape[1] or not (word >= 0).any():
        return _not_asked(len(pairs))
    later, any_order = asked.is_later[pairs, column], asked.any_order[pairs]
    held = features.name_ids > 0
    held_surname = (features.name_flags & SURNAME_FLAG) > 0
    other_role = held_surname != role[:, None]
    levels = _token_levels(asked, word, places)
    bits = asked.worth[word[:, None], held_surname.astype(np.int64), levels]
    bits = bits + _shortfall(features.name_flags, other_role & ~any_order[:, None], later, weights)
    best = np.argmax(np.where(levels > 0, bits, -np.inf), axis=1)
    chosen = (np.arange(len(pairs)), best)
    has_role = (held & (~other_role | any_order[:, None])).any(axis=1)
    missed = np.where(later, weights.later_word_differs, asked.worth[word, role.astype(int), 0])
    missed = np.where(has_role, missed, 0.0)
    present, found = word >= 0, levels[chosen] > 0
    scored = np.where(found, np.maximum(bits[chosen], missed), missed)
    return _WordCompared(
        level=np.where(present, levels[chosen], 0).astype(np.int8),
        flags=np.where(present & found, features.name_flags[chosen], 0),
        swapped=present & found & other_role[chosen] & ~any_order,
        unknown=~present | ~has_role,
        bits=np.where(present, scored, 0.0),
    )


def _not_asked(size: int) -> _WordCompared:
    """Return how a word compares that nobody asks for."""
    nothing = np.zeros(size, dtype=np.int64)
    return _WordCompared(
        level=nothing.astype(np.int8),
        flags=nothing,
        swapped=nothing > 0,
        unknown=nothing == 0,
        bits=nothing.astype(np.float64),
    )


def _token_levels(asked: NamesAsked, word: Numbers, places: Numbers) -> NDArray[np.int64]:
    """Return the level of every token of every pair towards the pair's word."""
    wanted = np.where(
        (places >= 0) & (word >= 0)[:, None], word[:, None] << _PLACE_BITS | places, -1
    )
    spot = np.searchsorted(asked.known, wanted)
    return np.where(asked.known[spot] == wanted, asked.levels[spot], 0).astype(np.int64)


def _shortfall(flags: Numbers, swapped: Flags, later: Flags, weights: Weights) -> Bits:
    """Return what a token loses for standing in another role, a former name or a later place."""
    behind = ((flags & LATER_FLAG) > 0) & ~later[:, None] & ((flags & SURNAME_FLAG) == 0)
    former = (flags & FORMER_FLAG) > 0
    lost: Bits = (
        swapped * weights.swapped + former * weights.former_name + behind * weights.later_name
    )
    return lost
