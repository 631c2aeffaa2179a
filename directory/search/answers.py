"""Turn weighed people into an answer: strong, possible, none, or too many to name."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from directory.search.evidence import evidence_about
from directory.search.finding import Moment, Weighed
from directory.search.people import (
    MOST_CANDIDATES,
    Candidate,
    Evidence,
    Found,
    Reason,
    Strength,
)
from directory.search.posterior import Posterior, Unweighed, posterior
from directory.search.reasons import reasons
from directory.search.shelf import Numbers

STRONG = 0.95
"""A first candidate at least this likely is strong, if it agrees in all that tells people apart."""

NEAR = 0.05
"""A candidate less likely than this is not named; a second one this likely keeps the first weak."""

_MOST_OF_IT = 0.5
_TELLING_APART = frozenset(
    {Reason.FORENAME_DIFFERS, Reason.BIRTH_DIFFERS, Reason.NHS_NUMBER_DIFFERS}
)


def candidates(
    weighed: Weighed, pairs: Numbers, likely: NDArray[np.float64], *, most: int
) -> tuple[Candidate, ...]:
    """Return the first `most` of `pairs` as candidates, as `likely` as given."""
    found = []
    for pair, probability in zip(pairs[:most].tolist(), likely[:most].tolist(), strict=True):
        why, differs = reasons(weighed.scored, pair)
        found.append(
            Candidate(
                person=weighed.filed[pair].person,
                score=float(weighed.scored.bits[pair]),
                probability=probability,
                why=why,
                differs=differs,
            )
        )
    return tuple(found)


def answer(weighed: Weighed, moment: Moment) -> Found:
    """Return the answer to the one question of `weighed`."""
    pairs = weighed.of(0)
    likely = likelihoods(weighed, pairs, moment)
    most = min(MOST_CANDIDATES, int((likely.each >= NEAR).sum()))
    named = candidates(weighed, pairs, likely.each, most=most)
    is_anybody = likely.anybody >= _MOST_OF_IT
    is_spread = likely.each[:MOST_CANDIDATES].sum() < _MOST_OF_IT * likely.anybody
    if is_anybody and (is_spread or not named):
        return Found(strength=Strength.TOO_MANY)
    if is_spread or not named:
        return Found(strength=Strength.NONE)
    return Found(strength=_strength(named), candidates=named)


def ranking(weighed: Weighed, moment: Moment) -> tuple[Candidate, ...]:
    """Return everybody weighed for the one question, whatever the list is worth."""
    pairs = weighed.of(0)
    likely = likelihoods(weighed, pairs, moment)
    return candidates(weighed, pairs, likely.each, most=len(pairs))


def likelihoods(weighed: Weighed, pairs: Numbers, moment: Moment) -> Posterior:
    """Return how likely each of one line's or question's `pairs` is the one sought."""
    unweighed = Unweighed(
        count=int(weighed.unweighed[weighed.questions[pairs[:1]]].sum()),
        alike=weighed.lightest[pairs],
    )
    return posterior(
        weighed.scored.bits[pairs], unweighed, people=moment.people, weights=moment.weights
    )


def _strength(named: Sequence[Candidate]) -> Strength:
    """Return whether the first of `named` is all but certain.

    A name alone never makes it so, nor does one with an age, part of a date or a street.
    """
    first = named[0]
    alone = len(named) == 1 or named[1].probability < NEAR
    spoken = evidence_about(first)
    borne_out = spoken.is_borne_out or Evidence.IDENTIFIER in spoken.agrees
    sure = first.probability >= STRONG and not _TELLING_APART.intersection(first.differs)
    return Strength.STRONG if sure and alone and borne_out else Strength.POSSIBLE
