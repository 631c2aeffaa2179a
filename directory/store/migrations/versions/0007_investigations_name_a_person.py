"""Let an investigation name one person, whose services may be seen in it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

REFERENCE = sa.LargeBinary(16)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table of whom investigations name, a person at most for each."""
    op.create_table(
        "investigated_person",
        sa.Column("investigation", REFERENCE, sa.ForeignKey("investigation.id"), primary_key=True),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("named", MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Drop the table, with all that it holds."""
    op.drop_table("investigated_person")
