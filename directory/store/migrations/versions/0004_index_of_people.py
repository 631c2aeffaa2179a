"""Make the tables of the people index, which lies beside the people it finds."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; on SQLite the keys lie in their own order, without a second tree."""
    op.create_table(
        "person_key",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_feature",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("person", sa.LargeBinary(16), nullable=False),
        sa.Column("features", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("person"),
    )
    op.create_table(
        "name_token",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Index(None, "since"),
    )
    op.create_table(
        "search_state",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("changes", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.BigInteger, nullable=False),
        sa.Column("people", sa.BigInteger, nullable=False),
        sa.Column("next_number", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables; the index can be rebuilt from the people."""
    op.drop_table("search_state")
    op.drop_table("name_token")
    op.drop_table("person_feature")
    op.drop_table("person_key")
