"""Decide whose a line of an extract is."""

from collections.abc import Sequence

import numpy as np

from directory.search.answers import NEAR, STRONG, candidates, likelihoods
from directory.search.finding import Moment, Weighed
from directory.search.people import (
    Candidate,
    Evidence,
    LinkDecision,
    LinkOutcome,
    Reason,
)
from directory.search.shelf import Numbers

WAIT = 0.3
"""A line that is somebody's with at least this probability waits for a person to decide."""

_FEWEST_KINDS = 2
_MOST_NAMED = 5
_WEAK = frozenset(
    {
        Reason.SURNAME_PARTLY_SAME,
        Reason.FORENAME_PARTLY_SAME,
        Reason.FORENAME_INITIAL_SAME,
        Reason.BIRTH_ONE_DIGIT_DIFFERS,
        Reason.BIRTH_YEAR_NEAR,
        Reason.BIRTH_YEAR_SAME,
        Reason.BIRTH_MONTH_SAME,
        Reason.BIRTH_DAY_SAME,
        Reason.POSTCODE_ALMOST_SAME,
        Reason.POSTCODE_SAME_AREA,
        Reason.STREET_SAME,
    }
)
_OF_ONE_PERSON = frozenset({Evidence.NAME, Evidence.IDENTIFIER})


def decision(
    weighed: Weighed, questions: Sequence[int], moment: Moment, *, guarded: frozenset[bytes]
) -> LinkDecision:
    """Return whose the line is that put `questions`, one for each name of its person."""
    pairs = _best_of_each(weighed, questions)
    likely = likelihoods(weighed, pairs, moment).each
    near = int((likely >= NEAR).sum())
    if not near or likely[0] < WAIT:
        return LinkDecision(outcome=LinkOutcome.NEW)
    named = candidates(weighed, pairs, likely, most=min(near, _MOST_NAMED))
    agrees, disagrees = _evidence(named[0])
    if {Evidence.NAME, Evidence.BIRTH} <= disagrees and Evidence.IDENTIFIER not in agrees:
        return LinkDecision(outcome=LinkOutcome.NEW)
    sure = named[0].probability >= STRONG and near == 1
    free = not disagrees and named[0].person not in guarded
    shown = len(agrees) >= _FEWEST_KINDS and bool(agrees & _OF_ONE_PERSON)
    outcome = LinkOutcome.AUTO if sure and free and shown else LinkOutcome.WAIT
    return LinkDecision(outcome=outcome, candidates=named, agrees=agrees, disagrees=disagrees)


def _best_of_each(weighed: Weighed, questions: Sequence[int]) -> Numbers:
    """Return each person's best pair under any of `questions`, the heaviest first."""
    pairs = np.concatenate([weighed.of(question) for question in questions])
    if len(questions) == 1:
        return pairs
    order = sorted(
        pairs.tolist(),
        key=lambda pair: (-weighed.scored.bits[pair], weighed.filed[pair].person),
    )
    best = {weighed.filed[pair].number: pair for pair in reversed(order)}
    mine = [pair for pair in order if best[weighed.filed[pair].number] == pair]
    return np.array(mine, dtype=np.int64)


def _evidence(first: Candidate) -> tuple[frozenset[Evidence], frozenset[Evidence]]:
    """Return the kinds of evidence that speak for and against the `first` candidate.

    A kind speaks for it only if nothing about it is weak; a name, if forename and surname do. An
    address that differs speaks against nobody: people move.
    """
    against = frozenset(each.evidence for each in first.differs) - {Evidence.ADDRESS}
    weak = frozenset(each.evidence for each in first.why if each in _WEAK)
    agrees = frozenset(each.evidence for each in first.why) - weak - against
    forename = any(each.startswith("forename") for each in first.why)
    surname = any("surname" in each for each in first.why)
    if not (forename and surname):
        agrees -= {Evidence.NAME}
    return agrees, against
