"""Add up the evidence about many pairs of a question and a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.search.compare_births import BirthsAsked, birth_bits
from directory.search.compare_names import NamesAsked, NamesCompared, compared_names
from directory.search.compare_numbers import NumbersAsked, NumbersCompared, compared_numbers
from directory.search.compare_places import PlacesAsked, PlacesCompared, compared_places
from directory.search.features import Features
from directory.search.question import Question
from directory.search.vocabulary import Vocabulary
from directory.search.weights import BirthLevel, NumberLevel, PlaceLevel, Weights

Numbers = NDArray[np.int64]
Bits = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Those who live together share a surname and are born of one another: knowing the house, the
# surname says little, and the birthday of somebody with another forename is a twin's.
_SURNAME_WITHIN_HOUSE = 1.5
_SURNAME_WITHIN_POSTCODE = 5.0
_BIRTH_OF_A_TWIN = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Hold how every pair compares, part by part, and the weight in all."""

    names: NamesCompared
    is_surname: Flags
    is_later: Flags
    birth: NDArray[np.int8]
    place: PlacesCompared
    numbers: NumbersCompared
    forename_bits: Bits
    surname_bits: Bits
    birth_bits: Bits
    bits: Bits


class Asking:
    """Hold questions in the form that pairs are scored in."""

    def __init__(
        self,
        questions: Sequence[Question],
        *,
        vocabulary: Vocabulary,
        people: int,
        weights: Weights,
    ) -> None:
        """Prepare `questions` against the counts of a directory of so many `people`."""
        self._vocabulary = vocabulary
        self._people = max(people, 1)
        self._weights = weights
        self.names = NamesAsked.of(questions, vocabulary, self._people, weights)
        self._births = BirthsAsked.of(questions, vocabulary.years, self._people)
        self._places = PlacesAsked.of(questions, vocabulary.outwards, self._people)
        self._numbers = NumbersAsked.of(questions)

    def scored(self, pairs: Numbers, features: Features) -> Scored:
        """Return how each person of `features` fits the question that `pairs` names for it."""
        names = compared_names(
            self.names, pairs, features, vocabulary=self._vocabulary, weights=self._weights
        )
        birth, date_bits = birth_bits(self._births, pairs, features.birth, self._weights)
        place = compared_places(
            self._places, pairs, features, people=self._people, weights=self._weights
        )
        numbers = compared_numbers(
            self._numbers, pairs, features, people=self._people, weights=self._weights
        )
        is_surname = self.names.is_surname[pairs]
        surname_bits = np.where(is_surname, names.bits, 0.0).sum(axis=1)
        forename_bits = np.where(is_surname, 0.0, names.bits).sum(axis=1)
        surname_bits += names.unasked * self._weights.unasked_surname
        surname_bits = _without_household(surname_bits, place.levels)
        date_bits = np.where(
            (forename_bits < 0) & (place.levels == PlaceLevel.HOUSE),
            np.minimum(date_bits, _BIRTH_OF_A_TWIN),
            date_bits,
        )
        bits = surname_bits + forename_bits + date_bits + place.bits + numbers.bits
        return Scored(
            names=names,
            is_surname=is_surname,
            is_later=self.names.is_later[pairs],
            birth=birth,
            place=place,
            numbers=numbers,
            forename_bits=forename_bits,
            surname_bits=surname_bits,
            birth_bits=date_bits,
            bits=np.where(_corrected_alone(names, birth, numbers), -np.inf, bits),
        )


def _without_household(bits: Bits, place: NDArray[np.int8]) -> Bits:
    """Return the surname's `bits` without what the same house or postcode says already."""
    bits = np.where(place == PlaceLevel.HOUSE, np.minimum(bits, _SURNAME_WITHIN_HOUSE), bits)
    return np.where(place == PlaceLevel.POSTCODE, np.minimum(bits, _SURNAME_WITHIN_POSTCODE), bits)


def _corrected_alone(
    names: NamesCompared, birth: NDArray[np.int8], numbers: NumbersCompared
) -> Flags:
    """Return which pairs rest on a corrected NHS number, with neither name nor birth agreeing."""
    named = (names.levels > 0).any(axis=1)
    dated = (birth != BirthLevel.UNKNOWN) & (birth != BirthLevel.DIFFERS)
    dated &= birth != BirthLevel.AGE_DIFFERS
    alone: Flags = (numbers.nhs_number == NumberLevel.CORRECTED) & ~named & ~dated
    return alone
