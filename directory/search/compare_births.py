"""Compare dates of birth and ages with those asked for, many pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from directory.search.question import Question
from directory.search.weights import BirthLevel, Weights

Numbers = NDArray[np.int64]
Bits = NDArray[np.float64]

_DIGITS = 8
_EXCHANGED = 2
_DAYS_A_YEAR = 365.25
_MONTHS_A_YEAR = 12
_DATES_ONE_SLIP_AWAY = 37  # thirty with another digit, seven with two neighbours exchanged
_DATE_LEVELS = [
    BirthLevel.UNKNOWN,
    BirthLevel.SAME,
    BirthLevel.MONTH_AS_KNOWN,
    BirthLevel.YEAR_AS_KNOWN,
    BirthLevel.DAY_AS_KNOWN,
    BirthLevel.SWAPPED,
    BirthLevel.DIGIT,
    BirthLevel.YEAR_NEAR,
    BirthLevel.MONTH,
    BirthLevel.DAY,
    BirthLevel.YEAR,
]
_AS_KNOWN = [
    BirthLevel.SAME,
    BirthLevel.SWAPPED,
    BirthLevel.MONTH_AS_KNOWN,
    BirthLevel.YEAR_AS_KNOWN,
    BirthLevel.DAY_AS_KNOWN,
]


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthsAsked:
    """Hold what each pair's question says of the birth: a row each, an unknown part 0."""

    year: Numbers
    month: Numbers
    day: Numbers
    age: Numbers
    margin: Numbers
    as_of: Numbers
    year_share: Bits
    age_share: Bits
    slips: tuple[tuple[int, tuple[int, ...]], ...]

    @classmethod
    def of(cls, questions: Sequence[Question], years: dict[int, int], people: int) -> Self:
        """Return what `questions` ask; shares are measured in the counts of birth `years`."""

        def share(year: int) -> float:
            return (years.get(year, 0) + 1) / (people + 100)

        def of_age(each: Question) -> float:
            born = each.as_of // 10_000 - each.age
            return (share(born) + share(born - 1)) / 2

        return cls(
            year=np.array([each.year for each in questions], dtype=np.int64),
            month=np.array([each.month for each in questions], dtype=np.int64),
            day=np.array([each.day for each in questions], dtype=np.int64),
            age=np.array([each.age for each in questions], dtype=np.int64),
            margin=np.array([each.age_margin for each in questions], dtype=np.int64),
            as_of=np.array([each.as_of for each in questions], dtype=np.int64),
            year_share=np.array([share(each.year) for each in questions]),
            age_share=np.array([of_age(each) for each in questions]),
            slips=tuple(
                (row, each.births_near) for row, each in enumerate(questions) if each.births_near
            ),
        )


def birth_bits(
    asked: BirthsAsked, pairs: Numbers, birth: Numbers, weights: Weights
) -> tuple[NDArray[np.int8], Bits]:
    """Return the level and the weight of each pair; `pairs` names each pair's question."""
    year, month, day = birth // 10_000, birth // 100 % 100, birth % 100
    aged = (asked.age[pairs] >= 0) & (year > 0)
    levels = np.where(
        aged, _age_levels(asked, pairs, birth), _date_levels(asked, pairs, birth)
    ).astype(np.int8)
    for row, near in asked.slips:
        levels[(pairs == row) & np.isin(birth, near)] = BirthLevel.DIGIT
    chance = _chance(asked, pairs, (year, month, day))
    share = np.array([1.0, *(weights.birth[level] for level in BirthLevel if level)])
    unlikely = np.minimum(chance[levels, np.arange(len(pairs))], 1.0)
    bits: Bits = np.where(levels > 0, np.log2(share[levels] / unlikely), 0.0)
    return levels, bits


def _date_levels(asked: BirthsAsked, pairs: Numbers, birth: Numbers) -> NDArray[np.int64]:
    """Return how the dates compare, as far as both are known."""
    year, month, day = birth // 10_000, birth // 100 % 100, birth % 100
    asked_year, asked_month, asked_day = asked.year[pairs], asked.month[pairs], asked.day[pairs]
    has_year = (asked_year > 0) & (year > 0)
    has_month = (asked_month > 0) & (month > 0)
    has_day = (asked_day > 0) & (day > 0)
    whole = has_year & has_month & has_day
    same_year = asked_year == year
    same_month = has_month & (asked_month == month)
    same_day = has_day & (asked_day == day)
    swapped = whole & same_year & (asked_month == day) & (asked_day == month)
    asked_birth = asked_year * 10_000 + asked_month * 100 + asked_day
    near = has_year & (np.abs(asked_year - year) == 1)
    rest_same = (same_month | ~has_month) & (same_day | ~has_day)
    agrees = (same_year | ~has_year) & rest_same
    return np.select(
        [
            ~(has_year | has_month),
            agrees & whole,
            agrees & has_year & has_month,
            agrees & has_year,
            agrees,
            swapped,
            whole & one_slip_apart(asked_birth, birth),
            near & rest_same,
            has_year & same_year & same_month,
            same_month & same_day,
            has_year & same_year,
        ],
        _DATE_LEVELS,
        default=BirthLevel.DIFFERS,
    )


def one_slip_apart(one: Numbers, other: Numbers) -> NDArray[np.bool_]:
    """Return which pairs of dates differ in one digit, or have two neighbours exchanged."""
    powers = 10 ** np.arange(_DIGITS)[:, None]
    mine, theirs = one // powers % 10, other // powers % 10
    differs = mine != theirs
    crossed = (mine[1:] == theirs[:-1]) & (mine[:-1] == theirs[1:]) & differs[1:]
    count = differs.sum(axis=0)
    slipped: NDArray[np.bool_] = (count == 1) | ((count == _EXCHANGED) & crossed.any(axis=0))
    return slipped


def _age_levels(asked: BirthsAsked, pairs: Numbers, birth: Numbers) -> NDArray[np.int64]:
    """Return how the ages compare on the day asked; an unknown birthday may have been or not."""
    as_of = asked.as_of[pairs]
    years = as_of // 10_000 - birth // 10_000
    oldest = years - (birth % 10_000 // 100 > as_of % 10_000 // 100)
    oldest -= (birth % 100 > 0) & (birth % 10_000 > as_of % 10_000) & (oldest == years)
    youngest = np.where(birth % 100 > 0, oldest, years - 1)
    age = asked.age[pairs]
    away = np.maximum(np.maximum(youngest - age, age - oldest), 0)
    away = np.maximum(away - asked.margin[pairs], 0)
    return np.select(
        [away == 0, away == 1],
        [BirthLevel.AGE_SAME, BirthLevel.AGE_NEAR],
        default=BirthLevel.AGE_DIFFERS,
    )


def _chance(
    asked: BirthsAsked, pairs: Numbers, born: tuple[Numbers, Numbers, Numbers]
) -> NDArray[np.float64]:
    """Return, a row for each level, how likely somebody else is at the level."""
    year, month, day = born
    in_year, in_age = asked.year_share[pairs], asked.age_share[pairs]
    chance = np.ones((len(BirthLevel), len(pairs)))
    same = np.where((asked.year[pairs] > 0) & (year > 0), in_year, 1.0)
    same = np.where((asked.month[pairs] > 0) & (month > 0), same / _MONTHS_A_YEAR, same)
    same = np.where(
        (asked.day[pairs] > 0) & (day > 0), same / (_DAYS_A_YEAR / _MONTHS_A_YEAR), same
    )
    chance[_AS_KNOWN] = same
    chance[BirthLevel.DIGIT] = same * _DATES_ONE_SLIP_AWAY
    chance[BirthLevel.YEAR_NEAR] = same * 2
    chance[BirthLevel.MONTH] = in_year / _MONTHS_A_YEAR
    chance[BirthLevel.DAY] = 1 / _DAYS_A_YEAR
    chance[BirthLevel.YEAR] = in_year
    widened = in_age * (1 + 2 * asked.margin[pairs])
    chance[BirthLevel.AGE_SAME] = widened
    chance[BirthLevel.AGE_NEAR] = in_age * 2
    return chance
