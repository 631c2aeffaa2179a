"""A programme's key at the door: whose it is, what it opens, and how it is entered."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.programmes import KEY_TERM, Programme, ProgrammeKey, end_of_key
from directory.domain.vocabulary import Role, Scope
from directory.ledger.door import AuditUnavailable, NotForThisRole
from directory.policy.permissions import Action
from directory.store.agencies import AgencyStore
from directory.store.engine import Database
from directory.store.programmes import ProgrammeStore
from tests import engines
from tests.factories import ASHA, COUNCIL, NOON, TODAY, access, reference
from tests.ledger.doors import OPERATOR, Door, door, sealer

TEXT = "dk_a_key"
READER = Programme(
    reference=reference(61),
    name="A council’s own system",
    organisation=COUNCIL,
    scopes=frozenset({Scope.PEOPLE_READ}),
)
KEY = ProgrammeKey(reference=reference(62), made_on=TODAY, end=end_of_key(TODAY))


def keyed(database: Database) -> Door:
    """Return a door to a directory with one programme."""
    here = door(database)
    with database.writing() as connection:
        AgencyStore(connection).keep_organisation(COUNCIL, known_as="NSC", name="Northshire")
        store = ProgrammeStore(connection)
        store.keep(READER)
        store.keep_key(READER.reference, KEY, token_hash=sealer().token_hash(TEXT))
    return here


def itself(scopes: frozenset[Scope] = READER.scopes) -> Access:
    return Access(
        at=NOON,
        role=Role.PROGRAMME,
        organisation=COUNCIL,
        programme=READER.reference,
        scopes=scopes,
    )


def test_a_key_is_known_and_its_day_noted_once(database: Database) -> None:
    here = keyed(database)

    assert here.ledger.recognise_key(TEXT, NOON) == READER
    assert here.ledger.recognise_key(TEXT, NOON + timedelta(minutes=1)) == READER
    assert here.ledger.recognise_key("dk_another", NOON) is None
    with database.reading() as connection:
        [key] = ProgrammeStore(connection).keys(READER.reference)
    assert key.last_used == TODAY
    assert here.entries() == []


def test_a_key_that_is_over_or_of_a_disabled_programme_opens_nothing(database: Database) -> None:
    here = keyed(database)

    assert here.ledger.recognise_key(TEXT, NOON + KEY_TERM) is None
    with database.writing() as connection:
        ProgrammeStore(connection).switch(READER.reference, enabled=False)
    assert here.ledger.recognise_key(TEXT, NOON) is None


def test_a_key_is_not_known_where_nothing_can_be_read(tmp_path: Path) -> None:
    with engines.ready(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        here = keyed(database)
        with database.writing() as connection:
            connection.exec_driver_sql("DROP TABLE sent_line")
            connection.exec_driver_sql("DROP TABLE programme_key")

        with pytest.raises(AuditUnavailable):
            here.ledger.recognise_key(TEXT, NOON)
        with pytest.raises(AuditUnavailable):
            here.ledger.senders_due(OPERATOR, action=Action.EXTRACT_TAKE)


def test_a_key_opens_what_its_scopes_are_for(database: Database) -> None:
    here = keyed(database)

    with (
        pytest.raises(NotForThisRole),
        here.ledger.entry(itself(), Event.LINES_SENT, action=Action.INVOLVEMENTS_SEND),
    ):
        pass


def test_what_a_programme_does_is_entered_as_its_own_or_its_user_s(database: Database) -> None:
    here = keyed(database)
    sending = itself(frozenset(Scope))
    reading = replace(access(), programme=READER.reference, scopes=READER.scopes, session=None)

    with here.ledger.entry(sending, Event.LINES_SENT, action=Action.INVOLVEMENTS_SEND) as work:
        work.remark(words="1 of 1")
    with here.ledger.entry(reading, Event.BOARD_VIEWED, action=Action.SESSION_OWN) as work:
        work.remark(words="")

    own, theirs = here.entries()
    assert (own.actor, here.words(own)) == (READER.reference, "1 of 1")
    assert (theirs.actor, here.words(theirs)) == (
        ASHA,
        f"(through programme {READER.reference.hex})",
    )


def test_what_was_disabled_since_the_request_began_does_nothing(database: Database) -> None:
    here = keyed(database)
    with database.writing() as connection:
        ProgrammeStore(connection).switch(READER.reference, enabled=False)

    with (
        pytest.raises(Refused),
        here.ledger.entry(
            itself(frozenset(Scope)), Event.LINES_SENT, action=Action.INVOLVEMENTS_SEND
        ) as work,
    ):
        work.agencies.names()
