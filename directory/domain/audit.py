"""The audit entry, its canonical encoding and the chain that shows tampering."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

SCHEMA = 1
GENESIS = bytes(32)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Log(StrEnum):
    """The three readings of the one chain."""

    AUDIT = "audit"  # who looked at whom
    SECURITY = "security"  # who signed in
    RUNNING = "running"  # extracts and set-up


class Event(StrEnum):
    """Everything that can be entered in the audit."""

    PEOPLE_SEARCHED = "people_searched"
    PERSON_CHOSEN = "person_chosen"
    PURPOSE_GIVEN = "purpose_given"
    BOARD_VIEWED = "board_viewed"
    CARD_OPENED = "card_opened"
    PERSON_ADDED = "person_added"
    ADDING_BEGUN = "adding_begun"
    FAMILIES_LISTED = "families_listed"
    RESULTS_SEEN_AGAIN = "results_seen_again"
    INVESTIGATION_OPENED = "investigation_opened"
    INVESTIGATION_CLOSED = "investigation_closed"
    AUDIT_READ = "audit_read"
    AUDIT_VERIFIED = "audit_verified"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    SESSION_UNLOCKED = "session_unlocked"
    SESSIONS_LISTED = "sessions_listed"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_GIVEN = "second_factor_given"
    ROLE_CHOSEN = "role_chosen"
    ACCOUNTS_LISTED = "accounts_listed"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ROLE_GRANTED = "role_granted"
    ROLE_REMOVED = "role_removed"
    LINK_MADE = "link_made"
    LINK_USED = "link_used"
    GATES_LISTED = "gates_listed"
    GATE_GIVEN = "gate_given"
    GATE_WITHDRAWN = "gate_withdrawn"
    COUNCIL_SET_UP = "council_set_up"
    EXTRACT_CHECKED = "extract_checked"
    EXTRACT_STAGED = "extract_staged"
    EXTRACT_TAKEN = "extract_taken"
    EXTRACT_STOPPED = "extract_stopped"
    EXTRACT_UNDONE = "extract_undone"
    PRACTITIONER_LEFT = "practitioner_left"
    MATCHES_LISTED = "matches_listed"
    MATCH_VIEWED = "match_viewed"
    MATCH_DECIDED = "match_decided"
    MATCH_AGREED = "match_agreed"
    MATCH_DECLINED = "match_declined"
    MATCH_TAKEN_BACK = "match_taken_back"
    NAME_PAIRS_SOUGHT = "name_pairs_sought"
    NAME_PAIRS_LISTED = "name_pairs_listed"
    NAME_PAIR_DECIDED = "name_pair_decided"
    PEOPLE_MERGED = "people_merged"
    PROTECTION_ASKED = "protection_asked"
    PROTECTION_COMPLETED = "protection_completed"
    ORDERS_LISTED = "orders_listed"
    ORDER_VIEWED = "order_viewed"
    ORDER_CHANGED = "order_changed"
    INTERESTS_LISTED = "interests_listed"
    EMERGENCY_OPENED = "emergency_opened"
    EMERGENCIES_LISTED = "emergencies_listed"
    EMERGENCY_REVIEWED = "emergency_reviewed"
    CLAIMS_LISTED = "claims_listed"
    CLAIM_DECIDED = "claim_decided"
    CLAIM_GIVEN_UP = "claim_given_up"
    CALLS_SWEPT = "calls_swept"
    CALLS_LISTED = "calls_listed"
    CALL_ANSWERED = "call_answered"
    LETTERS_TAKEN = "letters_taken"
    LETTERS_SENT = "letters_sent"
    ROTA_LISTED = "rota_listed"
    ROTA_CHANGED = "rota_changed"
    FAMILY_HANDED_ON = "family_handed_on"
    CLAIMS_SAMPLED = "claims_sampled"
    UPKEEP_LISTED = "upkeep_listed"
    UPKEEP_VIEWED = "upkeep_viewed"
    UPKEEP_CHANGED = "upkeep_changed"
    UPKEEP_CONFIRMED = "upkeep_confirmed"
    UPKEEP_ADDED = "upkeep_added"
    PRACTITIONERS_LISTED = "practitioners_listed"
    PRACTITIONER_CHANGED = "practitioner_changed"
    REPORT_BEGUN = "report_begun"
    CONTACT_REPORTED = "contact_reported"
    OWN_REPORTS_LISTED = "own_reports_listed"
    REPORTS_LISTED = "reports_listed"
    REPORT_ANSWERED = "report_answered"
    OVERDUE_REPORTS_LISTED = "overdue_reports_listed"
    ASSURANCES_LISTED = "assurances_listed"
    ASSURANCE_KEPT = "assurance_kept"
    CONSENTS_READ = "consents_read"
    CONSENT_RECORDED = "consent_recorded"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    INTEREST_DECLARED = "interest_declared"
    AGREEMENTS_LISTED = "agreements_listed"
    AGREEMENT_VIEWED = "agreement_viewed"
    AGREEMENT_DRAFTED = "agreement_drafted"
    AGREEMENT_CHANGED = "agreement_changed"
    AGREEMENT_SIGNED = "agreement_signed"
    AGREEMENT_ACTIVATED = "agreement_activated"
    AGREEMENT_ENDED = "agreement_ended"
    AGREEMENT_COMPARED = "agreement_compared"
    AGREEMENT_TRIED = "agreement_tried"
    SIGHT_PREVIEWED = "sight_previewed"
    RULES_LISTED = "rules_listed"
    RULE_PROPOSED = "rule_proposed"
    RULE_COMPARED = "rule_compared"
    RULE_DECIDED = "rule_decided"
    RETENTION_FORESEEN = "retention_foreseen"
    RETENTION_RUN = "retention_run"

    @property
    def log(self) -> Log:
        """Return the reading of the chain this event belongs to."""
        if self in _SECURITY:
            return Log.SECURITY
        return Log.RUNNING if self in _RUNNING else Log.AUDIT


_SECURITY = frozenset(
    {
        Event.SIGNED_IN,
        Event.SIGN_IN_REFUSED,
        Event.SIGNED_OUT,
        Event.SIGNED_OUT_EVERYWHERE,
        Event.SESSION_UNLOCKED,
        Event.SESSIONS_LISTED,
        Event.SECOND_FACTOR_SET,
        Event.SECOND_FACTOR_GIVEN,
        Event.ROLE_CHOSEN,
        Event.ACCOUNTS_LISTED,
        Event.ACCOUNT_CREATED,
        Event.ACCOUNT_DISABLED,
        Event.ACCOUNT_ENABLED,
        Event.ROLE_GRANTED,
        Event.ROLE_REMOVED,
        Event.LINK_MADE,
        Event.LINK_USED,
        Event.GATES_LISTED,
        Event.GATE_GIVEN,
        Event.GATE_WITHDRAWN,
    }
)
_RUNNING = frozenset(
    {
        Event.COUNCIL_SET_UP,
        Event.EXTRACT_CHECKED,
        Event.EXTRACT_STAGED,
        Event.EXTRACT_TAKEN,
        Event.EXTRACT_STOPPED,
        Event.EXTRACT_UNDONE,
        Event.PRACTITIONER_LEFT,
        Event.NAME_PAIRS_SOUGHT,
        Event.RETENTION_FORESEEN,
        Event.RETENTION_RUN,
    }
)


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
