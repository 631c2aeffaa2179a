"""Find the people whom the evidence speaks for, and weigh it, for many questions at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from directory.search.asking import GROUPS, AskedKeys, KeyChooser, Reach
from directory.search.features import Features
from directory.search.keys import Keys
from directory.search.question import Question
from directory.search.scoring import Asking, Scored
from directory.search.shelf import Filed, Numbers, Shelf
from directory.search.vocabulary import Vocabulary
from directory.search.weights import Weights

_NUMBER_BITS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Hold what a directory is measured by at one moment."""

    vocabulary: Vocabulary
    people: int
    weights: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Hold pairs of a question and a person with all that compares: questions ascend.

    `lightest` are the pairs that the keys speak for least, of their question; `unweighed` counts
    for each question those for whom the keys speak no more than for these.
    """

    questions: Numbers
    lightest: NDArray[np.bool_]
    unweighed: Numbers
    filed: Sequence[Filed]
    scored: Scored

    def of(self, question: int) -> Numbers:
        """Return the pairs of one question, the heaviest first; equals as they were first put."""
        low, high = np.searchsorted(self.questions, [question, question + 1])
        bits = self.scored.bits[low:high]
        order = np.argsort(-bits, kind="stable")
        pairs: Numbers = order[bits[order] > -np.inf] + low
        return pairs


def weighed(
    shelf: Shelf,
    questions: Sequence[Question],
    *,
    keys: Keys,
    moment: Moment,
    reach: Reach,
    hidden: Sequence[bytes],
) -> Weighed:
    """Return everybody near each of `questions`, weighed; nobody `hidden` takes part."""
    chooser = KeyChooser(keys, moment.vocabulary, people=moment.people, reach=reach)
    unseen = np.array(sorted(shelf.numbers(hidden).values()), dtype=np.int64)
    near = _near(shelf, chooser.chosen(questions), reach, unseen)
    distinct, spots = np.unique(near.numbers, return_inverse=True)
    held = {each.number: each for each in shelf.filed(distinct)}
    filed = [held[number] for number in distinct[spots].tolist()]
    asking = Asking(
        questions, vocabulary=moment.vocabulary, people=moment.people, weights=moment.weights
    )
    scored = asking.scored(near.questions, Features([each.features for each in filed]))
    return Weighed(
        questions=near.questions,
        lightest=near.lightest,
        unweighed=near.unweighed,
        filed=filed,
        scored=scored,
    )


class _Near(NamedTuple):
    """Hold the pairs to weigh, and how many there are beside them for each question."""

    questions: Numbers
    numbers: Numbers
    lightest: NDArray[np.bool_]
    unweighed: Numbers


def _near(shelf: Shelf, chosen: Sequence[AskedKeys], reach: Reach, hidden: Numbers) -> _Near:
    """Return the people whom the most evidence speaks for."""
    sizes = [len(each.keys) for each in chosen]
    every = np.concatenate([each.keys for each in chosen])
    most = reach.most_read * len(chosen)
    places, numbers = _under(shelf, every, most, hidden)
    question = np.repeat(np.arange(len(chosen)), sizes)[places]
    group = np.concatenate([each.groups for each in chosen])[places]
    bits = np.concatenate([each.bits for each in chosen])[places]
    pairs, spots = np.unique(question << _NUMBER_BITS | numbers, return_inverse=True)
    evidence = np.zeros((len(pairs), GROUPS))
    np.maximum.at(evidence, (spots, group), bits)
    total = evidence.sum(axis=1)
    every = pairs >> _NUMBER_BITS
    kept = _heaviest(every, total, reach.most_weighed)
    least = np.full(len(chosen), np.inf)
    np.minimum.at(least, every[kept], total[kept])
    met = np.bincount(every, minlength=len(chosen))
    return _Near(
        questions=every[kept],
        numbers=pairs[kept] & ((1 << _NUMBER_BITS) - 1),
        lightest=total[kept] == least[every[kept]],
        unweighed=met - np.bincount(every[kept], minlength=len(chosen)),
    )


def _under(shelf: Shelf, keys: Numbers, most: int, hidden: Numbers) -> tuple[Numbers, Numbers]:
    """Return what `Shelf.under` does, reading a key that several questions ask for once."""
    distinct, firsts, spots = np.unique(keys, return_index=True, return_inverse=True)
    if len(distinct) == len(keys):
        return shelf.under(keys, most=most, hidden=hidden)
    order = np.argsort(firsts)
    spots = np.argsort(order)[spots]
    places, numbers = shelf.under(distinct[order], most=most, hidden=hidden)
    first = np.searchsorted(places, spots, side="left")
    counts = np.searchsorted(places, spots, side="right") - first
    repeated = np.repeat(np.arange(len(keys)), counts)
    steps = np.arange(len(repeated)) - np.repeat(np.cumsum(counts) - counts, counts)
    return repeated, numbers[np.repeat(first, counts) + steps]


def _heaviest(questions: Numbers, evidence: NDArray[np.float64], most: int) -> Numbers:
    """Return the places of each question's heaviest pairs, in ascending order."""
    order = np.lexsort((np.arange(len(questions)), -evidence, questions))
    starts = np.searchsorted(questions, np.unique(questions))
    sizes = np.diff(np.append(starts, len(questions)))
    rank = np.arange(len(order)) - np.repeat(starts, sizes)
    last = np.repeat(np.minimum(sizes, most) - 1 + starts, sizes)
    ties = (evidence[order] == evidence[order][last]) & (rank < 2 * most)
    return np.sort(order[(rank < most) | ties])
