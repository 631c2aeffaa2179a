"""Sealed texts open in their own place only, and lie in no file in plain."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from directory.store.engine import Database
from directory.store.line_tables import LineIdentifierRow, LineNameRow
from directory.store.sealing import KEY_BYTES, Keys, Sealer, Unsealable
from tests.store import awkward

KEYS = Keys(**{name: bytes([n]) * KEY_BYTES for n, name in enumerate(Keys.__dataclass_fields__)})
NUMBER = "9434765919"
PLACE = {"table": "line_identifier", "row": "12 nhs_number", "column": "sealed"}
ENTRY, SUBJECT = b"entry".ljust(16), b"subject".ljust(32)

texts = st.text(st.characters(codec="utf-8"), max_size=300)


def sealer(**differing: bytes) -> Sealer:
    return Sealer(replace(KEYS, **differing), os.urandom)


def bits_turned(sealed: bytes) -> Iterator[bytes]:
    """Yield `sealed` with each one of its bits turned."""
    for place in range(len(sealed) * 8):
        turned = bytearray(sealed)
        turned[place // 8] ^= 1 << place % 8
        yield bytes(turned)


def opens(sealed: bytes, **differing: str) -> bool:
    """Return whether `sealed` opens at a place that differs so from its own."""
    try:
        sealer().unseal(sealed, **{**PLACE, **differing})
    except Unsealable:
        return False
    return True


def files_of(database: Database) -> Path:
    """Return the folder in which the database keeps all its files."""
    if database.path is not None:
        return database.path.parent
    return Path(str(database.engine.url.query["host"])) / "data"


def holds(folder: Path, text: str) -> bool:
    """Return whether any file below `folder` holds `text` in plain."""
    return any(text.encode() in _bytes(path) for path in folder.rglob("*"))


def _bytes(path: Path) -> bytes:
    """Return the file's bytes; PostgreSQL removes some of its files as it goes."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""


@given(texts)
def test_a_sealed_text_opens_in_its_place(text: str) -> None:
    sealed = sealer().seal(text, **PLACE)

    assert sealer().unseal(sealed, **PLACE) == text


@pytest.mark.parametrize(
    "moved",
    [
        {"table": "account"},
        {"row": "13 nhs_number"},
        {"column": "blind"},
        {"table": "line_identifier1", "row": "2 nhs_number"},
        {"row": "12 nhs_numbers", "column": "ealed"},
    ],
)
def test_a_sealed_text_opens_in_no_other_place(moved: dict[str, str]) -> None:
    assert not opens(sealer().seal(NUMBER, **PLACE), **moved)


def test_a_sealed_text_with_any_bit_turned_does_not_open() -> None:
    sealed = sealer().seal(NUMBER, **PLACE)

    assert not any(opens(turned) for turned in bits_turned(sealed))


def test_a_sealed_text_cut_short_or_lengthened_does_not_open() -> None:
    sealed = sealer().seal(NUMBER, **PLACE)

    changed = [sealed[:length] for length in range(len(sealed))] + [sealed + b"\0"]

    assert not any(map(opens, changed))


def test_a_text_sealed_with_another_key_does_not_open() -> None:
    assert not opens(sealer(sealing=b"another".ljust(KEY_BYTES)).seal(NUMBER, **PLACE))


def test_the_same_text_is_never_sealed_alike() -> None:
    assert len({sealer().seal(NUMBER, **PLACE) for _ in range(100)}) == 100


def test_identifiers_of_every_length_are_sealed_to_one_length() -> None:
    lengths = {len(sealer().seal("9" * length, **PLACE)) for length in range(13)}

    assert len(lengths) == 1


@given(texts)
def test_the_length_of_sealed_words_tells_only_their_sixty_fours(words: str) -> None:
    one = sealer().seal_words(words, key=KEYS.search, entry=ENTRY)
    other = sealer().seal_words("x" * len(words.encode()), key=KEYS.search, entry=ENTRY)

    assert len(one) == len(other)
    assert (len(one) - 12 - 16) % 64 == 0


@given(texts)
def test_an_entrys_words_open_under_its_subjects_key(words: str) -> None:
    key, wrapped = sealer().new_subject_key(SUBJECT)
    sealed = sealer().seal_words(words, key=key, entry=ENTRY)

    unwrapped = sealer().unwrap_subject_key(wrapped, SUBJECT)

    assert sealer().unseal_words(sealed, key=unwrapped, entry=ENTRY) == words


def test_an_entrys_words_open_in_no_other_entry() -> None:
    sealed = sealer().seal_words("Blake", key=KEYS.search, entry=ENTRY)

    with pytest.raises(Unsealable):
        sealer().unseal_words(sealed, key=KEYS.search, entry=b"other".ljust(16))


def test_an_entrys_words_open_under_no_other_subjects_key() -> None:
    key, _ = sealer().new_subject_key(SUBJECT)
    other, _ = sealer().new_subject_key(SUBJECT)
    sealed = sealer().seal_words("Blake", key=key, entry=ENTRY)

    with pytest.raises(Unsealable):
        sealer().unseal_words(sealed, key=other, entry=ENTRY)


def test_a_subjects_key_unwraps_for_no_other_subject() -> None:
    _, wrapped = sealer().new_subject_key(SUBJECT)

    with pytest.raises(Unsealable):
        sealer().unwrap_subject_key(wrapped, b"other".ljust(32))


def test_a_sealed_identifier_cannot_pass_as_a_subjects_key() -> None:
    sealed = sealer().seal(NUMBER, **PLACE)

    with pytest.raises(Unsealable):
        sealer().unwrap_subject_key(sealed[5:], SUBJECT)


def test_an_identifier_is_found_by_the_same_hash_in_every_release() -> None:
    assert sealer().blind("nhs_number", NUMBER).hex() == "0fb670a0d1f94815693224ffd72b95c0"


def test_an_identifiers_hash_depends_on_its_kind_value_and_key() -> None:
    hashes = {
        sealer().blind("nhs_number", NUMBER),
        sealer().blind("upn", NUMBER),
        sealer().blind("nhs_number", NUMBER[::-1]),
        sealer().blind("nhs_number" + NUMBER, ""),
        sealer(blind=b"another".ljust(KEY_BYTES)).blind("nhs_number", NUMBER),
    }

    assert len(hashes) == 5


def test_no_two_uses_of_a_hash_share_a_key() -> None:
    text = "the same"

    hashes = {sealer().subject(text.encode()), sealer().token_hash(text)}

    assert len(hashes) == 2


def test_keys_print_no_secret() -> None:
    assert repr(KEYS) == "Keys()"


def test_an_identifier_lies_in_no_file_in_plain(database: Database) -> None:
    shown, hidden = "Unmistakable-Surname", "UNMISTAKABLE-IDENTIFIER"
    with database.writing() as connection:
        awkward.fill(connection)
        sealed = sealer().seal(hidden, **PLACE)
        connection.execute(update(LineIdentifierRow).values(sealed=sealed))
        connection.execute(update(LineNameRow).values(surname=shown))

    assert holds(files_of(database), shown)
    assert not holds(files_of(database), hidden)
