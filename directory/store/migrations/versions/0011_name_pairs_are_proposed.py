"""Keep pairs of names that enough people bear out, and what stewards decided about them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Begin without pairs: the first search for them proposes some."""
    op.create_table(
        "name_pair",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("one", sa.String(32), nullable=False),
        sa.Column("other", sa.String(32), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True)),
        sa.CheckConstraint("one < other", name="in_order"),
        sa.CheckConstraint("people >= 5", name="nobody_is_told"),
        sa.CheckConstraint("(state = 'proposed') = (decided IS NULL)", name="decided_when"),
        sa.UniqueConstraint("part", "one", "other"),
    )


def downgrade() -> None:
    """Drop them, and the accepted ones from the index: what they were is in the audit alone."""
    op.drop_table("name_pair")
    connection = op.get_bind()
    pairs = connection.scalars(sa.text("SELECT id FROM name_token WHERE kind = 5")).all()
    state = connection.execute(sa.text("SELECT changes, digest FROM search_state")).first()
    if pairs and state:
        digest = (state.digest - sum(pairs)) & 0x7FFFFFFFFFFFFFFF
        op.execute(
            sa.text("UPDATE search_state SET changes = :changes, digest = :digest").bindparams(
                changes=state.changes + 1, digest=digest
            )
        )
    op.execute("DELETE FROM name_token WHERE kind = 5")
