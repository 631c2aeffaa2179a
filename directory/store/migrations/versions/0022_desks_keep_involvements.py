"""A service's own desk says what holds of its involvements, and confirms them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
_DAYS = ("lead_on", "last_on", "ended_on", "confirmed_on")


def upgrade() -> None:
    """Make room for what a desk says; so far every word is a file's."""
    with op.batch_alter_table("involvement") as involvement:
        for name in _DAYS:
            involvement.add_column(sa.Column(name, sa.Date))
        involvement.add_column(
            sa.Column(
                "confirmed_by",
                sa.LargeBinary(16),
                sa.ForeignKey("account.id", name="fk_involvement_confirmed_by_account"),
            )
        )
        involvement.add_column(
            sa.Column("revision", sa.Integer, nullable=False, server_default="1")
        )
        involvement.create_check_constraint("revised", "revision > 0")
        involvement.create_check_constraint(
            "confirmed_by_somebody", "(confirmed_on is null) = (confirmed_by is null)"
        )


def downgrade() -> None:
    """Drop it: what a desk said of who leads, when and until when stays as the last word."""
    with op.batch_alter_table("involvement") as involvement:
        involvement.drop_constraint("confirmed_by_somebody", type_="check")
        involvement.drop_constraint("revised", type_="check")
        involvement.drop_column("revision")
        involvement.drop_column("confirmed_by")
        for name in _DAYS:
            involvement.drop_column(name)
