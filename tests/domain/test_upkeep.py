"""What a desk says by hand holds until a newer file says otherwise, part by part."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.upkeep import ByHand, Lead, Said, UpkeepFault, check_said, merged
from tests.factories import TODAY, reference

HANA = Lead(team=reference(1), practitioner=reference(2))
KIT = Lead(team=reference(1), practitioner=reference(3))
SENT = Said(lead=HANA, last_involved=TODAY - timedelta(days=30), ended=None)
BY_HAND = Said(lead=KIT, last_involved=TODAY - timedelta(days=2), ended=TODAY)

days = st.dates(TODAY - timedelta(days=400), TODAY)
said = st.builds(
    Said,
    lead=st.sampled_from([HANA, KIT]),
    last_involved=st.none() | days,
    ended=st.none() | days,
)


@given(said, said, days)
def test_only_what_was_changed_is_said_by_hand(before: Said, after: Said, day: date) -> None:
    found = ByHand().since(before, after, day)

    assert (found.lead == day) is (before.lead != after.lead)
    assert (found.last_involved == day) is (before.last_involved != after.last_involved)
    assert (found.ended == day) is (before.ended != after.ended)


@given(said, said, said, days, days)
def test_of_a_file_and_a_desk_the_later_word_holds_and_on_one_day_the_desk_s(
    sent: Said, kept: Said, newer: Said, said_on: date, as_of: date
) -> None:
    by_hand = ByHand().since(sent, kept, said_on).still(as_of)

    holds = merged(kept, newer, by_hand)

    for part in ("lead", "last_involved", "ended"):
        is_kept = getattr(sent, part) != getattr(kept, part) and said_on >= as_of
        assert getattr(holds, part) == getattr(kept if is_kept else newer, part)


def test_a_part_that_nobody_changed_is_the_file_s() -> None:
    kept = replace(SENT, lead=KIT)
    by_hand = ByHand().since(SENT, kept, TODAY)

    holds = merged(kept, replace(SENT, ended=TODAY), by_hand.still(TODAY))

    assert holds == replace(SENT, lead=KIT, ended=TODAY)


def test_nothing_is_by_hand_where_nothing_was_changed() -> None:
    assert not ByHand().since(SENT, SENT, TODAY).is_anything
    assert ByHand().since(SENT, BY_HAND, TODAY).is_anything


@pytest.mark.parametrize(
    ("what", "fault"),
    [
        (replace(SENT, last_involved=TODAY + timedelta(days=1)), "after today"),
        (replace(SENT, last_involved=TODAY - timedelta(days=100)), "before the involvement began"),
        (replace(SENT, ended=TODAY - timedelta(days=90)), "end before it began"),
    ],
)
def test_an_involvement_keeps_its_days_in_order(what: Said, fault: str) -> None:
    with pytest.raises(UpkeepFault, match=fault):
        check_said(what, started=TODAY - timedelta(days=90), today=TODAY)


def test_an_involvement_without_a_first_day_may_end_at_any_time() -> None:
    check_said(replace(SENT, ended=TODAY), started=None, today=TODAY)
