"""Gather what the index weighs for labelled questions: the levels of truths, and all the bits."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from directory.evaluation.queries_file import Labelled
from directory.search.finding import Weighed
from directory.search.index import KeyedIndex
from directory.search.posterior import Unweighed
from directory.search.question import Question
from directory.search.vocabulary import Level
from directory.search.weights import BirthLevel, NumberLevel, PlaceLevel

_DATED = frozenset(BirthLevel(each) for each in range(BirthLevel.SAME, BirthLevel.DIFFERS + 1))
_AGED = frozenset({BirthLevel.AGE_SAME, BirthLevel.AGE_NEAR, BirthLevel.AGE_DIFFERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """Hold the bits of everybody weighed for one question, and the truth's place or None."""

    bits: NDArray[np.float64]
    unweighed: Unweighed
    truth: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Count at which levels truths stood; places with the highest that the question allowed."""

    forename: Counter[Level] = field(default_factory=Counter)
    surname: Counter[Level] = field(default_factory=Counter)
    birth: Counter[BirthLevel] = field(default_factory=Counter)
    place: Counter[tuple[PlaceLevel, PlaceLevel]] = field(default_factory=Counter)
    number: Counter[NumberLevel] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Hold all that weights are fitted to, and of how many people it is."""

    tally: Tally
    weighings: tuple[Weighing, ...]
    people: int


def gathered(
    index: KeyedIndex,
    connection: Connection,
    labelled: Sequence[Labelled],
    advance: Callable[[int], None],
) -> Gathered:
    """Return what is weighed for the `labelled` questions, those that ask nothing left out."""
    tally = Tally()
    weighings = []
    people = 0
    for each in labelled:
        found = index.weigh(connection, each.query, hidden=frozenset())
        if found is not None:
            weighings.append(_noted(found.people, found.question, each, tally))
            people = found.moment.people
        advance(1)
    return Gathered(tally=tally, weighings=tuple(weighings), people=people)


def _noted(found: Weighed, question: Question, labelled: Labelled, tally: Tally) -> Weighing:
    """Return the bits of everybody found, after counting the levels of the truth."""
    pairs = found.of(0)
    wanted = {labelled.truth} if labelled.truth else labelled.truths
    people = [found.filed[pair].person for pair in pairs.tolist()]
    truth = next((place for place, each in enumerate(people) if each in wanted), None)
    if truth is not None:
        pair = int(pairs[truth])
        _count_names(found, pair, question, tally)
        _count_rest(found, pair, question, tally)
    return Weighing(
        bits=found.scored.bits[pairs],
        unweighed=Unweighed(count=int(found.unweighed.sum()), alike=found.lightest[pairs]),
        truth=truth,
    )


def _count_names(found: Weighed, pair: int, question: Question, tally: Tally) -> None:
    """Count the levels of first words that are more than an initial, where the person has any."""
    for column, word in enumerate(question.words):
        if word.is_later or len(word.text) == 1 or found.scored.names.unknown[pair, column]:
            continue
        level = Level(int(found.scored.names.levels[pair, column]))
        counter = tally.surname if word.is_surname else tally.forename
        counter[level] += 1


def _count_rest(found: Weighed, pair: int, question: Question, tally: Tally) -> None:
    birth = BirthLevel(int(found.scored.birth[pair]))
    if birth in (_DATED if question.day else _AGED):
        tally.birth[birth] += 1
    place = PlaceLevel(int(found.scored.place.levels[pair]))
    if place is not PlaceLevel.UNKNOWN:
        tally.place[place, max(place, _highest(question))] += 1
    number = NumberLevel(int(found.scored.numbers.nhs_number[pair]))
    if number is not NumberLevel.UNKNOWN:
        tally.number[number] += 1


def _highest(question: Question) -> PlaceLevel:
    """Return the highest level that the address asked for allows."""
    where = question.postcode
    whole = where is not None and bool(where.inward_code)
    allowed = (
        (PlaceLevel.HOUSE, question.house and (whole or question.street)),
        (PlaceLevel.POSTCODE, whole),
        (PlaceLevel.STREET, question.street),
        (PlaceLevel.SECTOR, where is not None and where.sector_code),
    )
    return next((level for level, is_allowed in allowed if is_allowed), PlaceLevel.OUTWARD)
