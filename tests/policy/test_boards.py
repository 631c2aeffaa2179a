from datetime import date, timedelta
from typing import Any

import pytest

from directory.domain.audit import Part, Subject
from directory.domain.dates import Period
from directory.domain.vocabulary import (
    FamilyRole,
    Service,
    State,
    TieKind,
)
from directory.policy.disclosed import (
    SEAL,
    DisclosedLine,
    DisclosedMember,
    DisclosedTie,
)
from directory.policy.disclosure import (
    disclose_board,
    disclose_entry,
    disclose_family,
    disclose_member,
    disclose_person,
    disclose_tie,
    leading_lines,
    viewer_of,
)
from tests.factories import (
    EWAN,
    LEAH,
    NOON,
    access,
    days_ago,
    entry,
    name,
    person,
    tie,
)

ACCESS = access()
MARK = viewer_of(ACCESS)
SHOWN_EWAN = disclose_person(ACCESS, person())
SHOWN_LEAH = disclose_person(ACCESS, person(reference=LEAH, names=(name("Leah"),)))


def a_line(state: State, *, month: date | None = None, **differing: Any) -> DisclosedLine:
    stated: dict[str, Any] = {"service": Service.HOUSING, "member": SHOWN_EWAN, **differing}
    return DisclosedLine(
        viewer=MARK,
        seal=SEAL,
        title="Housing",
        state=state,
        common_line="",
        out_of_hours_line="",
        month=month,
        **stated,
    )


def a_member(*lines: DisclosedLine) -> DisclosedMember:
    return disclose_member(
        ACCESS, SHOWN_EWAN, role=FamilyRole.CHILD, ties=(), added_by_viewer=False, lines=lines
    )


def test_the_leading_line_is_the_strongest_answer_and_then_the_latest() -> None:
    older = a_line(State.INVOLVED, month=date(2026, 3, 1))
    latest = a_line(State.INVOLVED, month=date(2026, 6, 1), member=SHOWN_LEAH)
    undated = a_line(State.INVOLVED)
    ended = a_line(State.PREVIOUSLY_INVOLVED, month=date(2026, 10, 1))

    assert leading_lines((a_member(ended, undated, older), a_member(latest))) == (latest,)


@pytest.mark.parametrize(
    "ranked",
    [
        (State.INVOLVED, State.PREVIOUSLY_INVOLVED),
        (State.PREVIOUSLY_INVOLVED, State.COULD_NOT_BE_CHECKED),
        (State.COULD_NOT_BE_CHECKED, State.NONE_FOUND),
        (State.NONE_FOUND, State.NOT_SHOWN_BY_RULE),
        (State.NOT_SHOWN_BY_RULE, State.CONTACT_THROUGH_BROKER),
        (State.CONTACT_THROUGH_BROKER, State.NOT_COVERED),
    ],
)
def test_the_answer_that_says_more_leads(ranked: tuple[State, State]) -> None:
    stronger, weaker = (a_line(each) for each in ranked)

    assert leading_lines((a_member(weaker), a_member(stronger))) == (stronger,)


def test_there_is_one_leading_line_a_service_in_the_order_of_services() -> None:
    lines = [a_line(State.NONE_FOUND, service=each) for each in reversed(Service)]

    leading = leading_lines((a_member(*lines), a_member(*lines)))

    assert [each.service for each in leading] == list(Service)


def test_a_member_says_role_ties_and_who_added_them() -> None:
    shown = disclose_tie(
        ACCESS,
        tie(target=EWAN, period=Period(end=date(2026, 4, 1))),
        person(names=(name("Ewan", "Blake"),)),
    )
    member = disclose_member(
        ACCESS,
        SHOWN_LEAH,
        role=FamilyRole.PARENT,
        ties=(shown,),
        added_by_viewer=True,
        lines=(),
    )

    assert member.ties == (
        DisclosedTie(
            viewer=MARK,
            seal=SEAL,
            kind=TieKind.PARENT_OF,
            name="Ewan Blake",
            end=date(2026, 3, 31),
        ),
    )
    assert (member.person, member.role, member.added_by_viewer) == (
        SHOWN_LEAH,
        FamilyRole.PARENT,
        True,
    )


def test_a_board_leads_with_its_lines_and_keeps_each_members_own() -> None:
    line = a_line(State.INVOLVED)
    member = a_member(line)

    board = disclose_board(ACCESS, SHOWN_EWAN, (member,), ("ISA-01 v2",))

    assert (board.chosen, board.leading, board.members, board.agreements) == (
        SHOWN_EWAN,
        (line,),
        (member,),
        ("ISA-01 v2",),
    )


def test_a_family_on_the_users_list_says_since_when() -> None:
    family = disclose_family(ACCESS, person(), since=days_ago(90))

    assert (family.person, family.since) == (SHOWN_EWAN, days_ago(90))


def test_an_audit_entry_is_read_with_its_words_and_without_its_references() -> None:
    subjects = (
        Subject(reference=b"ewan", part=Part.ABOUT),
        Subject(reference=b"leah", part=Part.SHOWN),
        Subject(reference=b"kim", part=Part.SHOWN),
    )

    shown = disclose_entry(
        ACCESS,
        entry(7, subjects=subjects),
        actor="Asha Rahman",
        organisation="Northshire",
        words="Duty call.",
        about=b"ewan",
    )

    assert (shown.sequence, shown.at, shown.event, shown.outcome) == (
        7,
        NOON + timedelta(minutes=7),
        "card_opened",
        "done",
    )
    assert (shown.actor, shown.role, shown.organisation, shown.words) == (
        "Asha Rahman",
        "childrens_social_worker",
        "Northshire",
        "Duty call.",
    )
    assert (shown.purpose, shown.power, shown.relationship, shown.service) == (
        "child_protection",
        "Children Act 1989, section 47",
        "allocated",
        "housing",
    )
    assert (shown.fields, shown.agreements, shown.policy_version) == (
        ("name", "phone"),
        ("ISA-01 v2",),
        "2026-11",
    )
    assert (shown.people_shown, shown.about_subject) == (2, True)


@pytest.mark.parametrize("about", [b"leah", b"nobody"])
def test_an_entry_is_about_its_subject_and_not_about_those_shown(about: bytes) -> None:
    subjects = (
        Subject(reference=b"ewan", part=Part.ABOUT),
        Subject(reference=b"leah", part=Part.SHOWN),
    )

    shown = disclose_entry(
        ACCESS, entry(subjects=subjects), actor="", organisation="", words="", about=about
    )

    assert not shown.about_subject
