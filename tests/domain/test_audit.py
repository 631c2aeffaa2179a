import json
from dataclasses import fields, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.audit import (
    GENESIS,
    Break,
    Entry,
    Link,
    Outcome,
    Part,
    Subject,
    encode,
    first_break,
    seal,
)
from directory.domain.events import Event, Log
from tests.domain.laws import LAW
from tests.factories import NOON, chain, entry, reference

KEY = b"k" * 32
VECTOR = Path(__file__).with_name("chain.json")

# Small alphabets: entries differ by little, so an encoding that forgets a border collides soon.
words = st.sampled_from(["", "a", "b", "ab", "aa", "1", "é"])
octets = st.sampled_from([b"", b"a", b"b", b"ab", b"aa", b"1"])
references = st.sampled_from([reference(0), reference(1), reference(2**127)])
lists = st.lists(words, max_size=3).map(tuple)
subjects = st.builds(Subject, reference=octets, part=st.sampled_from(Part))
entries = st.builds(
    Entry,
    sequence=st.integers(1, 12),
    reference=references,
    at=st.integers(-2, 2).map(lambda each: NOON + timedelta(microseconds=each)),
    event=st.sampled_from(Event),
    outcome=st.sampled_from(Outcome),
    actor=st.none() | references,
    role=words,
    organisation=st.none() | references,
    session=octets,
    occasion=st.none() | references,
    purpose=words,
    power=words,
    relationship=words,
    service=words,
    fields=lists,
    agreements=lists,
    policy_version=words,
    subjects=st.lists(subjects, max_size=3).map(tuple),
    seal_key=octets,
    sealed=octets,
)  # fmt: skip

OTHER: dict[str, Any] = {
    "sequence": 2,
    "reference": reference(7),
    "at": NOON,
    "event": Event.BOARD_VIEWED,
    "outcome": Outcome.FAILED,
    "actor": None,
    "role": "front_door",
    "organisation": None,
    "session": b"",
    "occasion": None,
    "purpose": "",
    "power": "power",
    "relationship": "claimed",
    "service": "police",
    "fields": ("name",),
    "agreements": (),
    "policy_version": "2026-12",
    "subjects": (Subject(reference=b"ewan", part=Part.SHOWN),),
    "seal_key": b"kez",
    "sealed": b"",
}
TEXTS = ("role", "purpose", "power", "relationship", "service", "policy_version")


def checked(links: tuple[Link, ...], *, of: tuple[Link, ...], key: bytes = KEY) -> Break | None:
    """Return the first break of `links` where the head says what `of` ended with."""
    return first_break(links, key=key, head=of[-1].mac, count=len(of))


def edited(link: Link, **differing: Any) -> Link:
    return replace(link, entry=replace(link.entry, **differing))


def resealed(links: tuple[Link, ...], *, key: bytes) -> tuple[Link, ...]:
    """Return `links` numbered and sealed anew, as a forger with `key` would."""
    made: list[Link] = []
    previous = GENESIS
    for sequence, each in enumerate(links, start=1):
        renumbered = replace(each.entry, sequence=sequence)
        previous = seal(renumbered, previous=previous, key=key)
        made.append(Link(entry=renumbered, mac=previous))
    return tuple(made)


def reference_of(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def read_back(written: dict[str, Any]) -> Entry:
    """Return the entry that one line of the vector file describes."""
    parts = tuple(
        Subject(reference=bytes.fromhex(hashed), part=Part(part))
        for hashed, part in written["subjects"]
    )
    return Entry(
        sequence=written["sequence"],
        reference=UUID(written["reference"]),
        at=datetime.fromisoformat(written["at"]),
        event=Event(written["event"]),
        outcome=Outcome(written["outcome"]),
        actor=reference_of(written["actor"]),
        role=written["role"],
        organisation=reference_of(written["organisation"]),
        session=bytes.fromhex(written["session"]),
        occasion=reference_of(written["occasion"]),
        purpose=written["purpose"],
        power=written["power"],
        relationship=written["relationship"],
        service=written["service"],
        fields=tuple(written["fields"]),
        agreements=tuple(written["agreements"]),
        policy_version=written["policy_version"],
        subjects=parts,
        seal_key=bytes.fromhex(written["seal_key"]),
        sealed=bytes.fromhex(written["sealed"]),
    )


@LAW
@given(first=entries, second=entries)
def test_two_entries_share_an_encoding_only_where_they_are_the_same(
    first: Entry, second: Entry
) -> None:
    assert (encode(first) == encode(second)) is (first == second)


@pytest.mark.parametrize("field", [each.name for each in fields(Entry)])
def test_a_change_in_any_one_field_changes_the_seal(field: str) -> None:
    changed = replace(entry(), **{field: OTHER[field]})

    assert seal(changed, previous=GENESIS, key=KEY) != seal(entry(), previous=GENESIS, key=KEY)


@LAW
@given(each=entries, field=st.sampled_from([each.name for each in fields(Entry)]))
def test_any_other_value_of_any_field_changes_the_encoding(each: Entry, field: str) -> None:
    changed = replace(each, **{field: OTHER[field]})

    assert (encode(changed) == encode(each)) is (changed == each)


@pytest.mark.parametrize(("first", "second"), list(pairwise(TEXTS)))
def test_moving_a_letter_to_the_next_field_changes_the_encoding(first: str, second: str) -> None:
    before: dict[str, Any] = {first: "ab", second: "c"}
    after: dict[str, Any] = {first: "a", second: "bc"}

    assert encode(entry(**before)) != encode(entry(**after))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"fields": ("ab", "c")}, {"fields": ("a", "bc")}),
        ({"fields": ("a", "b"), "agreements": ()}, {"fields": ("a",), "agreements": ("b",)}),
        ({"fields": ()}, {"fields": ("",)}),
        ({"fields": ("",)}, {"fields": ("", "")}),
        ({"seal_key": b"ab", "sealed": b"c"}, {"seal_key": b"a", "sealed": b"bc"}),
        ({"actor": None}, {"actor": reference(0)}),
        (
            {"actor": reference(5), "organisation": None},
            {"actor": None, "organisation": reference(5)},
        ),
    ],
)
def test_moving_a_border_changes_the_encoding(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert encode(entry(**one)) != encode(entry(**other))


def test_the_encoding_knows_the_moment_and_not_the_zone_it_is_told_in() -> None:
    elsewhere = (NOON + timedelta(minutes=1)).astimezone()

    assert encode(entry(at=elsewhere)) == encode(entry())


def test_a_moment_without_a_zone_is_no_moment() -> None:
    with pytest.raises(TypeError):
        encode(entry(at=datetime(2026, 11, 24, 12)))  # noqa: DTZ001 - the fault under test


def test_a_value_of_another_type_is_not_guessed_at() -> None:
    with pytest.raises(KeyError):
        encode(entry(role=1.5))


def test_an_empty_chain_holds() -> None:
    assert first_break((), key=KEY, head=GENESIS, count=0) is None


@pytest.mark.parametrize("length", [1, 2, 9])
def test_a_sound_chain_holds(length: int) -> None:
    links = chain(length, key=KEY)

    assert checked(links, of=links) is None


def test_another_key_does_not_verify_the_chain() -> None:
    links = chain(3, key=KEY)

    found = checked(links, of=links, key=b"x" * 32)

    assert found == Break(sequence=1, reason="an entry does not agree with its seal")


@LAW
@given(
    place=st.integers(0, 8),
    field=st.sampled_from([each.name for each in fields(Entry) if each.name != "sequence"]),
)
def test_an_edited_entry_is_found_where_it_stands(place: int, field: str) -> None:
    links = chain(9, key=KEY)
    forged = edited(links[place], **{field: OTHER[field]})

    found = checked((*links[:place], forged, *links[place + 1 :]), of=links)

    assert found == Break(sequence=place + 1, reason="an entry does not agree with its seal")


@LAW
@given(place=st.integers(0, 8), flipped=st.integers(0, 255))
def test_a_flipped_bit_in_a_seal_is_found_where_it_stands(place: int, flipped: int) -> None:
    links = chain(9, key=KEY)
    turned = int.from_bytes(links[place].mac, "big") ^ (1 << flipped)
    forged = replace(links[place], mac=turned.to_bytes(32, "big"))

    found = checked((*links[:place], forged, *links[place + 1 :]), of=links)

    assert found == Break(sequence=place + 1, reason="an entry does not agree with its seal")


@pytest.mark.parametrize("place", range(8))
def test_a_deleted_entry_is_found_where_it_stood(place: int) -> None:
    links = chain(9, key=KEY)

    found = checked(links[:place] + links[place + 1 :], of=links)

    assert found == Break(sequence=place + 1, reason="an entry is missing, doubled or out of order")


@pytest.mark.parametrize("place", range(8))
def test_two_exchanged_entries_are_found_at_the_first(place: int) -> None:
    links = chain(9, key=KEY)
    exchanged = (*links[:place], links[place + 1], links[place], *links[place + 2 :])

    found = checked(exchanged, of=links)

    assert found == Break(sequence=place + 1, reason="an entry is missing, doubled or out of order")


@pytest.mark.parametrize("place", range(8))
def test_a_doubled_entry_is_found_at_the_second(place: int) -> None:
    links = chain(9, key=KEY)

    found = checked(links[: place + 1] + links[place:], of=links)

    assert found == Break(sequence=place + 2, reason="an entry is missing, doubled or out of order")


@pytest.mark.parametrize("kept", range(9))
def test_a_cut_tail_is_found_at_the_first_lost_entry(kept: int) -> None:
    links = chain(9, key=KEY)

    found = checked(links[:kept], of=links)

    assert found == Break(sequence=kept + 1, reason="the chain does not end where its head says")


def test_an_entry_behind_the_head_is_found() -> None:
    links = chain(9, key=KEY)

    found = checked(links, of=links[:7])

    assert found == Break(sequence=8, reason="the chain does not end where its head says")


@pytest.mark.parametrize(("count", "sequence"), [(0, 1), (8, 9), (10, 10)])
def test_a_head_that_counts_wrongly_is_found(count: int, sequence: int) -> None:
    links = chain(9, key=KEY)

    found = first_break(links, key=KEY, head=links[-1].mac, count=count)

    assert found == Break(sequence=sequence, reason="the chain does not end where its head says")


@pytest.mark.parametrize(("head", "count"), [(GENESIS, 9), (b"", 9), (b"f" * 32, 9)])
def test_a_forged_head_is_found(head: bytes, count: int) -> None:
    found = first_break(chain(9, key=KEY), key=KEY, head=head, count=count)

    assert found == Break(sequence=10, reason="the chain does not end where its head says")


def test_a_whole_chain_sealed_anew_by_a_forger_is_found() -> None:
    links = chain(9, key=KEY)

    found = checked(resealed(links[:3] + links[4:], key=b"forger"), of=links)

    assert found == Break(sequence=1, reason="an entry does not agree with its seal")


def test_a_chain_with_an_entry_taken_out_and_sealed_anew_is_found_by_its_head() -> None:
    links = chain(9, key=KEY)

    found = checked(resealed(links[:3] + links[4:], key=KEY), of=links)

    assert found == Break(sequence=9, reason="the chain does not end where its head says")


def test_the_entries_written_by_the_first_release_verify_for_good() -> None:
    written = json.loads(VECTOR.read_text("utf-8"))
    links = [
        Link(entry=read_back(each["entry"]), mac=bytes.fromhex(each["mac"]))
        for each in written["links"]
    ]

    found = first_break(
        links,
        key=bytes.fromhex(written["key"]),
        head=bytes.fromhex(written["head"]),
        count=written["count"],
    )

    assert found is None


def test_the_written_entries_hold_every_event_of_the_first_release() -> None:
    written = json.loads(VECTOR.read_text("utf-8"))

    events = {each["entry"]["event"] for each in written["links"]}

    assert len(events) == written["count"] == 34


def test_looking_at_a_family_is_read_in_the_audit() -> None:
    journey = {
        Event.PEOPLE_SEARCHED,
        Event.PERSON_CHOSEN,
        Event.PURPOSE_GIVEN,
        Event.BOARD_VIEWED,
        Event.CARD_OPENED,
    }

    assert {each.log for each in journey} == {Log.AUDIT}


def test_signing_in_and_rights_are_read_in_the_security_log() -> None:
    rights = {Event.SIGNED_IN, Event.SIGN_IN_REFUSED, Event.ROLE_GRANTED, Event.ACCOUNT_DISABLED}

    assert {each.log for each in rights} == {Log.SECURITY}


def test_extracts_are_read_in_the_running_log() -> None:
    assert {Event.EXTRACT_TAKEN.log, Event.EXTRACT_STOPPED.log} == {Log.RUNNING}
