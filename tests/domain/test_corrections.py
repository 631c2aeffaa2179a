"""A report that a contact is wrong: what it is about, by when it is answered, where it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.corrections import (
    ABOUT_INVOLVEMENT,
    About,
    Answer,
    Answered,
    NotOfThisContact,
    Wrong,
    about_what,
    answer_due,
    offered,
    reported_on,
    standing_as,
)
from directory.domain.vocabulary import Service
from tests.factories import ASHA, EWAN, LEAH, NOON, TODAY, correction, reference

KIM = About(service=Service.HOUSING, practitioner=reference(32), team=None, person=EWAN)
TEAM = replace(KIM, practitioner=None, team=reference(31))
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
accounts = st.integers(1, 3).map(reference)
references = st.none() | accounts
abouts = st.builds(
    About,
    service=st.sampled_from([Service.HOUSING, Service.POLICE]),
    practitioner=references,
    team=references,
    person=references,
)


def test_a_report_is_answered_by_the_end_of_the_second_working_day_after_it() -> None:
    before_christmas = datetime(2026, 12, 24, 15, tzinfo=UTC)

    found = correction(at=before_christmas, due=answer_due(before_christmas, CHRISTMAS))

    assert found.due == datetime(2026, 12, 31, tzinfo=UTC)
    assert found.answer_by == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("after_due", "days"),
    [
        (timedelta(seconds=-1), 0),
        (timedelta(), 1),
        (timedelta(hours=23), 1),
        (timedelta(days=3), 4),
    ],
)
def test_it_is_overdue_from_the_midnight_after_its_last_day(
    after_due: timedelta, days: int
) -> None:
    found = correction(due=answer_due(NOON, CHRISTMAS))

    at = found.due + after_due

    assert (found.is_overdue(at), found.days_overdue(at)) == (days > 0, days)


def test_what_is_answered_is_never_overdue() -> None:
    said = Answered(answer=Answer.MENDED, by=ASHA, at=NOON)

    assert not correction(answered=said).is_overdue(NOON + timedelta(days=90))


def test_a_team_s_line_has_no_e_mail_and_does_not_leave() -> None:
    assert offered(KIM) == tuple(Wrong)
    assert set(Wrong) - set(offered(TEAM)) == {Wrong.EMAIL, Wrong.LEFT}
    with pytest.raises(NotOfThisContact):
        about_what(TEAM, Wrong.LEFT)


@pytest.mark.parametrize("wrong", Wrong)
def test_whose_involvement_it_is_is_kept_only_where_the_report_is_of_that(wrong: Wrong) -> None:
    kept = about_what(KIM, wrong)

    assert kept == replace(KIM, person=EWAN if wrong in ABOUT_INVOLVEMENT else None)


@given(abouts, abouts, st.sampled_from(Wrong), st.sampled_from(Wrong), accounts, accounts)
def test_two_reports_stand_as_one_where_all_but_their_moment_is_the_same(
    one: About, other: About, wrong: Wrong, otherwise: Wrong, by: UUID, by_another: UUID
) -> None:
    first, second = correction(about=one, wrong=wrong), correction(about=other, wrong=otherwise)
    mine = replace(first, reporter=replace(first.reporter, account=by))
    theirs = replace(second, reporter=replace(first.reporter, account=by_another))

    same = (one, wrong, by) == (other, otherwise, by_another)

    assert (standing_as(mine) == standing_as(theirs)) is same
    assert mine.is_alike(theirs) is ((one, wrong) == (other, otherwise))


def test_a_contact_says_when_it_was_last_reported_whoever_it_was_met_for() -> None:
    first, last = correction(), correction(at=NOON + timedelta(days=1))

    assert reported_on(KIM, [last, first]) == TODAY + timedelta(days=1)
    assert reported_on(replace(KIM, person=LEAH), [first]) == TODAY


def test_a_report_of_one_involvement_stands_on_that_person_s_contact_alone() -> None:
    found = correction(about=KIM, wrong=Wrong.NOT_INVOLVED)

    assert reported_on(KIM, [found]) == TODAY
    assert reported_on(replace(KIM, person=LEAH), [found]) is None


@pytest.mark.parametrize(
    "shown", [TEAM, replace(KIM, practitioner=reference(99)), replace(KIM, service=Service.POLICE)]
)
def test_another_contact_says_nothing(shown: About) -> None:
    assert reported_on(shown, [correction(), correction(about=KIM)]) is None
