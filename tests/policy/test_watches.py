"""What of a board can be news: what is disclosed to its watcher, and nothing beside."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from directory.domain.agencies import Practitioner
from directory.domain.involvement import Involvement
from directory.domain.restrictions import Protection
from directory.domain.vocabulary import Level, Role, Service, State
from directory.policy.disclosure import disclose_card, disclose_person
from directory.policy.modifiers import Question, decide
from directory.policy.watches import Seen, Watched, watched
from tests.factories import (
    NOON,
    access,
    days_ago,
    feed,
    involvement,
    months_ago,
    person,
    practitioner,
    question,
    team,
    viewer,
)
from tests.policy.questions import LEAVER, MASKED, questions

ACCESS = access()
EWAN = disclose_person(ACCESS, person())
NAOMI = practitioner(name="Naomi Doyle")


def seen(*held: Involvement, **differing: Any) -> tuple[Seen, ...]:
    """Return what a worker's watch keeps of housing's involvements."""
    found = watched(ACCESS, EWAN, question(involvements=held, **differing))
    assert found is not None
    assert found.seen is not None
    return found.seen


@pytest.mark.parametrize(
    "other",
    [
        {"lead": NAOMI},
        {"lead": LEAVER},
        {"lead": practitioner(phone="020 7946 0001")},
        {"team": team(duty_line="020 7946 0002")},
        {"last_involved": days_ago(2)},
        {"ended": days_ago(1)},
    ],
    ids=["lead", "lead who left", "phone", "duty line", "last day", "end"],
)
def test_what_a_card_would_say_otherwise_is_told_apart(other: dict[str, Any]) -> None:
    [before], [now] = seen(involvement()), seen(involvement(**other))

    assert before.which == now.which
    assert before.what != now.what


def test_a_newer_list_that_says_the_same_is_no_other_word() -> None:
    assert seen(involvement(as_of=days_ago(5))) == seen(involvement(as_of=days_ago(1)))


def test_a_change_that_only_a_higher_level_shows_is_not_told_apart() -> None:
    assert seen(involvement(started=days_ago(400))) == seen(involvement(started=days_ago(9)))


def test_less_that_an_agreement_lets_be_shown_is_told_from_a_change() -> None:
    [whole] = seen(involvement())

    [masked] = seen(involvement(), grants=(MASKED,))

    assert whole.which == masked.which
    assert whole.how != masked.how


def test_a_level_that_falls_with_time_is_told_from_a_change() -> None:
    lately, long_ago = (involvement(ended=months_ago(each), lead=None) for each in (11, 13))
    for_long = question(Service.CHILDRENS_SOCIAL_CARE).rule

    [full], [common] = seen(lately, rule=for_long), seen(long_ago, rule=for_long)

    assert full.how != common.how


def test_a_service_without_a_row_answers_with_none() -> None:
    assert seen() == ()


def test_an_involvement_out_of_view_is_none() -> None:
    assert seen(involvement(last_involved=months_ago(70), ended=months_ago(61))) == ()


def test_a_late_list_says_nothing_for_now() -> None:
    late = question(involvements=(involvement(),), feed=feed(failed_at=NOON))

    assert watched(ACCESS, EWAN, late) == Watched(seen=None)


@pytest.mark.parametrize(
    "behind",
    [
        question(Service.SENSITIVE, involvements=(involvement(Service.SENSITIVE),)),
        question(involvements=(involvement(),), protection=Protection.BROKERED),
        question(involvements=(involvement(),), grants=()),
        question(involvements=(involvement(),), age=9),
        question(involvements=(involvement(),), viewer=viewer(suspended=True)),
    ],
    ids=["sensitive", "protected", "no agreement", "too young", "suspended"],
)
def test_what_does_not_answer_from_its_rows_says_nothing_that_could_change(
    behind: Question,
) -> None:
    assert watched(ACCESS, EWAN, behind) is None


def test_each_involvement_says_the_same_whatever_becomes_of_another() -> None:
    one = involvement(source_reference="HH/1")
    ended = involvement(source_reference="HH/2", ended=days_ago(3), lead=NAOMI)

    both, [alone] = seen(one, ended), seen(ended)

    assert [each.shown for each in both] == [True, False]
    assert both[1] == replace(alone, shown=False)


@given(questions())
def test_nothing_can_be_news_that_the_card_does_not_disclose(asked: Question) -> None:
    found = watched(ACCESS, EWAN, asked)

    card = disclose_card(ACCESS, EWAN, asked)
    shown = () if found is None or found.seen is None else found.seen
    told = {each.which for each in shown if each.shown}
    counted = card is not None and card.line.state in {State.INVOLVED, State.PREVIOUSLY_INVOLVED}
    assert bool(told) <= counted
    assert told == {each.source_reference for each in decide(asked).visible}


@given(questions())
def test_a_contact_that_is_not_shown_changes_nothing(asked: Question) -> None:
    """Without a level at which they are disclosed, another practitioner reads alike."""
    viewer_below = replace(asked.viewer, role=Role.SERVICE_LEAD, own_service=None)
    below = replace(asked, viewer=viewer_below)

    def led_by(lead: Practitioner) -> Question:
        return replace(
            below, involvements=tuple(replace(each, lead=lead) for each in below.involvements)
        )

    assert decide(below).level <= Level.L1
    assert watched(ACCESS, EWAN, led_by(NAOMI)) == watched(ACCESS, EWAN, led_by(practitioner()))
