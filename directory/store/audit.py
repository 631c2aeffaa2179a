"""The audit chain: appended to, read, and never changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select, text, update

from directory.domain.audit import (
    GENESIS,
    Entry,
    Link,
    Outcome,
    Part,
    Slice,
    Subject,
    Verified,
    first_break_encoded,
    seal,
)
from directory.domain.events import Event
from directory.store.audit_tables import AuditHeadRow, AuditRow, AuditSubjectRow, SealKeyRow
from directory.store.chain import stored_links
from directory.store.sealing import Keys, Sealer, Unsealable

_PAGE = 500
# Whoever comes second waits for the first, keeps nothing, and finds what the first has kept.
_FIRST_HEAD = text(
    "INSERT INTO audit_head (id, count, mac) VALUES (1, 0, :mac) ON CONFLICT DO NOTHING"
)
# One row is written whether or not the subject has a key: that it had one tells that it is known.
_KEY = text(
    "INSERT INTO seal_key (subject, wrapped) VALUES (:subject, :fresh)"
    " ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject RETURNING wrapped"
)
ERASED = "(erased)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The length of the chain and the MAC it ends with."""

    count: int
    mac: bytes


class AuditStore:
    """Appends to and reads the chain within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer, keys: Keys) -> None:
        """Work through `connection`, chaining and sealing with the deployment's keys."""
        self._connection = connection
        self._sealer = sealer
        self._keys = keys

    def head(self, *, locked: bool) -> Head:
        """Return the chain's end; `locked` holds it until the unit of work ends."""
        statement = select(AuditHeadRow.count.label("length"), AuditHeadRow.mac)
        row = self._connection.execute(statement.with_for_update() if locked else statement).first()
        if row is None and locked:
            self._connection.execute(_FIRST_HEAD, {"mac": GENESIS})
            return self.head(locked=True)
        return Head(count=row.length, mac=bytes(row.mac)) if row else Head(count=0, mac=GENESIS)

    def append(self, entry: Entry, *, head: Head) -> None:
        """Chain `entry` to `head`, which this unit of work must have locked."""
        mac = seal(entry, previous=head.mac, key=self._keys.chain)
        self._connection.execute(insert(AuditRow).values(**_columns(entry), mac=mac))
        subjects = [
            {
                "sequence": entry.sequence,
                "position": position,
                "subject": subject.reference,
                "part": subject.part,
            }
            for position, subject in enumerate(entry.subjects)
        ]
        if subjects:
            self._connection.execute(insert(AuditSubjectRow), subjects)
        self._connection.execute(update(AuditHeadRow).values(count=entry.sequence, mac=mac))

    def seal_words(self, words: str, *, subject: bytes, entry: UUID) -> bytes:
        """Return `words` sealed under the key of `subject`, made on first use; empty for none.

        The same is done, and as many rows are written, whether or not there is a key yet.
        """
        if not words:
            return b""
        _, fresh = self._sealer.new_subject_key(subject)
        kept = self._connection.execute(_KEY, {"subject": subject, "fresh": fresh}).scalar_one()
        key = self._sealer.unwrap_subject_key(bytes(kept), subject)
        return self._sealer.seal_words(words, key=key, entry=entry.bytes)

    def words(self, entry: Entry) -> str:
        """Return an entry's sealed words, or that they were erased with their subject's key."""
        return self.words_of((entry,))[0]

    def words_of(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Return the words of each of `entries`, in one query."""
        subjects = {each.seal_key for each in entries if each.sealed}
        rows = self._connection.execute(
            select(SealKeyRow.subject, SealKeyRow.wrapped).where(SealKeyRow.subject.in_(subjects))
        )
        wrapped = {bytes(row.subject): bytes(row.wrapped) for row in rows}
        return tuple(self._unsealed(each, wrapped.get(each.seal_key)) for each in entries)

    def _unsealed(self, entry: Entry, wrapped: bytes | None) -> str:
        if not entry.sealed:
            return ""
        if wrapped is None:
            return ERASED
        try:
            key = self._sealer.unwrap_subject_key(wrapped, entry.seal_key)
            return self._sealer.unseal_words(entry.sealed, key=key, entry=entry.reference.bytes)
        except Unsealable:
            return ERASED

    def chain(self) -> Iterator[Link]:
        """Yield every entry with its MAC, in order, a page at a time."""
        after = 0
        while links := self._links(
            select(AuditRow.__table__)
            .where(AuditRow.sequence > after)
            .order_by(AuditRow.sequence)
            .limit(_PAGE)
        ):
            yield from links
            after = links[-1].entry.sequence

    def verify(self) -> Verified:
        """Return whether the whole chain holds, in bounded memory."""
        head = self.head(locked=False)
        broken = first_break_encoded(
            stored_links(self._connection), key=self._keys.chain, head=head.mac, count=head.count
        )
        return Verified(count=head.count, broken=broken)

    def about(self, subject: bytes, wanted: Slice) -> tuple[Entry, ...]:
        """Return the newest entries in which `subject` stands, as their subject or as shown."""
        sequences = select(AuditSubjectRow.sequence).where(AuditSubjectRow.subject == subject)
        return self._newest(AuditRow.sequence.in_(sequences), wanted)

    def by(self, actor: UUID, wanted: Slice) -> tuple[Entry, ...]:
        """Return the newest entries of `actor`."""
        return self._newest(AuditRow.actor == actor, wanted)

    def between(self, start: datetime, end: datetime, wanted: Slice) -> tuple[Entry, ...]:
        """Return the newest entries from `start` until `end`."""
        return self._newest((AuditRow.at >= start) & (AuditRow.at < end), wanted)

    def _newest(self, condition: ColumnElement[bool], wanted: Slice) -> tuple[Entry, ...]:
        statement = select(AuditRow.__table__).where(condition, AuditRow.log.in_(wanted.logs))
        if wanted.before is not None:
            statement = statement.where(AuditRow.sequence < wanted.before)
        newest = statement.order_by(AuditRow.sequence.desc()).limit(wanted.most)
        return tuple(each.entry for each in self._links(newest))

    def _links(self, statement: Select[*tuple[Any, ...]]) -> list[Link]:
        rows = self._connection.execute(statement).all()
        subjects: dict[int, list[Subject]] = {}
        found = self._connection.execute(
            select(AuditSubjectRow.__table__)
            .where(AuditSubjectRow.sequence.in_([row.sequence for row in rows]))
            .order_by(AuditSubjectRow.sequence, AuditSubjectRow.position)
        )
        for row in found:
            subjects.setdefault(row.sequence, []).append(
                Subject(reference=bytes(row.subject), part=Part(row.part))
            )
        return [_link(row, tuple(subjects.get(row.sequence, ()))) for row in rows]


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "id": entry.reference,
        "at": entry.at,
        "log": entry.event.log,
        "event": entry.event,
        "outcome": entry.outcome,
        "actor": entry.actor,
        "role": entry.role,
        "organisation": entry.organisation,
        "session": entry.session,
        "occasion": entry.occasion,
        "purpose": entry.purpose,
        "power": entry.power,
        "relationship": entry.relationship,
        "service": entry.service,
        "fields": "\n".join(entry.fields),
        "agreements": "\n".join(entry.agreements),
        "policy_version": entry.policy_version,
        "seal_key": entry.seal_key,
        "sealed": entry.sealed,
    }


def _link(row: Row[*tuple[Any, ...]], subjects: tuple[Subject, ...]) -> Link:
    entry = Entry(
        sequence=row.sequence,
        reference=row.id,
        at=row.at,
        event=Event(row.event),
        outcome=Outcome(row.outcome),
        actor=row.actor,
        role=row.role,
        organisation=row.organisation,
        session=bytes(row.session),
        occasion=row.occasion,
        purpose=row.purpose,
        power=row.power,
        relationship=row.relationship,
        service=row.service,
        fields=tuple(row.fields.split("\n")) if row.fields else (),
        agreements=tuple(row.agreements.split("\n")) if row.agreements else (),
        policy_version=row.policy_version,
        subjects=subjects,
        seal_key=bytes(row.seal_key),
        sealed=bytes(row.sealed),
    )
    return Link(entry=entry, mac=bytes(row.mac))
