"""The one door: a change, a look and their entry stand or fall together, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from uuid import UUID

import pytest
from sqlalchemy import update

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import IDLE_LOCK, SEEN_EVERY
from directory.domain.audit import Outcome, Part, Verified
from directory.domain.events import Event
from directory.domain.looking import Answer, Sought
from directory.domain.vocabulary import Purpose
from directory.ledger.door import AuditUnavailable, NotForThisRole
from directory.policy.permissions import Action
from directory.store.audit_tables import AuditHeadRow
from directory.store.engine import Database
from tests import engines
from tests.factories import ASHA, EWAN, LEAH, NOON, reference
from tests.ledger.doors import FACT, OPERATOR, TOKEN, Door, door, sealer, sign_out, signed_in

CHANGE = Event.COUNCIL_SET_UP
TOGETHER_SECONDS = 0.3


class Fault(Exception):
    """Something nobody expected."""


def change(here: Door, stopped_by: type[Exception] | None = None) -> None:
    with here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE) as work:
        work.agencies.keep_instance(FACT, "Northshire")
        if stopped_by is not None:
            raise stopped_by


def give_purpose_in_vain(here: Door, access: Access) -> None:
    with here.ledger.entry(access, Event.PURPOSE_GIVEN, action=Action.FAMILY_OPEN) as work:
        work.remark(subject=EWAN, purpose=Purpose.TRIAGE, words="duty call")
        raise Refused


def read_people(here: Door, access: Access, reached: list[str]) -> None:
    with here.ledger.entry(access, Event.BOARD_VIEWED, action=Action.FAMILY_OPEN) as work:
        work.people.many([EWAN])
        reached.append("the people")


def test_a_change_is_committed_with_its_entry(database: Database) -> None:
    here = door(database)

    change(here)

    assert here.fact() == "Northshire"
    assert [(each.event, each.outcome) for each in here.entries()] == [(CHANGE, Outcome.DONE)]


def test_a_look_alone_is_entered(database: Database) -> None:
    here = door(database)

    with here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE) as work:
        found = work.people.many([EWAN])

    assert found == {}
    assert len(here.entries()) == 1


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [(Refused, Outcome.REFUSED), (NotFound, Outcome.REFUSED), (Fault, Outcome.FAILED)],
)
def test_what_stops_an_act_undoes_it_and_is_entered(
    database: Database, fault: type[Exception], outcome: Outcome
) -> None:
    here = door(database)

    with pytest.raises(fault):
        change(here, stopped_by=fault)

    assert here.fact() == ""
    assert [(each.event, each.outcome) for each in here.entries()] == [(CHANGE, outcome)]


def test_the_entry_of_a_refusal_says_whom_it_was_about_and_in_which_session(
    database: Database,
) -> None:
    here, asha = door(database), signed_in(database)

    with pytest.raises(Refused):
        give_purpose_in_vain(here, asha)

    (entry,) = here.entries()
    assert (entry.purpose, here.words(entry)) == (Purpose.TRIAGE, "duty call")
    assert [each.reference for each in entry.subjects] == [sealer().subject(EWAN.bytes)]
    assert entry.session == (asha.session or b"")[:8]


def test_a_row_that_cannot_be_kept_is_a_failure_and_is_entered(database: Database) -> None:
    here = door(database)

    with (
        pytest.raises(AuditUnavailable),
        here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE) as work,
    ):
        work.people.new([EWAN, EWAN], NOON)

    assert [each.outcome for each in here.entries()] == [Outcome.FAILED]


def test_without_its_entry_nothing_changes(database: Database) -> None:
    here = door(database, mint=lambda: reference(7))  # the second entry's reference is taken
    with here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE):
        pass

    with pytest.raises(AuditUnavailable):
        change(here)

    assert here.fact() == ""
    assert len(here.entries()) == 1


def test_a_refusal_that_cannot_be_entered_says_that_the_audit_is_unavailable(
    database: Database,
) -> None:
    here = door(database, mint=lambda: reference(7))
    with here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE):
        pass

    with (
        pytest.raises(AuditUnavailable),
        here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE),
    ):
        raise Refused


def test_a_session_that_ended_after_the_request_began_is_refused_at_once(
    database: Database,
) -> None:
    here, asha = door(database), signed_in(database)
    sign_out(database, asha)
    reached: list[str] = []

    with pytest.raises(Refused):
        read_people(here, asha, reached)

    assert reached == []
    assert [each.outcome for each in here.entries()] == [Outcome.REFUSED]


def test_an_act_that_touches_nothing_needs_its_session_too(database: Database) -> None:
    here, asha = door(database), signed_in(database)
    sign_out(database, asha)

    with (
        pytest.raises(Refused),
        here.ledger.entry(asha, Event.BOARD_VIEWED, action=Action.FAMILY_OPEN),
    ):
        pass


def test_a_session_in_another_role_is_refused(database: Database) -> None:
    here, asha = door(database), signed_in(database)
    front_door = type(asha)(
        at=NOON, role=OPERATOR.role, account=ASHA, session=asha.session, version=1
    )

    with (
        pytest.raises(Refused),
        here.ledger.entry(front_door, Event.BOARD_VIEWED, action=Action.FAMILY_OPEN),
    ):
        pass


def test_what_is_set_aside_is_taken_up_in_its_own_session_only(database: Database) -> None:
    here, asha = door(database), signed_in(database)
    elsewhere = signed_in(database, "another browser's token")

    kept = here.ledger.set_aside(asha, "Blake, Ewan", action=Action.PEOPLE_FIND)

    assert here.ledger.taken_up(asha, kept, action=Action.PEOPLE_FIND) == "Blake, Ewan"
    assert here.ledger.taken_up(elsewhere, kept, action=Action.PEOPLE_FIND) is None
    assert here.ledger.taken_up(OPERATOR, kept, action=Action.EXTRACT_TAKE) is None
    assert here.entries() == []


def test_a_role_that_may_not_do_it_gets_no_unit_of_work_and_is_entered_as_refused(
    database: Database,
) -> None:
    here, asha = door(database), signed_in(database)

    with (
        pytest.raises(NotForThisRole),
        here.ledger.entry(asha, CHANGE, action=Action.EXTRACT_TAKE, subject=EWAN),
    ):
        raise AssertionError("it got a unit of work")

    (entered,) = here.entries()
    assert (entered.event, entered.outcome, entered.role) == (CHANGE, Outcome.REFUSED, asha.role)
    assert len(entered.subjects) == 1


def test_what_a_role_may_not_do_is_neither_set_aside_nor_taken_up(database: Database) -> None:
    here, asha = door(database), signed_in(database)
    kept = here.ledger.set_aside(asha, "Blake, Ewan", action=Action.PEOPLE_FIND)

    with pytest.raises(NotForThisRole):
        here.ledger.set_aside(asha, "Blake, Ewan", action=Action.AUDIT_INVESTIGATE)
    with pytest.raises(NotForThisRole):
        here.ledger.taken_up(asha, kept, action=Action.AUDIT_INVESTIGATE)
    with pytest.raises(NotForThisRole):
        here.ledger.looks_at(asha, kept, action=Action.AUDIT_INVESTIGATE)


def test_nothing_is_set_aside_without_a_session(database: Database) -> None:
    here = door(database)

    with pytest.raises(Refused):
        here.ledger.set_aside(OPERATOR, "Blake, Ewan", action=Action.EXTRACT_TAKE)


def test_a_search_before_any_read_holds_no_lock(database: Database) -> None:
    here = door(database)

    with here.ledger.entry(OPERATOR, Event.PEOPLE_SEARCHED, action=Action.EXTRACT_TAKE) as work:
        found = work.find(Sought(name="Ewan Blake"))
        with here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE) as other:
            other.agencies.keep_instance(FACT, "Northshire")
        seen_afterwards = work.agencies.instance(FACT)

    assert found.answer is Answer.NONE
    assert seen_afterwards == "Northshire"
    assert [each.event for each in here.entries()] == [CHANGE, Event.PEOPLE_SEARCHED]


def test_a_search_after_a_read_is_in_the_same_unit_of_work(database: Database) -> None:
    here = door(database)

    with here.ledger.entry(OPERATOR, Event.PEOPLE_SEARCHED, action=Action.EXTRACT_TAKE) as work:
        work.people.many([EWAN])
        found = work.find(Sought(name="Ewan Blake"))

    assert found.answer is Answer.NONE


def test_people_are_kept_as_hashes_and_words_sealed(database: Database) -> None:
    here = door(database)

    with here.ledger.entry(
        OPERATOR, Event.BOARD_VIEWED, subject=EWAN, action=Action.EXTRACT_TAKE
    ) as work:
        work.remark(shown=(LEAH,), words="Blake, Ewan")

    (entry,) = here.entries()
    assert [(each.reference, each.part) for each in entry.subjects] == [
        (sealer().subject(EWAN.bytes), Part.ABOUT),
        (sealer().subject(LEAH.bytes), Part.SHOWN),
    ]
    assert b"Blake" not in entry.sealed
    assert here.words(entry) == "Blake, Ewan"


def test_a_chain_holds_until_an_entry_is_lost(database: Database) -> None:
    here = door(database)
    for _ in range(3):
        with here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE):
            pass

    with database.writing() as connection:
        connection.execute(update(AuditHeadRow).values(count=4))

    assert here.verified().broken is not None


@pytest.mark.parametrize("subject", [None, EWAN])
def test_writers_at_once_make_one_chain_without_gaps(
    database: Database, subject: UUID | None
) -> None:
    together = Barrier(4)

    def write(_number: int) -> None:
        with door(database).ledger.entry(
            OPERATOR, CHANGE, subject=subject, action=Action.EXTRACT_TAKE
        ) as work:
            work.remark(words="the first word about somebody makes their key")
            work.agencies.profiles()
            with suppress(BrokenBarrierError):  # SQLite lets one in at a time
                together.wait(TOGETHER_SECONDS)

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))

    here = door(database)
    assert [each.sequence for each in here.entries()] == [1, 2, 3, 4]
    assert here.verified() == Verified(count=4, broken=None)


def test_a_session_is_recognised_and_noted_as_seen(database: Database) -> None:
    here, asha = door(database), signed_in(database)

    here.ledger.recognise(TOKEN, NOON + SEEN_EVERY)

    found = here.ledger.recognise(TOKEN, NOON + SEEN_EVERY)
    assert found is not None
    session, account = found
    assert (session.token_hash, session.seen) == (asha.session, NOON + SEEN_EVERY)
    assert account.reference == ASHA


def test_a_session_seen_a_moment_ago_is_not_written_again(database: Database) -> None:
    here = door(database)
    signed_in(database)

    here.ledger.recognise(TOKEN, NOON + SEEN_EVERY - timedelta(seconds=1))

    found = here.ledger.recognise(TOKEN, NOON)
    assert found is not None
    assert found[0].seen == NOON


def test_a_locked_session_is_not_seen_again(database: Database) -> None:
    here = door(database)
    signed_in(database)
    here.ledger.recognise(TOKEN, NOON + IDLE_LOCK)

    found = here.ledger.recognise(TOKEN, NOON + 2 * IDLE_LOCK)

    assert found is not None
    assert (found[0].locked, found[0].seen) == (True, NOON)


def test_a_token_that_nobody_holds_opens_nothing(database: Database) -> None:
    assert door(database).ledger.recognise("guessed", NOON) is None


def test_a_database_that_answers_is_ready(database: Database) -> None:
    here = door(database)

    assert here.ledger.is_ready()
    here.ledger.close()


def test_without_a_database_nothing_is_shown(tmp_path: Path) -> None:
    with engines.empty(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        here, asha = door(database), type(OPERATOR)(at=NOON, role=OPERATOR.role, session=b"one")

        with (
            pytest.raises(AuditUnavailable),
            here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE),
        ):
            pass
        with (
            pytest.raises(AuditUnavailable),
            here.ledger.entry(OPERATOR, CHANGE, action=Action.EXTRACT_TAKE),
        ):
            raise Refused
        with pytest.raises(AuditUnavailable):
            here.ledger.recognise(TOKEN, NOON)
        with pytest.raises(AuditUnavailable):
            here.ledger.credentials("asha@council.example", address="192.0.2.7", at=NOON)
        with pytest.raises(AuditUnavailable):
            here.ledger.looks_at(asha, reference(7), action=Action.EXTRACT_TAKE)
        with pytest.raises(AuditUnavailable):
            here.ledger.instance("council_name")
        with pytest.raises(AuditUnavailable):
            here.ledger.set_aside(asha, "Blake, Ewan", action=Action.EXTRACT_TAKE)
        with pytest.raises(AuditUnavailable):
            here.ledger.taken_up(asha, reference(1), action=Action.EXTRACT_TAKE)


def test_a_database_that_is_gone_is_not_ready(tmp_path: Path) -> None:
    with engines.empty(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        ledger = door(database).ledger
        ledger.close()
        (tmp_path / "directory.db").unlink()
        (tmp_path / "directory.db").mkdir()

        assert not ledger.is_ready()


def test_a_folder_in_which_nothing_can_be_kept_makes_the_audit_unavailable(
    tmp_path: Path,
) -> None:
    with engines.ready(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        here, asha = door(database), signed_in(database)
        (tmp_path / "directory.db.queue").unlink()
        (tmp_path / "directory.db.queue").mkdir()

        with pytest.raises(AuditUnavailable):
            change(here)
        with pytest.raises(AuditUnavailable):
            here.ledger.set_aside(asha, "Blake, Ewan", action=Action.PEOPLE_FIND)
        with pytest.raises(AuditUnavailable):
            here.ledger.recognise(TOKEN, NOON + SEEN_EVERY)
