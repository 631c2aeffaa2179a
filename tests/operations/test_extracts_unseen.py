"""Stories of takes that are looked at, met by others or killed half way."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.extracts import ExtractOutcome, FeedBusy, FileChanged
from directory.domain.looking import Matches, Sought
from directory.domain.vocabulary import Service
from directory.operations import extracts
from directory.policy.permissions import Action
from directory.store.engine import Database
from tests import engines
from tests.factories import NOON
from tests.operations.extracts_world import (
    LAST_WEEK,
    OPERATOR,
    YESTERDAY,
    Died,
    Progress,
    World,
    dying_at,
    file_of,
    ledger,
    line,
    many,
    small_world,
    world,
)

AFTER_AN_HOUR = replace(OPERATOR, at=NOON + timedelta(hours=1))
OLD = file_of(*many(130), line(), line("TEN/2", date_of_birth=""))
NEW = file_of(
    *many(60),
    *many(
        60, first=60, last_involved="20/11/2026", team_duty_line="01632 960777", team_reference="T2"
    ),
    *many(110, first=200),
    line(surname="Marsh"),
    line("TEN/2", date_of_birth="", nhs_number="9990000018"),
    line("TEN/3", surname=""),
)
TABLES = ("line", "line_name", "line_identifier", "involvement", "person", "team", "practitioner",
          "person_feature", "key_posting", "name_token")  # fmt: skip


def kept(here: World) -> dict[str, int]:
    """Return how many rows each table has that a take writes to."""
    return {table: here.count(table) for table in TABLES}


@contextmanager
def copied(here: World, folder: Path) -> Iterator[World]:
    """Yield a copy of a council on SQLite, as it is now."""
    folder.mkdir()
    path = folder / "directory.db"
    with (
        closing(sqlite3.connect(here.database.path or "")) as source,
        closing(sqlite3.connect(path)) as target,
    ):
        source.backup(target)
    path.chmod(0o600)
    with engines.opened(f"sqlite:///{path}") as database:
        yield World(ledger=ledger(database), database=database)


def after(meanwhile: Callable[[], object], *, call: int) -> Progress:
    """Return a progress that lets something else happen when it is told for the n-th time."""
    calls = count(1)

    def progress(_done: int, _whole: int) -> None:
        if next(calls) == call:
            meanwhile()

    return progress


def found(here: World, sought: Sought) -> Matches:
    """Return whom a look-up finds."""
    with here.ledger.entry(OPERATOR, Event.PEOPLE_SEARCHED, action=Action.EXTRACT_TAKE) as work:
        return work.find(sought)


def killed(here: World, file: bytes) -> None:
    """Take `file` in another process that is killed half way, and wait for its end."""
    child = os.fork()
    if not child:
        with engines.opened(f"sqlite:///{here.database.path}") as database:
            there = World(ledger=ledger(database), database=database)
            there.take(file, progress=after(lambda: os._exit(9), call=20))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_nothing_of_a_file_is_seen_until_all_of_it_is(database: Database) -> None:
    here = world(database)
    here.take(OLD, as_of=LAST_WEEK)
    before = here.state()
    looks: list[bool] = []

    here.take(NEW, progress=lambda _done, _whole: looks.append(here.state() == before))

    assert len(looks) > 20
    assert looks[:-1] == [True] * len(looks[:-1])
    assert not looks[-1]  # told that all is done, after the flip


def test_a_take_that_dies_anywhere_leaves_no_trace_and_is_taken_again_whole(
    tmp_path: Path,
) -> None:
    with small_world(tmp_path / "base") as base:
        base.take(OLD, as_of=LAST_WEEK)
        before = base.state()
        with copied(base, tmp_path / "clean") as clean:
            calls: list[int] = []
            clean.take(NEW, progress=lambda done, _whole: calls.append(done))
            expected = (before, clean.state(), kept(clean))
        for point in range(1, len(calls), 4):
            with copied(base, tmp_path / f"died at {point}") as here:
                with pytest.raises(Died):
                    here.take(NEW, progress=dying_at(point))
                survived = here.state()
                here.take(NEW)

                assert (survived, here.state(), kept(here)) == expected, point


def test_a_take_that_was_killed_holds_its_feed_for_an_hour(tmp_path: Path) -> None:
    with small_world(tmp_path / "killed") as here, small_world(tmp_path / "clean") as clean:
        killed(here, NEW)
        with pytest.raises(FeedBusy, match=r"since 12:00; .* free again at 13:00"):
            here.take(NEW)

        here.take(NEW, access=AFTER_AN_HOUR)

        clean.take(NEW)
        assert (here.state(), kept(here)) == (clean.state(), kept(clean))


def test_people_of_a_take_that_died_are_found_by_nobody(tmp_path: Path) -> None:
    with small_world(tmp_path / "one") as here:
        here.take(file_of(*many(30)))
        with pytest.raises(Died):
            here.take(file_of(line(), *many(120, first=30)), progress=dying_at(17))
        here.take(file_of(*many(30)))

        assert found(here, Sought(name="Blake, Leah", birth=date(1993, 8, 21))).found == ()


def test_two_takes_of_one_feed_cannot_go_on_at_once(database: Database) -> None:
    here = world(database)
    refused: list[str] = []

    def again() -> None:
        try:
            here.take(NEW)
        except FeedBusy as fault:
            refused.append(str(fault))

    report = here.take(NEW, progress=after(again, call=25))

    assert (report.outcome, len(refused)) == (ExtractOutcome.TAKEN, 1)
    assert (Event.EXTRACT_STAGED, Outcome.FAILED) in here.events()


@pytest.mark.parametrize("call", [3, 20, 28, 30])
def test_a_take_that_was_taken_over_shows_nothing_more(database: Database, call: int) -> None:
    here = world(database)
    states: list[object] = []

    def takeover() -> None:
        here.take(OLD, access=AFTER_AN_HOUR)
        states.append(here.state())

    with pytest.raises(FeedBusy, match="another take"):
        here.take(NEW, progress=after(takeover, call=call))

    assert here.state() == states[0]


@pytest.mark.parametrize("call", [5, 12, 20, 23])
def test_two_feeds_at_once_do_not_make_one_person_two(database: Database, call: int) -> None:
    here = world(database)
    police = file_of(*many(150), line("POL/1"))

    def meanwhile() -> None:
        here.take(police, service=Service.POLICE)

    here.take(file_of(*many(150), line()), progress=after(meanwhile, call=call))

    names = here.names()
    assert len(names) == len(set(names)) == 151
    assert len(here.seen()) == 302


def test_feeds_that_are_taken_side_by_side_share_their_people(database: Database) -> None:
    here = world(database)
    here.check(OLD)
    services = (Service.HOUSING, Service.POLICE, Service.SCHOOL)

    def taken(service: Service) -> ExtractOutcome:
        own = World(ledger=ledger(database), database=database)
        return own.take(file_of(*many(150), line()), service=service).outcome

    with ThreadPoolExecutor(len(services)) as side_by_side:
        outcomes = list(side_by_side.map(taken, services))

    assert outcomes == [ExtractOutcome.TAKEN] * 3
    assert len(here.people()) == len(set(here.names())) == 151
    assert len(here.seen()) == 3 * 151


@pytest.mark.parametrize("spot", [len(OLD) // 2, len(OLD) - 20])
def test_a_file_that_changes_while_it_is_read_is_given_up(
    tmp_path: Path, database: Database, spot: int
) -> None:
    here = world(database)
    path = tmp_path / "housing.csv"
    path.write_bytes(OLD)

    def spoil() -> None:
        with path.open("r+b") as file:
            file.seek(spot)
            file.write(b'"')

    with pytest.raises(FileChanged):
        extracts.take(
            here.ledger,
            OPERATOR,
            file=path,
            service=Service.HOUSING,
            as_of=YESTERDAY,
            progress=after(spoil, call=12),
        )

    assert here.state() == set()
    assert here.take(OLD).outcome is ExtractOutcome.TAKEN


def test_a_take_that_is_interrupted_is_entered_and_lets_the_next_one_in(
    database: Database,
) -> None:
    here = world(database)

    with pytest.raises(Died):
        here.take(NEW, progress=dying_at(25))

    assert here.events()[-1] == (Event.EXTRACT_STOPPED, Outcome.DONE)
    assert here.take(NEW).outcome is ExtractOutcome.TAKEN


def test_a_person_is_not_found_by_a_name_that_no_line_gives_any_more(database: Database) -> None:
    here = world(database)
    here.take(file_of(*many(30), line()), as_of=LAST_WEEK)

    here.take(file_of(*many(30), line(surname="Okonkwo")))

    [match] = found(here, Sought(name="Blake, Leah", birth=date(1993, 8, 21))).found or [None]
    assert match is None or "surname_same" not in match.why
    [match] = found(here, Sought(name="Okonkwo, Leah", birth=date(1993, 8, 21))).found
    assert "surname_same" in match.why
