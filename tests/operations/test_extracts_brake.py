"""A file that takes too much away is stopped before anything of it is seen, until it is meant."""

import pytest

from directory.domain.audit import Outcome
from directory.domain.brake import Ground, Share
from directory.domain.events import Event
from directory.domain.extracts import ExtractOutcome
from directory.domain.vocabulary import Absence
from directory.operations.extracts import Meant
from directory.store.engine import Database
from tests.factories import NOON, TODAY
from tests.operations.extracts_world import World, file_of, line, many, world
from tests.operations.feed_world import LAST_WEEK, OTHERS, WHOLE, YESTERDAY, meant, ruled

BLANK = {
    "team_duty_line": "", "practitioner_phone": "", "practitioner_email": "",
}  # fmt: skip
NOBODY = dict.fromkeys(
    ("practitioner_reference", "practitioner_name", "practitioner_role", "practitioner_phone",
     "practitioner_email"), ""
)  # fmt: skip
HALF = file_of(*OTHERS[:20])
BLANKED = file_of(*(each | BLANK for each in WHOLE))


def told(here: World) -> tuple[object, ...]:
    """Return all that is seen, and whether the feed is told to have failed."""
    return (here.state(), here.feed()[:2])


def begun(database: Database, absence: Absence = Absence.KEEP) -> World:
    here = ruled(database, absence)
    here.take(file_of(*WHOLE), as_of=LAST_WEEK)
    return here


def test_a_file_with_every_contact_blank_is_stopped_and_nothing_of_it_is_seen(
    database: Database,
) -> None:
    here = begun(database)
    before, rows = told(here), here.count("line")

    report = here.take(BLANKED)

    assert (report.outcome, report.taken) == (ExtractOutcome.BRAKED, 41)
    assert report.toll.grounds == (Ground.INVOLVEMENTS, Ground.PRACTITIONERS, Ground.TEAMS)
    assert (report.toll.blanked, report.toll.involvements) == (41, 41)
    assert report.toll.practitioners == report.toll.teams == Share(lost=1, of=1)
    assert (told(here), here.count("line"), here.feed()[2]) == (before, rows, NOON)
    assert here.events()[-1] == (Event.EXTRACT_STOPPED, Outcome.DONE)


@pytest.mark.parametrize("absence", list(Absence))
def test_a_file_of_half_the_lines_is_stopped_and_nothing_of_it_is_seen(
    database: Database, absence: Absence
) -> None:
    here = begun(database, absence)
    before = told(here)

    report = here.take(HALF)

    assert report.outcome is ExtractOutcome.BRAKED
    assert Ground.LINES in report.toll.grounds
    assert (report.toll.lines, report.toll.last, report.absent) == (20, 41, 21)
    assert (Ground.INVOLVEMENTS in report.toll.grounds) is (absence is not Absence.KEEP)
    assert (told(here), here.feed()[2]) == (before, NOON)


@pytest.mark.parametrize("absence", [Absence.END, Absence.HOLD])
def test_too_many_lines_exchanged_for_others_are_too_many(
    database: Database, absence: Absence
) -> None:
    here = begun(database, absence)

    report = here.take(file_of(*OTHERS[:31], *many(20, first=100)))

    assert (report.outcome, report.toll.grounds) == (
        ExtractOutcome.BRAKED,
        (Ground.INVOLVEMENTS,),
    )
    assert report.toll.ended + report.toll.held == 10


def test_lines_that_name_no_practitioner_any_more_lost_whom_they_led_to(
    database: Database,
) -> None:
    here = begun(database)

    few = here.take(file_of(*(each | NOBODY for each in WHOLE[:8]), *WHOLE[8:]))
    report = here.take(file_of(*(each | NOBODY for each in WHOLE)))

    assert (few.outcome, few.toll.blanked) == (ExtractOutcome.TAKEN, 8)
    assert (report.outcome, report.toll.blanked) == (ExtractOutcome.BRAKED, 33)
    assert report.toll.grounds == (Ground.INVOLVEMENTS,)


def test_one_duty_line_of_many_may_go(database: Database) -> None:
    here = world(database)
    teams = [each | {"team_reference": f"T{number % 10}"} for number, each in enumerate(OTHERS)]
    here.take(file_of(*teams), as_of=LAST_WEEK)

    def without(*teams_left: str) -> bytes:
        lost = [each["team_reference"] in teams_left for each in teams]
        blank = {"team_duty_line": ""}
        return file_of(
            *(each | blank if is_lost else each for each, is_lost in zip(teams, lost, strict=True))
        )

    reports = [here.check(without(*each)) for each in (("T1", "T2"), ("T1", "T2", "T3"))]

    assert [each.toll.teams.lost for each in reports] == [2, 3]
    assert [each.toll.grounds for each in reports] == [(), (Ground.TEAMS,)]


def test_a_practitioner_who_leaves_is_not_without_a_contact(database: Database) -> None:
    here = begun(database)
    gone = {"practitioner_left_on": str(YESTERDAY), "practitioner_phone": "",
            "practitioner_email": ""}  # fmt: skip
    kit = {"practitioner_reference": "P2", "practitioner_name": "Kit Marsh"}

    report = here.take(file_of(OTHERS[0] | gone, *(each | kit for each in WHOLE[1:])))

    assert report.toll.practitioners == Share(lost=0, of=1)
    assert report.outcome is ExtractOutcome.TAKEN


def test_a_file_is_taken_once_somebody_says_that_this_very_file_is_meant(
    database: Database,
) -> None:
    here = begun(database, Absence.END)
    braked = here.take(HALF)

    report = here.take(meant(HALF, braked))

    assert (report.outcome, report.toll.ended) == (ExtractOutcome.TAKEN, 21)
    assert len([each for each in here.seen() if each.ended == YESTERDAY]) == 21
    assert here.feed()[:3] == (YESTERDAY, NOON, None)


@pytest.mark.parametrize("what", ["another number", "its number of lines", "another file's"])
def test_a_wrong_number_lets_nothing_go_on(database: Database, what: str) -> None:
    here = begun(database)
    braked, before = here.take(HALF), told(here)
    numbers = {
        "another number": braked.number % 900_000 + 100_001,
        "its number of lines": braked.lines,
        "another file's": here.check(BLANKED).number,
    }

    report = here.take(Meant(file=HALF, number=numbers[what]))

    assert (report.outcome, told(here)) == (ExtractOutcome.BRAKED, before)


def test_a_file_that_takes_nothing_away_needs_no_number_and_minds_none(
    database: Database,
) -> None:
    here = begun(database)

    assert here.take(Meant(file=file_of(*WHOLE[::-1]), number=1)).outcome is ExtractOutcome.TAKEN


@pytest.mark.parametrize("file", [HALF, BLANKED])
def test_a_check_tells_the_same_figures_and_changes_nothing(
    database: Database, file: bytes
) -> None:
    here = begun(database, Absence.END)
    before = (told(here), here.feed())

    checked = here.check(file)

    assert (told(here), here.feed()) == before
    assert checked == here.take(file)


def test_a_check_of_a_file_that_goes_on_tells_its_figures(database: Database) -> None:
    here = begun(database, Absence.HOLD)

    checked = here.check(file_of(*OTHERS))

    assert (checked.outcome, checked.toll.held, checked.absent) == (ExtractOutcome.CHECKED, 1, 1)
    assert checked.toll == here.take(file_of(*OTHERS)).toll


def test_a_first_file_and_a_small_feed_are_never_stopped(database: Database) -> None:
    here = ruled(database, Absence.END)

    first = here.take(file_of(*(each | BLANK for each in many(19))), as_of=LAST_WEEK)
    second = here.take(file_of(*many(2)))

    assert [each.outcome for each in (first, second)] == [ExtractOutcome.TAKEN] * 2
    assert second.toll.ended == 17


def test_lines_that_were_lacking_before_are_not_missed_again(database: Database) -> None:
    here = begun(database)
    here.take(meant(HALF, here.take(HALF)))

    report = here.take(file_of(*OTHERS[:18]), as_of=TODAY)

    assert (report.outcome, report.toll.last, report.absent) == (ExtractOutcome.TAKEN, 20, 23)


def test_refused_lines_count_as_lines(database: Database) -> None:
    here = begun(database, Absence.END)
    spoilt = line("TEN/1000", surname="")

    report = here.take(file_of(*OTHERS[1:33], spoilt))

    assert (report.toll.lines, report.toll.ended) == (33, 8)
    assert report.outcome is ExtractOutcome.TAKEN


def test_the_same_file_again_is_not_stopped(database: Database) -> None:
    here = begun(database, Absence.END)
    here.take(meant(HALF, here.take(HALF)))

    report = here.take(HALF, as_of=TODAY)

    assert (report.outcome, report.known) == (ExtractOutcome.TAKEN, 20)
