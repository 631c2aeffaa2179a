"""Take files from service leads, and remember what their headings stand for."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

REFERENCE, MOMENT = sa.LargeBinary(16), sa.DateTime(timezone=True)
_RULES = {
    "work_known": "work in ('take', 'undo')",
    "state_known": (
        "state in ('sent', 'checking', 'checked', 'asked', 'taking', 'taken', 'refused',"
        " 'failed', 'let_go')"
    ),
}


def upgrade() -> None:
    """Make room for both."""
    op.create_table(
        "column_meaning",
        sa.Column("service", sa.String(30), sa.ForeignKey("feed.service"), primary_key=True),
        sa.Column("heading", sa.String(60), primary_key=True),
        sa.Column("meaning", sa.String(40), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("said_by", REFERENCE, sa.ForeignKey("account.id")),
        sa.UniqueConstraint("service", "meaning", name=op.f("uq_column_meaning_service_meaning")),
    )
    op.create_table(
        "sent_file",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("service", sa.String(30), sa.ForeignKey("feed.service"), nullable=False),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("work", sa.String(10), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, server_default="0"),
        sa.Column("fault", sa.String(300), nullable=False, server_default=""),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("report", sa.LargeBinary),
        *(sa.CheckConstraint(rule, name=name) for name, rule in _RULES.items()),
    )
    op.create_index(op.f("ix_sent_file_service_sent_at"), "sent_file", ["service", "sent_at"])


def downgrade() -> None:
    """Drop both: files that wait are let go, and headings are said again."""
    op.drop_table("sent_file")
    op.drop_table("column_meaning")
