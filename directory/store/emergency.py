"""Emergency access, and what its reviews found."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from directory.domain.emergency import MANY_WITHIN, EmergencyReason, Occasion, ReviewOutcome
from directory.domain.vocabulary import Role
from directory.store.emergency_tables import OccasionRow
from directory.store.sealing import Sealer

_HOLDING = select(func.max(OccasionRow.ends)).where(
    OccasionRow.account == bindparam("account"),
    OccasionRow.person.in_(bindparam("people", expanding=True)),
    OccasionRow.started <= bindparam("at"),
    OccasionRow.ends > bindparam("at"),
)


class EmergencyStore:
    """Reads and keeps occasions of emergency access within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, sealing what users wrote with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def keep(self, occasion: Occasion) -> None:
        """Keep a new occasion."""
        words = self._sealer.seal(
            occasion.words, table="emergency", row=occasion.reference.hex, column="words"
        )
        self._connection.execute(
            insert(OccasionRow).values(
                id=occasion.reference,
                account=occasion.account,
                role=occasion.role,
                team=occasion.team,
                person=occasion.person,
                reason=occasion.reason,
                words=words,
                started=occasion.started,
                ends=occasion.ends,
                review_due=occasion.review_due,
                earlier=occasion.earlier,
            )
        )

    def holding(
        self, account: UUID | None, people: Collection[UUID], at: datetime
    ) -> datetime | None:
        """Return until when the account's emergency access to any of `people` goes on at `at`."""
        return self._connection.scalar(
            _HOLDING, {"account": account, "people": list(people), "at": at}
        )

    def earlier(self, account: UUID, at: datetime) -> int:
        """Return how many occasions the account had in the thirty days before `at`."""
        found = self._connection.scalar(
            select(func.count())
            .select_from(OccasionRow)
            .where(OccasionRow.account == account, OccasionRow.started > at - MANY_WITHIN)
        )
        return int(found or 0)

    def to_review(self, team: UUID | None) -> tuple[Occasion, ...]:
        """Return what is to be reviewed, what is due first: of one team, or with None of all."""
        asked = select(OccasionRow.__table__).where(OccasionRow.reviewed.is_(None))
        if team is not None:
            asked = asked.where(OccasionRow.team == team)
        rows = self._connection.execute(asked.order_by(OccasionRow.review_due, OccasionRow.id))
        return tuple(self._occasion(row) for row in rows)

    def occasion(self, reference: UUID) -> Occasion | None:
        """Return the occasion under `reference`."""
        row = self._connection.execute(
            select(OccasionRow.__table__).where(OccasionRow.id == reference)
        ).first()
        return None if row is None else self._occasion(row)

    def review(self, reference: UUID, by: UUID, outcome: ReviewOutcome, at: datetime) -> None:
        """Keep what a review found."""
        self._connection.execute(
            update(OccasionRow)
            .where(OccasionRow.id == reference)
            .values(reviewed=at, reviewed_by=by, outcome=outcome)
        )

    def _occasion(self, row: Row[*tuple[Any, ...]]) -> Occasion:
        words = self._sealer.unseal(
            bytes(row.words), table="emergency", row=row.id.hex, column="words"
        )
        return Occasion(
            reference=row.id,
            account=row.account,
            role=Role(row.role),
            team=row.team,
            person=row.person,
            reason=EmergencyReason(row.reason),
            words=words,
            started=row.started,
            ends=row.ends,
            review_due=row.review_due,
            earlier=row.earlier,
            reviewed=row.reviewed,
        )
