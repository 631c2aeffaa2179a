"""Stories of lines that are refused, files that are stopped, and files that are only checked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from directory.domain.access import Refused
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.extracts import AsOfRefused, ExtractOutcome, FeedUnknown
from directory.domain.vocabulary import Role
from directory.store.engine import Database
from tests.factories import NOON, TODAY, days_ago
from tests.operations.extracts_world import (
    LAST_WEEK,
    OPERATOR,
    YESTERDAY,
    World,
    faults,
    file_of,
    ledger,
    line,
    many,
    reasons,
    world,
)

FULL = file_of(*many(40), line())
LATER = replace(OPERATOR, at=NOON + timedelta(days=7))


def test_a_bad_line_is_refused_alone(database: Database) -> None:
    here = world(database)

    report = here.take(file_of(*many(30), line(surname="", postcode="here")))

    assert (report.taken, report.refused_lines) == (30, 1)
    assert faults(report) == {(32, "surname"), (32, "postcode")}
    assert len(here.names()) == 30


@pytest.mark.parametrize(("good", "outcome"), [(19, ExtractOutcome.TAKEN), (18, "stopped")])
def test_more_than_one_bad_line_in_twenty_stops_the_file(
    database: Database, good: int, outcome: ExtractOutcome
) -> None:
    here = world(database)

    report = here.take(file_of(*many(good), line(surname="")))

    assert report.outcome == outcome
    assert len(here.names()) == (good if outcome is ExtractOutcome.TAKEN else 0)


def test_a_stopped_file_leaves_what_was_seen_and_says_that_it_failed(database: Database) -> None:
    here = world(database)
    here.take(FULL, as_of=LAST_WEEK)
    before = here.state()

    here.take(file_of(line(surname="")), access=LATER)

    assert (here.state(), here.events()[-1]) == (before, (Event.EXTRACT_STOPPED, Outcome.DONE))
    assert here.feed() == (LAST_WEEK, NOON, LATER.at, 0)


def test_the_next_good_file_ends_the_failure(database: Database) -> None:
    here = world(database)
    here.take(b"nothing")

    here.take(FULL)

    assert here.feed() == (YESTERDAY, NOON, None, 0)


@pytest.mark.parametrize(
    ("file", "column"),
    [
        (b"", ""),
        (FULL.split(b"\n")[0], ""),
        (FULL.replace(b"surname", b"religion", 1), "religion"),
    ],
)
def test_an_unreadable_file_is_refused_whole(database: Database, file: bytes, column: str) -> None:
    here = world(database)

    report = here.take(file)

    assert (report.outcome, faults(report)) == (ExtractOutcome.UNREADABLE, {(0, column)})
    assert here.count("line") == 0


def test_a_column_that_is_not_known_is_reported_and_dropped(database: Database) -> None:
    here = world(database)

    report = here.take(file_of({**line(), "patch": "secret"}))

    assert (report.taken, report.dropped_columns) == (1, ("patch",))


@pytest.mark.parametrize(
    ("as_of", "said"),
    [(TODAY + timedelta(days=1), "is in the future"), (days_ago(9), "is before")],
)
def test_an_as_of_date_that_cannot_be_is_refused(
    database: Database, as_of: date, said: str
) -> None:
    here = world(database)
    here.take(FULL, as_of=LAST_WEEK)

    with pytest.raises(AsOfRefused, match=said):
        here.take(FULL, as_of=as_of)

    assert here.events()[-1] == (Event.EXTRACT_STAGED, Outcome.FAILED)


def test_a_service_that_the_council_was_not_set_up_with_has_no_feed(database: Database) -> None:
    here = World(ledger=ledger(database), database=database)

    with pytest.raises(FeedUnknown, match="housing"):
        here.take(FULL)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.FRONT_DOOR])
def test_nobody_but_the_operator_takes_an_extract(database: Database, role: Role) -> None:
    here = world(database)

    with pytest.raises(Refused):
        here.take(FULL, access=replace(OPERATOR, role=role))

    assert here.events() == [(Event.EXTRACT_STAGED, Outcome.REFUSED)]


def test_a_check_foresees_the_report_and_keeps_nothing(database: Database) -> None:
    here = world(database)
    here.take(FULL, as_of=LAST_WEEK)
    file = file_of(
        *many(39),
        line(last_involved="20/11/2026"),
        *many(3, first=50),
        line("TEN/9", date_of_birth=""),
        line("TEN/10", surname="", nhs_number="1"),
    )
    before = {table: here.count(table) for table in ("line", "person", "extract")}

    foreseen = here.check(file)

    assert before == {table: here.count(table) for table in before}
    assert here.events()[-1] == (Event.EXTRACT_CHECKED, Outcome.DONE)
    assert replace(here.take(file), outcome=ExtractOutcome.CHECKED) == foreseen


def test_a_check_tells_of_a_file_that_would_be_stopped_or_cannot_be_read(
    database: Database,
) -> None:
    here = world(database)

    found = [here.check(file).outcome for file in (file_of(line(surname="")), b"nothing")]

    assert found == [ExtractOutcome.STOPPED, ExtractOutcome.UNREADABLE]
    assert here.count("extract") == 0


def test_the_list_of_refusals_is_bounded_but_their_count_is_not(database: Database) -> None:
    here = world(database)

    report = here.take(file_of(*(line(f"TEN/{each}", surname="") for each in range(1_200))))

    assert (report.refused_lines, len(report.refused)) == (1_200, 1_000)
    assert "must be given" in reasons(report)
