"""Say when practitioners are in, who stands in, a team's lines, and which e-mail is secure."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

REFERENCE, MOMENT = sa.LargeBinary(16), sa.DateTime(timezone=True)
_AVAILABILITY = {
    "days_of_a_week": "weekdays between 0 and 127",
    "in_order": "away_until is null or away_until > away_from",
    "away_whole": "away_from is not null or (away_until is null and covered_by is null)",
    "two_people": "covered_by <> practitioner",
}


def upgrade() -> None:
    """Make room; so far everybody is in on every day, and every line is a file's."""
    op.add_column("team", sa.Column("lines_on", sa.Date))
    op.create_table(
        "availability",
        sa.Column("practitioner", REFERENCE, primary_key=True),
        sa.Column("weekdays", sa.SmallInteger, nullable=False),
        sa.Column("away_from", sa.Date),
        sa.Column("away_until", sa.Date),
        sa.Column("covered_by", REFERENCE),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("said_by", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        *(sa.CheckConstraint(rule, name=name) for name, rule in _AVAILABILITY.items()),
    )
    op.create_table(
        "mail_domain",
        sa.Column("domain", sa.String(253), primary_key=True),
        sa.Column("trust", sa.String(10), nullable=False),
        sa.Column("judged_at", MOMENT, nullable=False),
        sa.Column("judged_by", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.CheckConstraint("trust in ('secure', 'not_secure')", name="trust_known"),
    )


def downgrade() -> None:
    """Drop it: a team's lines stay as they were said last."""
    op.drop_table("mail_domain")
    op.drop_table("availability")
    op.drop_column("team", "lines_on")
