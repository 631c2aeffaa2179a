"""Ask for gates of who sees people; accounts there are hold each for thirty days."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_GRACE = timedelta(days=30)
_GATES = ("training", "contract", "vetting", "code_of_conduct")


def upgrade() -> None:
    """Give every account that there is each gate for the time of grace."""
    op.create_table(
        "held_gate",
        sa.Column("account", sa.LargeBinary(16), nullable=False),
        sa.Column("gate", sa.String(20), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(40), nullable=False),
        sa.CheckConstraint("start < end_day", name="in_order"),
        sa.ForeignKeyConstraint(["account"], ["account.id"]),
        sa.PrimaryKeyConstraint("account", "gate"),
    )
    today = datetime.now(UTC).date()
    give = sa.text(
        "INSERT INTO held_gate (account, gate, start, end_day, evidence)"
        " SELECT id, :gate, :start, :end_day, 'upgrade' FROM account"
    ).bindparams(sa.bindparam("start", type_=sa.Date()), sa.bindparam("end_day", type_=sa.Date()))
    for gate in _GATES:
        op.execute(give.bindparams(gate=gate, start=today, end_day=today + _GRACE))


def downgrade() -> None:
    """Drop them: what was given is in the audit alone."""
    op.drop_table("held_gate")
