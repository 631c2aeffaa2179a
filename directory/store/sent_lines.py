"""Lines that programmes sent, until they are taken, and what their senders were answered."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, select

from directory.domain.extracts import identity_digest
from directory.domain.programmes import Programme
from directory.domain.sent_lines import StandingSent, WaitingSent
from directory.domain.upkeep import Lead, Said
from directory.domain.vocabulary import Service
from directory.store.agency_tables import OrganisationRow
from directory.store.line_tables import FeedRow, InvolvementRow, LineRow
from directory.store.programme_tables import ProgrammeRow, SentAnswerRow, SentLineRow
from directory.store.programmes import programme_of
from directory.store.sealing import Sealer
from directory.store.visibility import seen


class SentLineStore:
    """Reads and keeps what programmes sent within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing what was sent with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def standing(self, service: Service, references: Collection[str]) -> dict[str, StandingSent]:
        """Return what is seen under the service's own `references`, whoever it is about."""
        rows = self._connection.execute(
            select(LineRow.source_reference, LineRow.digest, InvolvementRow.__table__)
            .join(FeedRow, seen(LineRow))
            .join(InvolvementRow, InvolvementRow.line == LineRow.id)
            .where(LineRow.service == service, LineRow.source_reference.in_(references))
        )
        return {
            row.source_reference: StandingSent(
                line=row.line,
                revision=row.revision,
                identity=identity_digest(bytes(row.digest)),
                started=row.started,
                said=Said(
                    lead=Lead(team=row.team, practitioner=row.practitioner),
                    last_involved=row.last_involved,
                    ended=row.ended,
                ),
            )
            for row in rows
        }

    def waiting(self, service: Service, references: Collection[str]) -> dict[str, WaitingSent]:
        """Return what was sent under these `references` and is still to be taken."""
        rows = self._connection.execute(
            select(SentLineRow.__table__).where(
                SentLineRow.service == service, SentLineRow.source_reference.in_(references)
            )
        )
        return {row.source_reference: self._waiting(row) for row in rows}

    def keep(self, programme: UUID, sent: Iterable[WaitingSent], at: datetime) -> None:
        """Keep lines to be taken, each in place of what was sent before and was not taken."""
        rows = [
            {
                "id": each.reference,
                "programme": programme,
                "service": each.service,
                "source_reference": each.source_reference,
                "revision": each.revision,
                "at": at,
                "sealed": self._sealed(each),
            }
            for each in sent
        ]
        if not rows:
            return
        for service in {row["service"] for row in rows}:
            self._connection.execute(
                delete(SentLineRow).where(
                    SentLineRow.service == service,
                    SentLineRow.source_reference.in_([row["source_reference"] for row in rows]),
                )
            )
        self._connection.execute(insert(SentLineRow), rows)

    def due(self, programme: UUID, *, most: int) -> tuple[WaitingSent, ...]:
        """Return lines of the programme to be taken, the oldest first.

        A line of which a file on its way has a version that is not yet seen is left out.
        """
        rows = self._connection.execute(
            select(SentLineRow.__table__)
            .where(SentLineRow.programme == programme, _may_be_taken())
            .order_by(SentLineRow.at, SentLineRow.id)
            .limit(most)
        )
        return tuple(map(self._waiting, rows))

    def current(self, service: Service) -> int:
        """Return the number of the delivery whose lines are seen."""
        found = self._connection.scalar(select(FeedRow.current).where(FeedRow.service == service))
        return found or 0

    def taken(self, references: Collection[UUID]) -> None:
        """Forget lines that were taken."""
        self._connection.execute(delete(SentLineRow).where(SentLineRow.id.in_(references)))

    def senders(self) -> tuple[Programme, ...]:
        """Return the programmes of which lines wait, but for those that are shut out."""
        rows = self._connection.execute(
            select(ProgrammeRow.__table__)
            .join(OrganisationRow, OrganisationRow.id == ProgrammeRow.organisation)
            .where(
                ProgrammeRow.enabled.is_(True),
                OrganisationRow.suspended.is_(False),
                ProgrammeRow.id.in_(select(SentLineRow.programme).where(_may_be_taken())),
            )
            .order_by(ProgrammeRow.id)
        )
        return tuple(map(programme_of, rows))

    def answer(self, programme: UUID, key: str) -> tuple[bytes, str] | None:
        """Return what stands for an act under a key: its body's hash, and its answer."""
        asked_as = self._sealer.blind("sent key", key)
        row = self._connection.execute(
            select(SentAnswerRow.body, SentAnswerRow.sealed).where(
                SentAnswerRow.programme == programme, SentAnswerRow.asked_as == asked_as
            )
        ).first()
        if row is None:
            return None
        place = f"{programme.hex} {asked_as.hex()}"
        text = self._sealer.unseal(
            bytes(row.sealed), table="sent_answer", row=place, column="sealed"
        )
        return bytes(row.body), text

    def keep_answer(
        self, programme: UUID, key: str, *, body: bytes, text: str, at: datetime
    ) -> None:
        """Keep what an act under a key was answered."""
        asked_as = self._sealer.blind("sent key", key)
        place = f"{programme.hex} {asked_as.hex()}"
        self._connection.execute(
            insert(SentAnswerRow).values(
                programme=programme,
                asked_as=asked_as,
                body=body,
                at=at,
                sealed=self._sealer.seal(text, table="sent_answer", row=place, column="sealed"),
            )
        )

    def forget_answers(self, programme: UUID, *, before: datetime) -> None:
        """Forget what acts before a moment were answered."""
        self._connection.execute(
            delete(SentAnswerRow).where(
                SentAnswerRow.programme == programme, SentAnswerRow.at < before
            )
        )

    def body_hash(self, body: bytes) -> bytes:
        """Return the keyed hash by which the same body is known again."""
        return self._sealer.blind("sent body", body.decode("latin-1"))

    def _sealed(self, sent: WaitingSent) -> bytes:
        text = json.dumps(dict(sent.parts), ensure_ascii=False, separators=(",", ":"))
        return self._sealer.seal(text, table="sent_line", row=sent.reference.hex, column="sealed")

    def _waiting(self, row: Row[*tuple[Any, ...]]) -> WaitingSent:
        text = self._sealer.unseal(
            bytes(row.sealed), table="sent_line", row=row.id.hex, column="sealed"
        )
        return WaitingSent(
            reference=row.id,
            service=Service(row.service),
            source_reference=row.source_reference,
            revision=row.revision,
            parts={str(name): str(value) for name, value in json.loads(text).items()},
        )


def _may_be_taken() -> ColumnElement[bool]:
    """Return the condition that no file on its way has an unseen version of a line."""
    return ~exists().where(
        FeedRow.service == SentLineRow.service,
        LineRow.service == SentLineRow.service,
        LineRow.source_reference == SentLineRow.source_reference,
        LineRow.visible_from > FeedRow.current,
    )
