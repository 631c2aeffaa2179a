"""Work out how good the answers were, from the answers alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from directory.evaluation.queries_file import Labelled
from directory.search.people import Strength

BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
"""The edges of the bins that calibration is told by; a bin ends before its upper edge."""

FEW_EQUALS = 5
"""So many equal fits can all be among the first five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Hold how one question was answered.

    `place` is that of the best of those who count as right in the whole ranking, from 0, None if
    none was weighed. `shown` counts the people named, `truth_shown` says that one who counts as
    right is among them. `said` are the probabilities of the first of the ranking, `was` says for
    each how much of the truth it is: 1 for the person meant, a share where it is one of several.
    `said_shown` and `was_shown` are the same of those named.
    """

    asked: Labelled
    place: int | None
    strength: Strength
    shown: int
    truth_shown: bool
    first_is_right: bool
    said: float
    was: float
    said_shown: tuple[float, ...] = ()
    was_shown: tuple[float, ...] = ()
    milliseconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Hold milliseconds that so many in a hundred look-ups do not exceed."""

    p50: float
    p95: float
    p99: float
    most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Hold the figures of a group of questions; None where the group has none to tell by.

    Recall, mean reciprocal rank and missed are shares of the questions about somebody present,
    whatever the list shown was worth. `shown` and `truth_shown` are what a practitioner gets:
    people named in the mean, and the share with the right one named. `missed` is the share whose
    truth was never weighed. `strong_wrong` counts strong answers whose first is not right,
    `absent_…` are of questions about nobody present.
    """

    queries: int
    present: int
    absent: int
    recall_at_1: float | None
    recall_at_5: float | None
    recall_at_10: float | None
    mean_reciprocal_rank: float | None
    shown: float | None
    truth_shown: float | None
    missed: float | None
    strong: float | None
    strong_wrong: int
    strong_wrong_share: float | None
    too_many: float | None
    none: float | None
    absent_shown: float | None
    absent_people_shown: float | None
    absent_strong: float | None
    absent_too_many: float | None
    latency_ms: Latency | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Hold what was said in one bin of probability, and what was so."""

    low: float
    high: float
    count: int
    said: float
    was: float

    @property
    def difference(self) -> float:
        """Return how much too sure the index was; negative when it was not sure enough."""
        return self.said - self.was

    @property
    def error(self) -> float:
        """Return the standard error of `was`, by which the difference may be chance."""
        return float(np.sqrt(max(self.was * (1 - self.was), 0.0) / self.count))


def figures(answers: Sequence[Answered]) -> Figures:
    """Return the figures of `answers`."""
    present = [each for each in answers if each.asked.is_present]
    absent = [each for each in answers if not each.asked.is_present]
    strong = [each for each in present if each.strength is Strength.STRONG]
    wrong = sum(not each.first_is_right for each in strong)
    return Figures(
        queries=len(answers),
        present=len(present),
        absent=len(absent),
        recall_at_1=recall(present, 1),
        recall_at_5=recall(present, 5),
        recall_at_10=recall(present, 10),
        mean_reciprocal_rank=_mean(_reciprocal(each.place) for each in present),
        shown=_mean(each.shown for each in present),
        truth_shown=_mean(each.truth_shown for each in present),
        missed=_mean(each.place is None for each in present),
        strong=_share(present, Strength.STRONG),
        strong_wrong=wrong,
        strong_wrong_share=_mean(not each.first_is_right for each in strong),
        too_many=_share(present, Strength.TOO_MANY),
        none=_share(present, Strength.NONE),
        absent_shown=_mean(each.shown > 0 for each in absent),
        absent_people_shown=_mean(each.shown for each in absent),
        absent_strong=_share(absent, Strength.STRONG),
        absent_too_many=_share(absent, Strength.TOO_MANY),
        latency_ms=latency([each.milliseconds for each in answers]),
    )


def recall(present: Sequence[Answered], most: int) -> float | None:
    """Return the share of questions with a right one among the `most` first of the ranking."""
    return _mean(each.place is not None and each.place < most for each in present)


def latency(milliseconds: Sequence[float]) -> Latency | None:
    """Return the percentiles of `milliseconds`."""
    if not milliseconds:
        return None
    p50, p95, p99 = np.percentile(milliseconds, [50, 95, 99]).tolist()
    return Latency(p50=p50, p95=p95, p99=p99, most=max(milliseconds))


def grouped(answers: Iterable[Answered], name: Callable[[Labelled], str]) -> Mapping[str, Figures]:
    """Return the figures of each group that `name` names, in the order of the names."""
    groups: dict[str, list[Answered]] = defaultdict(list)
    for each in answers:
        groups[name(each.asked)].append(each)
    return {each: figures(groups[each]) for each in sorted(groups)}


def equal_fits(asked: Labelled) -> str:
    """Return how many fit the question equally, in three groups."""
    if not asked.is_present:
        return "nobody present"
    if asked.ambiguity == 1:
        return "1"
    return f"2 to {FEW_EQUALS}" if asked.ambiguity <= FEW_EQUALS else f"over {FEW_EQUALS}"


def few_equals(answers: Iterable[Answered]) -> list[Answered]:
    """Return those about somebody present whom no more than FEW_EQUALS people fit as well as."""
    return [
        each for each in answers if each.asked.is_present and each.asked.ambiguity <= FEW_EQUALS
    ]


def calibration(said: Sequence[float], was: Sequence[float]) -> tuple[Bin, ...]:
    """Return, bin by bin, the mean probability said and the share that was so."""
    sayings, truths = np.array(said, dtype=float), np.array(was, dtype=float)
    bins = []
    for low, high in pairwise(BINS):
        inside = (sayings >= low) & ((sayings < high) | (high == BINS[-1]))
        if inside.any():
            bins.append(
                Bin(
                    low=low,
                    high=high,
                    count=int(inside.sum()),
                    said=float(sayings[inside].mean()),
                    was=float(truths[inside].mean()),
                )
            )
    return tuple(bins)


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def _share(answers: Sequence[Answered], strength: Strength) -> float | None:
    return _mean(each.strength is strength for each in answers)


def _reciprocal(place: int | None) -> float:
    return 0.0 if place is None else 1 / (place + 1)
