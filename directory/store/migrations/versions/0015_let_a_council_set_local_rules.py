"""Let a council set local rules."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Keep every change that is proposed, and who agreed to it."""
    op.create_table(
        "rule_change",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("service", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=300), nullable=False),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("proposed_by", sa.LargeBinary(length=16), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "standing in ('waiting', 'agreed', 'declined')",
            name=op.f("ck_rule_change_standing_known"),
        ),
        sa.CheckConstraint(
            "(decided_by is null) = (decided_at is null)"
            " and (decided_by is null) = (standing = 'waiting')",
            name=op.f("ck_rule_change_decided_whole"),
        ),
        sa.CheckConstraint(
            "standing <> 'agreed' or decided_by <> proposed_by",
            name=op.f("ck_rule_change_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["account.id"], name=op.f("fk_rule_change_decided_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["account.id"], name=op.f("fk_rule_change_proposed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_change")),
    )


def downgrade() -> None:
    """Drop them: every rule is again as it was shipped."""
    op.drop_table("rule_change")
