"""What becomes of a consent: asked, given or refused, withdrawn or run out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.consent import (
    LONGEST_TERM,
    USUAL_TERM,
    Answered,
    ConsentFault,
    ConsentState,
    Giver,
    Manner,
    Withdrawal,
    answered,
    withdrawn,
)
from tests.factories import ASHA, NOON, TODAY, asked_consent, consent_given

OVER = Withdrawal(by=ASHA, at=NOON + timedelta(hours=1))
NO = Answered(by=ASHA, at=NOON, manner=Manner.BY_PHONE, giver=Giver.PERSON)


def test_a_consent_is_asked_then_given_then_withdrawn() -> None:
    asked = asked_consent()
    yes = answered(asked, consent_given())
    over = withdrawn(yes, OVER)

    states = [each.state(OVER.at) for each in (asked, yes, over)]

    assert states == [ConsentState.ASKED, ConsentState.GIVEN, ConsentState.WITHDRAWN]


def test_a_refusal_has_no_term_and_cannot_be_withdrawn() -> None:
    refused = answered(asked_consent(), NO)

    assert refused.state(NOON) is ConsentState.REFUSED
    assert not NO.is_given
    with pytest.raises(ConsentFault):
        withdrawn(refused, OVER)


def test_a_question_is_answered_once() -> None:
    with pytest.raises(ConsentFault):
        answered(answered(asked_consent(), NO), consent_given())


@given(days=st.integers(0, 4_000))
def test_a_withdrawn_or_expired_consent_grants_nothing(days: int) -> None:
    yes = answered(asked_consent(), consent_given())
    later = NOON + timedelta(days=days)
    over = withdrawn(yes, OVER)

    assert (yes.state(later) is ConsentState.GIVEN) == (days < USUAL_TERM.days)
    assert over.state(later) is not ConsentState.GIVEN


@pytest.mark.parametrize("term", [timedelta(0), timedelta(-1), LONGEST_TERM + timedelta(1)])
def test_a_term_ends_after_today_and_within_two_years(term: timedelta) -> None:
    with pytest.raises(ConsentFault):
        answered(asked_consent(), consent_given(end=TODAY + term))


@pytest.mark.parametrize("start", [None, TODAY - timedelta(1)])
def test_a_consent_begins_on_the_day_it_is_recorded(start: date | None) -> None:
    with pytest.raises(ConsentFault):
        answered(asked_consent(), consent_given(start=start))


def test_a_consent_without_an_end_is_none() -> None:
    with pytest.raises(ConsentFault):
        answered(asked_consent(), consent_given(end=None))


@pytest.mark.parametrize(
    ("giver", "seen"),
    [
        (Giver.ATTORNEY, None),
        (Giver.DEPUTY, None),
        (Giver.PARENT, TODAY),
        (Giver.BEST_INTERESTS, TODAY),
        (Giver.ATTORNEY, TODAY + timedelta(1)),
    ],
)
def test_an_authority_is_seen_where_one_is_needed_and_only_there(
    giver: Giver, seen: date | None
) -> None:
    with pytest.raises(ConsentFault):
        answered(asked_consent(), replace(consent_given(), giver=giver, authority_seen=seen))


def test_an_attorney_whose_authority_was_seen_gives_consent() -> None:
    by = replace(consent_given(), giver=Giver.ATTORNEY, authority_seen=TODAY)

    assert answered(asked_consent(), by).state(NOON) is ConsentState.GIVEN
