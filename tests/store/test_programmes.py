"""Programmes, their keys and what they sent, as they are kept on each engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Connection

from directory.domain.programmes import Programme, ProgrammeKey, end_of_key
from directory.domain.sent_lines import WaitingSent
from directory.domain.vocabulary import Scope, Service
from directory.store.agencies import AgencyStore
from directory.store.engine import Database
from directory.store.programmes import ProgrammeStore
from directory.store.sent_lines import SentLineStore
from tests.factories import COUNCIL, NOON, TODAY, profile, reference
from tests.operations.extracts_world import sealer

HOUSING = Service.HOUSING
SENDER = Programme(
    reference=reference(1),
    name="Housing system",
    organisation=COUNCIL,
    scopes=frozenset(Scope),
    service=HOUSING,
)
KEY = ProgrammeKey(reference=reference(2), made_on=TODAY, end=end_of_key(TODAY))
HASH = bytes(32)


@contextmanager
def kept(database: Database) -> Iterator[Connection]:
    """Yield a council with a programme and its key."""
    with database.writing() as connection:
        agencies = AgencyStore(connection)
        agencies.keep_organisation(COUNCIL, known_as="NSC", name="Northshire")
        agencies.keep_services(profile(each) for each in Service)
        store = ProgrammeStore(connection)
        store.keep(SENDER)
        store.keep_key(SENDER.reference, KEY, token_hash=HASH)
        yield connection


def sent(number: int, **parts: str) -> WaitingSent:
    return WaitingSent(
        reference=reference(number),
        service=HOUSING,
        source_reference="TEN/1",
        revision=1,
        parts=parts,
    )


def test_a_programme_is_found_by_its_key_alone(database: Database) -> None:
    with kept(database) as connection:
        store = ProgrammeStore(connection)

        assert store.by_key(HASH) == (SENDER, KEY)
        assert store.by_key(bytes([1]) * 32) is None
        assert (store.listed(), store.one(reference(9))) == ((SENDER,), None)


def test_a_key_is_used_and_ended(database: Database) -> None:
    with kept(database) as connection:
        store = ProgrammeStore(connection)
        store.used(KEY.reference, TODAY)

        assert not store.end_key(reference(9), KEY.reference)
        assert store.end_key(SENDER.reference, KEY.reference)
        [key] = store.keys(SENDER.reference)
        assert (key.ended, key.last_used) == (True, TODAY)


def test_a_line_waits_once_with_what_was_sent_last(database: Database) -> None:
    with kept(database) as connection:
        store = SentLineStore(connection, sealer())
        store.keep(SENDER.reference, [sent(5, surname="Łukasiewicz")], NOON)
        store.keep(SENDER.reference, [sent(6, surname="Blake")], NOON)
        store.keep(SENDER.reference, [], NOON)

        [due] = store.due(SENDER.reference, most=5)
        assert (due.reference, due.parts) == (reference(6), {"surname": "Blake"})
        assert store.senders() == (SENDER,)
        store.taken([due.reference])
        assert store.senders() == ()


def test_what_a_disabled_programme_sent_waits(database: Database) -> None:
    with kept(database) as connection:
        store = SentLineStore(connection, sealer())
        store.keep(SENDER.reference, [sent(5)], NOON)

        ProgrammeStore(connection).switch(SENDER.reference, enabled=False)

        assert store.senders() == ()
        assert not ProgrammeStore(connection).is_enabled(SENDER.reference)


def test_an_answer_is_found_by_its_key_until_it_is_forgotten(database: Database) -> None:
    with kept(database) as connection:
        store = SentLineStore(connection, sealer())
        body = store.body_hash(b"\xff")
        store.keep_answer(SENDER.reference, "one", body=body, text="[]", at=NOON)

        assert store.answer(SENDER.reference, "one") == (body, "[]")
        assert store.answer(SENDER.reference, "other") is None
        store.forget_answers(SENDER.reference, before=NOON + timedelta(seconds=1))
        assert store.answer(SENDER.reference, "one") is None
