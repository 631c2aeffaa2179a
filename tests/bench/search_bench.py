"""Measure how well and how fast the people index finds invented people.

Run from the top folder: python -m tests.bench.search_bench --people 100000
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, create_engine, func, select

from directory.search.people import (
    LinkOutcome,
    SearchableAddress,
    SearchableLine,
    SearchableName,
    Strength,
)
from directory.search.sql import SqlPeopleIndex
from directory.search.tables import key_posting, search_metadata
from tests.bench.search_errors import ERRORS, Asked, Typed, absent, asked, typed_exactly
from tests.bench.search_population import LATER_STRANGERS, STRANGERS, Invented, Town

SECRET = b"only for the bench, never elsewhere"
SEEDS = {"training": 11, "tuning": 47, "publishing": 101}
"""Weights are fitted on the first and choices made by the second; the third is only published."""

_NOWHERE = 99
_BINS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01)
_ERRORS_OF_EXTRACTS = (
    *("exact",) * 6,
    "capitals and spaces",
    "surname slip",
    "forename slip",
    "short form",
    "other spelling",
    "day for month",
    "wrong digit",
    "old home",
)


class Measured(NamedTuple):
    """Hold how one question was answered: the truth's place in the whole ranking, from 0."""

    asked: Asked
    place: int
    shown: int
    truth_shown: bool
    strength: Strength
    first: float
    milliseconds: float


class Line(NamedTuple):
    """Hold a line of an extract with whose it is."""

    line: SearchableLine
    truth: bytes | None


def told(line: str) -> None:
    """Print one line of the report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def population(people: int, seed: int) -> list[Invented]:
    """Return so many invented people."""
    return list(Town(draw=random.Random(seed), size=people).people())


def built(connection: Connection, index: SqlPeopleIndex, people: Sequence[Invented]) -> float:
    """Put `people` and return how many a second."""
    searchable = [each.searchable() for each in people]
    start = time.perf_counter()
    index.rebuild(connection, searchable)
    connection.commit()
    return len(people) / (time.perf_counter() - start)


def measured(
    connection: Connection, index: SqlPeopleIndex, questions: Iterable[Asked]
) -> list[Measured]:
    """Return how each question is answered."""
    found = []
    for each in questions:
        start = time.perf_counter()
        answer = index.find(connection, each.query, hidden=frozenset())
        took = (time.perf_counter() - start) * 1_000
        shown = [candidate.person for candidate in answer.candidates]
        ranking = index.ranked(connection, each.query, hidden=frozenset(), most=10)
        ranked = [candidate.person for candidate in ranking]
        found.append(
            Measured(
                asked=each,
                place=ranked.index(each.truth) if each.truth in ranked else _NOWHERE,
                shown=len(shown),
                truth_shown=each.truth in shown,
                strength=answer.strength,
                first=answer.candidates[0].probability if shown else 0.0,
                milliseconds=took,
            )
        )
    return found


def reported(name: str, found: Sequence[Measured]) -> None:
    """Print one line for `found`."""
    places = np.array([each.place for each in found])
    took = np.percentile([each.milliseconds for each in found], [50, 95, 99])
    told(
        f"{name:<30} n={len(found):5d} @1 {np.mean(places < 1):.3f} @5 {np.mean(places < 5):.3f}"
        f" @10 {np.mean(places < 10):.3f}"
        f" truth shown {np.mean([each.truth_shown for each in found]):.3f}"
        f" shown {np.mean([each.shown for each in found]):.2f}"
        f" p50 {took[0]:.1f} p95 {took[1]:.1f} p99 {took[2]:.1f} ms"
    )


def report(found: Sequence[Measured]) -> None:
    """Print the figures of the whole, of each kind and of each shape."""
    reported("all", found)
    strong = [each for each in found if each.strength is Strength.STRONG]
    wrong = sum(each.place != 0 for each in strong)
    many = sum(each.strength is Strength.TOO_MANY for each in found)
    told(f"  strong {len(strong)} strong but wrong {wrong} too many {many}")
    kinds: dict[str, list[Measured]] = defaultdict(list)
    for each in found:
        kinds[f"  kind {each.asked.kind}"].append(each)
        kinds[f"  shape {each.asked.shape}"].append(each)
    for name, group in sorted(kinds.items()):
        reported(name, group)


def calibration(found: Sequence[Measured]) -> None:
    """Print how often the first candidate is the truth, by its probability."""
    for low, high in pairwise(_BINS):
        inside = [each for each in found if low <= each.first < high]
        if inside:
            said = np.mean([each.first for each in inside])
            was = np.mean([each.place == 0 and each.truth_shown for each in inside])
            told(f"  probability {low:.2f}-{high:.2f}: n={len(inside)} {said:.3f} was {was:.3f}")


def lines_of(people: Sequence[Invented], count: int, draw: random.Random) -> list[Line]:
    """Return lines of an extract: seven in ten about known people, with errors."""
    found: list[Line] = []
    while len(found) < count * 7 // 10:
        person = draw.choice(people)
        typed = ERRORS[draw.choice(_ERRORS_OF_EXTRACTS)](typed_exactly(person), person, draw)
        if typed is not None:
            found.append(Line(_line(typed, draw), person.person))
    strangers = Town(draw=draw, size=count - len(found), born=STRANGERS).people()
    found += [Line(_line(typed_exactly(each), draw), None) for each in strangers]
    draw.shuffle(found)
    return found


def _line(typed: Typed, draw: random.Random) -> SearchableLine:
    home = SearchableAddress(house=typed.house, street=typed.street, postcode=typed.postcode)
    return SearchableLine(
        names=(SearchableName(forenames=typed.forename, surname=typed.surname),),
        birth=typed.birth,
        addresses=(home,) if draw.random() < 0.85 else (),
        identifiers=(("nhs_number", typed.nhs),) if typed.nhs and draw.random() < 0.3 else (),
    )


def linked(connection: Connection, index: SqlPeopleIndex, lines: Sequence[Line]) -> None:
    """Print how fast and how well `lines` are linked."""
    start = time.perf_counter()
    decisions = index.link_many(connection, [each.line for each in lines], guarded=frozenset())
    took = time.perf_counter() - start
    counts: Counter[str] = Counter()
    for decision, each in zip(decisions, lines, strict=True):
        right = ""
        if decision.outcome is LinkOutcome.AUTO:
            right = " right" if decision.candidates[0].person == each.truth else " WRONG"
        counts[f"{'known' if each.truth else 'new'} {decision.outcome}{right}"] += 1
    told(f"link_many {len(lines) / took:.0f} lines/s {dict(sorted(counts.items()))}")


def put_one(connection: Connection, index: SqlPeopleIndex, draw: random.Random) -> None:
    """Print how long it takes to put one new person, without the commit."""
    strangers = [
        each.searchable() for each in Town(draw=draw, size=50, born=LATER_STRANGERS).people()
    ]
    start = time.perf_counter()
    for each in strangers:
        index.put(connection, [each])
    told(f"put one {(time.perf_counter() - start) / len(strangers) * 1_000:.2f} ms")


def main() -> None:
    """Run the bench that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=3_100)
    parser.add_argument("--seed", type=int, default=SEEDS["tuning"])
    options = parser.parse_args()
    people = population(options.people, options.seed)
    draw = random.Random(options.seed + 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        engine = create_engine(f"sqlite:///{path}")
        search_metadata.create_all(engine)
        index = SqlPeopleIndex(SECRET)
        with engine.connect() as connection:
            rate = built(connection, index, people)
            keys = connection.scalar(select(func.count()).select_from(key_posting)) or 0
            told(
                f"{len(people)} people: put {rate:.0f}/s, {path.stat().st_size / 1e6:.0f} MB,"
                f" {keys / len(people):.1f} keys each"
            )
            measured(connection, index, asked(people, 50, draw))
            found = measured(connection, index, asked(people, options.queries, draw))
            report(found)
            gone = measured(connection, index, absent(people, options.queries // 3, draw))
            reported("absent", gone)
            told(f"  absent: {dict(Counter(str(each.strength) for each in gone))}")
            calibration([*found, *gone])
            linked(connection, index, lines_of(people, 6_000, draw))
            put_one(connection, index, draw)


if __name__ == "__main__":
    main()
