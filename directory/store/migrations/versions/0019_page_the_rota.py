"""Page the rota: searches to be compared, calls, whom they were paged to, and turns of duty."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

REFERENCE, MOMENT = sa.LargeBinary(16), sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make room for them; searches from before are compared with nobody."""
    op.create_table(
        "look_up_due",
        sa.Column("look_up", REFERENCE, primary_key=True),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )
    _make_room_for_calls()
    op.create_table(
        "rota_turn",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False, index=True),
        sa.Column("made_by", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.CheckConstraint("starts < ends", name="in_order"),
    )


def _make_room_for_calls() -> None:
    op.create_table(
        "call",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("caller", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, index=True),
        sa.Column("answered_by", REFERENCE, sa.ForeignKey("account.id")),
        sa.CheckConstraint("(answered_at is null) = (answered_by is null)", name="answered_whole"),
        sa.CheckConstraint("answered_by <> caller", name="two_people"),
    )
    op.create_table(
        "call_page",
        sa.Column("call", REFERENCE, sa.ForeignKey("call.id"), primary_key=True),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("at", MOMENT, primary_key=True),
        sa.Column("taken_at", MOMENT),
        sa.Column("sent_at", MOMENT, index=True),
    )


def downgrade() -> None:
    """Drop them: who rang whom is in the audit alone."""
    for table in ("rota_turn", "call_page", "call", "look_up_due"):
        op.drop_table(table)
