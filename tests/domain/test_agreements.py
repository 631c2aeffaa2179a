"""What keeps an agreement from being activated, and what its register warns of."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from directory.domain.agreements import Coming, Missing, Part, Warned, missing, warnings
from directory.domain.lawfulness import (
    Country,
    LawfulBasis,
    ScheduleCondition,
    SpecialCondition,
    applies_in,
)
from directory.domain.vocabulary import LegalPower, Service
from tests.factories import COUNCIL, HOMES, TODAY, agreement, days_ago, draft, party

ENFORCED = frozenset({LawfulBasis.LAW_ENFORCEMENT})
MIDWEEK = date(2026, 11, 25)
NO_DAYS: frozenset[date] = frozenset()


def parts(**differing: Any) -> list[Part]:
    """Return which parts a draft lacks that differs so from a whole one."""
    return [each.part for each in missing(draft(**differing), TODAY)]


def test_a_whole_agreement_lacks_nothing() -> None:
    assert parts() == []


@pytest.mark.parametrize(
    ("differing", "lacking"),
    [
        ({"parties": ()}, Part.PARTIES),
        ({"parties": (party(COUNCIL),)}, Part.PARTIES),
        ({"powers": frozenset()}, Part.POWER),
        ({"bases": frozenset()}, Part.LAWFUL_BASIS),
        ({"special": frozenset()}, Part.SPECIAL_CONDITION),
        ({"schedule": frozenset()}, Part.SCHEDULE_CONDITION),
        ({"policy_document": ""}, Part.POLICY_DOCUMENT),
        ({"confidentiality": None}, Part.CONFIDENTIALITY),
        ({"purposes": frozenset()}, Part.PURPOSES),
        ({"services": frozenset()}, Part.SERVICES),
        ({"fields": frozenset()}, Part.FIELDS),
        ({"dpia": ""}, Part.DPIA),
        ({"end": days_ago(500)}, Part.DATES),
        ({"review": days_ago(401)}, Part.REVIEW),
        ({"end": days_ago(0)}, Part.OVER),
    ],
    ids=lambda value: "" if isinstance(value, dict) else str(value),
)
def test_each_part_that_is_missing_is_named(differing: dict[str, Any], lacking: Part) -> None:
    assert lacking in parts(**differing)


def test_each_signature_that_is_missing_is_named_with_whose_it_is() -> None:
    unsigned = draft(parties=(party(COUNCIL, signed_on=None), party(HOMES, signed_on=days_ago(-1))))

    assert missing(unsigned, TODAY) == (
        Missing(part=Part.SIGNATURE, organisation=COUNCIL),
        Missing(part=Part.SIGNATURE, organisation=HOMES),
    )


def test_everything_that_is_missing_is_named_at_once() -> None:
    lacking = parts(powers=frozenset(), bases=frozenset(), dpia="", confidentiality=None)

    assert lacking == [Part.POWER, Part.LAWFUL_BASIS, Part.CONFIDENTIALITY, Part.DPIA]


def test_law_enforcement_alone_needs_no_condition_and_a_policy_document() -> None:
    enforced = {"bases": ENFORCED, "special": frozenset(), "schedule": frozenset()}

    assert parts(**enforced) == []
    assert parts(**enforced, policy_document="") == [Part.POLICY_DOCUMENT]


@pytest.mark.parametrize("service", [Service.POLICE, Service.JUSTICE])
def test_what_tells_of_offending_needs_a_condition_for_article_10(service: Service) -> None:
    rests = {
        "services": frozenset({service}),
        "special": frozenset({SpecialCondition.LEGAL_CLAIMS}),
        "schedule": frozenset(),
    }

    assert parts(**rests) == [Part.SCHEDULE_CONDITION]
    assert parts(**(rests | {"services": frozenset({Service.SCHOOL})})) == []


def test_the_condition_for_health_care_needs_no_policy_document() -> None:
    health = frozenset({ScheduleCondition.HEALTH_OR_SOCIAL_CARE})

    assert parts(schedule=health, policy_document="") == []


def test_a_power_of_another_country_is_named() -> None:
    welsh = draft(
        country=Country.WALES,
        powers=frozenset({LegalPower.CARE_ACT_2014_S42, LegalPower.CHILDREN_ACT_1989_S47}),
    )

    assert missing(welsh, TODAY) == (
        Missing(part=Part.POWER_ELSEWHERE, power=LegalPower.CARE_ACT_2014_S42),
    )


@pytest.mark.parametrize("power", LegalPower)
def test_every_power_of_the_list_is_one_in_england(power: LegalPower) -> None:
    assert applies_in(power, Country.ENGLAND)


def test_consent_is_no_power() -> None:
    assert not any("consent" in each.lower() for each in LegalPower)


@pytest.mark.parametrize(
    ("left", "stage"), [(93, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (1, 7)]
)
@pytest.mark.parametrize("coming", [Coming.END, Coming.REVIEW])
def test_an_end_and_a_review_are_warned_of_at_90_30_and_7_days(
    coming: Coming, left: int, stage: int | None
) -> None:
    each = agreement(**{str(coming): MIDWEEK + timedelta(days=left)})

    found = warnings(each, MIDWEEK, NO_DAYS)

    assert [(one.coming, one.stage) for one in found] == (
        [] if stage is None else [(coming, stage)]
    )


def test_a_late_review_says_when_it_closes_and_then_that_it_has() -> None:
    late, closed = agreement(review=days_ago(10)), agreement(review=days_ago(40))

    assert warnings(late, TODAY, NO_DAYS) == (
        Warned(coming=Coming.REVIEW_OVERDUE, on=days_ago(-21), days=21, stage=0),
    )
    assert [each.coming for each in warnings(closed, TODAY, NO_DAYS)] == [Coming.CLOSED]


@pytest.mark.parametrize(
    "each",
    [
        draft(end=TODAY + timedelta(days=3)),
        agreement(end=days_ago(3)),
        agreement(
            end=TODAY + timedelta(days=3),
            course=replace(agreement().course, superseded_from=TODAY + timedelta(days=2)),
        ),
    ],
    ids=["draft", "ended", "followed"],
)
def test_nothing_is_warned_of_where_nothing_is_to_be_done(each: Any) -> None:
    assert warnings(each, TODAY, NO_DAYS) == ()
