"""A feed's last delivery is taken back: what was seen before is seen again, at once."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.extracts import ExtractOutcome, FeedBusy, FeedUnknown, NothingToUndo
from directory.domain.vocabulary import Absence, Service
from directory.operations import undoing
from directory.operations.undoing import Undone
from directory.store.engine import Database
from tests.factories import NOON, TODAY, days_ago
from tests.operations.extracts_world import (
    OPERATOR,
    Died,
    World,
    dying_at,
    file_of,
    line,
    many,
    small_world,
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
    undo,
)

OLD = file_of(*OTHERS, line(), line("TEN/2", date_of_birth=""))
NEW = file_of(
    *OTHERS[:36],
    *many(3, first=100, team_reference="T2", team_duty_line="01632 960777"),
    line(surname="Marsh", last_involved="20/11/2026", nhs_number="9990000018"),
    line("TEN/2", forenames="Lea", date_of_birth="03/11/1961", house="3", street="Quarry Road",
         postcode="NX9 1AA"),
)  # fmt: skip
LATER = replace(OPERATOR, at=NOON + timedelta(hours=3))
TABLES = ("line", "line_name", "line_identifier", "involvement", "person", "team", "practitioner",
          "person_feature", "key_posting")  # fmt: skip


def shown(here: World) -> tuple[object, ...]:
    return (here.state(), here.feed())


def kept(here: World) -> dict[str, int]:
    return {table: here.count(table) for table in TABLES}


@pytest.mark.parametrize("absence", list(Absence))
def test_what_was_seen_before_is_seen_again(database: Database, absence: Absence) -> None:
    here = ruled(database, absence)
    here.take(OLD, as_of=LAST_WEEK)
    before, rows = shown(here), kept(here)
    here.take(NEW, access=LATER)
    assert shown(here) != before

    undone = undo(here, LATER)

    assert undone == Undone(service=Service.HOUSING, as_of=YESTERDAY, before=LAST_WEEK)
    assert (shown(here), kept(here)) == (before, rows)


def test_an_undo_is_entered_in_the_audit(database: Database) -> None:
    here = world(database)
    here.take(OLD)

    undo(here)

    assert (Event.EXTRACT_UNDONE, Outcome.DONE) in here.events()


def test_the_first_delivery_is_taken_back_to_nothing(database: Database) -> None:
    here = world(database)
    here.take(OLD)

    undone = undo(here)

    assert (undone.before, here.state()) == (None, set())
    assert set(kept(here).values()) == {0}
    with pytest.raises(KeyError):
        here.feed()


def test_people_begun_by_it_are_found_no_more_and_the_others_are_as_they_were(
    database: Database,
) -> None:
    here = world(database)
    here.take(file_of(*OTHERS, line()), as_of=LAST_WEEK)
    new = {"forenames": "Zebedee", "surname": "Quill", "date_of_birth": "2001-01-01", "house": "9"}
    here.take(file_of(*OTHERS, line(surname="Okonkwo"), line("TEN/9", postcode="NX7 7AA", **new)))
    quill = ("Quill, Zebedee", date(2001, 1, 1))
    assert found(here, *quill).found

    undo(here)

    assert not found(here, *quill).found
    [match] = found(here).found
    assert "surname_same" in match.why


def test_only_the_last_delivery_is_taken_back_and_once(database: Database) -> None:
    here = world(database)
    with pytest.raises(NothingToUndo):
        undo(here)
    here.take(OLD, as_of=FORTNIGHT)
    here.take(file_of(*WHOLE), as_of=LAST_WEEK)
    undo(here)
    before = shown(here)

    with pytest.raises(NothingToUndo, match="housing"):
        undo(here)

    assert shown(here) == before
    assert here.events()[-1] == (Event.EXTRACT_STAGED, Outcome.FAILED)


@pytest.mark.parametrize("absence", list(Absence))
def test_the_same_file_can_be_taken_again_after_an_undo(
    database: Database, absence: Absence
) -> None:
    here = ruled(database, absence)
    here.take(OLD, as_of=LAST_WEEK)
    first = here.take(NEW)
    after, rows = shown(here), kept(here)
    undo(here)

    again = here.take(NEW)

    assert (again, shown(here), kept(here)) == (first, after, rows)
    undo(here)
    assert here.feed()[0] == LAST_WEEK


def test_the_file_before_changes_only_its_as_of_after_an_undo(database: Database) -> None:
    here = world(database)
    here.take(OLD, as_of=LAST_WEEK)
    here.take(NEW)
    undo(here)

    report = here.take(OLD, as_of=TODAY)

    assert (report.known, here.feed()[0]) == (42, TODAY)


def test_an_undo_waits_for_no_take_that_goes_on(database: Database) -> None:
    here = world(database)
    here.take(OLD, as_of=LAST_WEEK)
    refused: list[str] = []

    def meanwhile(done: int, whole: int) -> None:
        if done == whole:
            return
        with pytest.raises(FeedBusy) as fault:
            undo(here)
        refused.append(str(fault.value))

    report = here.take(NEW, progress=meanwhile)

    assert report.outcome is ExtractOutcome.TAKEN
    assert "another file of this feed is being taken since 12:00" in refused[0]


def test_a_take_that_died_is_cleared_away_by_an_undo(database: Database) -> None:
    here = world(database)
    here.take(OLD, as_of=FORTNIGHT)
    before, rows = shown(here), kept(here)
    here.take(file_of(*WHOLE), as_of=LAST_WEEK)
    with pytest.raises(Died):
        here.take(NEW, progress=dying_at(8))
    assert kept(here) != rows

    undo(here)

    assert (shown(here), kept(here)) == (before, rows)


def test_a_file_that_failed_before_is_told_again(database: Database) -> None:
    here = world(database)
    here.take(OLD, as_of=LAST_WEEK)
    here.take(b"")
    failed = here.feed()
    here.take(NEW, access=LATER)

    undo(here, LATER)

    assert here.feed() == failed == (LAST_WEEK, NOON, NOON, 0)


def test_a_feed_that_was_not_set_up_has_nothing_to_undo(database: Database) -> None:
    here = world(database)
    nothing = replace(here)
    with here.database.writing() as connection:
        connection.exec_driver_sql("delete from feed where service = 'police'")

    with pytest.raises(FeedUnknown):
        undoing.undo(nothing.ledger, OPERATOR, service=Service.POLICE)


def test_what_a_desk_said_since_holds(database: Database) -> None:
    here = world(database)
    here.take(OLD, as_of=FORTNIGHT)
    here.take(NEW, as_of=LAST_WEEK)
    say(here, YESTERDAY, last_involved=days_ago(2))

    undo(here)

    again = leahs(here)
    assert again is not None
    assert (again.last_involved, again.as_of) == (days_ago(2), YESTERDAY)
    here.take(NEW, as_of=LAST_WEEK)
    assert getattr(leahs(here), "last_involved", None) == days_ago(2)


def test_what_a_desk_said_before_holds_in_what_is_seen_again(database: Database) -> None:
    here = world(database)
    here.take(OLD, as_of=FORTNIGHT)
    say(here, LAST_WEEK, last_involved=days_ago(9))
    before = leahs(here)
    here.take(NEW)

    undo(here)

    assert leahs(here) == before


def test_a_line_that_its_desk_opened_again_stays_open(database: Database) -> None:
    here = ruled(database, Absence.END)
    here.take(file_of(*WHOLE), as_of=FORTNIGHT)
    here.take(file_of(*OTHERS), as_of=LAST_WEEK)
    say(here, YESTERDAY, ended=TODAY + timedelta(days=30))

    undo(here)

    assert getattr(leahs(here), "ended", None) == TODAY + timedelta(days=30)


def test_a_file_of_half_the_lines_is_stopped_after_an_undo_too(database: Database) -> None:
    here = world(database)
    here.take(file_of(*WHOLE), as_of=LAST_WEEK)
    here.take(file_of(*OTHERS[:34]))
    undo(here)

    assert here.take(file_of(*OTHERS[:30])).outcome is ExtractOutcome.BRAKED


rows_of = st.lists(st.integers(0, 24), unique=True, min_size=18, max_size=25)
changes = st.sampled_from(["", "01/10/2026", "02/11/2026"])


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(list(Absence)), rows_of, rows_of, changes, changes)
def test_taking_a_file_and_undoing_it_shows_what_was_shown_before(
    absence: Absence, one: list[int], other: list[int], first: str, second: str
) -> None:
    def file(numbers: list[int], day: str) -> bytes:
        return file_of(*(many(1, first=each, last_involved=day)[0] for each in numbers))

    with TemporaryDirectory() as folder, small_world(Path(folder) / "one") as here:
        rule(here.database, absence)
        here.take(file(one, first), as_of=LAST_WEEK)
        before, rows = shown(here), kept(here)
        if here.take(file(other, second)).outcome is ExtractOutcome.TAKEN:
            undo(here)
            assert (shown(here)[0], kept(here)) == (before[0], rows)
