from datetime import date

import pytest

from directory.domain.rules import SHIPPED, ServiceRule
from directory.domain.vocabulary import DatePrecision, Level, Role, Service
from directory.policy.rules import EXTENDED, ceiling, is_live
from tests.factories import TODAY, days_ago, involvement, months_ago

RULE = ServiceRule()
WORKER, ADULT_WORKER = Role.CHILDRENS_SOCIAL_WORKER, Role.ADULT_SOCIAL_WORKER


def test_every_service_has_a_rule() -> None:
    assert set(SHIPPED) == set(Service)


@pytest.mark.parametrize(
    ("service", "age", "shown"),
    [
        (Service.SCHOOL, 3, False),
        (Service.SCHOOL, 4, True),
        (Service.SCHOOL, 20, True),
        (Service.SCHOOL, 21, False),
        (Service.ADULT_SOCIAL_CARE, 14, False),
        (Service.ADULT_SOCIAL_CARE, 15, True),
        (Service.HOUSING, 15, False),
        (Service.HOUSING, 16, True),
        (Service.POLICE, 0, True),
        (Service.POLICE, 105, True),
        (Service.CHILDRENS_SOCIAL_CARE, 0, True),
        (Service.HEALTH, 0, True),
        (Service.JUSTICE, 9, False),
        (Service.JUSTICE, 10, True),
        (Service.EARLY_HELP, 0, True),
        (Service.SENSITIVE, 0, True),
        (Service.SCHOOL, None, True),
    ],
)
def test_a_service_is_shown_at_its_ages(service: Service, age: int | None, *, shown: bool) -> None:
    assert SHIPPED[service].holds_age(age) is shown


@pytest.mark.parametrize("rule", SHIPPED.values(), ids=[each.value for each in SHIPPED])
def test_every_service_shows_contact_for_a_year_and_the_month_for_five(rule: ServiceRule) -> None:
    assert (rule.contact_months, rule.extended_months, rule.look_back_months) == (12, 60, 60)
    assert rule.precision is DatePrecision.DAY


def test_the_long_view_is_that_of_childrens_social_care_and_the_front_door() -> None:
    assert {
        Role.CHILDRENS_SOCIAL_WORKER,
        Role.FAMILY_HELP_LEAD,
        Role.TEAM_MANAGER,
        Role.FRONT_DOOR,
    } == EXTENDED


@pytest.mark.parametrize(
    ("last_involved", "live"),
    [
        (None, True),
        (days_ago(0), True),
        (months_ago(60), True),
        (date(2021, 11, 23), False),
        (months_ago(61), False),
    ],
)
def test_an_open_involvement_is_live_inside_the_look_back(
    last_involved: date | None, *, live: bool
) -> None:
    each = involvement(started=None, last_involved=last_involved)

    assert is_live(each, RULE, TODAY) is live


@pytest.mark.parametrize(
    ("ended", "live"), [(days_ago(-1), True), (days_ago(0), False), (days_ago(1), False)]
)
def test_an_involvement_is_over_from_the_day_after_its_last(ended: date, *, live: bool) -> None:
    assert is_live(involvement(ended=ended), RULE, TODAY) is live


@pytest.mark.parametrize(
    ("ended", "role", "level"),
    [
        (days_ago(-1), WORKER, Level.L5),
        (days_ago(0), WORKER, Level.L5),
        (date(2025, 11, 25), WORKER, Level.L5),
        (date(2025, 11, 24), WORKER, Level.L3),
        (date(2021, 11, 25), WORKER, Level.L3),
        (date(2021, 11, 24), WORKER, Level.L0),
        (date(2025, 11, 25), ADULT_WORKER, Level.L5),
        (date(2025, 11, 24), ADULT_WORKER, Level.L0),
        (date(2025, 11, 24), Role.OUT_OF_HOURS, Level.L0),
    ],
)
def test_an_ended_involvement_keeps_its_contact_a_year_and_for_some_its_month_five(
    ended: date, role: Role, level: Level
) -> None:
    assert ceiling(involvement(ended=ended), RULE, role, TODAY) is level


def test_an_open_involvement_outside_the_look_back_is_past() -> None:
    forgotten = involvement(last_involved=months_ago(61))

    assert ceiling(forgotten, RULE, WORKER, TODAY) is Level.L0


def test_an_involvement_with_a_planned_end_outside_the_look_back_is_past() -> None:
    forgotten = involvement(last_involved=months_ago(61), ended=days_ago(-10))

    assert ceiling(forgotten, RULE, WORKER, TODAY) is Level.L0
