"""Turn the weight of evidence into how likely each person is the one sought, or nobody."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.search.weights import Weights

Bits = NDArray[np.float64]


class Posterior(NamedTuple):
    """Hold how likely each person weighed is the one sought, and that anybody in the index is."""

    each: Bits
    anybody: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unweighed:
    """Count those of the index who were not weighed, and say which of the others they are like."""

    count: int
    alike: NDArray[np.bool_]


def posterior(bits: Bits, unweighed: Unweighed, *, people: int, weights: Weights) -> Posterior:
    """Return how likely each of one question's people is, and anybody at all.

    Source: SEARCH, the posterior with "none of these".
    """
    odds = weights.spread * bits
    nobody = weights.spread * np.log2(max(weights.absence * people, 1.0))
    top = max(float(odds.max(initial=-np.inf)), nobody)
    likely, absent = np.exp2(odds - top), float(np.exp2(nobody - top))
    alike = likely[unweighed.alike]
    rest = unweighed.count * float(alike.mean()) if len(alike) else 0.0
    whole = float(likely.sum()) + rest + absent
    return Posterior(each=likely / whole, anybody=1.0 - absent / whole)
