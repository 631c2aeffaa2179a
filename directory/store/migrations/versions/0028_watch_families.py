"""Watch families, and be told that something changed."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

REFERENCE, MOMENT = sa.LargeBinary(16), sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make room for watches, notices and when their users want e-mails."""
    op.create_table(
        "watch",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("marks", sa.LargeBinary, nullable=False),
        sa.Column("compared_at", MOMENT, nullable=False, index=True),
        sa.Column("compared_with", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("account", "role", "person"),
        sa.CheckConstraint("started < ends_at", name="ends_after_start"),
    )
    op.create_table(
        "notice",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column(
            "watch", REFERENCE, sa.ForeignKey("watch.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("opened_at", MOMENT),
        sa.Column("mailed_at", MOMENT),
    )
    op.create_index(op.f("ix_notice_watch_opened_at"), "notice", ["watch", "opened_at"])
    op.create_table(
        "notice_mail",
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("mailing", sa.String(8), nullable=False),
        sa.Column("mailed_on", sa.Date),
        sa.CheckConstraint("mailing in ('at_once', 'daily', 'none')", name="mailing_known"),
    )


def downgrade() -> None:
    """Drop them: nobody is told any more, and who was told stands in the audit alone."""
    op.drop_table("notice")
    op.drop_table("watch")
    op.drop_table("notice_mail")
