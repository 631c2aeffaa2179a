"""Work figures out from answers made by hand, whose figures were worked out by hand."""

import pytest

from directory.evaluation.figures import (
    Answered,
    Bin,
    calibration,
    equal_fits,
    few_equals,
    figures,
    grouped,
    latency,
)
from directory.evaluation.queries_file import Labelled
from directory.search.people import Query, Strength
from tests.evaluation.files import AS_OF

TRUTH = frozenset({b"7"})


def asked(**facts: object) -> Labelled:
    facts = {"truths": TRUTH, **facts}
    return Labelled(line=1, query=Query(as_of=AS_OF), **facts)  # type: ignore[arg-type] # as given


def answer(place: int | None = 0, of: Labelled | None = None, **facts: object) -> Answered:
    """Return an answer that shows one person, the truth if it is in place 0."""
    facts = {
        "strength": Strength.STRONG,
        "shown": 1,
        "truth_shown": place == 0,
        "first_is_right": place == 0,
        "said": 1.0,
        "was": float(place == 0),
        "milliseconds": 1.0,
        **facts,
    }
    return Answered(asked=of or asked(), place=place, **facts)  # type: ignore[arg-type] # as given


ABSENT = asked(truths=frozenset())


def test_recall_counts_the_places_up_to_its_number() -> None:
    found = figures([answer(place) for place in (0, 0, 3, 4, 5, 9, 10, None)])

    assert (found.recall_at_1, found.recall_at_5, found.recall_at_10) == (2 / 8, 4 / 8, 6 / 8)


def test_the_mean_reciprocal_rank_is_that_of_the_places() -> None:
    found = figures([answer(place) for place in (0, 1, 3, None)])

    assert found.mean_reciprocal_rank == (1 + 1 / 2 + 1 / 4 + 0) / 4


def test_a_truth_never_weighed_is_missed() -> None:
    assert figures([answer(0), answer(500), answer(None), answer(None)]).missed == 0.5


def test_absent_people_count_for_no_recall() -> None:
    found = figures([answer(0), answer(None, ABSENT)])

    assert (found.queries, found.present, found.absent) == (2, 1, 1)
    assert (found.recall_at_1, found.missed) == (1.0, 0.0)


def test_strong_but_wrong_is_told_of_those_present() -> None:
    found = figures([answer(0), answer(0), answer(0), answer(1), answer(None, ABSENT)])

    assert (found.strong_wrong, found.strong_wrong_share) == (1, 0.25)


def test_a_possible_answer_is_never_strong_but_wrong() -> None:
    found = figures([answer(1, strength=Strength.POSSIBLE)])

    assert (found.strong_wrong, found.strong_wrong_share) == (0, None)


def test_what_is_shown_of_absent_people_is_told_apart() -> None:
    found = figures(
        [
            answer(0, shown=2),
            answer(None, ABSENT, shown=3, strength=Strength.POSSIBLE),
            answer(None, ABSENT, shown=1, strength=Strength.STRONG),
            answer(None, ABSENT, shown=0, strength=Strength.NONE),
            answer(None, ABSENT, shown=0, strength=Strength.TOO_MANY),
        ]
    )

    assert (found.shown, found.truth_shown) == (2.0, 1.0)
    assert (found.absent_shown, found.absent_people_shown) == (0.5, 1.0)
    assert (found.absent_strong, found.absent_too_many) == (0.25, 0.25)


def test_strengths_are_shares_of_those_present() -> None:
    strengths = (Strength.STRONG, Strength.NONE, Strength.TOO_MANY, Strength.TOO_MANY)

    found = figures([answer(0, strength=each) for each in strengths])

    assert (found.strong, found.none, found.too_many) == (0.25, 0.25, 0.5)


def test_nothing_asked_gives_no_figures() -> None:
    found = figures([])

    assert (found.recall_at_5, found.absent_strong, found.latency_ms) == (None, None, None)


def test_latency_is_told_by_percentiles() -> None:
    found = latency([float(each) for each in range(101)])

    assert found is not None
    assert (found.p50, found.p95, found.p99, found.most) == (50.0, 95.0, 99.0, 100.0)


def test_calibration_compares_what_was_said_with_what_was_so() -> None:
    bins = calibration([0.1, 0.15, 0.95, 0.99, 1.0, 1.0], [0.0, 1.0, 1.0, 1.0, 1.0, 0.0])

    assert [(each.low, each.high, each.count, each.was) for each in bins] == [
        (0.05, 0.2, 2, 0.5),
        (0.95, 1.0, 4, 0.75),
    ]
    assert [each.said for each in bins] == pytest.approx([0.125, 0.985])
    assert [each.difference for each in bins] == pytest.approx([-0.375, 0.235])


def test_a_bin_ends_before_its_upper_edge() -> None:
    (found,) = calibration([0.2], [1.0])

    assert (found.low, found.high) == (0.2, 0.4)


def test_chance_in_a_bin_is_the_standard_error() -> None:
    found = Bin(low=0.4, high=0.6, count=25, said=0.5, was=0.5)

    assert found.error == pytest.approx(0.1)


def test_groups_have_figures_of_their_own() -> None:
    answers = [answer(0, asked(kind="exact")), answer(1, asked(kind="slip"))]

    found = grouped(answers, lambda each: each.kind)

    assert {name: each.recall_at_1 for name, each in found.items()} == {"exact": 1.0, "slip": 0.0}


@pytest.mark.parametrize(
    ("ambiguity", "group"), [(1, "1"), (2, "2 to 5"), (5, "2 to 5"), (6, "over 5")]
)
def test_questions_are_grouped_by_how_many_fit_equally(ambiguity: int, group: str) -> None:
    assert equal_fits(asked(ambiguity=ambiguity)) == group


def test_a_question_about_nobody_is_in_no_group_of_equals() -> None:
    assert equal_fits(ABSENT) == "nobody present"


def test_few_equals_are_those_present_whom_the_first_five_can_hold() -> None:
    answers = [answer(0, asked(ambiguity=each)) for each in (1, 5, 6)]

    assert few_equals([*answers, answer(None, ABSENT)]) == answers[:2]
