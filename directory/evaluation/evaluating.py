"""Evaluate the search: people in, questions through it, figures out."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from directory.evaluation.figures import (
    Answered,
    Bin,
    Figures,
    calibration,
    equal_fits,
    few_equals,
    figures,
    grouped,
)
from directory.evaluation.fresh import Fresh, Sizes
from directory.evaluation.people_file import FileFault, people_of
from directory.evaluation.queries_file import Labelled, queries_of
from directory.evaluation.release import product_version
from directory.evaluation.remarks import Remarks
from directory.evaluation.running import (
    Added,
    Built,
    added,
    answered,
    build,
    opening_ms,
    peak_memory,
)
from directory.search.sql import SqlPeopleIndex
from directory.search.weights import Weights

_SECRET_BYTES = 32
Progress = Callable[[str, int], Callable[[int], None]]
"""Given words and a total, return what to call with every advance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Name the two files that an evaluation or a training reads."""

    people: Path
    queries: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Hold weights with what to call them."""

    weights: Weights
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Hold a fresh index with everybody in it, the questions to put, and what was wrong."""

    fresh: Fresh
    index: SqlPeopleIndex
    secret: bytes
    asked: tuple[Labelled, ...]
    built: Built
    people_remarks: Remarks
    queries_remarks: Remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Say from what and by what figures were made."""

    at: datetime
    product: str
    engine: str
    weights: str
    as_of: date
    people_sha256: str
    queries_sha256: str
    people_refused: int
    people_values_left_out: int
    queries_refused: int
    queries_values_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Hold what the index takes: seconds, bytes on disk and in memory, milliseconds."""

    people: int
    build_seconds: float
    people_a_second: float
    read_seconds: float
    settle_seconds: float
    opening_ms: float
    disk: Sizes
    added: Added
    memory_at_start: int
    memory_after_build: int
    memory_peak: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Hold everything an evaluation found.

    `calibration` is of the first of every ranking, shown or not; `calibration_shown` of everybody
    named to a practitioner.
    """

    made: Made
    whole: Figures
    few_equals: Figures
    kinds: Mapping[str, Figures]
    shapes: Mapping[str, Figures]
    equal_fits: Mapping[str, Figures]
    calibration: tuple[Bin, ...]
    calibration_shown: tuple[Bin, ...]
    costs: Costs


def loaded(
    files: Files, fresh: Fresh, *, weights: Weights, as_of: date, progress: Progress
) -> Loaded:
    """Return the index of the people in the file, with the questions about them.

    A question whose truth is nobody of the file is refused, with a remark.
    """
    people_remarks, queries_remarks = Remarks(), Remarks()
    asked = list(queries_of(files.queries, queries_remarks, as_of=as_of))
    if not asked:
        raise FileFault("the file of queries holds no question")
    secret = secrets.token_bytes(_SECRET_BYTES)
    index = SqlPeopleIndex(secret, weights=weights)
    advance = progress("Indexing people", files.people.stat().st_size)
    people = people_of(files.people, people_remarks, advance)
    wanted = frozenset(truth for each in asked for truth in each.truths)
    built = build(fresh, index, people, wanted=wanted)
    return Loaded(
        fresh=fresh,
        index=index,
        secret=secret,
        asked=tuple(_about_known(asked, built.met, queries_remarks)),
        built=built,
        people_remarks=people_remarks,
        queries_remarks=queries_remarks,
    )


def evaluated(
    files: Files,
    fresh: Fresh,
    *,
    weights: Named,
    as_of: date,
    progress: Progress,
) -> tuple[Evaluation, Loaded, tuple[Answered, ...]]:
    """Return what is found, with what it was found from and every single answer."""
    at_start = peak_memory()
    ready = loaded(files, fresh, weights=weights.weights, as_of=as_of, progress=progress)
    after_build = peak_memory()
    opening = opening_ms(fresh, ready.index, as_of)
    advance = progress("Asking", 2 * len(ready.asked))
    answers = answered(fresh, ready.index, ready.asked, advance)
    newcomers = added(fresh, ready.index, ready.built.some)
    costs = Costs(
        people=ready.built.people,
        build_seconds=ready.built.build_seconds,
        people_a_second=ready.built.people / max(ready.built.build_seconds, 1e-9),
        read_seconds=ready.built.read_seconds,
        settle_seconds=ready.built.settle_seconds,
        opening_ms=opening,
        disk=ready.built.sizes,
        added=newcomers,
        memory_at_start=at_start,
        memory_after_build=after_build,
        memory_peak=peak_memory(),
    )
    made = _made(files, ready, weights_name=weights.name, as_of=as_of)
    return _evaluation(answers, made, costs), ready, tuple(answers)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _evaluation(answers: Sequence[Answered], made: Made, costs: Costs) -> Evaluation:
    return Evaluation(
        made=made,
        whole=figures(answers),
        few_equals=figures(few_equals(answers)),
        kinds=grouped(answers, lambda asked: asked.kind or "not said"),
        shapes=grouped(answers, lambda asked: asked.shape or "not said"),
        equal_fits=grouped(answers, equal_fits),
        calibration=calibration([each.said for each in answers], [each.was for each in answers]),
        calibration_shown=calibration(
            [said for each in answers for said in each.said_shown],
            [was for each in answers for was in each.was_shown],
        ),
        costs=costs,
    )


def _about_known(
    asked: Sequence[Labelled], met: frozenset[bytes], remarks: Remarks
) -> list[Labelled]:
    """Return the questions about people who were met, or about nobody."""
    kept = []
    for each in asked:
        known = each.truths & met
        if known == each.truths:
            kept.append(each)
        elif known:
            remarks.leave_out(each.line, "truths", "names somebody whom the file of people has not")
            truth = each.truth if each.truth in known else None
            kept.append(replace(each, truth=truth, truths=known))
        else:
            remarks.refuse(each.line, "means somebody whom the file of people has not")
    return kept


def _made(files: Files, ready: Loaded, *, weights_name: str, as_of: date) -> Made:
    return Made(
        at=datetime.now(UTC),
        product=product_version(),
        engine=ready.fresh.engine,
        weights=weights_name,
        as_of=as_of,
        people_sha256=sha256_of(files.people),
        queries_sha256=sha256_of(files.queries),
        people_refused=ready.people_remarks.refused,
        people_values_left_out=ready.people_remarks.left_out,
        queries_refused=ready.queries_remarks.refused,
        queries_values_left_out=ready.queries_remarks.left_out,
    )
