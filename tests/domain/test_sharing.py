from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from directory.domain.sharing import Agreement, Course, Status
from tests.factories import (
    COUNCIL,
    HOMES,
    TODAY,
    agreement,
    days_ago,
    draft,
    party,
    reference,
)


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        (days_ago(0), days_ago(-1), True),
        (days_ago(-1), days_ago(-2), False),
        (days_ago(1), days_ago(0), False),
    ],
)
def test_an_agreement_holds_on_its_start_and_not_on_its_end(
    start: date, end: date, *, holds: bool
) -> None:
    assert agreement(start=start, end=end).in_force(TODAY) is holds


@pytest.mark.parametrize(
    ("overdue", "holds"), [(-1, True), (0, True), (30, True), (31, False), (400, False)]
)
def test_an_agreement_lapses_when_its_review_is_more_than_thirty_days_late(
    overdue: int, *, holds: bool
) -> None:
    assert agreement(review=days_ago(overdue)).in_force(TODAY) is holds


@pytest.mark.parametrize(
    ("signed_on", "holds"), [(days_ago(0), True), (days_ago(-1), False), (None, False)]
)
def test_an_agreement_waits_for_its_last_signature(signed_on: date | None, *, holds: bool) -> None:
    parties = (party(COUNCIL), party(HOMES, signed_on=signed_on))

    assert agreement(parties=parties).in_force(TODAY) is holds


@pytest.mark.parametrize(
    "lacking",
    [agreement(powers=frozenset()), agreement(parties=()), draft()],
    ids=["power", "party", "activation"],
)
def test_an_agreement_without_a_power_a_party_or_activation_is_none(lacking: Agreement) -> None:
    assert not lacking.in_force(TODAY)


@pytest.mark.parametrize("organisation", [COUNCIL, HOMES])
def test_an_agreement_binds_each_party(organisation: UUID) -> None:
    assert agreement().binds(organisation)


@pytest.mark.parametrize("organisation", [reference(9), None])
def test_an_agreement_binds_nobody_else(organisation: UUID | None) -> None:
    assert not agreement().binds(organisation)


def test_the_audit_names_an_agreement_by_reference_and_version() -> None:
    assert agreement(reference="ISA-07", version=3).label == "ISA-07 v3"


SATURDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 30)
ACTIVATED = agreement().course


def with_course(**differing: Any) -> Agreement:
    return agreement(course=replace(ACTIVATED, **differing))


def test_a_term_that_ends_at_a_weekend_closes_on_the_next_working_day() -> None:
    each = agreement(end=SATURDAY)

    assert [each.in_force(SATURDAY + timedelta(days=n)) for n in (-1, 0, 1, 2)] == [
        True,
        True,
        True,
        False,
    ]


def test_a_term_that_ends_before_a_bank_holiday_closes_after_it() -> None:
    assert agreement(end=SATURDAY).closes({MONDAY}) == date(2026, 12, 1)


def test_an_overdue_review_closes_on_a_working_day_too() -> None:
    assert agreement(review=SATURDAY - timedelta(days=31)).closes() == MONDAY


def test_an_agreement_that_somebody_ended_closes_on_that_very_day() -> None:
    assert with_course(ended_from=SATURDAY).closes() == SATURDAY


def test_an_agreement_gives_way_to_its_next_version_on_that_very_day() -> None:
    assert with_course(superseded_from=SATURDAY).closes() == SATURDAY


@pytest.mark.parametrize(
    ("each", "status"),
    [
        (draft(), Status.DRAFT),
        (agreement(), Status.ACTIVE),
        (agreement(start=days_ago(-10)), Status.ACTIVE),
        (agreement(end=days_ago(0)), Status.ENDED),
        (agreement(review=days_ago(200)), Status.ACTIVE),
        (with_course(ended_from=days_ago(0)), Status.ENDED),
        (with_course(superseded_from=days_ago(0)), Status.SUPERSEDED),
        (with_course(superseded_from=days_ago(-1)), Status.ACTIVE),
        (with_course(ended_from=days_ago(9), superseded_from=days_ago(3)), Status.ENDED),
    ],
    ids=[
        "draft", "in force", "to begin", "over", "review late", "ended", "superseded",
        "to be superseded", "ended before",
    ],
)  # fmt: skip
def test_a_version_stands_where_its_course_and_its_days_put_it(
    each: Agreement, status: Status
) -> None:
    assert each.status(TODAY) is status


def test_a_course_begins_in_nobody_s_hands() -> None:
    assert draft().course == Course()
