"""Fit shares and calibration to counts made by hand, whose answers were worked out by hand."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from directory.evaluation.evidence import Gathered, Tally, Weighing
from directory.evaluation.fitting import surprise, with_calibration, with_shares
from directory.search.posterior import Unweighed
from directory.search.vocabulary import Level
from directory.search.weights import BirthLevel, PlaceLevel, Weights

PEOPLE = 1_024
NOBODY_AT_TEN_BITS = replace(Weights(), spread=1.0, absence=1.0)
MANY = 1_000_000


def weighing(*bits: float, truth: int | None) -> Weighing:
    unweighed = Unweighed(count=0, alike=np.zeros(len(bits), dtype=bool))
    return Weighing(bits=np.array(bits, dtype=float), unweighed=unweighed, truth=truth)


def test_somebody_as_likely_as_nobody_surprises_by_one_bit() -> None:
    found = surprise([weighing(10.0, truth=0)], people=PEOPLE, weights=NOBODY_AT_TEN_BITS)

    assert found == pytest.approx(1.0)


def test_nobody_as_likely_as_somebody_surprises_by_one_bit() -> None:
    found = surprise([weighing(10.0, truth=None)], people=PEOPLE, weights=NOBODY_AT_TEN_BITS)

    assert found == pytest.approx(1.0)


def test_surprise_is_the_mean_over_the_questions() -> None:
    sure, even = weighing(60.0, truth=0), weighing(10.0, truth=0)

    found = surprise([sure, even], people=PEOPLE, weights=NOBODY_AT_TEN_BITS)

    assert found == pytest.approx(0.5)
    assert surprise([], people=PEOPLE, weights=Weights()) == 0.0


def test_shares_follow_many_truths() -> None:
    tally = Tally(forename=Counter({Level.EXACT: MANY * 6, Level.EDIT: MANY * 4}))

    shares = with_shares(Weights(), tally).forename

    assert shares[Level.EXACT] == pytest.approx(0.6, abs=0.05)
    assert shares[Level.EDIT] == pytest.approx(0.4, abs=0.05)
    assert sum(shares.values()) == pytest.approx(1.0)


def test_a_level_that_no_truth_stood_at_keeps_about_a_third_of_its_share() -> None:
    before = Weights()
    whole = sum(before.surname.values())

    shares = with_shares(before, Tally(surname=Counter({Level.EXACT: MANY}))).surname

    least = before.surname[Level.NONE] / whole / 3
    assert shares[Level.NONE] == pytest.approx(least, rel=0.1)


def test_without_truths_the_shares_stay() -> None:
    before = Weights()

    after = with_shares(before, Tally())

    whole = sum(before.forename.values())
    assert after.forename == pytest.approx(
        {level: share / whole for level, share in before.forename.items()}
    )


def test_dates_and_ages_are_fitted_apart() -> None:
    counted = Counter({BirthLevel.SAME: MANY, BirthLevel.AGE_NEAR: MANY})

    birth = with_shares(Weights(), Tally(birth=counted)).birth

    assert birth[BirthLevel.SAME] > 0.9
    assert birth[BirthLevel.AGE_NEAR] > 0.7
    assert birth[BirthLevel.YEAR_AS_KNOWN] == Weights().birth[BirthLevel.YEAR_AS_KNOWN]


def test_who_met_the_highest_level_asked_for_may_stand_higher() -> None:
    at_postcode = Counter({(PlaceLevel.POSTCODE, PlaceLevel.POSTCODE): MANY})
    at_house = Counter({(PlaceLevel.HOUSE, PlaceLevel.HOUSE): MANY})

    alone = with_shares(Weights(), Tally(place=at_postcode)).place
    both = with_shares(Weights(), Tally(place=at_postcode + at_house)).place

    assert alone[PlaceLevel.HOUSE] > 0.2
    assert both[PlaceLevel.HOUSE] > 0.8


def test_calibration_grows_less_sure_of_evidence_that_misled() -> None:
    misled = [weighing(16.0, 13.0, truth=each % 2) for each in range(100)]
    gathered = Gathered(tally=Tally(), weighings=tuple(misled), people=PEOPLE)

    found = with_calibration(NOBODY_AT_TEN_BITS, gathered)

    assert found.spread < 0.5
    assert surprise(misled, people=PEOPLE, weights=found) < surprise(
        misled, people=PEOPLE, weights=NOBODY_AT_TEN_BITS
    )


def test_calibration_expects_as_many_absent_as_there_were() -> None:
    asked = [weighing(10.0, truth=0 if each % 4 == 0 else None) for each in range(100)]
    gathered = Gathered(tally=Tally(), weighings=tuple(asked), people=PEOPLE)

    found = with_calibration(NOBODY_AT_TEN_BITS, gathered)

    assert surprise(asked, people=PEOPLE, weights=found) == pytest.approx(0.811, abs=0.01)
