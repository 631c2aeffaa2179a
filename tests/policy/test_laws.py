from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.involvement import Involvement
from directory.domain.vocabulary import Level, Relationship, Service, State
from directory.policy import disclosure, matrix
from directory.policy.basis import Grant
from directory.policy.disclosed import (
    Disclosed,
    DisclosedCard,
    DisclosedContact,
    DisclosedLine,
    walk,
)
from directory.policy.disclosure import disclose_card, disclose_line, disclose_person, viewer_of
from directory.policy.modifiers import Question, decide, lowered
from tests.domain.laws import LAW
from tests.factories import access, feed, person
from tests.policy.questions import (
    ENDED_GROUNDS,
    LEAVER,
    answerable,
    at,
    past_rows,
    questions,
    rows,
)

ACCESS = access()
EWAN = disclose_person(ACCESS, person())
NEUTRAL = {
    State.NOT_SHOWN_BY_RULE,
    State.NOT_COVERED,
    State.COULD_NOT_BE_CHECKED,
    State.CONTACT_THROUGH_BROKER,
}
LEVELS = tuple(Level)


def answer(question: Question) -> tuple[DisclosedLine | None, DisclosedCard | None]:
    """Return everything that a question's viewer is told."""
    return disclose_line(ACCESS, EWAN, question), disclose_card(ACCESS, EWAN, question)


def line_at(question: Question, level: Level) -> DisclosedLine | None:
    """Return the line of a viewer who starts at `level`."""
    verdict = lowered(question, level)
    if verdict.level is Level.L0:
        return None
    return disclosure._line(ACCESS, EWAN, question, verdict)


def filled(value: Disclosed | None) -> dict[str, object]:
    """Return the fields of one value that say something."""
    facts = {} if value is None else {f.name: getattr(value, f.name) for f in fields(value)}
    return {name: fact for name, fact in facts.items() if fact not in (None, "", ()) or fact == 0}


def contacts(question: Question) -> tuple[DisclosedContact, ...]:
    card = disclose_card(ACCESS, EWAN, question)
    return card.contacts if card else ()


@LAW
@given(question=questions(), pair=st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)))
def test_raising_a_level_never_hides(question: Question, pair: tuple[Level, Level]) -> None:
    lower, higher = (line_at(question, each) for each in sorted(pair))

    assert set(filled(lower)) <= set(filled(higher))


@LAW
@given(question=questions(), level=st.sampled_from([Level.L3, Level.L4]))
def test_raising_a_level_from_the_third_changes_no_month(question: Question, level: Level) -> None:
    lower, higher = line_at(question, level), line_at(question, Level(level + 1))

    assert (lower.month if lower else None) == (higher.month if higher else None)


@LAW
@given(question=questions())
def test_nobody_sees_more_than_the_cell_of_their_role(question: Question) -> None:
    viewer = question.viewer

    cell = matrix.level(viewer.role, viewer.relationship, question.service, own=viewer.own_service)

    assert decide(question).level <= cell


@LAW
@given(question=questions(), held=rows)
def test_an_involvement_at_level_nought_leaves_no_trace(
    question: Question, held: tuple[Involvement, ...]
) -> None:
    unlisted = replace(question, viewer=replace(question.viewer, relationship=Relationship.NONE))

    with_rows = replace(unlisted, involvements=at(question.service, held))

    assert answer(with_rows) == answer(replace(unlisted, involvements=())) == (None, None)


@LAW
@given(question=questions(), held=rows, other=st.sampled_from(Service))
def test_an_involvement_of_another_service_leaves_no_trace(
    question: Question, held: tuple[Involvement, ...], other: Service
) -> None:
    strange = at(other, held) if other is not question.service else ()

    mixed = replace(question, involvements=question.involvements + strange)

    assert answer(mixed) == answer(question)


@LAW
@given(question=questions())
def test_disclosing_depends_on_its_arguments_only(question: Question) -> None:
    again = replace(question, involvements=tuple(replace(each) for each in question.involvements))

    assert answer(again) == answer(question)


@LAW
@given(question=questions(), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_agreements_does_not_matter(
    question: Question, order: object
) -> None:
    held, grounds = list(question.involvements), list(question.grants)
    order.shuffle(held)  # type: ignore[attr-defined]  # a Random, which hypothesis does not name
    order.shuffle(grounds)  # type: ignore[attr-defined]  # a Random, which hypothesis does not name

    shuffled = replace(question, involvements=tuple(held), grants=tuple(grounds))

    assert answer(shuffled) == answer(question)


@LAW
@given(question=questions(), ended=st.lists(st.sampled_from(ENDED_GROUNDS)).map(tuple))
def test_a_ground_that_is_not_in_force_equals_no_ground(
    question: Question, ended: tuple[Grant, ...]
) -> None:
    in_force = question.in_force()

    bare, laden = replace(question, grants=in_force), replace(question, grants=in_force + ended)

    assert answer(laden) == answer(bare)


@LAW
@given(question=questions(), held=rows)
def test_a_neutral_answer_is_the_same_whatever_the_rows(
    question: Question, held: tuple[Involvement, ...]
) -> None:
    told = answer(question)
    if told[0] is None or told[0].state not in NEUTRAL:
        return

    assert answer(replace(question, involvements=at(question.service, held))) == told
    assert answer(replace(question, involvements=())) == told


@LAW
@given(question=answerable(), held=past_rows, age=st.none() | st.integers(16, 18))
def test_none_found_says_the_same_of_everybody(
    question: Question, held: tuple[Involvement, ...], age: int | None
) -> None:
    absent = replace(question, involvements=())

    forgotten = replace(question, age=age, involvements=at(question.service, held))

    assert answer(forgotten) == answer(absent)


@LAW
@given(question=answerable(), pending=st.sampled_from([0, 1, 400]))
def test_unmatched_lines_are_told_with_none_found_and_of_the_feed_alone(
    question: Question, pending: int
) -> None:
    line = disclose_line(
        ACCESS, EWAN, replace(question, feed=feed(question.service, unmatched=pending))
    )

    assert line is None or line.unmatched is (pending > 0 and line.state is State.NONE_FOUND)


@LAW
@given(question=answerable())
def test_a_leaver_is_never_named_and_their_team_can_be_rung(question: Question) -> None:
    left = tuple(replace(each, lead=LEAVER) for each in question.involvements)
    asked = replace(question, involvements=left)

    said = repr(answer(asked))

    assert not any(word in said for word in (LEAVER.name, LEAVER.role, LEAVER.phone, LEAVER.email))
    assert [each.duty_line for each in contacts(asked)] == [
        each.team.duty_line if each.team else "" for each in decide(asked).visible
    ][: len(contacts(asked))]


@LAW
@given(question=answerable())
def test_a_service_that_names_its_team_only_names_no_practitioner(question: Question) -> None:
    assert question.profile is not None
    asked = replace(question, profile=replace(question.profile, team_only=True))

    assert {
        (each.practitioner, each.role, each.phone, each.email, each.left)
        for each in contacts(asked)
    } <= {("", "", "", "", False)}


@LAW
@given(question=answerable())
def test_no_line_and_no_card_below_the_fourth_level_names_anybody(question: Question) -> None:
    line, card = answer(question)

    assert "Kim Doyle" not in repr(line)
    assert decide(question).level >= Level.L4 or "Kim Doyle" not in repr(card)


@LAW
@given(question=questions())
def test_everything_disclosed_is_bound_to_its_viewer(question: Question) -> None:
    values = [each for part in answer(question) for each in walk(part)]

    assert {each.viewer for each in values} <= {viewer_of(ACCESS)}
