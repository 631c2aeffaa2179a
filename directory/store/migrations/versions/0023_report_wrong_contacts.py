"""Report that a contact is wrong, and keep what its service answers."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

REFERENCE, MOMENT = sa.LargeBinary(16), sa.DateTime(timezone=True)
_RULES = {
    "wrong_known": "wrong in ('number', 'email', 'left', 'other_leads', 'not_involved')",
    "of_one": "(practitioner is null) <> (team is null)",
    "whose_involvement": "(person is not null) = (wrong in ('other_leads', 'not_involved'))",
    "in_order": "reported_at < due",
    "answered_whole": (
        "(answered_at is null) = (answered_by is null) and (answered_at is null) = (answer = '')"
    ),
    "answer_known": "answer in ('', 'mended', 'right', 'passed_on')",
    "open_once": "(standing is null) = (answered_at is not null)",
}


def upgrade() -> None:
    """Make room for reports."""
    op.create_table(
        "correction",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("service", sa.String(30), sa.ForeignKey("service.service"), nullable=False),
        sa.Column("practitioner", REFERENCE),
        sa.Column("team", REFERENCE),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id")),
        sa.Column("wrong", sa.String(12), nullable=False),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("organisation", REFERENCE, sa.ForeignKey("organisation.id")),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("answered_by", REFERENCE, sa.ForeignKey("account.id")),
        sa.Column("answer", sa.String(10), nullable=False, server_default=""),
        sa.Column("standing", REFERENCE, unique=True),
        *(sa.CheckConstraint(rule, name=name) for name, rule in _RULES.items()),
    )
    op.create_index(
        op.f("ix_correction_service_answered_at"), "correction", ["service", "answered_at"]
    )


def downgrade() -> None:
    """Drop it: who reported what is in the audit alone."""
    op.drop_table("correction")
