"""Find the people whom the evidence speaks for, and weigh it, for many questions at once."""

from collections.abc import Sequence
from dataclasses import dataclass

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

MOST_WEIGHED = 300
"""People weighed for one question; as many again if the last ones cannot be told apart."""

MOST_UNDER_KEYS = 4_000
"""People under keys, counted once for each key, that one question reads."""

_NUMBER_BITS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Hold what a directory is measured by at one moment."""

    vocabulary: Vocabulary
    people: int
    weights: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Hold pairs of a question and a person with all that compares: questions ascend."""

    questions: Numbers
    filed: Sequence[Filed]
    scored: Scored

    def of(self, question: int) -> Numbers:
        """Return the pairs of one question, the heaviest first; equals in the people's order."""
        low, high = np.searchsorted(self.questions, [question, question + 1])
        pairs = np.arange(low, high)
        bits = self.scored.bits[low:high]
        pairs = pairs[bits > -np.inf]
        people = [self.filed[pair].person for pair in pairs]
        order = sorted(
            range(len(pairs)), key=lambda each: (-self.scored.bits[pairs[each]], people[each])
        )
        return pairs[order]


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
    asked, numbers = _near(shelf, chooser.chosen(questions), unseen)
    distinct, spots = np.unique(numbers, return_inverse=True)
    held = {each.number: each for each in shelf.filed(distinct)}
    filed = [held[number] for number in distinct[spots].tolist()]
    asking = Asking(
        questions, vocabulary=moment.vocabulary, people=moment.people, weights=moment.weights
    )
    scored = asking.scored(asked, Features([each.features for each in filed]))
    return Weighed(questions=asked, filed=filed, scored=scored)


def _near(shelf: Shelf, chosen: Sequence[AskedKeys], hidden: Numbers) -> tuple[Numbers, Numbers]:
    """Return (question, number) of the people whom the most evidence speaks for."""
    sizes = [len(each.keys) for each in chosen]
    every = np.concatenate([each.keys for each in chosen])
    if len(chosen) == 1:
        places, numbers = shelf.under(every, most=MOST_UNDER_KEYS, hidden=hidden)
    else:
        places, numbers = _under_distinct(shelf, every, hidden)
    question = np.repeat(np.arange(len(chosen)), sizes)[places]
    group = np.concatenate([each.groups for each in chosen])[places]
    bits = np.concatenate([each.bits for each in chosen])[places]
    pairs, spots = np.unique(question << _NUMBER_BITS | numbers, return_inverse=True)
    evidence = np.zeros((len(pairs), GROUPS))
    np.maximum.at(evidence, (spots, group), bits)
    kept = _heaviest(pairs >> _NUMBER_BITS, evidence.sum(axis=1))
    pairs = pairs[kept]
    return pairs >> _NUMBER_BITS, pairs & ((1 << _NUMBER_BITS) - 1)


def _under_distinct(shelf: Shelf, keys: Numbers, hidden: Numbers) -> tuple[Numbers, Numbers]:
    """Return what `Shelf.under` does, reading a key that several questions ask for once."""
    distinct, spots = np.unique(keys, return_inverse=True)
    most = MOST_UNDER_KEYS * max(1, len(distinct))
    places, numbers = shelf.under(distinct, most=most, hidden=hidden)
    first = np.searchsorted(places, spots, side="left")
    counts = np.searchsorted(places, spots, side="right") - first
    repeated = np.repeat(np.arange(len(keys)), counts)
    steps = np.arange(len(repeated)) - np.repeat(np.cumsum(counts) - counts, counts)
    return repeated, numbers[np.repeat(first, counts) + steps]


def _heaviest(questions: Numbers, evidence: NDArray[np.float64]) -> Numbers:
    """Return the places of each question's heaviest pairs, in ascending order."""
    order = np.lexsort((np.arange(len(questions)), -evidence, questions))
    starts = np.searchsorted(questions, np.unique(questions))
    sizes = np.diff(np.append(starts, len(questions)))
    rank = np.arange(len(order)) - np.repeat(starts, sizes)
    last = np.repeat(np.minimum(sizes, MOST_WEIGHED) - 1 + starts, sizes)
    ties = (evidence[order] == evidence[order][last]) & (rank < 2 * MOST_WEIGHED)
    return np.sort(order[(rank < MOST_WEIGHED) | ties])
