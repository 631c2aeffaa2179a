"""Make the audit's tables, and have the database refuse to change or delete an entry."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

REFERENCE = sa.LargeBinary(16)
MOMENT = sa.DateTime(timezone=True)

_GUARDED = ("audit_entry", "audit_subject")
_TAKEN = {
    "audit_entry": "sequence = new.sequence OR id = new.id",
    "audit_subject": "sequence = new.sequence AND position = new.position",
}


def _sqlite_guards(table: str) -> tuple[str, ...]:
    """Return triggers that refuse a change; REPLACE, which deletes unseen, is one too."""
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} stands as written'); END"
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {_TAKEN[table]})"  # noqa: S608 - our own words
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refusal}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refusal}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {taken} {refusal}",
    )


def _postgresql_guard(table: str) -> str:
    """Return a trigger that refuses a change, the owner's too."""
    return (
        f"CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_stands()"
    )


_FUNCTION = """
CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% stands as written', tg_table_name;
END $$
"""
_GUARDS = {
    "sqlite": tuple(each for table in _GUARDED for each in _sqlite_guards(table)),
    "postgresql": (_FUNCTION, *(_postgresql_guard(table) for table in _GUARDED)),
}


def upgrade() -> None:
    """Make the tables."""
    _entries()
    _chain()
    for statement in _GUARDS[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables, with all that they hold."""
    op.drop_table("seal_key")
    op.drop_table("audit_head")
    op.drop_table("audit_subject")
    op.drop_table("audit_entry")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_stands()")


def _entries() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", REFERENCE, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("log", sa.String(8), nullable=False),
        sa.Column("event", sa.String(30), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("actor", REFERENCE),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("organisation", REFERENCE),
        sa.Column("session", sa.LargeBinary, nullable=False),
        sa.Column("occasion", REFERENCE),
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("power", sa.String(80), nullable=False),
        sa.Column("relationship", sa.String(16), nullable=False),
        sa.Column("service", sa.String(30), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("agreements", sa.Text, nullable=False),
        sa.Column("policy_version", sa.String(20), nullable=False),
        sa.Column("seal_key", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("mac", sa.LargeBinary(32), nullable=False),
        sa.UniqueConstraint("id"),
        sa.Index(None, "actor", "at"),
        sa.Index(None, "at"),
    )


def _chain() -> None:
    op.create_table(
        "audit_subject",
        sa.Column(
            "sequence",
            sa.BigInteger,
            sa.ForeignKey("audit_entry.sequence"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("position", sa.SmallInteger, primary_key=True),
        sa.Column("subject", sa.LargeBinary(32), nullable=False),
        sa.Column("part", sa.String(8), nullable=False),
        sa.Index(None, "subject"),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("mac", sa.LargeBinary(32), nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
    op.create_table(
        "seal_key",
        sa.Column("subject", sa.LargeBinary(32), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("purge_after", MOMENT),
    )
