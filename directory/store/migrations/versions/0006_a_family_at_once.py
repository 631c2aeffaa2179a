"""Find a family's lines by what is visible too.

SQLite took the index of a whole service's visible lines for one of a family's few.
"""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Put the visible version into the index of families."""
    op.drop_index("ix_line_service_family", "line")
    op.create_index(
        "ix_line_service_family_visible_from", "line", ["service", "family", "visible_from"]
    )


def downgrade() -> None:
    """Take the visible version out of the index of families."""
    op.drop_index("ix_line_service_family_visible_from", "line")
    op.create_index("ix_line_service_family", "line", ["service", "family"])
