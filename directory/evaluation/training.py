"""Train weights on half of the labelled questions, and judge them on the other half."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
from sqlalchemy import Connection

from directory.evaluation.evaluating import Files, Loaded, Progress, loaded, sha256_of
from directory.evaluation.evidence import Gathered, gathered
from directory.evaluation.figures import figures
from directory.evaluation.fitting import surprise, with_calibration, with_shares
from directory.evaluation.fresh import Fresh
from directory.evaluation.people_file import FileFault
from directory.evaluation.queries_file import Labelled
from directory.evaluation.release import product_version
from directory.evaluation.running import answered
from directory.search.sql import SqlPeopleIndex
from directory.search.weights import Weights
from directory.search.weights_file import Measured, Provenance, Trained

FEWEST_QUESTIONS = 200
"""So few questions fit nothing: half of them are kept to judge by."""

MOST_WORSE = 0.001
"""The share of questions by which a figure may be worse by chance."""

MOST_ABSENT_STRONG = 0.005
"""The share of absent people who may be called strong, whatever it was before: SEARCH's goal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Hold what training gave, and in which figures it is worse than what was there."""

    trained: Trained
    worse: tuple[str, ...]
    loaded: Loaded


def trained(files: Files, fresh: Fresh, *, as_of: date, seed: int, progress: Progress) -> Training:
    """Return weights fitted to one half of the questions, with figures of the other.

    Raise FileFault where there are too few questions.
    """
    start = Weights()
    ready = loaded(files, fresh, weights=start, as_of=as_of, progress=progress)
    if len(ready.asked) < FEWEST_QUESTIONS:
        raise FileFault(f"training needs {FEWEST_QUESTIONS} questions, here are {len(ready.asked)}")
    order = np.random.default_rng(seed).permutation(len(ready.asked)).tolist()
    asked = [ready.asked[place] for place in order]
    fitted, held_out = asked[::2], asked[1::2]
    weights = _fitted(ready, fitted, start, progress)
    before = _measured(ready, held_out, start, progress)
    after = _measured(ready, held_out, weights, progress)
    provenance = Provenance(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        product=product_version(),
        people_sha256=sha256_of(files.people),
        queries_sha256=sha256_of(files.queries),
        people=ready.built.people,
        fitted=len(fitted),
        held_out=len(held_out),
        seed=seed,
        before=before,
        after=after,
    )
    return Training(
        trained=Trained(weights=weights, provenance=provenance),
        worse=worse(before, after),
        loaded=ready,
    )


def worse(before: Measured, after: Measured) -> tuple[str, ...]:
    """Return the figures, in words, in which `after` is worse than `before` beyond chance."""
    checks = (
        ("surprise at who was meant", after.surprise_bits - before.surprise_bits, 0.0),
        ("recall at 5", before.recall_at_5 - after.recall_at_5, MOST_WORSE),
        ("strong but wrong", after.strong_wrong - before.strong_wrong, MOST_WORSE),
        ("absent people called strong", _above_goal(before, after), MOST_WORSE),
    )
    return tuple(words for words, loss, most in checks if loss > most)


def _above_goal(before: Measured, after: Measured) -> float:
    """Return by how much more absent people are called strong than before and than may be."""
    return after.absent_strong - max(before.absent_strong, MOST_ABSENT_STRONG - MOST_WORSE)


def _fitted(
    ready: Loaded, asked: Sequence[Labelled], start: Weights, progress: Progress
) -> Weights:
    """Return the weights that surprise least: with new shares of levels, or the old ones."""
    with ready.fresh.database.reading() as connection:
        old = _gathered(ready, connection, asked, start, progress)
        shared = with_shares(start, old.tally)
        new = _gathered(ready, connection, asked, shared, progress)
    candidates = [
        (surprise(found.weighings, people=found.people, weights=weights), place, weights)
        for place, (found, weights) in enumerate(
            ((old, with_calibration(start, old)), (new, with_calibration(shared, new)))
        )
    ]
    return min(candidates)[2]


def _gathered(
    ready: Loaded,
    connection: Connection,
    asked: Sequence[Labelled],
    weights: Weights,
    progress: Progress,
) -> Gathered:
    index = SqlPeopleIndex(ready.secret, weights=weights)
    return gathered(index, connection, asked, progress("Weighing", len(asked)))


def _measured(
    ready: Loaded, asked: Sequence[Labelled], weights: Weights, progress: Progress
) -> Measured:
    index = SqlPeopleIndex(ready.secret, weights=weights)
    found = figures(answered(ready.fresh, index, asked, progress("Asking", 2 * len(asked))))
    with ready.fresh.database.reading() as connection:
        evidence = _gathered(ready, connection, asked, weights, progress)
    return Measured(
        recall_at_1=found.recall_at_1 or 0.0,
        recall_at_5=found.recall_at_5 or 0.0,
        mean_reciprocal_rank=found.mean_reciprocal_rank or 0.0,
        surprise_bits=surprise(evidence.weighings, people=evidence.people, weights=weights),
        strong_wrong=found.strong_wrong_share or 0.0,
        absent_strong=found.absent_strong or 0.0,
    )
