"""Fit weights to what was gathered: shares of levels, then what turns bits into probabilities."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeVar

import numpy as np

from directory.evaluation.evidence import Gathered, Tally, Weighing
from directory.search.posterior import posterior
from directory.search.weights import BirthLevel, PlaceLevel, Weights

Each = TypeVar("Each")

_OLD_SHARES_COUNT_AS = 50.0
"""Questions that the old share of a level counts as, so that few new ones move it little."""

_LEAST_KEPT = 1 / 3
"""Of its old share every level keeps so much: no file of questions shows every error there is."""

_ROUNDS = 60
_LEAST = 1e-6
_MOST_CALIBRATED = 4_000
_COARSE, _FINEST = 0.2, 0.025
_DATED = tuple(BirthLevel(each) for each in range(BirthLevel.SAME, BirthLevel.DIFFERS + 1))
_AGED = (BirthLevel.AGE_SAME, BirthLevel.AGE_NEAR, BirthLevel.AGE_DIFFERS)


def with_shares(weights: Weights, tally: Tally) -> Weights:
    """Return `weights` with the share of true matches that stood at each level."""
    birth = dict(weights.birth)
    for levels in (_DATED, _AGED):
        birth |= _shares({each: weights.birth[each] for each in levels}, tally.birth)
    return replace(
        weights,
        forename=_shares(weights.forename, tally.forename),
        surname=_shares(weights.surname, tally.surname),
        birth=birth,
        place=_place_shares(weights.place, tally.place),
        number=_shares(weights.number, tally.number),
    )


def with_calibration(weights: Weights, gathered: Gathered) -> Weights:
    """Return `weights` with the spread and the absence that make the truths surprise least.

    The search narrows around the best so far; absence is tried on a scale of doublings.
    """
    weighings = gathered.weighings[:_MOST_CALIBRATED]
    best, width = weights, _COARSE
    least = surprise(weighings, people=gathered.people, weights=best)
    while width >= _FINEST:
        tried = [
            replace(
                best,
                spread=max(best.spread + steps * width, _FINEST),
                absence=float(best.absence * 2 ** (doublings * width * 5)),
            )
            for steps, doublings in product((-2, -1, 0, 1, 2), repeat=2)
        ]
        bits, place = min(
            (surprise(weighings, people=gathered.people, weights=each), number)
            for number, each in enumerate(tried)
        )
        if bits < least:
            best, least = tried[place], bits
        else:
            width /= 2
    return best


def surprise(weighings: Sequence[Weighing], *, people: int, weights: Weights) -> float:
    """Return the mean surprise, in bits, at who was meant; a truth not weighed counts as nobody."""
    if not weighings:
        return 0.0
    total = 0.0
    for each in weighings:
        likely = posterior(each.bits, each.unweighed, people=people, weights=weights)
        meant = 1 - likely.anybody if each.truth is None else float(likely.each[each.truth])
        total -= float(np.log2(max(meant, _LEAST)))
    return total / len(weighings)


def _shares(before: Mapping[Each, float], counts: Mapping[Each, float]) -> dict[Each, float]:
    """Return the share of each level, the shares `before` counting as a few questions."""
    whole = sum(before.values())
    old = {level: share / whole for level, share in before.items()}
    seen = sum(counts.get(level, 0) for level in before) + _OLD_SHARES_COUNT_AS
    new = {
        level: (counts.get(level, 0) + _OLD_SHARES_COUNT_AS * share) / seen
        for level, share in old.items()
    }
    kept = {level: max(share, _LEAST_KEPT * old[level]) for level, share in new.items()}
    total = sum(kept.values())
    return {level: share / total for level, share in kept.items()}


def _place_shares(
    before: Mapping[PlaceLevel, float], counts: Counter[tuple[PlaceLevel, PlaceLevel]]
) -> dict[PlaceLevel, float]:
    """Return the share of each level, where who met the highest allowed may stand higher."""
    shares = dict(before)
    for _ in range(_ROUNDS):
        expected: dict[PlaceLevel, float] = dict.fromkeys(before, 0.0)
        for (level, highest), count in counts.items():
            possible = list(_possible(level, highest, before))
            whole = sum(shares[each] for each in possible)
            for each in possible:
                expected[each] += count * shares[each] / whole
        shares = _shares(before, expected)
    return shares


def _possible(
    level: PlaceLevel, highest: PlaceLevel, levels: Iterable[PlaceLevel]
) -> Iterable[PlaceLevel]:
    """Return the levels that may be true where `level` was met and `highest` could be."""
    return (each for each in levels if each >= level) if level >= highest else (level,)
