"""Ask people for consent; no organisation that is there needs it until the council says so."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

REFERENCE, MOMENT = sa.LargeBinary(16), sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make room for questions, answers and withdrawals."""
    op.create_table(
        "consent",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("wording", sa.String(40), nullable=False),
        sa.Column("asked_by", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("asked_from", REFERENCE, sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("manner", sa.String(20), nullable=False),
        sa.CheckConstraint("wording <> ''", name="worded"),
    )
    _make_room_for_events()
    op.create_table(
        "consent_organisation",
        sa.Column("consent", REFERENCE, sa.ForeignKey("consent.id"), primary_key=True),
        sa.Column(
            "organisation",
            REFERENCE,
            sa.ForeignKey("organisation.id"),
            primary_key=True,
            index=True,
        ),
    )
    op.add_column(
        "organisation",
        sa.Column("needs_consent", sa.Boolean, nullable=False, server_default=sa.false()),
    )


def _make_room_for_events() -> None:
    op.create_table(
        "consent_event",
        sa.Column("consent", REFERENCE, sa.ForeignKey("consent.id"), primary_key=True),
        sa.Column("step", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("by_account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("manner", sa.String(20), nullable=False),
        sa.Column("giver", sa.String(20), nullable=False),
        sa.Column("authority_seen", sa.Date),
        sa.Column("starts", sa.Date),
        sa.Column("ends", sa.Date),
        sa.CheckConstraint(
            "(step = 1 and kind in ('given', 'refused')) or (step = 2 and kind = 'withdrawn')",
            name="step_known",
        ),
        sa.CheckConstraint(
            "(kind = 'given') = (ends is not null) and (kind = 'given') = (starts is not null)",
            name="given_ends",
        ),
        sa.CheckConstraint("starts < ends", name="in_order"),
        sa.CheckConstraint("(kind = 'withdrawn') = (giver = '')", name="answered_by"),
        sa.CheckConstraint(
            "(authority_seen is not null) = (giver in ('attorney', 'deputy'))",
            name="authority_seen",
        ),
    )


def downgrade() -> None:
    """Drop it: who was told of somebody by consent is in the audit alone."""
    op.drop_column("organisation", "needs_consent")
    for table in ("consent_organisation", "consent_event", "consent"):
        op.drop_table(table)
