"""A service's own desk says how its practitioners are reached."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make room for the day of it; so far every contact is a file's."""
    op.add_column("practitioner", sa.Column("contact_on", sa.Date))


def downgrade() -> None:
    """Drop it: what a desk said stays as the last word."""
    op.drop_column("practitioner", "contact_on")
