from datetime import date
from typing import Any

import pytest

from directory.domain.identifiers import Postcode
from directory.domain.involvement import Involvement
from directory.domain.vocabulary import (
    Level,
    NameKind,
    Relationship,
    Role,
    Service,
    State,
)
from directory.policy import disclosure
from directory.policy.disclosed import (
    DisclosedLine,
    NotDisclosed,
)
from directory.policy.disclosure import (
    disclose_card,
    disclose_hit,
    disclose_line,
    disclose_person,
    viewer_of,
)
from directory.policy.modifiers import Question, Verdict, lowered
from tests.factories import (
    ASHA,
    NOON,
    access,
    address,
    days_ago,
    feed,
    involvement,
    name,
    person,
    profile,
    question,
    viewer,
)

ACCESS = access()
SHOWN_EWAN = disclose_person(ACCESS, person())
SCHOOL = Service.SCHOOL


def line_of(held: Involvement | None, **differing: Any) -> DisclosedLine:
    """Return housing's line to an allocated worker, L4."""
    rows = (held,) if held else ()
    line = disclose_line(ACCESS, SHOWN_EWAN, question(involvements=rows, **differing))
    assert line is not None
    return line


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


@pytest.mark.parametrize("ended", [None, days_ago(3)], ids=["live", "ended"])
def test_the_month_of_several_rows_is_the_latest(ended: date | None) -> None:
    older, newer = (
        involvement(source_reference=ref, last_involved=day, ended=ended and day)
        for ref, day in (("HH/2", date(2026, 2, 3)), ("HH/1", date(2026, 6, 12)))
    )

    line = disclose_line(ACCESS, SHOWN_EWAN, question(involvements=(older, newer)))

    assert line is not None
    assert line.month == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("level", "as_of"),
    [(Level.L2, days_ago(1)), (Level.L3, days_ago(3)), (Level.L5, days_ago(3))],
)
def test_from_the_third_level_the_as_of_date_is_the_rows_and_not_the_feeds(
    level: Level, as_of: date
) -> None:
    asked = question(involvements=(involvement(as_of=days_ago(3)),))

    line = disclosure._line(ACCESS, SHOWN_EWAN, asked, lowered(asked, level))

    assert (line.state, line.as_of) == (State.INVOLVED, as_of)


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
    [({"profile": profile(covered_since=None)}, False), ({"grants": ()}, True)],
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
