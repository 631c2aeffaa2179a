"""A council sets its own rules, within bounds, from a day on, and by two people."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.rules import (
    AS_SHIPPED,
    SHIPPED,
    SLOTS,
    Change,
    Kind,
    NotOpenToDecide,
    OwnProposal,
    Rule,
    RuleFault,
    Slot,
    Standing,
    Tally,
    check_fits,
    in_force,
    read_value,
    services_under,
)
from directory.domain.vocabulary import Absence, DatePrecision, Service
from tests.factories import NOON, TODAY, days_ago, reference

OLDEST = Slot(rule=Rule.OLDEST, service=Service.SCHOOL)
YOUNGEST = Slot(rule=Rule.YOUNGEST, service=Service.SCHOOL)
SEARCHES = Slot(rule=Rule.SEARCHES_KEPT)
NO_MATCH = Slot(rule=Rule.NO_MATCH)
CONSENT = Slot(rule=Rule.CONSENT)
ABSENCE = Slot(rule=Rule.ABSENCE, service=Service.POLICE)
INES, DELE = reference(81), reference(82)
SOON = TODAY + timedelta(days=7)


def change(**differing: Any) -> Change:
    default = Change(
        reference=reference(90),
        slot=OLDEST,
        value="25",
        effective=SOON,
        why="care leavers",
        proposed_by=INES,
        proposed_at=NOON,
    )
    return replace(default, **differing)


def agreed(**differing: Any) -> Change:
    return change(standing=Standing.AGREED, decided_by=DELE, decided_at=NOON, **differing)


values = {
    Kind.YEARS: st.integers(0, 200).map(str),
    Kind.MONTHS: st.integers(1, 24).map(str),
    Kind.DAYS: st.integers(28, 730).map(str),
    Kind.PRECISION: st.sampled_from(["day", "month"]),
    Kind.ABSENCE: st.sampled_from(list(Absence)).map(str),
    Kind.WORDS: st.sampled_from(["", "Ring the hub first."]),
    Kind.TEXT: st.sampled_from(["", "We ask first.\nYou may say no."]),
}
changes = st.sampled_from(SLOTS).flatmap(
    lambda slot: st.builds(
        change,
        slot=st.just(slot),
        value=values[slot.bounds.kind],
        effective=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        standing=st.sampled_from(Standing),
    )
)


def test_everything_that_can_be_set_has_a_value_to_begin_with() -> None:
    assert {slot: read_value(slot, AS_SHIPPED.value(slot)) for slot in SLOTS} == {
        slot: AS_SHIPPED.value(slot) for slot in SLOTS
    }
    assert AS_SHIPPED.services == SHIPPED


@given(st.lists(changes, max_size=6), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_only_what_was_agreed_and_has_begun_changes_anything(held: list[Change], day: date) -> None:
    begun = [each for each in held if each.standing is Standing.AGREED and each.effective <= day]

    assert in_force(held, day) == in_force(begun, day)
    untouched = set(SLOTS) - {each.slot for each in begun}
    assert all(in_force(held, day).value(slot) == AS_SHIPPED.value(slot) for slot in untouched)


@given(st.lists(changes, max_size=6), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_values_in_their_order_give_the_rules_in_force(held: list[Change], day: date) -> None:
    begun = [each for each in held if each.standing is Standing.AGREED and each.effective <= day]
    ordered = sorted(begun, key=lambda each: each.effective)

    found = services_under((each.slot, each.value) for each in ordered)

    assert found == in_force(held, day).services


@pytest.mark.parametrize(("day", "oldest"), [(SOON - timedelta(days=1), 20), (SOON, 25)])
def test_a_rule_holds_from_its_day(day: date, oldest: int) -> None:
    assert in_force([agreed()], day).services[Service.SCHOOL].oldest == oldest


def test_of_two_for_the_same_rule_the_later_to_begin_holds() -> None:
    later = agreed(value="18", effective=SOON + timedelta(days=1))

    assert in_force([later, agreed()], SOON + timedelta(days=1)).value(OLDEST) == "18"


def test_of_two_for_the_same_day_the_one_agreed_last_holds() -> None:
    second = replace(agreed(value="18"), decided_at=NOON + timedelta(hours=1))

    assert in_force([second, agreed()], SOON).value(OLDEST) == "18"


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        (OLDEST, " 025 ", "25"),
        (SEARCHES, "24", "24"),
        (NO_MATCH, "  Ring the hub\r\n first. ", "Ring the hub first."),
        (NO_MATCH, "Ring 01632 960123 first.", "Ring 01632 960123 first."),
        (NO_MATCH, "", ""),
        (CONSENT, " We ask\tfirst. \r\n\r\nYou may say no.\n", "We ask first.\nYou may say no."),
        (Slot(rule=Rule.PRECISION, service=Service.POLICE), "month", "month"),
        (ABSENCE, " end ", "end"),
    ],
)
def test_a_value_is_read_as_it_is_meant(slot: Slot, text: str, value: str) -> None:
    assert read_value(slot, text) == value


@pytest.mark.parametrize(
    ("slot", "text", "fault"),
    [
        (OLDEST, "", "whole number from 0 to 200"),
        (OLDEST, "201", "whole number from 0 to 200"),
        (OLDEST, "-1", "whole number"),
        (OLDEST, "²5", "whole number"),
        (SEARCHES, "0", "from 1 to 24"),
        (SEARCHES, "25", "from 1 to 24"),
        (Slot(rule=Rule.PRECISION, service=Service.POLICE), "year", "a day or a month"),
        (ABSENCE, "forget", "to keep, to end or to hold"),
        (NO_MATCH, "a" * 301, "at most 300"),
        (CONSENT, "a" * 1_501, "at most 1,500"),
        (NO_MATCH, "See 943 476 5919.", "NHS number"),
        (NO_MATCH, "Ask the sex offender team.", "tell of somebody"),
    ],
)
def test_what_cannot_be_a_value_is_refused(slot: Slot, text: str, fault: str) -> None:
    with pytest.raises(RuleFault, match=fault):
        read_value(slot, text)


def test_every_rule_can_be_set_to_something_else() -> None:
    other = {
        Kind.YEARS: "19",
        Kind.MONTHS: "7",
        Kind.DAYS: "60",
        Kind.PRECISION: "month",
        Kind.ABSENCE: "hold",
        Kind.WORDS: "Ring.",
        Kind.TEXT: "We ask.",
    }

    for slot in SLOTS:
        assert (
            AS_SHIPPED.having(slot, other[slot.bounds.kind]).value(slot)
            == (other[slot.bounds.kind])
        )
    exact = Slot(rule=Rule.PRECISION, service=Service.POLICE)
    rules = AS_SHIPPED.having(exact, "month")
    assert rules.services[Service.POLICE].precision is DatePrecision.MONTH
    assert AS_SHIPPED.having(ABSENCE, "end").services[Service.POLICE].absence is Absence.END


def test_services_rules_leave_out_what_is_the_council_s() -> None:
    found = services_under([(NO_MATCH, "Ring."), (OLDEST, "25")])

    assert found[Service.SCHOOL].oldest == 25
    assert found[Service.POLICE] == SHIPPED[Service.POLICE]


def test_a_text_for_consent_has_its_first_day_for_a_version() -> None:
    own = agreed(slot=CONSENT, value="We ask first.")
    shipped_again = agreed(slot=CONSENT, value="", effective=SOON + timedelta(days=7))

    versions = [
        in_force([own, shipped_again], SOON + timedelta(days=each)).consent_from
        for each in (-1, 0, 6, 7)
    ]

    assert versions == [None, SOON, SOON, None]


def test_rules_never_contradict_each_other_on_any_day_to_come() -> None:
    youngest_later = agreed(slot=YOUNGEST, value="19", effective=SOON + timedelta(days=30))

    with pytest.raises(RuleFault, match="no age"):
        check_fits([youngest_later], change(value="18"))
    check_fits([youngest_later], change(value="19"))


def test_contacts_are_never_shown_for_longer_than_months() -> None:
    slot = Slot(rule=Rule.CONTACT, service=Service.HOUSING)

    with pytest.raises(RuleFault, match="longer than months"):
        check_fits([agreed(slot=replace(slot, rule=Rule.EXTENDED), value="3")], change(slot=slot))


def test_somebody_else_agrees_or_declines() -> None:
    for standing in (Standing.AGREED, Standing.DECLINED):
        decided = change().decided(standing, by=DELE, at=NOON, day=TODAY)

        assert (decided.standing, decided.decided_by, decided.decided_at) == (standing, DELE, NOON)


@pytest.mark.parametrize("by", [INES, None])
def test_nobody_agrees_to_their_own_change(by: UUID | None) -> None:
    with pytest.raises(OwnProposal):
        change().decided(Standing.AGREED, by=by, at=NOON, day=TODAY)


def test_whoever_proposed_it_may_withdraw_it() -> None:
    withdrawn = change().decided(Standing.DECLINED, by=INES, at=NOON, day=TODAY)

    assert withdrawn.standing is Standing.DECLINED


@pytest.mark.parametrize(
    "closed", [agreed(), change(standing=Standing.DECLINED), change(effective=TODAY)]
)
def test_what_was_decided_or_has_lapsed_is_not_decided_again(closed: Change) -> None:
    with pytest.raises(NotOpenToDecide):
        closed.decided(Standing.AGREED, by=DELE, at=NOON, day=TODAY)


@pytest.mark.parametrize(
    ("last_involved", "ended", "started", "latest"),
    [
        (days_ago(3), days_ago(1), days_ago(9), days_ago(3)),
        (None, days_ago(1), days_ago(9), days_ago(2)),
        (None, None, days_ago(9), days_ago(9)),
        (None, None, None, None),
    ],
)
def test_a_tally_knows_the_last_day_anything_happened(
    last_involved: date | None, ended: date | None, started: date | None, latest: date | None
) -> None:
    tally = Tally(birth=None, started=started, last_involved=last_involved, ended=ended, lines=1)

    assert tally.latest == latest
