"""Fit what turns bits into probabilities, on the training seed alone.

Run from the top folder: python -m tests.bench.search_fit --people 100000
"""

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, create_engine

from directory.search.sql import SqlPeopleIndex
from directory.search.tables import search_metadata
from tests.bench.search_bench import SECRET, TRAINING, built, population, told
from tests.bench.search_errors import Asked, absent, asked

_SPREADS = np.arange(0.6, 1.41, 0.05)
_ABSENCES = 2.0 ** np.arange(-6, 4.1, 0.5)
_LEAST = 1e-6


class Weighed(NamedTuple):
    """Hold the bits of everybody weighed for one question, and the truth's place or -1."""

    bits: NDArray[np.float64]
    truth: int


def weighed(
    connection: Connection, index: SqlPeopleIndex, questions: Sequence[Asked]
) -> list[Weighed]:
    """Return the bits of everybody weighed for each of `questions`."""
    found = []
    for each in questions:
        ranking = index.ranked(connection, each.query, hidden=frozenset(), most=600)
        people = [candidate.person for candidate in ranking]
        found.append(
            Weighed(
                bits=np.array([candidate.score for candidate in ranking]),
                truth=people.index(each.truth) if each.truth in people else -1,
            )
        )
    return found


def surprise(found: Sequence[Weighed], *, spread: float, nobody: float) -> float:
    """Return the mean surprise, in bits, at who was meant."""
    total = 0.0
    for each in found:
        odds = np.append(spread * each.bits, spread * nobody)
        likely = np.exp2(odds - odds.max())
        total -= np.log2(max(likely[each.truth] / likely.sum(), _LEAST))
    return total / len(found)


def main() -> None:
    """Print the spread and the absence that surprise least."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=3_100)
    options = parser.parse_args()
    people = population(options.people, TRAINING)
    draw = random.Random(TRAINING + 1)
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'fit.db'}")
        search_metadata.create_all(engine)
        index = SqlPeopleIndex(SECRET)
        with engine.connect() as connection:
            built(connection, index, people)
            questions = asked(people, options.queries, draw)
            questions += absent(people, options.queries // 5, draw)
            found = weighed(connection, index, questions)
    surprises = sorted(
        (
            surprise(found, spread=spread, nobody=float(np.log2(absence * len(people)))),
            spread,
            absence,
        )
        for spread in _SPREADS
        for absence in _ABSENCES
    )
    for bits, spread, absence in surprises[:5]:
        told(f"spread {spread:.2f} absence {absence:.4f}: {bits:.4f} bits")


if __name__ == "__main__":
    main()
