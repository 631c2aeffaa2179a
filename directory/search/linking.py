"""Decide whose a line of an extract is."""

from collections.abc import Sequence

import numpy as np

from directory.search.answers import NEAR, STRONG, candidates, likelihoods
from directory.search.evidence import evidence_about
from directory.search.finding import Moment, Weighed
from directory.search.people import (
    Evidence,
    LinkDecision,
    LinkOutcome,
)
from directory.search.shelf import Numbers

WAIT = 0.3
"""A line that is somebody's with at least this probability waits for a person to decide."""

WAIT_AGAINST_BIRTH = 0.85
"""The same where the date of birth is another's altogether, and no number speaks for it."""

_MOST_NAMED = 5


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
    spoken = evidence_about(named[0])
    numbered = Evidence.IDENTIFIER in spoken.agrees
    if Evidence.BIRTH in spoken.disagrees and not numbered:
        unlike = Evidence.NAME in spoken.disagrees
        if unlike or named[0].probability < WAIT_AGAINST_BIRTH:
            return LinkDecision(outcome=LinkOutcome.NEW)
    sure = named[0].probability >= STRONG and near == 1
    free = not spoken.disagrees and named[0].person not in guarded
    return LinkDecision(
        outcome=LinkOutcome.AUTO if sure and free and spoken.is_borne_out else LinkOutcome.WAIT,
        candidates=named,
        agrees=spoken.agrees,
        disagrees=spoken.disagrees,
    )


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
