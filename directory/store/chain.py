"""Read the audit chain as it lies in the database, encoded, to be verified at speed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, select, type_coerce
from sqlalchemy.types import NULLTYPE, TypeEngine

from directory.domain.audit import SCHEMA, Encoded, framed
from directory.domain.events import Event
from directory.store.audit_tables import AuditRow, AuditSubjectRow

_PAGE = 200
_KEPT = 4_096  # encodings of values that many entries share
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ZONELESS_EPOCH = _EPOCH.replace(tzinfo=None)
_MICROSECOND = timedelta(microseconds=1)
_RAW: TypeEngine[Any] = NULLTYPE  # as the driver gives it
_UNREADABLE = b"?"  # nothing is encoded so, and it agrees with no seal
_SCHEMA = framed(b"i", str(SCHEMA).encode())
_ENTRY_COLUMNS = (
    AuditRow.sequence, AuditRow.id, AuditRow.at, AuditRow.log, AuditRow.event, AuditRow.outcome,
    AuditRow.actor, AuditRow.role, AuditRow.organisation, AuditRow.session, AuditRow.occasion,
    AuditRow.purpose, AuditRow.power, AuditRow.relationship, AuditRow.service, AuditRow.fields,
    AuditRow.agreements, AuditRow.policy_version, AuditRow.seal_key, AuditRow.sealed, AuditRow.mac,
)  # fmt: skip
_LOGS: dict[str, str] = {each.value: each.log.value for each in Event}
_ENTRIES = select(*(type_coerce(each, _RAW) for each in _ENTRY_COLUMNS))
_SUBJECTS = select(
    type_coerce(AuditSubjectRow.sequence, _RAW),
    type_coerce(AuditSubjectRow.position, _RAW),
    type_coerce(AuditSubjectRow.subject, _RAW),
    type_coerce(AuditSubjectRow.part, _RAW),
)


class _Unreadable(ValueError):
    """A column holds what the application never writes."""


def stored_links(connection: Connection) -> Iterator[Encoded]:
    """Yield every entry of the chain, in order, in its canonical bytes, a page at a time.

    No value is made of a column, which is what takes the time. A row that cannot be read comes
    without its bytes, so that it agrees with no seal.
    """
    after = 0
    while rows := _page_of_entries(connection, after):
        people = _people(connection, after, rows[-1][0])
        for row in rows:
            yield _encoded(row, people)
        after = rows[-1][0]


def _page_of_entries(connection: Connection, after: int) -> list[Row[*tuple[Any, ...]]]:
    page = _ENTRIES.where(AuditRow.sequence > after).order_by(AuditRow.sequence).limit(_PAGE)
    return list(connection.execute(page).all())


def _people(connection: Connection, after: int, last: int) -> dict[int, list[bytes]]:
    """Return the people in each entry, encoded, in order."""
    page = _SUBJECTS.where(AuditSubjectRow.sequence > after, AuditSubjectRow.sequence <= last)
    ordered = page.order_by(AuditSubjectRow.sequence, AuditSubjectRow.position)
    found: dict[int, list[bytes]] = {}
    for sequence, position, reference, part in connection.execute(ordered).all():
        own = found.setdefault(sequence, [])
        own.append(_subject(reference, part) if position == len(own) else _UNREADABLE)
    return found


def _encoded(row: Row[*tuple[Any, ...]], people: dict[int, list[bytes]]) -> Encoded:
    """Return the entry's sequence, what `domain.audit.encode` returns of it, and its MAC."""
    (
        sequence, reference, at, log, event, outcome, actor, role, organisation, session, occasion,
        purpose, power, relationship, service, fields, agreements, policy_version, seal_key, sealed,
        mac,
    ) = row  # fmt: skip
    try:
        parts = (
            _SCHEMA, framed(b"i", str(sequence).encode()), framed(b"u", reference), _moment(at),
            _act(log, event, outcome), _who(actor, role, organisation), framed(b"b", session),
            _reference(occasion),
            _ground(purpose, power, relationship, service, fields, agreements, policy_version),
            framed(b"l", b"".join(people.get(sequence, ()))), framed(b"b", seal_key),
            framed(b"b", sealed),
        )  # fmt: skip
        return sequence, b"".join(parts), mac if isinstance(mac, bytes) else b""
    except (AttributeError, TypeError, ValueError):
        return sequence, _UNREADABLE, b""


def _moment(at: datetime | str) -> bytes:
    """Return a moment encoded; SQLite keeps it as text, which must be written the one way."""
    if not isinstance(at, str):
        since = at - _EPOCH
    else:
        moment = datetime.fromisoformat(at)
        since = moment - _ZONELESS_EPOCH
        if moment.isoformat(" ", "microseconds") != at:
            raise _Unreadable
    return framed(b"t", str(since // _MICROSECOND).encode())


def _subject(reference: bytes, part: str) -> bytes:
    try:
        before, behind = _around(len(reference), part)
        return before + reference + behind
    except (AttributeError, TypeError):
        return _UNREADABLE


@lru_cache(_KEPT)
def _around(length: int, part: str) -> tuple[bytes, bytes]:
    """Return the bytes of a subject before and behind its reference of `length` bytes."""
    whole = framed(b"p", framed(b"b", bytes(length)) + _text(part))
    heads = len(framed(b"p", b"")) + len(framed(b"b", b""))
    return whole[:heads], whole[heads + length :]


def _reference(value: bytes | None) -> bytes:
    return framed(b"n", b"") if value is None else framed(b"u", value)


@lru_cache(_KEPT)
def _who(actor: bytes | None, role: str, organisation: bytes | None) -> bytes:
    return _reference(actor) + _text(role) + _reference(organisation)


@lru_cache(_KEPT)
def _text(value: str) -> bytes:
    return framed(b"s", value.encode())


@lru_cache(_KEPT)
def _act(log: str, event: str, outcome: str) -> bytes:
    """Return an act encoded; its log is not in the seal, so it must be the event's own.

    An event that a later release has dropped still verifies, in whatever log it stood.
    """
    if _LOGS.get(event, log) != log:
        raise _Unreadable
    return _text(event) + _text(outcome)


@lru_cache(_KEPT)
def _ground(*columns: str) -> bytes:
    *texts, fields, agreements, policy_version = columns
    lists = (_list(fields), _list(agreements))
    return b"".join((*map(_text, texts), *lists, _text(policy_version)))


def _list(lines: str) -> bytes:
    return framed(b"l", b"".join(map(_text, lines.split("\n"))) if lines else b"")
