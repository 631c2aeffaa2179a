"""Orders take in again who lives with their people; a local text may be longer."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Say which orders are complete, and whom they took in; all that are there count as such."""
    op.add_column(
        "restriction_order",
        sa.Column("is_complete", sa.Boolean, nullable=False, server_default=sa.true()),
    )
    op.add_column(
        "restriction_person",
        sa.Column("taken_in", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("restriction_event") as event:
        event.alter_column("account", existing_type=sa.LargeBinary(16), nullable=True)
    with op.batch_alter_table("rule_change") as change:
        change.alter_column("value", existing_type=sa.String(300), type_=sa.String(1500))


def downgrade() -> None:
    """Leave to whoever asked what a file brought about, and forget what was taken in.

    A text that is too long stays: it was agreed to, and SQLite bounds none.
    """
    op.execute(
        "update restriction_event set account = (select asked_by from restriction_order"
        " where restriction_order.id = restriction_event.order_id) where account is null"
    )
    with op.batch_alter_table("restriction_event") as event:
        event.alter_column("account", existing_type=sa.LargeBinary(16), nullable=False)
    op.drop_column("restriction_person", "taken_in")
    op.drop_column("restriction_order", "is_complete")
