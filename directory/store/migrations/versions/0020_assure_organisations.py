"""Assure organisations; of none that is there is anything asked until the IG lead says so."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Make room for until when each is assured, and by what."""
    op.add_column("organisation", sa.Column("assured_until", sa.Date))
    op.add_column(
        "organisation",
        sa.Column("assurance_evidence", sa.String(40), nullable=False, server_default=""),
    )


def downgrade() -> None:
    """Drop it: who was assured is in the audit alone."""
    op.drop_column("organisation", "assurance_evidence")
    op.drop_column("organisation", "assured_until")
