"""Put people into the index and questions to it, timing what a council would wait for."""

import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, text

from directory.evaluation.figures import Answered, Latency, latency
from directory.evaluation.fresh import Fresh, Sizes
from directory.evaluation.people_file import reference_of
from directory.evaluation.queries_file import Labelled
from directory.search.people import Candidate, Found, PeopleIndex, Query, Searchable

_ADDED = 200
_NOBODY: frozenset[bytes] = frozenset()
_EVERYBODY_WEIGHED = 5_000
_PEOPLE_INDEXED = text("SELECT COUNT(*) FROM person_feature")
_STATUS = Path("/proc/self/status")
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Hold what it took to index everybody: `read` lines as `people`.

    `build_seconds` are the index's own, without reading the file.
    """

    read: int
    people: int
    build_seconds: float
    read_seconds: float
    settle_seconds: float
    sizes: Sizes
    met: frozenset[bytes]
    some: tuple[Searchable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Hold what it took to add people one by one: the index's part, and with the commit."""

    put_ms: Latency | None
    with_commit_ms: Latency | None


def build(
    fresh: Fresh, index: PeopleIndex, people: Iterable[Searchable], *, wanted: frozenset[bytes]
) -> Built:
    """Index `people`, read once and never held, and say which of those `wanted` were there."""
    reading = _Reading(people, wanted)
    start = time.perf_counter()
    with fresh.database.writing() as connection:
        index.rebuild(connection, reading)
    built = time.perf_counter()
    fresh.settle()
    settled = time.perf_counter()
    with fresh.database.reading() as connection:
        indexed = connection.scalar(_PEOPLE_INDEXED) or 0
    return Built(
        read=reading.count,
        people=indexed,
        build_seconds=built - start - reading.seconds,
        read_seconds=reading.seconds,
        settle_seconds=settled - built,
        sizes=fresh.sizes(),
        met=frozenset(reading.met),
        some=tuple(reading.some),
    )


class _Reading:
    """Pass people on, timing whoever reads them and noting which of those wanted there were."""

    def __init__(self, people: Iterable[Searchable], wanted: frozenset[bytes]) -> None:
        self._people = people
        self._wanted = wanted
        self.seconds = 0.0
        self.count = 0
        self.met: set[bytes] = set()
        self.some: list[Searchable] = []

    def __iter__(self) -> Iterator[Searchable]:
        people = iter(self._people)
        while True:
            start = time.perf_counter()
            each = next(people, None)
            self.seconds += time.perf_counter() - start
            if each is None:
                return
            self.count += 1
            if each.person in self._wanted:
                self.met.add(each.person)
            if len(self.some) < _ADDED:
                self.some.append(each)
            yield each


def opening_ms(fresh: Fresh, index: PeopleIndex, as_of: date) -> float:
    """Return how long a process takes over its very first look-up more than over others."""
    with fresh.database.reading() as connection:
        _, took = _timed(index, connection, Query(as_of=as_of))
    return took


def answered(
    fresh: Fresh, index: PeopleIndex, asked: Sequence[Labelled], advance: Advance
) -> list[Answered]:
    """Return how each question is answered; `find` is timed by itself, before any ranking."""
    found: list[tuple[Found, float]] = []
    with fresh.database.reading() as connection:
        for each in asked:
            found.append(_timed(index, connection, each.query))
            advance(1)
        answers = []
        for each, (answer, took) in zip(asked, found, strict=True):
            ranking = index.ranked(connection, each.query, hidden=_NOBODY, most=_EVERYBODY_WEIGHED)
            answers.append(_answered(each, answer, ranking, took))
            advance(1)
    return answers


def _timed(index: PeopleIndex, connection: Connection, query: Query) -> tuple[Found, float]:
    start = time.perf_counter()
    found = index.find(connection, query, hidden=_NOBODY)
    return found, (time.perf_counter() - start) * 1_000


def _answered(
    asked: Labelled, answer: Found, ranking: Sequence[Candidate], milliseconds: float
) -> Answered:
    places = [place for place, each in enumerate(ranking) if each.person in asked.truths]
    named = answer.candidates
    return Answered(
        asked=asked,
        place=min(places, default=None),
        strength=answer.strength,
        shown=len(named),
        truth_shown=any(each.person in asked.truths for each in named),
        first_is_right=bool(named) and named[0].person in asked.truths,
        said=ranking[0].probability if ranking else 0.0,
        was=_truth_of(asked, ranking[0]) if ranking else 0.0,
        said_shown=tuple(each.probability for each in named),
        was_shown=tuple(_truth_of(asked, each) for each in named),
        milliseconds=milliseconds,
    )


def _truth_of(asked: Labelled, candidate: Candidate) -> float:
    """Return how much of the truth a candidate is."""
    if asked.truth is not None:
        return float(candidate.person == asked.truth)
    return float(candidate.person in asked.truths) / max(len(asked.truths), 1)


def added(fresh: Fresh, index: PeopleIndex, people: Sequence[Searchable]) -> Added:
    """Add somebody new like each of `people`, each in a transaction of its own."""
    put, committed = [], []
    for each in people:
        newcomer = replace(each, person=reference_of(each.person.hex()))
        start = time.perf_counter()
        with fresh.database.writing() as connection:
            begun = time.perf_counter()
            index.put(connection, [newcomer])
            put.append((time.perf_counter() - begun) * 1_000)
        committed.append((time.perf_counter() - start) * 1_000)
    return Added(put_ms=latency(put), with_commit_ms=latency(committed))


def peak_memory() -> int:
    """Return the most bytes of memory that this process ever held.

    Linux says it of this program alone; elsewhere it may be that of the one that started it.
    """
    if _STATUS.exists():
        lines = _STATUS.read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1_024 for line in lines if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024
