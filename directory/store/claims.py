"""Claims and what was decided on them: which hold, which wait, which were declined."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    exists,
    insert,
    or_,
    select,
)

from directory.domain.relationships import Claim, ClaimDecision, ClaimOutcome, StandingClaim
from directory.domain.vocabulary import Purpose, Relationship, Role
from directory.store.account_tables import AccountRoleRow, AccountRow
from directory.store.claim_tables import ClaimDecisionRow
from directory.store.relationship_tables import ClaimRow
from directory.store.sealing import Sealer


def holding(at: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition that a claim holds at `at`: begun, not ended, and not past its end."""
    one, other = ClaimDecisionRow.__table__.alias(), ClaimDecisionRow.__table__.alias()
    ended = exists().where(one.c.claim == ClaimRow.id, one.c.outcome != ClaimOutcome.CONFIRMED)
    goes_on = exists().where(other.c.claim == ClaimRow.id, other.c.until > at)
    return and_(ClaimRow.start <= at, ~ended, or_(ClaimRow.end > at, goes_on))


class ClaimStore:
    """Reads claims and keeps what is decided on them, within one unit of work."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        """Work through `connection`, unsealing reasons with `sealer`."""
        self._connection = connection
        self._sealer = sealer

    def waiting(
        self, *, organisation: UUID, team: UUID, other_than: UUID, at: datetime
    ) -> tuple[StandingClaim, ...]:
        """Return the claims that wait for the manager of `team`, the soonest to lapse first.

        They are those of the team's own workers, and of the organisation's whose team has no
        manager but themselves; never those of the account `other_than`.
        """
        statement = (
            _standing(at)
            .join(AccountRow, AccountRow.id == ClaimRow.account)
            .where(
                ClaimRow.kind == Relationship.CLAIMED,
                ClaimRow.account != other_than,
                ClaimDecisionRow.claim.is_(None),
                AccountRow.organisation == organisation,
                or_(AccountRow.team == team, ~_has_manager()),
            )
        )
        return self._claims(statement)

    def begun(self, *, since: datetime) -> tuple[StandingClaim, ...]:
        """Return the claims that users made for themselves since `since`, the newest first."""
        statement = (
            select(ClaimRow.__table__, ClaimDecisionRow.decided_at, ClaimDecisionRow.until)
            .outerjoin(
                ClaimDecisionRow,
                and_(
                    ClaimDecisionRow.claim == ClaimRow.id,
                    ClaimDecisionRow.outcome == ClaimOutcome.CONFIRMED,
                ),
            )
            .where(ClaimRow.start >= since)
        )
        found = self._claims(statement)
        return tuple(sorted(found, key=lambda each: each.claim.start, reverse=True))

    def of(self, account: UUID | None, at: datetime) -> tuple[StandingClaim, ...]:
        """Return the claims of `account` that hold at `at`, the soonest to end first."""
        if account is None:
            return ()
        held = self._claims(_standing(at).where(ClaimRow.account == account))
        return tuple(sorted(held, key=lambda each: (each.ends, each.reference)))

    def declined(self, account: UUID | None, *, since: datetime) -> tuple[datetime, ...]:
        """Return when claims of `account` began that a manager declined since `since`."""
        rows = self._connection.scalars(
            select(ClaimRow.start)
            .join(ClaimDecisionRow, ClaimDecisionRow.claim == ClaimRow.id)
            .where(
                ClaimRow.account == account,
                ClaimDecisionRow.outcome == ClaimOutcome.NOT_WORKING,
                ClaimDecisionRow.decided_at >= since,
            )
            .order_by(ClaimRow.start)
        )
        return tuple(rows)

    def decide(self, claims: Collection[StandingClaim], decision: ClaimDecision) -> None:
        """Keep what was decided on `claims`, beside what was before."""
        for each in claims:
            self._connection.execute(
                insert(ClaimDecisionRow).values(
                    claim=each.reference,
                    outcome=decision.outcome,
                    claimant=each.claim.account,
                    decided_by=decision.by,
                    decided_at=decision.at,
                    until=decision.until,
                )
            )

    def _claims(self, statement: Select[*tuple[Any, ...]]) -> tuple[StandingClaim, ...]:
        rows = self._connection.execute(statement.order_by(ClaimRow.end, ClaimRow.id))
        return tuple(self._claim(row) for row in rows)

    def _claim(self, row: Row[*tuple[Any, ...]]) -> StandingClaim:
        reason = self._sealer.unseal(
            bytes(row.reason), table="claim", row=row.id.hex, column="reason"
        )
        claim = Claim(
            account=row.account,
            person=row.person,
            kind=Relationship(row.kind),
            purpose=Purpose(row.purpose),
            start=row.start,
            end=row.end_at,
            reason=reason,
        )
        return StandingClaim(
            reference=row.id, claim=claim, confirmed=row.decided_at, until=row.until
        )


def _standing(at: datetime) -> Select[*tuple[Any, ...]]:
    """Return the claims that hold at `at`, each with its confirmation where it has one."""
    return (
        select(ClaimRow.__table__, ClaimDecisionRow.decided_at, ClaimDecisionRow.until)
        .outerjoin(
            ClaimDecisionRow,
            and_(
                ClaimDecisionRow.claim == ClaimRow.id,
                ClaimDecisionRow.outcome == ClaimOutcome.CONFIRMED,
            ),
        )
        .where(holding(at))
    )


def _has_manager() -> ColumnElement[bool]:
    """Return the condition that somebody else manages the claimant's own team."""
    manager = AccountRow.__table__.alias("manager")
    return exists().where(
        AccountRoleRow.account == manager.c.id,
        AccountRoleRow.role == Role.TEAM_MANAGER,
        manager.c.id != AccountRow.id,
        manager.c.team == AccountRow.team,
        manager.c.organisation == AccountRow.organisation,
        manager.c.disabled.is_(False),
    )
