"""Ask for gates of who sees people; accounts there are hold each for thirty days."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_GIVE = {
    "sqlite": "INSERT INTO held_gate (account, gate, start, end_day, evidence)"
    " SELECT id, :gate, date('now'), date('now', '+30 days'), 'upgrade' FROM account",
    "postgresql": "INSERT INTO held_gate (account, gate, start, end_day, evidence)"
    " SELECT id, :gate, CURRENT_DATE, CURRENT_DATE + 30, 'upgrade' FROM account",
}
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
    give = sa.text(_GIVE[op.get_bind().dialect.name])
    for gate in _GATES:
        op.execute(give.bindparams(gate=gate))


def downgrade() -> None:
    """Drop them: what was given is in the audit alone."""
    op.drop_table("held_gate")
