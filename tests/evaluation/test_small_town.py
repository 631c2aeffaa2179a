"""Measure a small invented town as the published figures are made; time is not judged."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from directory.evaluation.evaluating import Evaluation, Files, Named, evaluated
from directory.evaluation.fresh import fresh
from directory.search.weights import Weights
from tests.bench.search_febrl import postcode
from tests.bench.search_files import drawing, line_of, questions, write_people, write_queries
from tests.bench.search_hostile import hostile
from tests.bench.search_page import GOALS
from tests.bench.search_population import STRANGERS, TODAY, Invented, Town, invented_nhs_number

PEOPLE, QUESTIONS, SEED = 2_000, 310, 7


@contextmanager
def measured(folder: Path, name: str) -> Iterator[Evaluation]:
    files = Files(people=folder / "PEOPLE.csv", queries=folder / f"{name}.jsonl")
    with fresh("", folder) as opened:
        found, _, _ = evaluated(
            files,
            opened,
            weights=Named(weights=Weights(), name="as shipped"),
            as_of=TODAY,
            progress=lambda _words, _total: lambda _step: None,
        )
        yield found


def town() -> list[Invented]:
    return list(Town(draw=drawing(SEED), size=PEOPLE).people())


def test_a_small_town_is_found_without_a_crowd(tmp_path: Path) -> None:
    people = town()
    write_people(map(line_of, people), tmp_path)
    write_queries(questions(people, QUESTIONS, drawing(SEED + 1)), tmp_path)

    with measured(tmp_path, "QUERIES") as found:
        whole = found.whole

    assert (whole.present, whole.absent) == (QUESTIONS, QUESTIONS // 3)
    assert (found.made.people_refused, found.made.queries_refused) == (0, 0)
    assert (whole.recall_at_5 or 0) >= 0.98
    assert (whole.shown or 9) <= 1.3
    assert (whole.strong_wrong_share or 0) <= 0.01
    assert (whole.absent_strong or 0) <= 0.02
    assert whole.missed is not None
    assert whole.missed <= 0.015
    assert found.shapes["nhs"].recall_at_1 == 1.0
    assert found.calibration[-1].difference == pytest.approx(0, abs=0.05)


def test_hostile_questions_are_answered_and_name_few(tmp_path: Path) -> None:
    people = town()
    write_people(map(line_of, people), tmp_path)
    write_queries(hostile(people, drawing(SEED))[:100], tmp_path, "HOSTILE")

    with measured(tmp_path, "HOSTILE") as found:
        assert found.whole.absent == 100
        assert (found.whole.absent_people_shown or 0) <= 10


def test_a_question_says_how_many_fit_it_equally() -> None:
    people = town()

    asked = questions(people, 100, drawing(SEED))

    alone = [each for each in asked if each["shape"] == "name alone" and each["truth"]]
    truth = {each.person.hex(): each for each in people}
    for each in alone:
        meant = truth[str(each["truth"])]
        alike = [(one.forename, one.surname) for one in people]
        assert each["ambiguity"] == alike.count((meant.forename, meant.surname))
    assert alone


def test_the_same_seed_asks_the_same() -> None:
    asked = [questions(town(), 31, drawing(SEED)) for _ in range(2)]

    assert json.dumps(asked[0]) == json.dumps(asked[1])


def test_the_number_of_a_stranger_is_nobodys_of_a_million() -> None:
    strangers = {invented_nhs_number(STRANGERS + each) for each in range(1_000)} - {""}

    assert {number[:3] for number in strangers} == {"994"}


@pytest.mark.parametrize(
    ("australian", "british"),
    [("2602", "AU26 0ZD"), ("4011", "AU40 1ZB"), ("26", ""), ("26o2", "")],
)
def test_an_australian_postcode_keeps_its_digits(australian: str, british: str) -> None:
    assert postcode(australian) == british


@pytest.mark.parametrize(
    ("people", "engine", "milliseconds", "is_met"),
    [
        (100_000, "sqlite", 4.0, True),
        (100_000, "sqlite", 4.1, False),
        (1_000_000, "sqlite", 10.1, False),
        (1_000_000, "postgresql", 19.9, True),
    ],
)
def test_goals_are_those_of_the_size_and_the_engine(
    people: int, engine: str, milliseconds: float, *, is_met: bool
) -> None:
    goal = next(each for each in GOALS if each.words == "Look-up p95, ms")

    bound = goal.bound(people, engine)

    assert bound is not None
    assert (milliseconds <= bound) is is_met
