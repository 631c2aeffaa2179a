"""The table of what was decided on claims; none is ever changed or deleted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.row import Row


class ClaimDecisionRow(Row):
    """What somebody decided on a claim; the claimant is kept beside, and held to the claim's."""

    __tablename__ = "claim_decision"
    claim: Mapped[UUID] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(12), primary_key=True)
    claimant: Mapped[UUID]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime]
    until: Mapped[datetime | None]
    __table_args__ = (
        ForeignKeyConstraint(["claim", "claimant"], ["claim.id", "claim.account"]),
        CheckConstraint(
            "outcome in ('confirmed', 'not_working', 'given_up')", name="outcome_known"
        ),
        CheckConstraint("(outcome = 'given_up') = (decided_by = claimant)", name="not_ones_own"),
        CheckConstraint("(outcome = 'confirmed') = (until is not null)", name="confirmed_until"),
        CheckConstraint("until > decided_at", name="ends_after_start"),
    )
