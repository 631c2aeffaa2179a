"""Stories of extracts that are checked, taken, taken again and stopped, on both engines."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.extracts import ExtractOutcome, Report
from directory.domain.vocabulary import Service
from directory.operations import extracts
from directory.store.engine import Database
from tests.factories import NOON, days_ago
from tests.operations.extracts_world import (
    LAST_WEEK,
    OPERATOR,
    YESTERDAY,
    file_of,
    line,
    many,
    small_world,
    unheard,
    world,
)

FULL = file_of(*many(40), line())
LATER = replace(OPERATOR, at=NOON + timedelta(days=7))


def counted(report: Report) -> tuple[int, ...]:
    """Return new, linked, known, changed and waiting lines, as many as were taken."""
    counts = (report.new, report.linked, report.known, report.changed, report.waiting)
    assert sum(counts) == report.taken
    return counts


def test_an_extract_makes_people_their_involvements_and_whom_to_ring(database: Database) -> None:
    here = world(database)

    report = here.take(file_of(line(ended="2026-06-30")))

    [involvement] = here.seen()
    assert (report.outcome, counted(report)) == (ExtractOutcome.TAKEN, (1, 0, 0, 0, 0))
    assert here.names() == ["Leah Blake"]
    assert (involvement.as_of, involvement.ended) == (YESTERDAY, date(2026, 7, 1))
    assert involvement.team is not None
    assert involvement.lead is not None
    assert (involvement.team.duty_line, involvement.lead.name) == ("01632 960100", "Kim Doyle")


def test_a_taken_extract_is_entered_in_the_audit_and_on_its_feed(database: Database) -> None:
    here = world(database)

    here.take(FULL)

    *staged, taken = here.events()
    assert set(staged) == {(Event.EXTRACT_STAGED, Outcome.DONE)}
    assert taken == (Event.EXTRACT_TAKEN, Outcome.DONE)
    assert here.feed() == (YESTERDAY, NOON, None, 0)


def test_one_person_with_two_involvements_is_one_person(database: Database) -> None:
    here = world(database)

    report = here.take(file_of(line(), line("TEN/2"), *many(5)))

    assert counted(report) == (6, 1, 0, 0, 0)
    assert here.names().count("Leah Blake") == 1


def test_two_services_that_mean_the_same_person_share_them(database: Database) -> None:
    here = world(database)
    here.take(FULL)

    report = here.take(file_of(line("POL/1", house="")), service=Service.POLICE)

    assert counted(report) == (0, 1, 0, 0, 0)
    assert here.names().count("Leah Blake") == 1
    assert [each.service for each in here.seen() if each.source_reference[-2:] == "/1"] == [
        Service.HOUSING,
        Service.POLICE,
    ]


def test_a_line_that_could_be_anybodys_waits_and_is_not_shown(database: Database) -> None:
    here = world(database)

    report = here.take(file_of(*many(30), line(date_of_birth="")))

    assert counted(report) == (30, 0, 0, 0, 1)
    assert "Leah Blake" not in here.names()
    assert here.feed()[-1] == 1


def test_nobody_begins_under_a_name_that_stands_for_nothing(database: Database) -> None:
    here = world(database)

    report = here.take(file_of(line(forenames="Baby"), line("TEN/2", surname="Not known")))

    assert (report.waiting, here.names()) == (2, [])


def test_a_line_that_waits_is_linked_once_its_person_is_known(database: Database) -> None:
    here = world(database)
    waiting = line("POL/1", date_of_birth="", nhs_number="9990000018")
    here.take(file_of(waiting, *many(1)), service=Service.POLICE)
    here.take(file_of(line(nhs_number="999 000 0018"), *many(30, first=5)))

    report = here.take(file_of(waiting, *many(2)), service=Service.POLICE)

    assert (report.linked, report.waiting) == (1, 0)
    assert here.feed(Service.POLICE)[-1] == 0


def test_the_same_file_again_changes_only_its_delivery_and_as_of(database: Database) -> None:
    here = world(database)
    here.take(FULL, as_of=LAST_WEEK)
    rows = {table: here.count(table) for table in ("line", "line_name", "team", "practitioner")}

    report = here.take(FULL, access=LATER, as_of=YESTERDAY)

    assert counted(report) == (0, 0, 41, 0, 0)
    assert {table: here.count(table) for table in rows} == rows
    assert here.feed()[:2] == (YESTERDAY, LATER.at)
    assert {each.as_of for each in here.seen()} == {YESTERDAY}


def test_the_same_lines_in_another_file_write_no_versions(database: Database) -> None:
    here = world(database)
    here.take(FULL, as_of=LAST_WEEK)
    before = here.state()
    shuffled = file_of(line(), *reversed(many(40)))

    report = here.take(shuffled, as_of=LAST_WEEK)

    assert (counted(report), here.count("line")) == ((0, 0, 41, 0, 0), 41)
    assert here.state() == before


def test_a_file_in_another_order_gives_the_same_state(tmp_path: Path) -> None:
    family = [
        line("TEN/1", nhs_number="9990000018"),
        line("TEN/2", nhs_number="9990000018", house="", postcode=""),
        line("TEN/3", date_of_birth="", nhs_number="9990000018"),
        line("TEN/4", forenames="Mia", date_of_birth="2023-05-30"),
    ]

    with small_world(tmp_path / "one") as one, small_world(tmp_path / "other") as other:
        one.take(file_of(*many(110), *family))
        other.take(file_of(*reversed([*many(110), *family])))

        assert one.state() == other.state()


def test_a_changed_line_keeps_its_person(database: Database) -> None:
    here = world(database)
    here.take(FULL)
    [leah] = [each.reference for each in here.people() if each.name.full == "Leah Blake"]

    report = here.take(file_of(*many(40), line(surname="Marsh", last_involved="20/11/2026")))

    [married] = [each for each in here.people() if each.reference == leah]
    assert counted(report) == (0, 0, 40, 1, 0)
    assert [name.full for name in married.names] == ["Leah Marsh"]


def test_a_line_that_left_the_file_keeps_standing_for_the_day_it_spoke_of(
    database: Database,
) -> None:
    here = world(database)
    here.take(FULL, as_of=LAST_WEEK)

    report = here.take(file_of(*many(40)))

    kept = {each.source_reference: each.as_of for each in here.seen()}
    assert (report.absent, counted(report)) == (1, (0, 0, 40, 0, 0))
    assert (kept.pop("TEN/1"), set(kept.values())) == (LAST_WEEK, {YESTERDAY})


def test_a_line_that_comes_back_speaks_of_the_new_day_again(database: Database) -> None:
    here = world(database)
    here.take(FULL, as_of=days_ago(20))
    here.take(file_of(*many(40)), as_of=LAST_WEEK)

    report = here.take(FULL)

    assert counted(report) == (0, 0, 41, 0, 0)
    assert {each.as_of for each in here.seen()} == {YESTERDAY}


def test_a_line_that_comes_back_to_the_day_it_spoke_of_needs_no_new_version(
    database: Database,
) -> None:
    here = world(database)
    here.take(FULL, as_of=LAST_WEEK)
    here.take(file_of(*many(40)), as_of=LAST_WEEK)

    here.take(FULL)

    assert here.count("line") == 41
    assert {each.as_of for each in here.seen()} == {YESTERDAY}


def test_a_line_that_was_refused_this_time_keeps_its_earlier_word(database: Database) -> None:
    here = world(database)
    here.take(FULL, as_of=LAST_WEEK)

    here.take(file_of(*many(40), line(surname="")))

    [involvement] = [each for each in here.seen() if each.source_reference == "TEN/1"]
    assert (involvement.as_of, "Leah Blake" in here.names()) == (LAST_WEEK, True)


def test_a_new_number_reaches_everybody_whose_lines_are_unchanged(database: Database) -> None:
    here = world(database)
    here.take(file_of(line(), line("TEN/2")))

    changed = {"practitioner_phone": "01632 960777", "team_name": "Lower Hillside team"}
    report = here.take(file_of(line(**changed), line("TEN/2", **changed)))

    assert report.known == 2
    assert {each.lead.phone for each in here.seen() if each.lead} == {"01632 960777"}
    assert {each.team.name for each in here.seen() if each.team} == {"Lower Hillside team"}


def test_a_practitioner_who_left_says_from_which_day(database: Database) -> None:
    here = world(database)

    here.take(file_of(line(practitioner_left_on=str(YESTERDAY))))

    [involvement] = here.seen()
    assert involvement.lead is not None
    assert involvement.lead.left_on == YESTERDAY


def test_a_file_on_disk_is_taken_like_any_other(tmp_path: Path, database: Database) -> None:
    here = world(database)
    path = tmp_path / "housing.csv"
    path.write_bytes(FULL)

    report = extracts.take(
        here.ledger, OPERATOR, file=path, service=Service.HOUSING, as_of=YESTERDAY, progress=unheard
    )

    assert report.taken == 41


def test_progress_goes_from_nothing_to_all(database: Database) -> None:
    here = world(database)
    told: list[tuple[int, int]] = []

    here.take(file_of(*many(150)), progress=lambda done, whole: told.append((done, whole)))

    done = [each for each, _ in told]
    assert (done, done[-1]) == (sorted(done), told[-1][1])
    assert len({whole for _, whole in told[1:]}) == 1
