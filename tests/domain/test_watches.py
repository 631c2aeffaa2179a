"""What is news about a family that is watched, and when an e-mail may go."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.vocabulary import Purpose, Role
from directory.domain.watches import (
    Answered,
    Compared,
    Facet,
    MailChoice,
    Mailing,
    Marks,
    Watch,
    compared,
)
from tests.factories import ASHA, EWAN, NOON, TODAY, days_ago, reference

HOUSING, POLICE = b"EWAN/HOU", b"EWAN/POL"
ONE, OTHER = b"TENANCY1", b"TENANCY2"
KIM = Facet(how=b"L4", what=b"KIM")
NAOMI = Facet(how=b"L4", what=b"NAOMI")
FULL = Facet(how=b"L5", what=b"KIM MORE")
UNSHOWN = Facet(how=b"L4", what=b"NAOMI", shown=False)
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

wheres = st.sampled_from([HOUSING, POLICE])
facets = st.dictionaries(
    st.sampled_from([ONE, OTHER]), st.sampled_from([KIM, NAOMI, FULL, UNSHOWN]), max_size=2
)
boards = st.dictionaries(wheres, facets, max_size=2)


def says(**of: Facet) -> list[Answered]:
    """Return that housing answers with these tenancies, `one` and `other`."""
    known = {"one": ONE, "other": OTHER}
    return [Answered(where=HOUSING, facets={known[each]: facet for each, facet in of.items()})]


def after(before: list[Answered], *then: list[Answered]) -> Compared:
    """Return what comes of the last of several looks, after `before`."""
    found = compared({}, before)
    for each in then:
        found = compared(found.marks, each)
    return found


def all_answered(board: Marks) -> list[Answered]:
    return [Answered(where=where, facets=held) for where, held in board.items()]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (says(), says(one=KIM)),
        (says(one=KIM), says(one=NAOMI)),
        (says(one=KIM), says(one=KIM, other=NAOMI)),
    ],
    ids=["one that begins", "another word on one", "one more"],
)
def test_what_a_service_says_otherwise_is_news(before: list[Answered], now: list[Answered]) -> None:
    assert after(before, now).is_news


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (says(one=KIM), says(one=KIM)),
        (says(one=KIM), says()),
        (says(one=KIM), []),
        ([], says(one=KIM)),
        (says(one=KIM), says(one=FULL)),
        (says(), says(one=UNSHOWN)),
        (says(one=KIM), [Answered(where=HOUSING, facets=None)]),
        ([Answered(where=HOUSING, facets=None)], says(one=KIM)),
    ],
    ids=[
        "the same", "held", "hidden", "come into sight", "seen in full", "not on the board",
        "a late list", "a late list that comes",
    ],
)  # fmt: skip
def test_what_an_order_or_a_held_line_does_too_is_never_news(
    before: list[Answered], now: list[Answered]
) -> None:
    assert not after(before, now).is_news


def test_what_was_held_is_no_news_when_it_comes_back_as_it_was() -> None:
    assert not after(says(one=KIM), says(), says(one=KIM)).is_news
    assert after(says(one=KIM), says(), says(one=NAOMI)).is_news


def test_what_changed_while_it_was_hidden_is_no_news_when_it_is_shown_again() -> None:
    assert not after(says(one=KIM), [], says(one=NAOMI)).is_news


def test_what_changed_while_a_list_was_late_is_news_when_it_comes() -> None:
    late = [Answered(where=HOUSING, facets=None)]

    assert after(says(one=KIM), late, says(one=NAOMI)).is_news


def test_what_the_board_did_not_show_is_no_news_when_it_does() -> None:
    assert not after(says(one=UNSHOWN), says(one=NAOMI)).is_news


@given(boards, boards, facets)
def test_somebody_on_the_board_changes_nothing_of_what_is_news_of_another(
    before: Marks, now: Marks, hidden: dict[bytes, Facet]
) -> None:
    beside = {b"HIDDEN/H": hidden}

    alone = compared(before, all_answered(now)).is_news

    assert compared({**before, **beside}, all_answered(now)).is_news == alone
    assert compared(before, all_answered({**now, **beside})).is_news == alone


@given(boards, boards)
def test_what_was_seen_is_no_news_again(before: Marks, now: Marks) -> None:
    seen = compared(before, all_answered(now)).marks

    again = compared(seen, all_answered(now))

    assert (again.marks, again.is_news) == (seen, False)


def test_a_watch_lasts_ninety_days() -> None:
    begun = Watch(
        reference=reference(1), account=ASHA, role=Role.TEAM_MANAGER, person=EWAN,
        purpose=Purpose.CHILD_PROTECTION, started=NOON, compared_at=NOON, marks={},
    )  # fmt: skip

    assert begun.ends == NOON + timedelta(days=90)
    assert begun.last_day == days_ago(-90)


@pytest.mark.parametrize(
    ("choice", "at", "goes"),
    [
        (MailChoice(), MORNING - timedelta(seconds=1), False),
        (MailChoice(), MORNING, True),
        (MailChoice(mailed_on=days_ago(1)), MORNING, True),
        (MailChoice(mailed_on=TODAY), MORNING, False),
        (MailChoice(mailing=Mailing.AT_ONCE, mailed_on=TODAY), MORNING - timedelta(hours=6), True),
        (MailChoice(mailing=Mailing.NONE), MORNING, False),
    ],
)
def test_an_e_mail_goes_once_a_day_from_eight_unless_its_reader_chose_otherwise(
    choice: MailChoice, at: datetime, *, goes: bool
) -> None:
    assert MORNING.date() == TODAY
    assert choice.is_due(at) is goes


def test_the_hour_is_that_of_the_clock_on_the_wall() -> None:
    in_summer = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)

    assert MailChoice().is_due(in_summer)
    assert not MailChoice().is_due(in_summer - timedelta(seconds=1))
