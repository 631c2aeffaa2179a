"""The audit chain: appended to, read, and never changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, insert, select, update

from directory.domain.audit import GENESIS, Entry, Event, Link, Log, Outcome, Part, Subject, seal
from directory.store.sealing import Keys, Sealer, Unsealable
from directory.store.tables import AuditHeadRow, AuditRow, AuditSubjectRow, SealKeyRow

_PAGE = 2_000
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
        if row is None:
            self._connection.execute(insert(AuditHeadRow).values(id=1, count=0, mac=GENESIS))
            return Head(count=0, mac=GENESIS)
        return Head(count=row.length, mac=bytes(row.mac))

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
        """Return `words` sealed under the key of `subject`, made on first use; empty for none."""
        if not words:
            return b""
        wrapped = self._connection.scalar(
            select(SealKeyRow.wrapped).where(SealKeyRow.subject == subject)
        )
        if wrapped is None:
            key, fresh = self._sealer.new_subject_key(subject)
            self._connection.execute(insert(SealKeyRow).values(subject=subject, wrapped=fresh))
        else:
            key = self._sealer.unwrap_subject_key(bytes(wrapped), subject)
        return self._sealer.seal_words(words, key=key, entry=entry.bytes)

    def words(self, entry: Entry) -> str:
        """Return an entry's sealed words, or that they were erased with their subject's key."""
        if not entry.sealed:
            return ""
        wrapped = self._connection.scalar(
            select(SealKeyRow.wrapped).where(SealKeyRow.subject == entry.seal_key)
        )
        if wrapped is None:
            return ERASED
        try:
            key = self._sealer.unwrap_subject_key(bytes(wrapped), entry.seal_key)
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

    def about(self, subject: bytes, *, most: int) -> tuple[Entry, ...]:
        """Return the newest entries in which `subject` stands."""
        sequences = (
            select(AuditSubjectRow.sequence)
            .where(AuditSubjectRow.subject == subject)
            .order_by(AuditSubjectRow.sequence.desc())
            .limit(most)
        )
        return self._newest(AuditRow.sequence.in_(sequences), most)

    def by(self, actor: UUID, *, logs: Collection[Log], most: int) -> tuple[Entry, ...]:
        """Return the newest entries of `actor` in `logs`."""
        return self._newest((AuditRow.actor == actor) & AuditRow.log.in_(logs), most)

    def between(
        self, start: datetime, end: datetime, *, logs: Collection[Log], most: int
    ) -> tuple[Entry, ...]:
        """Return the newest entries from `start` until `end` in `logs`."""
        within = (AuditRow.at >= start) & (AuditRow.at < end) & AuditRow.log.in_(logs)
        return self._newest(within, most)

    def _newest(self, condition: Any, most: int) -> tuple[Entry, ...]:  # noqa: ANN401 - any SQL condition
        statement = (
            select(AuditRow.__table__)
            .where(condition)
            .order_by(AuditRow.sequence.desc())
            .limit(most)
        )
        return tuple(each.entry for each in self._links(statement))

    def _links(self, statement: Select[*tuple[Any, ...]]) -> list[Link]:
        rows = self._connection.execute(statement).all()
        subjects: dict[int, list[Subject]] = {}
        if rows:
            low, high = min(row.sequence for row in rows), max(row.sequence for row in rows)
            found = self._connection.execute(
                select(AuditSubjectRow.__table__)
                .where(AuditSubjectRow.sequence.between(low, high))
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
