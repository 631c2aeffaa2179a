"""What service leads sent is gone on with, whatever stops it on the way."""

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.extracts import FeedUnknown
from directory.domain.sending import NotSoNow, Sent, SentBusy, SentState, SentWork
from directory.domain.vocabulary import Role, Service
from directory.operations import sending, sent_work
from directory.operations.intake import Progress
from directory.operations.refused_lines import read_refused
from directory.operations.sent_folder import SentFolder
from directory.operations.sent_work import INTERRUPTED
from directory.policy.permissions import Action
from directory.store.engine import Database
from tests.factories import NOON
from tests.operations.extracts_world import (
    OPERATOR,
    YESTERDAY,
    Died,
    World,
    dying_at,
    file_of,
    line,
    many,
    unheard,
    world,
)
from tests.store.holders import account, accounts

MARIE = UUID(int=71)
LEAD = Access(at=NOON, role=Role.SERVICE_LEAD, account=MARIE, service=Service.HOUSING)
GOOD = file_of(*many(30))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A lead's desk, and the folder that what she sends is kept in."""

    here: World
    folder: SentFolder
    path: Path

    def send(self, file: bytes = GOOD, *, as_of: date = YESTERDAY) -> UUID:
        arrived = self.folder.arriving(uuid4().hex)
        arrived.write_bytes(file)
        return sending.send(
            self.here.ledger,
            LEAD,
            as_of=as_of,
            keep=lambda reference: self.folder.keep(arrived, reference),
            remove=self.folder.remove,
        )

    def go_on(self, progress: Progress = unheard, *, at: timedelta = timedelta()) -> bool:
        access = replace(OPERATOR, at=NOON + at)
        return sent_work.go_on(
            self.here.ledger, access, folder=self.folder, told=lambda _reference: progress
        )

    def tidy(self, after: timedelta) -> int:
        access = replace(OPERATOR, at=NOON + after)
        return sent_work.tidy(self.here.ledger, access, folder=self.folder)

    def take(self, reference: UUID, *, number: int = 0) -> None:
        sending.ask_taken(self.here.ledger, LEAD, reference=reference, number=number)

    def of(self, reference: UUID) -> Sent:
        return sending.view_sent(self.here.ledger, LEAD, reference=reference)

    def files(self) -> list[Path]:
        return sorted(self.path.glob("*.sent"))


def desk_of(database: Database, tmp_path: Path) -> Desk:
    """Return the desk of housing's lead."""
    here = world(database)
    with accounts(database) as store:
        store.create(account(email="marie@homes.example", reference=MARIE))
    return Desk(here=here, folder=SentFolder(tmp_path / "sent"), path=tmp_path / "sent")


def test_a_file_is_checked_then_taken_and_is_there_no_more(
    database: Database, tmp_path: Path
) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send()

    assert desk.go_on()
    checked, files = desk.of(reference), desk.files()
    desk.take(reference)
    assert desk.go_on()

    assert (checked.state, checked.may_be_taken, len(files)) == (SentState.CHECKED, True, 1)
    assert desk.of(reference).state is SentState.TAKEN
    assert (len(desk.here.people()), desk.files()) == (30, [])
    assert not desk.go_on()


def test_the_report_tells_no_sender_whom_others_know(database: Database, tmp_path: Path) -> None:
    desk = desk_of(database, tmp_path)
    desk.here.take(file_of(line(upn="")), service=Service.SCHOOL)
    reference = desk.send(file_of(line(), *many(30)))

    desk.go_on()

    report = desk.of(reference).report
    assert report is not None
    assert (report.linked, report.new, report.waiting, report.lines) == (0, 0, 0, 31)


def test_a_take_that_dies_is_told_as_interrupted_and_is_asked_for_again(
    database: Database, tmp_path: Path
) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send()
    desk.go_on()
    desk.take(reference)
    with pytest.raises(Died):
        desk.go_on(dying_at(3))
    died = desk.of(reference)

    desk.take(reference)
    desk.go_on()

    assert (died.state, died.fault, died.may_be_taken) == (SentState.FAILED, INTERRUPTED, True)
    assert desk.of(reference).state is SentState.TAKEN
    assert len(desk.here.people()) == 30


@pytest.mark.parametrize(("asked", "after"), [(False, SentState.SENT), (True, SentState.FAILED)])
def test_what_died_with_its_process_is_gone_on_with_or_said(
    database: Database, tmp_path: Path, after: SentState, *, asked: bool
) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send()
    if asked:
        desk.go_on()
        desk.take(reference)
    before = desk.of(reference).state
    to = {SentState.SENT: SentState.CHECKING, SentState.ASKED: SentState.TAKING}[before]
    with desk.here.ledger.entry(OPERATOR, Event.SENT_WORKED, action=Action.EXTRACT_TAKE) as work:
        work.sending.move(reference, before={before}, to=to, at=NOON)

    early, late = desk.tidy(timedelta(minutes=4)), desk.tidy(timedelta(minutes=6))

    assert (early, late) == (0, 1)
    assert desk.of(reference).state is after


def test_a_sign_of_life_keeps_it_alive(database: Database, tmp_path: Path) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send()
    desk.folder.tell(reference, 1, 2)
    with desk.here.ledger.entry(OPERATOR, Event.SENT_WORKED, action=Action.EXTRACT_TAKE) as work:
        work.sending.move(reference, before={SentState.SENT}, to=SentState.CHECKING, at=NOON)
    late = (NOON + timedelta(minutes=5)).timestamp()
    os.utime(desk.path / f"{reference.hex}.progress", (late, late))

    assert desk.tidy(timedelta(minutes=9)) == 0
    assert desk.folder.told(reference) == (1, 2)


def test_what_nobody_takes_is_let_go_after_a_day(database: Database, tmp_path: Path) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send()
    desk.go_on()

    early, late = desk.tidy(timedelta(hours=24)), desk.tidy(timedelta(hours=25))

    assert (early, late) == (0, 1)
    assert (desk.of(reference).state, desk.files()) == (SentState.LET_GO, [])


def test_what_was_sent_is_forgotten_after_thirty_days(database: Database, tmp_path: Path) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send()
    desk.go_on()
    desk.tidy(timedelta(hours=25))
    newer = desk.send()

    desk.go_on(at=timedelta(days=31))

    found = sending.list_sent(desk.here.ledger, LEAD).sent
    assert [each.reference for each in found] == [newer]
    assert reference != newer


def test_a_file_that_is_lost_is_said_to_be(database: Database, tmp_path: Path) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send()
    desk.folder.remove(reference)

    desk.go_on()

    assert desk.of(reference).state is SentState.REFUSED
    assert "send it again" in desk.of(reference).fault


def test_a_take_beside_another_waits_for_its_sender_to_ask_again(
    database: Database, tmp_path: Path
) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send()
    desk.go_on()
    desk.take(reference)
    with desk.here.ledger.entry(OPERATOR, Event.EXTRACT_STAGED, action=Action.EXTRACT_TAKE) as work:
        work.extracts.claim(Service.HOUSING, token=uuid4(), at=NOON, stale=NOON, as_of=YESTERDAY)

    desk.go_on()

    assert desk.of(reference).state is SentState.FAILED
    assert "another file of this feed is being taken" in desk.of(reference).fault


def test_a_file_of_before_the_list_in_use_is_refused_when_it_is_taken(
    database: Database, tmp_path: Path
) -> None:
    desk = desk_of(database, tmp_path)
    reference = desk.send(as_of=YESTERDAY - timedelta(days=1))
    desk.go_on()
    desk.here.take(GOOD)
    desk.take(reference)

    desk.go_on()

    assert desk.of(reference).state is SentState.REFUSED
    assert "the as-of date is before" in desk.of(reference).fault
    with pytest.raises(ValueError, match="before that of the list in use"):
        desk.send(as_of=YESTERDAY - timedelta(days=1))


def test_the_last_list_is_taken_back_beside_the_requests(
    database: Database, tmp_path: Path
) -> None:
    desk = desk_of(database, tmp_path)
    desk.here.take(GOOD)

    reference = sending.ask_undo(desk.here.ledger, LEAD, seen=YESTERDAY)
    desk.go_on()

    undone = desk.of(reference)
    assert (undone.work, undone.state) == (SentWork.UNDO, SentState.TAKEN)
    assert desk.here.people() == []
    with pytest.raises(NotSoNow):
        sending.ask_undo(desk.here.ledger, LEAD, seen=YESTERDAY)


def test_nothing_is_taken_back_while_a_list_is_taken(database: Database, tmp_path: Path) -> None:
    desk = desk_of(database, tmp_path)
    desk.here.take(GOOD)
    reference = desk.send()
    desk.go_on()
    desk.take(reference)

    with pytest.raises(SentBusy):
        sending.ask_undo(desk.here.ledger, LEAD, seen=YESTERDAY)


def test_a_service_without_a_feed_sends_nothing(database: Database, tmp_path: Path) -> None:
    desk = desk_of(database, tmp_path)
    from_nowhere = replace(LEAD, service=None)

    for access, fault in ((from_nowhere, Refused), (LEAD, FeedUnknown)):
        with desk.here.database.writing() as connection:
            connection.exec_driver_sql("delete from feed where service = 'housing'")
        with pytest.raises(fault):
            sending.send(desk.here.ledger, access, as_of=YESTERDAY, keep=_never, remove=_never)


def test_lines_that_cannot_be_cut_come_back_with_why(database: Database, tmp_path: Path) -> None:
    desk = desk_of(database, tmp_path)
    spoilt = GOOD + b'TEN/1,"open\n' + b"TEN/2,x\n"
    reference = desk.send(spoilt)
    desk.go_on()

    text = read_refused(desk.here.ledger, LEAD, reference=reference, folder=desk.folder)

    first, second = text.splitlines()[1:]
    assert first.endswith("line 32: has a quotation mark that is not closed in its line")
    assert first.startswith(",")
    assert second.startswith("TEN/2,x,,")


def _never(_reference: UUID) -> None:
    raise AssertionError
