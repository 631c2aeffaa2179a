"""What becomes of a line that a newer file lacks, as the service's rule says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from directory.domain.people import Identifier
from directory.domain.vocabulary import Absence, IdentifierKind, Service
from directory.store.engine import Database
from tests.factories import NOON, TODAY, days_ago
from tests.operations.extracts_world import (
    OPERATOR,
    World,
    file_of,
    line,
    world,
)
from tests.operations.feed_world import (
    FORTNIGHT,
    LAST_WEEK,
    OTHERS,
    WHOLE,
    YESTERDAY,
    found,
    leahs,
    rule,
    ruled,
    say,
)
from tests.operations.test_extracts_social_care import (
    ASHAS,
    EWAN,
    LEAH,
    MOTHER,
    NOT_ALONE,
    SOCIAL_CARE,
    take,
)

WITHOUT, WITH = file_of(*OTHERS), file_of(*WHOLE)
TOMORROW = replace(OPERATOR, at=NOON + timedelta(days=1))


def left_out(database: Database, absence: Absence, **differing: str) -> World:
    """Return a council whose file of last week had Leah's tenancy, and yesterday's has not."""
    here = ruled(database, absence)
    here.take(file_of(*OTHERS, line(**differing)), as_of=LAST_WEEK)
    here.take(WITHOUT)
    return here


def test_a_line_is_kept_as_of_its_own_date_where_the_rule_says_so(database: Database) -> None:
    here = left_out(database, Absence.KEEP)

    [kept] = [leahs(here)]
    assert kept is not None
    assert (kept.ended, kept.as_of) == (None, LAST_WEEK)


def test_a_line_is_told_as_ended_on_the_file_s_date(database: Database) -> None:
    here = left_out(database, Absence.END, nhs_number="9990000018")

    ended = leahs(here)
    assert ended is not None
    assert (ended.ended, ended.as_of) == (YESTERDAY, YESTERDAY)
    assert ended.lead is not None
    assert {each.as_of for each in here.seen()} == {YESTERDAY}
    [leah] = [each for each in here.described() if each.name.full == "Leah Blake"]
    assert leah.identifiers == (Identifier(kind=IdentifierKind.NHS_NUMBER, value="9990000018"),)
    assert found(here).found


def test_a_line_that_ended_by_absence_is_opened_by_a_file_that_has_it(database: Database) -> None:
    here = left_out(database, Absence.END)

    report = here.take(WITH, as_of=TODAY)

    opened = leahs(here)
    assert opened is not None
    assert (opened.ended, opened.as_of, report.changed) == (None, TODAY, 1)


def test_a_line_is_ended_once(database: Database) -> None:
    here = left_out(database, Absence.END)
    lines = here.count("line")

    report = here.take(file_of(*reversed(OTHERS)), as_of=TODAY)

    ended = leahs(here)
    assert ended is not None
    assert (ended.ended, ended.as_of) == (YESTERDAY, YESTERDAY)
    assert (report.toll.ended, report.absent, here.count("line")) == (0, 1, lines)


@pytest.mark.parametrize("absence", [Absence.END, Absence.HOLD])
def test_an_involvement_that_had_ended_stays_as_it_was(
    database: Database, absence: Absence
) -> None:
    here = left_out(database, absence, ended="2026-06-30")

    ended = leahs(here)
    assert ended is not None
    assert (str(ended.ended), ended.as_of) == ("2026-07-01", LAST_WEEK)


def test_a_line_that_is_held_is_shown_to_nobody_and_found_by_nobody(database: Database) -> None:
    here = left_out(database, Absence.HOLD)

    assert (leahs(here), "Leah Blake" in here.names()) == (None, False)
    assert not [each for each in found(here).found if "surname_same" in each.why]
    assert here.feed()[-1] == 1


def test_a_line_that_is_held_comes_back_to_its_own_person(database: Database) -> None:
    here = ruled(database, Absence.HOLD)
    here.take(WITH, as_of=LAST_WEEK)
    before = here.state()
    [leah] = [each.reference for each in here.people() if each.name.full == "Leah Blake"]
    here.take(WITHOUT, as_of=LAST_WEEK)

    report = here.take(file_of(line(), *OTHERS), as_of=LAST_WEEK)

    assert (report.changed, report.waiting) == (1, 0)
    assert here.state() == before
    assert [each.person for each in here.seen() if each.source_reference == "TEN/1"] == [leah]
    assert found(here).found
    assert here.feed()[-1] == 0


def test_a_person_of_whom_another_service_speaks_stays_found(database: Database) -> None:
    here = ruled(database, Absence.HOLD)
    here.take(WITH, as_of=LAST_WEEK)
    here.take(file_of(line("POL/1")), service=Service.POLICE)

    here.take(WITHOUT)

    assert [each.source_reference for each in here.seen()].count("POL/1") == 1
    assert "Leah Blake" in here.names()
    assert found(here).found


def test_a_line_that_is_held_stays_held_without_another_version(database: Database) -> None:
    here = left_out(database, Absence.HOLD)
    lines = here.count("line")

    report = here.take(file_of(*reversed(OTHERS)), as_of=TODAY)

    assert (report.toll.held, report.absent, here.count("line")) == (0, 0, lines)
    assert (leahs(here), here.feed()[-1]) == (None, 1)


@pytest.mark.parametrize("absence", list(Absence))
def test_a_refused_line_is_never_absent(database: Database, absence: Absence) -> None:
    here = ruled(database, absence)
    here.take(WITH, as_of=LAST_WEEK)

    report = here.take(file_of(*OTHERS, line(surname="")))

    kept = leahs(here)
    assert kept is not None
    assert (kept.ended, kept.as_of) == (None, LAST_WEEK)
    assert (report.absent, report.toll.ended, report.toll.held) == (0, 0, 0)


@pytest.mark.parametrize("spoilt", [{"source_reference": "TEN 1"}, {"source_reference": ""}])
@pytest.mark.parametrize("absence", [Absence.END, Absence.HOLD])
def test_a_refused_line_that_does_not_say_which_it_is_may_be_any(
    database: Database, absence: Absence, spoilt: dict[str, str]
) -> None:
    here = ruled(database, absence)
    here.take(WITH, as_of=LAST_WEEK)

    report = here.take(file_of(*OTHERS, line() | spoilt))

    kept = leahs(here)
    assert kept is not None
    assert (kept.ended, report.absent) == (None, 1)


def test_a_broken_line_that_still_says_which_it_is_is_not_absent(database: Database) -> None:
    here = ruled(database, Absence.END)
    here.take(WITH, as_of=LAST_WEEK)

    report = here.take(file_of(*OTHERS) + b"TEN/1,9990000018\n")

    assert (report.refused_lines, report.absent) == (1, 0)
    assert getattr(leahs(here), "ended", TODAY) is None


@pytest.mark.parametrize("absence", [Absence.END, Absence.HOLD])
def test_a_line_that_waits_is_in_its_file(database: Database, absence: Absence) -> None:
    here = ruled(database, absence)
    here.take(file_of(*OTHERS, line(date_of_birth="")), as_of=LAST_WEEK)

    report = here.take(file_of(*reversed(OTHERS), line(date_of_birth="")))

    assert (report.waiting, report.absent, here.feed()[-1]) == (1, 0, 1)


@pytest.mark.parametrize("absence", [Absence.END, Absence.HOLD])
def test_whether_anybody_is_matched_to_it_makes_no_difference_to_the_figures(
    database: Database, absence: Absence
) -> None:
    here = ruled(database, absence)
    here.take(file_of(*OTHERS, line(date_of_birth="")), as_of=LAST_WEEK)

    reports = [here.take(file_of(*each)) for each in (OTHERS, OTHERS[::-1])]

    assert [each.toll.ended + each.toll.held for each in reports] == [1, 0]
    assert (leahs(here), here.feed()[-1]) == (None, 1)


@pytest.mark.parametrize("absence", [Absence.END, Absence.HOLD])
@pytest.mark.parametrize("said_on", [YESTERDAY, TODAY])
def test_what_the_desk_said_since_the_file_s_day_is_left_as_it_is(
    database: Database, absence: Absence, said_on: Any
) -> None:
    here = ruled(database, absence)
    here.take(WITH, as_of=LAST_WEEK)
    say(here, said_on, last_involved=days_ago(2))

    report = here.take(WITHOUT)

    kept = leahs(here)
    assert kept is not None
    assert (kept.ended, kept.last_involved) == (None, days_ago(2))
    assert (report.toll.ended, report.toll.held) == (0, 0)


def test_what_the_desk_said_before_the_file_s_day_is_overtaken(database: Database) -> None:
    here = ruled(database, Absence.END)
    here.take(WITH, as_of=FORTNIGHT)
    say(here, LAST_WEEK, last_involved=days_ago(9))

    here.take(WITHOUT)

    ended = leahs(here)
    assert ended is not None
    assert (ended.ended, ended.last_involved) == (YESTERDAY, days_ago(9))


@pytest.mark.parametrize("absence", [Absence.END, Absence.HOLD])
def test_the_same_file_again_changes_only_its_delivery_and_as_of(
    database: Database, absence: Absence
) -> None:
    here = left_out(database, absence)
    tables = ("line", "line_name", "involvement", "team", "practitioner", "person")
    rows, before = {each: here.count(each) for each in tables}, leahs(here)

    report = here.take(WITHOUT, access=TOMORROW, as_of=TODAY)

    assert (report.known, {each: here.count(each) for each in tables}) == (40, rows)
    assert here.feed()[:2] == (TODAY, TOMORROW.at)
    assert leahs(here) == before


def test_a_rule_that_changes_holds_from_its_day_on(database: Database) -> None:
    here = left_out(database, Absence.KEEP)
    rule(database, Absence.END, since=TODAY + timedelta(days=1))
    today = here.take(file_of(*reversed(OTHERS)))

    tomorrow = here.take(WITHOUT, access=TOMORROW)

    assert (today.toll.ended, tomorrow.toll.ended) == (0, 1)
    assert getattr(leahs(here), "ended", None) == YESTERDAY


@pytest.mark.parametrize("absence", [Absence.END, Absence.HOLD])
def test_an_allocation_is_ended_or_held_and_its_person_and_ties_stay(
    database: Database, absence: Absence
) -> None:
    here = world(database)
    rule(database, absence, service=SOCIAL_CARE)
    whole = (*NOT_ALONE, EWAN, LEAH, MOTHER, ASHAS)
    take(here, *whole, as_of=LAST_WEEK)

    report = take(here, *NOT_ALONE)

    seen = [(each.source_reference, each.ended) for each in here.seen()]
    assert seen == ([("ALL/1", YESTERDAY)] if absence is Absence.END else [])
    assert (len(here.people()), report.absent) == (32, 4)
    back = take(here, *whole)
    assert (back.changed, [each.ended for each in here.seen()]) == (1, [None])
