"""Hold all that an agreement must say, who signed it, and who made it active."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

REFERENCE = sa.LargeBinary(16)
MOMENT = sa.DateTime(timezone=True)
_ADDED = {
    "country": sa.String(20),
    "bases": sa.Text(),
    "special": sa.Text(),
    "schedule": sa.Text(),
    "policy_document": sa.String(120),
    "confidentiality": sa.String(20),
    "dpia": sa.String(40),
    "fields": sa.Text(),
}
# What every party had signed was in force until now and stays so; the rest becomes a draft.
_ALREADY_ACTIVE = """
INSERT INTO agreement_course (agreement, activated_at)
SELECT agreement.id, CURRENT_TIMESTAMP FROM agreement
WHERE EXISTS (SELECT 1 FROM agreement_party WHERE agreement_party.agreement = agreement.id)
AND NOT EXISTS (SELECT 1 FROM agreement_party WHERE agreement_party.agreement = agreement.id
  AND agreement_party.signed_on IS NULL)
"""


def upgrade() -> None:
    """Make room for it; what is in force stays in force."""
    for name, kind in _ADDED.items():
        op.add_column("agreement", sa.Column(name, kind))
    op.add_column("agreement_party", sa.Column("signed_by", sa.String(120)))
    op.create_table(
        "agreement_course",
        sa.Column("agreement", REFERENCE, sa.ForeignKey("agreement.id"), primary_key=True),
        sa.Column("edited_by", REFERENCE, sa.ForeignKey("account.id")),
        sa.Column("edited_at", MOMENT),
        sa.Column("activated_by", REFERENCE, sa.ForeignKey("account.id")),
        sa.Column("activated_at", MOMENT),
        sa.Column("ended_from", sa.Date),
        sa.Column("superseded_from", sa.Date),
        sa.CheckConstraint("edited_by <> activated_by", name="four_eyes"),
        sa.CheckConstraint(
            "activated_at IS NOT NULL OR activated_by IS NULL", name="activated_when"
        ),
        sa.CheckConstraint(
            "activated_at IS NOT NULL OR (ended_from IS NULL AND superseded_from IS NULL)",
            name="over_once_active",
        ),
    )
    op.execute(_ALREADY_ACTIVE)


def downgrade() -> None:
    """Drop it; a version that every party has signed is in force again, draft or ended."""
    op.drop_table("agreement_course")
    op.drop_column("agreement_party", "signed_by")
    for name in reversed(_ADDED):
        op.drop_column("agreement", name)
