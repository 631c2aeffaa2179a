"""Compare identifiers and phones with those asked for, many pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from directory.search.features import KIND_SHIFT, Features, Longs
from directory.search.question import Question
from directory.search.weights import NumberLevel, Weights

Numbers = NDArray[np.int64]
Bits = NDArray[np.float64]
Levels = NDArray[np.int8]

_NUMBERS_IN_USE = 1e9
_REFERENCES_IN_USE = 100
"""References that an organisation could have given for each person it knows."""

_CORRECTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersAsked:
    """Hold the numbers each question asks for: a row each, padded with 0."""

    nhs_number: Longs
    corrections: Longs
    identifiers: Longs
    phone: Longs

    @classmethod
    def of(cls, questions: Sequence[Question]) -> Self:
        """Return what `questions` ask."""
        return cls(
            nhs_number=_padded([(each.nhs_number,) for each in questions]),
            corrections=_padded([each.corrections for each in questions]),
            identifiers=_padded([each.identifiers for each in questions]),
            phone=_padded([(each.phone,) for each in questions]),
        )


def _padded(rows: Sequence[Sequence[int]]) -> Longs:
    """Return `rows` as one matrix."""
    matrix = np.zeros((len(rows), max(map(len, rows), default=0)), dtype=np.uint64)
    for place, row in enumerate(rows):
        matrix[place, : len(row)] = row
    return matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersCompared:
    """Hold for each pair the levels of its numbers, and their weight in all."""

    nhs_number: Levels
    identifier: Levels
    phone: Levels
    bits: Bits


def compared_numbers(
    asked: NumbersAsked, pairs: Numbers, features: Features, *, people: int, weights: Weights
) -> NumbersCompared:
    """Return how the numbers of each pair compare; `pairs` names each pair's question."""
    nhs = _levels(asked.nhs_number[pairs], features.identifiers)
    corrected = _levels(asked.corrections[pairs], features.identifiers) == NumberLevel.SAME
    nhs = np.where((nhs == 0) & corrected, NumberLevel.CORRECTED, nhs).astype(np.int8)
    identifier = _levels(asked.identifiers[pairs], features.identifiers)
    phone = _phone_levels(asked.phone[pairs], features.phones)
    near = _CORRECTIONS / people
    differs = weights.number[NumberLevel.DIFFERS]
    worth = np.log2(
        [
            [1.0, differs, weights.number[NumberLevel.CORRECTED] / near, _NUMBERS_IN_USE],
            [1.0, weights.other_number_differs, 1.0, _REFERENCES_IN_USE * people],
            [1.0, weights.phone_differs, 1.0, people / weights.sharing_phone],
        ]
    )
    return NumbersCompared(
        nhs_number=nhs,
        identifier=identifier,
        phone=phone,
        bits=worth[0][nhs] + worth[1][identifier] + worth[2][phone],
    )


def _levels(asked: Longs, held: Longs) -> Levels:
    """Return whether any of `asked` is held, or only another number of its kind."""
    if not (asked.any() and held.size):
        return np.zeros(len(asked), dtype=np.int8)
    wanted, had = asked[:, :, None], held[:, None, :]
    known = (wanted > 0) & (had > 0)
    same = (known & (wanted == had)).any(axis=(1, 2))
    shift = np.uint64(KIND_SHIFT)
    kind = (known & (wanted >> shift == had >> shift)).any(axis=(1, 2))
    return np.select([same, kind], [NumberLevel.SAME, NumberLevel.DIFFERS], default=0).astype(
        np.int8
    )


def _phone_levels(asked: Longs, held: Longs) -> Levels:
    """Return whether the phone asked for is held, or only another."""
    if not (asked.any() and held.size):
        return np.zeros(len(asked), dtype=np.int8)
    known = (asked > 0) & (held > 0)
    same = (known & (asked == held)).any(axis=1)
    return np.select(
        [same, known.any(axis=1)], [NumberLevel.SAME, NumberLevel.DIFFERS], default=0
    ).astype(np.int8)
