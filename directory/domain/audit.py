"""The audit entry, its canonical encoding and the chain that shows tampering."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from directory.domain.events import Event, Log

SCHEMA = 1
GENESIS = bytes(32)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Outcome(StrEnum):
    """How an act ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Part(StrEnum):
    """How a subject stands in an entry."""

    ABOUT = "about"
    SHOWN = "shown"  # one of the results or members that were on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person in an entry, as a keyed hash of their reference."""

    reference: bytes
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act as it is chained; `sealed` is ciphertext, so a key's end erases its words.

    `sequence` counts from 1 without gaps. `seal_key` names the key `sealed` was made under.
    """

    sequence: int
    reference: UUID
    at: datetime
    event: Event
    outcome: Outcome
    actor: UUID | None
    role: str
    organisation: UUID | None
    session: bytes
    occasion: UUID | None  # the search or the viewing the act belongs to
    purpose: str
    power: str
    relationship: str
    service: str
    fields: tuple[str, ...]
    agreements: tuple[str, ...]
    policy_version: str
    subjects: tuple[Subject, ...]
    seal_key: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry with the MAC that chains it to the one before."""

    entry: Entry
    mac: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place where a chain does not hold, and why."""

    sequence: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many entries the chain's head claims, and where the chain breaks, if it does."""

    count: int
    broken: Break | None


Encoded = tuple[int, bytes, bytes]
"""A link whose entry is encoded already: its sequence, its canonical bytes and its MAC."""

_TAGS: Mapping[type, bytes] = {
    type(None): b"n",
    bytes: b"b",
    str: b"s",
    int: b"i",
    UUID: b"u",
    datetime: b"t",
    tuple: b"l",
    Subject: b"p",
}


def _body(value: object) -> bytes:
    match value:
        case bytes():
            body = value
        case UUID():
            body = value.bytes
        case datetime():
            body = str((value - _EPOCH) // timedelta(microseconds=1)).encode()
        case tuple():
            body = b"".join(_typed(each) for each in value)
        case Subject():
            body = _typed(value.reference) + _typed(value.part)
        case _:
            body = b"" if value is None else str(value).encode()
    return body


def _typed(value: object) -> bytes:
    """Return `value` with a type tag and its length, so no two values share an encoding."""
    kind = str if isinstance(value, StrEnum) else type(value)
    return framed(_TAGS[kind], _body(value))


def framed(tag: bytes, body: bytes) -> bytes:
    """Return `body` behind its type's `tag` and its length."""
    return tag + len(body).to_bytes(4, "big") + body


def encode(entry: Entry) -> bytes:
    """Return the canonical bytes of `entry`: every field typed and length-prefixed, in order."""
    values = (
        SCHEMA, entry.sequence, entry.reference, entry.at, entry.event, entry.outcome, entry.actor,
        entry.role, entry.organisation, entry.session, entry.occasion, entry.purpose, entry.power,
        entry.relationship, entry.service, entry.fields, entry.agreements, entry.policy_version,
        entry.subjects, entry.seal_key, entry.sealed,
    )  # fmt: skip
    return b"".join(_typed(each) for each in values)


def seal(entry: Entry, *, previous: bytes, key: bytes) -> bytes:
    """Return the MAC (HMAC-SHA256) that chains `entry` to the `previous` MAC."""
    return _mac(encode(entry), previous=previous, key=key)


def _mac(encoding: bytes, *, previous: bytes, key: bytes) -> bytes:
    return hmac.digest(key, previous + encoding, sha256)


def first_break(links: Iterable[Link], *, key: bytes, head: bytes, count: int) -> Break | None:
    """Return the first place where the chain does not hold, or None where all of it does.

    `links` come in order of sequence; `head` and `count` are the MAC and length the head claims.
    """
    encoded = ((each.entry.sequence, encode(each.entry), each.mac) for each in links)
    return first_break_encoded(encoded, key=key, head=head, count=count)


def first_break_encoded(
    links: Iterable[Encoded], *, key: bytes, head: bytes, count: int
) -> Break | None:
    """Return what `first_break` does, of entries that are encoded already."""
    previous = GENESIS
    expected = 0
    for sequence, encoding, mac in links:
        expected += 1
        if sequence != expected:
            return Break(sequence=expected, reason="an entry is missing, doubled or out of order")
        if not hmac.compare_digest(_mac(encoding, previous=previous, key=key), mac):
            return Break(sequence=expected, reason="an entry does not agree with its seal")
        previous = mac
    if expected != count or not hmac.compare_digest(previous, head):
        return Break(
            sequence=min(expected, count) + 1, reason="the chain does not end where its head says"
        )
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """How much of a reading is wanted: the newest `most` entries of `logs`, below `before`."""

    logs: frozenset[Log]
    most: int
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How often boards or cards were disclosed in one way; it is about nobody in particular."""

    event: Event
    role: str
    organisation: UUID | None
    purpose: str
    relationship: str
    service: str
    agreements: frozenset[str]
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The looks of a while, counted; `cut` where there were more than were asked for."""

    found: tuple[Look, ...]
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """An IG lead's logged investigation: which matter, and why the audit must be read.

    `person` is the one person it names, whose services may be seen in it; None until it names one.
    """

    reference: UUID
    account: UUID
    matter: str
    reason: str
    opened: datetime
    person: UUID | None = None
