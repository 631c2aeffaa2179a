"""Keep occasions of emergency access, and what their reviews found."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make room for them."""
    op.create_table(
        "emergency",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("account", sa.LargeBinary(16), sa.ForeignKey("account.id"), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("team", sa.LargeBinary(16)),
        sa.Column("person", sa.LargeBinary(16), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("earlier", sa.Integer(), nullable=False),
        sa.Column("reviewed", sa.DateTime(timezone=True)),
        sa.Column("reviewed_by", sa.LargeBinary(16), sa.ForeignKey("account.id")),
        sa.Column("outcome", sa.String(14), nullable=False),
        sa.CheckConstraint("started < ends", name="ends_after_start"),
        sa.CheckConstraint("reviewed_by <> account", name="two_people"),
        sa.CheckConstraint(
            "(reviewed is null) = (reviewed_by is null) and (reviewed is null) = (outcome = '')",
            name="reviewed_whole",
        ),
    )
    op.create_index("ix_emergency_account_ends", "emergency", ["account", "ends"])
    op.create_index("ix_emergency_review_due", "emergency", ["review_due"])


def downgrade() -> None:
    """Drop them: that they happened stays in the audit."""
    op.drop_table("emergency")
