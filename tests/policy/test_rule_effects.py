"""Before a rule changes, it is known to whom it would show more, or less."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.domain.rules import SHIPPED, ServiceRule, Tally
from directory.domain.vocabulary import Role, Service
from directory.policy.rule_effects import Effect, effects
from directory.policy.rules import EXTENDED
from tests.factories import TODAY, days_ago, months_ago

SCHOOL = SHIPPED[Service.SCHOOL]
rules = st.builds(
    ServiceRule,
    youngest=st.integers(0, 10),
    oldest=st.integers(11, 30),
    look_back_months=st.integers(1, 60),
    contact_months=st.integers(0, 12),
    extended_months=st.integers(12, 60),
)
days = st.none() | st.sampled_from([days_ago(1), months_ago(6), months_ago(20), months_ago(61)])
tallies = st.lists(
    st.builds(
        Tally,
        birth=st.none() | st.dates(date(1990, 1, 1), TODAY),
        started=days,
        last_involved=days,
        ended=days,
        lines=st.integers(1, 9),
    ),
    max_size=5,
)


def tally(**differing: Any) -> Tally:
    default = Tally(
        birth=date(2004, 5, 1), started=days_ago(90), last_involved=days_ago(9), ended=None, lines=7
    )
    return replace(default, **differing)


def told(before: ServiceRule, after: ServiceRule, *held: Tally) -> tuple[Effect, ...]:
    return effects(Service.SCHOOL, held, before=before, after=after, day=TODAY)


def test_a_later_age_shows_whoever_is_of_it_to_every_reader() -> None:
    found = told(SCHOOL, replace(SCHOOL, oldest=25), tally(), tally(birth=date(2015, 5, 1)))

    assert [(each.more, each.less) for each in found] == [(7, 0), (7, 0)]


def test_an_unknown_age_is_shown_before_and_after() -> None:
    found = told(SCHOOL, replace(SCHOOL, oldest=5), tally(birth=None))

    assert [(each.more, each.less) for each in found] == [(0, 0), (0, 0)]


def test_how_long_the_month_is_told_concerns_the_long_view_alone() -> None:
    ended = tally(birth=None, ended=months_ago(30))

    long_view, others = told(SCHOOL, replace(SCHOOL, extended_months=24), ended)

    assert (long_view.less, others.less) == (7, 0)
    assert set(long_view.roles) <= EXTENDED
    assert not set(others.roles) & EXTENDED


def test_a_role_that_has_the_common_line_alone_is_not_named() -> None:
    [long_view, others] = effects(
        Service.POLICE, (), before=SHIPPED[Service.POLICE], after=SHIPPED[Service.POLICE], day=TODAY
    )

    assert Role.SCHOOL_SAFEGUARDING_LEAD not in {*long_view.roles, *others.roles}
    assert Role.SERVICE_LEAD in others.roles


@given(rules, rules, tallies)
def test_going_back_undoes_what_a_change_does(
    before: ServiceRule, after: ServiceRule, held: list[Tally]
) -> None:
    there = [(each.roles, each.more, each.less) for each in told(before, after, *held)]
    back = [(each.roles, each.less, each.more) for each in told(after, before, *held)]

    assert there == back


@given(rules, tallies)
def test_the_same_rule_changes_nothing(rule: ServiceRule, held: list[Tally]) -> None:
    assert all((each.more, each.less) == (0, 0) for each in told(rule, rule, *held))
