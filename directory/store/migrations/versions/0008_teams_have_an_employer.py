"""Keep which organisation a team belongs to, by the council's own reference for it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make room for it; the next file of each feed says it."""
    op.add_column("team", sa.Column("employer", sa.String(40)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("team", "employer")
