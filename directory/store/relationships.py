"""Claims, searches and viewings: why a user looks, kept for their session."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from directory.domain.relationships import Claim, Viewing
from directory.domain.vocabulary import Purpose, Relationship
from directory.store.claims import holding
from directory.store.relationship_tables import ClaimRow, LookUpRow, ViewingRow
from directory.store.sealing import Sealer

_CLAIMED = select(ClaimRow.person).where(
    ClaimRow.account == bindparam("account"),
    ClaimRow.kind == bindparam("kind"),
    ClaimRow.person.in_(bindparam("people", expanding=True)),
    holding(bindparam("at")),
)


class RelationshipStore:
    """Reads and keeps the grounds of looking within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing reasons and search terms with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def keep_claim(self, reference: UUID, claim: Claim) -> None:
        """Keep `claim` under `reference`."""
        self._connection.execute(
            insert(ClaimRow).values(
                id=reference,
                account=claim.account,
                person=claim.person,
                kind=claim.kind,
                purpose=claim.purpose,
                start=claim.start,
                end=claim.end,
                reason=self._sealer.seal(
                    claim.reason, table="claim", row=reference.hex, column="reason"
                ),
            )
        )

    def claimed(
        self,
        people: Collection[UUID],
        *,
        account: UUID | None,
        kind: Relationship,
        at: datetime,
    ) -> frozenset[UUID]:
        """Return those of `people` on whom the account has a claim of `kind` that holds at `at`."""
        which = {"account": account, "kind": kind, "people": list(people), "at": at}
        return frozenset(self._connection.scalars(_CLAIMED, which))

    def keep_look_up(self, reference: UUID, *, session: bytes, at: datetime, words: str) -> None:
        """Keep a search's terms and results, sealed, for its own session."""
        sealed = self._sealer.seal(words, table="look_up", row=reference.hex, column="sealed")
        self._connection.execute(
            insert(LookUpRow).values(id=reference, session=session, at=at, sealed=sealed)
        )

    def change_look_up(self, reference: UUID, *, words: str) -> None:
        """Keep a search's results beside its terms."""
        sealed = self._sealer.seal(words, table="look_up", row=reference.hex, column="sealed")
        self._connection.execute(
            update(LookUpRow).where(LookUpRow.id == reference).values(sealed=sealed)
        )

    def look_up(self, reference: UUID, *, session: bytes | None) -> str | None:
        """Return what was kept under `reference` for this `session`, None for any other."""
        sealed = self._connection.scalar(
            select(LookUpRow.sealed).where(LookUpRow.id == reference, LookUpRow.session == session)
        )
        if sealed is None:
            return None
        return self._sealer.unseal(
            bytes(sealed), table="look_up", row=reference.hex, column="sealed"
        )

    def searches_before(self, moment: datetime) -> int:
        """Return how many searches are kept from before `moment`."""
        kept = select(func.count()).select_from(LookUpRow).where(LookUpRow.at < moment)
        return int(self._connection.scalar(kept) or 0)

    def forget_searches(self, moment: datetime) -> None:
        """Keep no terms or results of a search from before `moment`; the audit keeps its own."""
        self._connection.execute(delete(LookUpRow).where(LookUpRow.at < moment))

    def keep_viewing(self, viewing: Viewing) -> None:
        """Keep `viewing`."""
        self._connection.execute(
            insert(ViewingRow).values(
                id=viewing.reference,
                session=viewing.session,
                account=viewing.account,
                person=viewing.person,
                purpose=viewing.purpose,
                started=viewing.started,
            )
        )

    def viewing(self, reference: UUID, *, session: bytes | None) -> Viewing | None:
        """Return the viewing under `reference` in this `session`, None for any other."""
        row = self._connection.execute(
            select(ViewingRow.__table__).where(
                ViewingRow.id == reference, ViewingRow.session == session
            )
        ).first()
        return None if row is None else _viewing(row)

    def viewing_of(self, people: Collection[UUID], *, session: bytes | None) -> Viewing | None:
        """Return this session's newest viewing of any of `people`, its purpose already given."""
        row = self._connection.execute(
            select(ViewingRow.__table__)
            .where(ViewingRow.session == session, ViewingRow.person.in_(people))
            .order_by(ViewingRow.started.desc())
            .limit(1)
        ).first()
        return None if row is None else _viewing(row)


def _viewing(row: Row[*tuple[Any, ...]]) -> Viewing:
    return Viewing(
        reference=row.id,
        session=row.session,
        account=row.account,
        person=row.person,
        purpose=Purpose(row.purpose),
        started=row.started,
    )
