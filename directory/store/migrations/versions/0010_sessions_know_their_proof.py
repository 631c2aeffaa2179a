"""Let a session know when its second factor was last given."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make room for it; open sessions never gave it, as far as is known."""
    op.add_column("session", sa.Column("proven", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("session", "proven")
