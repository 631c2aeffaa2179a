"""Decide on claims."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Keep what is decided on a claim beside it, by whom and until when."""
    op.create_index("ix_claim_end_at", "claim", ["end_at"])
    op.create_index("ix_claim_id_account", "claim", ["id", "account"], unique=True)
    op.create_table(
        "claim_decision",
        sa.Column("claim", sa.LargeBinary(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("claimant", sa.LargeBinary(length=16), nullable=False),
        sa.Column("decided_by", sa.LargeBinary(length=16), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'confirmed') = (until is not null)",
            name=op.f("ck_claim_decision_confirmed_until"),
        ),
        sa.CheckConstraint(
            "(outcome = 'given_up') = (decided_by = claimant)",
            name=op.f("ck_claim_decision_not_ones_own"),
        ),
        sa.CheckConstraint(
            "outcome in ('confirmed', 'not_working', 'given_up')",
            name=op.f("ck_claim_decision_outcome_known"),
        ),
        sa.CheckConstraint("until > decided_at", name=op.f("ck_claim_decision_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["claim", "claimant"],
            ["claim.id", "claim.account"],
            name=op.f("fk_claim_decision_claim_claimant_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_claim_decision_decided_by_account")
        ),
        sa.PrimaryKeyConstraint("claim", "outcome", name=op.f("pk_claim_decision")),
    )


def downgrade() -> None:
    """Drop it: every claim lapses at the end that it was made with."""
    op.drop_table("claim_decision")
    op.drop_index("ix_claim_id_account", "claim")
    op.drop_index("ix_claim_end_at", "claim")
