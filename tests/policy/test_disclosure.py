from datetime import date, timedelta
from typing import Any

import pytest

from directory.domain.audit import Part, Subject
from directory.domain.dates import Period
from directory.domain.identifiers import Postcode
from directory.domain.involvement import Involvement
from directory.domain.vocabulary import (
    FamilyRole,
    Level,
    NameKind,
    Relationship,
    Role,
    Service,
    State,
    TieKind,
)
from directory.policy import disclosure
from directory.policy.disclosed import (
    SEAL,
    DisclosedLine,
    DisclosedMember,
    DisclosedTie,
    NotDisclosed,
)
from directory.policy.disclosure import (
    disclose_board,
    disclose_card,
    disclose_entry,
    disclose_family,
    disclose_hit,
    disclose_line,
    disclose_member,
    disclose_person,
    disclose_tie,
    leading_lines,
    viewer_of,
)
from directory.policy.modifiers import Question, Verdict
from tests.factories import (
    ASHA,
    EWAN,
    LEAH,
    NOON,
    access,
    address,
    days_ago,
    entry,
    feed,
    involvement,
    name,
    person,
    profile,
    question,
    tie,
    viewer,
)

ACCESS = access()
MARK = viewer_of(ACCESS)
SHOWN_EWAN = disclose_person(ACCESS, person())
SHOWN_LEAH = disclose_person(ACCESS, person(reference=LEAH, names=(name("Leah"),)))
SCHOOL = Service.SCHOOL


def line_of(held: Involvement | None, **differing: Any) -> DisclosedLine:
    """Return housing's line to an allocated worker, L4."""
    rows = (held,) if held else ()
    line = disclose_line(ACCESS, SHOWN_EWAN, question(involvements=rows, **differing))
    assert line is not None
    return line


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


def test_a_viewer_is_an_account_in_a_role() -> None:
    assert viewer_of(access(Role.OUT_OF_HOURS)) == f"{ASHA}:out_of_hours"
    assert viewer_of(access(Role.OUT_OF_HOURS)) != viewer_of(access())


def test_a_person_is_named_with_their_other_names_in_order() -> None:
    named = person(
        names=(
            name("Ewan", "Carr", kind=NameKind.FORMER),
            name("Ewan", "Blake"),
            name("Ewan", "Blake", kind=NameKind.BIRTH),
            name("Bud", "Blake", kind=NameKind.KNOWN_AS),
        )
    )

    shown = disclose_person(ACCESS, named)

    assert (shown.name, shown.also_known_as, shown.age) == (
        "Ewan Blake",
        ("Bud Blake", "Ewan Carr"),
        9,
    )


def test_a_hit_gives_the_part_of_the_first_postcode_and_no_more() -> None:
    homes = (address(postcode=None), address(), address(postcode=Postcode.parse("ZZ9 9ZZ")))

    hit = disclose_hit(
        ACCESS, person(addresses=homes), strong=False, why=("same name",), differs=("age",)
    )

    assert (hit.name, hit.age, hit.part_postcode) == ("Ewan Blake", 9, "NX4")
    assert (hit.strong, hit.why, hit.differs) == (False, ("same name",), ("age",))
    assert "2AB" not in repr(hit)


def test_a_hit_without_a_postcode_says_none() -> None:
    hit = disclose_hit(ACCESS, person(addresses=()), strong=True, why=(), differs=())

    assert hit.part_postcode == ""


def test_a_line_gives_state_month_and_as_of() -> None:
    line = line_of(involvement(last_involved=date(2026, 6, 12), as_of=days_ago(3)))

    assert (line.state, line.month, line.as_of) == (
        State.INVOLVED,
        date(2026, 6, 1),
        days_ago(3),
    )
    assert line.opens


def test_a_line_gives_the_services_own_words_and_lines() -> None:
    line = line_of(involvement())

    assert (line.title, line.common_line, line.out_of_hours_line) == (
        "Housing",
        "01632 960001",
        "01632 960002",
    )


@pytest.mark.parametrize(
    ("held", "month"),
    [
        (involvement(ended=date(2026, 4, 1), last_involved=date(2026, 2, 3)), date(2026, 3, 1)),
        (involvement(started=date(2026, 5, 9), last_involved=None), date(2026, 5, 1)),
        (involvement(started=None, last_involved=None), None),
        (
            involvement(started=date(2026, 5, 9), last_involved=None, ended=days_ago(-60)),
            date(2026, 5, 1),
        ),
        (involvement(last_involved=days_ago(-60)), date(2026, 11, 1)),
    ],
    ids=["ended", "started", "undated", "planned end", "in the future"],
)
def test_the_month_is_of_the_last_day_known_and_never_to_come(
    held: Involvement, month: date | None
) -> None:
    assert line_of(held).month == month


def test_none_found_says_where_since_when_and_as_of() -> None:
    line = line_of(None, feed=feed(unmatched=3))

    assert (line.state, line.area, line.covered_since, line.as_of, line.unmatched) == (
        State.NONE_FOUND,
        "Northshire",
        date(2024, 1, 1),
        days_ago(1),
        True,
    )
    assert not line.opens


def test_a_failed_feed_says_since_when() -> None:
    line = line_of(involvement(), feed=feed(as_of=days_ago(3), failed_at=NOON))

    assert (line.state, line.late_since) == (State.COULD_NOT_BE_CHECKED, days_ago(3))


def test_a_feed_that_never_came_has_no_day() -> None:
    line = line_of(involvement(), feed=None)

    assert (line.state, line.late_since) == (State.COULD_NOT_BE_CHECKED, None)


@pytest.mark.parametrize(
    ("differing", "contributes"),
    [({"profile": profile(covered_since=None)}, False), ({"agreements": ()}, True)],
    ids=["does not contribute", "not available today"],
)
def test_not_covered_tells_which_of_its_two_grounds(
    differing: dict[str, Any], *, contributes: bool
) -> None:
    line = line_of(involvement(), **differing)

    assert (line.state, line.contributes) == (State.NOT_COVERED, contributes)


def test_not_shown_by_rule_tells_the_rule() -> None:
    asked = question(SCHOOL, age=3, involvements=(involvement(SCHOOL),))

    line = disclose_line(ACCESS, SHOWN_EWAN, asked)

    assert line is not None
    assert (line.state, line.ages) == (State.NOT_SHOWN_BY_RULE, (4, 20))


@pytest.mark.parametrize(
    "unlisted",
    [
        question(profile=None),
        question(viewer=viewer(relationship=Relationship.NONE)),
        question(viewer=viewer(Role.HEALTH_PRACTITIONER, relationship=Relationship.OWN_SERVICE)),
    ],
    ids=["not set up", "no relationship", "level nought"],
)
def test_a_service_that_is_not_listed_has_no_line_and_no_card(unlisted: Any) -> None:
    assert disclose_line(ACCESS, SHOWN_EWAN, unlisted) is None
    assert disclose_card(ACCESS, SHOWN_EWAN, unlisted) is None


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (question(), Verdict(level=Level.L4)),
        (question(profile=None), Verdict(level=Level.L1, state=State.NOT_COVERED)),
    ],
    ids=["no answer", "not set up"],
)
def test_a_line_without_an_answer_or_a_service_is_never_made(
    asked: Question, verdict: Verdict
) -> None:
    with pytest.raises(NotDisclosed):
        disclosure._line(ACCESS, SHOWN_EWAN, asked, verdict)


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
