"""Let programmes hold keys, and send lines."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

REFERENCE, MOMENT = sa.LargeBinary(16), sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make room for programmes, their keys, what they sent and what they were answered."""
    _make_programmes()
    _make_sent()


def _make_programmes() -> None:
    op.create_table(
        "programme",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("organisation", REFERENCE, sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("service", sa.String(30), sa.ForeignKey("service.service")),
        sa.Column("scopes", sa.String(80), nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
    )
    op.create_table(
        "programme_key",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("programme", REFERENCE, sa.ForeignKey("programme.id"), nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("end_day", sa.Date, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("last_used", sa.Date),
        sa.CheckConstraint("made_on < end_day", name="in_order"),
    )
    op.create_index(op.f("ix_programme_key_programme"), "programme_key", ["programme"])


def _make_sent() -> None:
    op.create_table(
        "sent_line",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("programme", REFERENCE, sa.ForeignKey("programme.id"), nullable=False),
        sa.Column("service", sa.String(30), sa.ForeignKey("feed.service"), nullable=False),
        sa.Column("source_reference", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("service", "source_reference"),
        sa.CheckConstraint("revision > 0", name="revised"),
    )
    op.create_index(op.f("ix_sent_line_programme"), "sent_line", ["programme"])
    op.create_table(
        "sent_answer",
        sa.Column("programme", REFERENCE, sa.ForeignKey("programme.id"), primary_key=True),
        sa.Column("asked_as", sa.LargeBinary(16), primary_key=True),
        sa.Column("body", sa.LargeBinary(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index(op.f("ix_sent_answer_programme_at"), "sent_answer", ["programme", "at"])


def downgrade() -> None:
    """Drop them; who held a key is in the audit alone, and lines not yet taken are lost."""
    for table in ("sent_answer", "sent_line", "programme_key", "programme"):
        op.drop_table(table)
