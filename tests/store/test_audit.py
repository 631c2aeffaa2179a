"""The audit chain as the database keeps it, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from directory.domain.audit import (
    Break,
    Entry,
    Outcome,
    Part,
    Slice,
    Subject,
    Verified,
    encode,
)
from directory.domain.events import Event, Log
from directory.store.audit import ERASED, AuditStore
from directory.store.audit_tables import SealKeyRow
from directory.store.chain import stored_links
from directory.store.engine import Database
from tests import engines
from tests.factories import ASHA, NOON, chain, entry, reference
from tests.store.holders import KEYS, sealer

EWAN, LEAH = b"ewan".ljust(32), b"leah".ljust(32)
UNSEALED = Break(sequence=3, reason="an entry does not agree with its seal")


@contextmanager
def opened(database: Database) -> Iterator[AuditStore]:
    with database.writing() as connection:
        yield AuditStore(connection, sealer(), KEYS)


def about(person: bytes, *shown: bytes) -> tuple[Subject, ...]:
    """Return the subjects of an entry about `person` on which others were shown."""
    others = tuple(Subject(reference=each, part=Part.SHOWN) for each in shown)
    return (Subject(reference=person, part=Part.ABOUT), *others)


def kept(database: Database, *entries: Entry) -> tuple[Entry, ...]:
    """Append `entries`, numbered in their order."""
    with opened(database) as audit:
        numbered = []
        for each in entries:
            head = audit.head(locked=True)
            numbered.append(replace(each, sequence=head.count + 1, reference=reference(head.count)))
            audit.append(numbered[-1], head=head)
    return tuple(numbered)


def several(length: int) -> tuple[Entry, ...]:
    """Return so many entries that differ in every field that may."""
    return tuple(
        entry(
            event=event,
            at=NOON + timedelta(microseconds=number),
            outcome=tuple(Outcome)[number % 3],
            actor=None if number % 4 == 0 else ASHA,
            organisation=None if number % 5 == 0 else reference(1),
            session=b"" if number % 2 else b"\0\xff" * 4,
            occasion=None if number % 3 else reference(number),
            service="" if number % 2 else "police – Zoë",
            fields=("name", "phone")[: number % 3],
            agreements=("ISA-01 v2",)[: number % 2],
            subjects=about(EWAN, *[LEAH] * number)[: number % 4],
            sealed=bytes(number),
        )
        for number, event in enumerate((tuple(Event) * length)[:length])
    )


def wanted(**differing: object) -> Slice:
    default = Slice(logs=frozenset(Log), most=9)
    return replace(default, **differing)  # type: ignore[arg-type]  # checked by the slice itself


def verified(database: Database) -> Verified:
    with database.reading() as connection:
        return AuditStore(connection, sealer(), KEYS).verify()


def test_a_chain_without_entries_holds(database: Database) -> None:
    assert verified(database) == Verified(count=0, broken=None)


def test_a_chain_longer_than_a_page_holds(database: Database) -> None:
    kept(database, *several(1_003))

    assert verified(database) == Verified(count=1_003, broken=None)


def test_entries_are_encoded_from_their_columns_as_from_their_values(database: Database) -> None:
    entries = kept(database, *several(len(Event)))

    with database.reading() as connection:
        stored = [encoding for _, encoding, _ in stored_links(connection)]

    assert stored == [encode(each) for each in entries]


def test_entries_are_read_back_as_they_were_kept(database: Database) -> None:
    entries = kept(database, *several(len(Event)))

    with opened(database) as audit:
        assert [link.entry for link in audit.chain()] == list(entries)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET purpose = 'early_help' WHERE sequence = 3",
        "UPDATE audit_entry SET event = 'board_viewed' WHERE sequence = 3",
        "UPDATE audit_entry SET event = 'never_heard_of' WHERE sequence = 3",
        "UPDATE audit_entry SET log = 'security' WHERE sequence = 3",
        "UPDATE audit_entry SET at = '2026-11-24 12:03:00.000001+00:00' WHERE sequence = 3",
        "UPDATE audit_entry SET actor = NULL WHERE sequence = 3",
        "UPDATE audit_entry SET actor = organisation, organisation = actor WHERE sequence = 3",
        "UPDATE audit_entry SET agreements = '' WHERE sequence = 3",
        "UPDATE audit_entry SET mac = seal_key WHERE sequence = 3",
        "DELETE FROM audit_subject WHERE sequence = 3",
        "UPDATE audit_subject SET part = 'about' WHERE sequence = 3",
        "UPDATE audit_subject SET position = 7 WHERE sequence = 3 AND position = 1",
    ],
)
@pytest.mark.parametrize("engine", engines.ENGINES)
def test_a_change_by_whoever_owns_the_tables_is_found_where_it_stands(
    engine: str, statement: str, tmp_path: Path
) -> None:
    with engines.ready(engine, tmp_path) as place:
        with engines.opened(place.url) as database:
            kept(database, *[entry(subjects=about(EWAN, LEAH))] * 5)
        with engines.opened(place.owner_url) as owned:
            forge(owned, statement)
        with engines.opened(place.url) as database:
            found = verified(database)

    assert found == Verified(count=5, broken=UNSEALED)


def forge(owned: Database, statement: str) -> None:
    """Run `statement` with the triggers that would refuse it out of the way."""
    with owned.migrating() as connection:
        for table in ("audit_entry", "audit_subject"):
            if owned.is_sqlite:
                connection.execute(text(f"DROP TRIGGER {table}_no_update"))
                connection.execute(text(f"DROP TRIGGER {table}_no_delete"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET role = CAST(role AS BLOB) WHERE sequence = 3",
        "UPDATE audit_entry SET session = 'session' WHERE sequence = 3",
        "UPDATE audit_entry SET mac = 'mac' WHERE sequence = 3",
        "UPDATE audit_entry SET at = replace(at, ' ', 'T') WHERE sequence = 3",
        "UPDATE audit_entry SET at = 'noon' WHERE sequence = 3",
        "UPDATE audit_subject SET subject = 'ewan' WHERE sequence = 3 AND position = 0",
    ],
)
def test_a_value_of_another_type_is_found_where_it_stands(statement: str, tmp_path: Path) -> None:
    with engines.ready(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        kept(database, *[entry(subjects=about(EWAN, LEAH))] * 5)
        forge(database, statement)

        assert verified(database) == Verified(count=5, broken=UNSEALED)


def test_a_missing_entry_is_found_where_it_stood(tmp_path: Path) -> None:
    with engines.ready(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        kept(database, *[entry(subjects=())] * 5)
        forge(database, "DELETE FROM audit_entry WHERE sequence = 3")

        broken = verified(database).broken

    assert broken == Break(sequence=3, reason="an entry is missing, doubled or out of order")


@pytest.mark.parametrize("statement", ["DELETE FROM audit_head", "UPDATE audit_head SET count = 4"])
def test_a_forged_head_is_found_at_the_end(statement: str, tmp_path: Path) -> None:
    with engines.ready(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        kept(database, *[entry()] * 5)
        forge(database, statement)

        broken = verified(database).broken

    assert broken is not None
    assert broken.reason == "the chain does not end where its head says"


def test_the_chain_verifies_beside_the_values_of_the_domain(database: Database) -> None:
    links = chain(4, key=KEYS.chain)
    with opened(database) as audit:
        for link in links:
            audit.append(link.entry, head=audit.head(locked=True))

        assert tuple(audit.chain()) == links


def test_entries_about_a_person_are_found_the_newest_first(database: Database) -> None:
    first, _, third = kept(
        database,
        entry(subjects=about(EWAN)),
        entry(subjects=about(LEAH)),
        entry(subjects=about(EWAN)),
    )

    with opened(database) as audit:
        assert audit.about(EWAN, wanted()) == (third, first)


def test_an_entry_is_found_by_a_person_who_was_only_shown(database: Database) -> None:
    entries = kept(database, entry(subjects=about(EWAN, LEAH)), entry(subjects=about(EWAN)))

    with opened(database) as audit:
        assert audit.about(LEAH, wanted()) == entries[:1]


def test_an_entry_about_and_showing_the_same_person_counts_once(database: Database) -> None:
    entries = kept(database, *[entry(subjects=about(EWAN, EWAN))] * 3)

    with opened(database) as audit:
        assert audit.about(EWAN, wanted(most=2)) == (entries[2], entries[1])


def test_older_entries_are_read_from_where_the_last_reading_ended(database: Database) -> None:
    entries = kept(database, *[entry(subjects=about(EWAN))] * 5)

    with opened(database) as audit:
        assert audit.about(EWAN, wanted(most=2, before=4)) == (entries[2], entries[1])


def test_sign_ins_are_read_apart_from_looks(database: Database) -> None:
    look, sign_in = kept(database, entry(), entry(event=Event.SIGNED_IN))

    with opened(database) as audit:
        assert audit.by(ASHA, wanted(logs=frozenset({Log.AUDIT}))) == (look,)
        assert audit.by(ASHA, wanted(logs=frozenset({Log.SECURITY}))) == (sign_in,)


def test_another_users_entries_are_left_out(database: Database) -> None:
    kept(database, entry(actor=reference(99)), entry(actor=None))

    with opened(database) as audit:
        assert audit.by(ASHA, wanted()) == ()


def test_a_span_holds_its_start_and_not_its_end(database: Database) -> None:
    hour = timedelta(hours=1)
    _, inside, _ = kept(database, *[entry(at=NOON + number * hour) for number in range(3)])

    with opened(database) as audit:
        assert audit.between(NOON + hour, NOON + 2 * hour, wanted()) == (inside,)


def test_words_are_read_with_the_key_of_their_subject(database: Database) -> None:
    sealed, bare = told(database, "name Blake, Ewan", "")

    with opened(database) as audit:
        assert audit.words_of((bare, sealed)) == ("", "name Blake, Ewan")


def test_words_whose_key_is_erased_are_gone_and_the_chain_still_holds(database: Database) -> None:
    entries = told(database, "name Blake, Ewan")
    with database.writing() as connection:
        connection.execute(delete(SealKeyRow))

    with opened(database) as audit:
        assert audit.words(entries[0]) == ERASED
    assert verified(database) == Verified(count=1, broken=None)


def test_words_moved_to_another_entry_are_not_read(database: Database) -> None:
    (first,) = told(database, "name Blake, Ewan")

    with opened(database) as audit:
        assert audit.words(replace(first, reference=reference(99))) == ERASED


def told(database: Database, *words: str) -> tuple[Entry, ...]:
    """Append an entry about Ewan for each of `words`, sealed."""
    with opened(database) as audit:
        entries = []
        for number, each in enumerate(words):
            own = reference(number)
            sealed = audit.seal_words(each, subject=EWAN, entry=own)
            entries.append(entry(number + 1, reference=own, seal_key=EWAN, sealed=sealed))
            audit.append(entries[-1], head=audit.head(locked=True))
    return tuple(entries)
