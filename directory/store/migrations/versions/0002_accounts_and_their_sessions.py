"""Make the tables of accounts, and of what they do in their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

REFERENCE = sa.LargeBinary(16)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _accounts()
    _sessions()
    _relationships()
    _investigations()


def downgrade() -> None:
    """Drop the tables, with all that they hold."""
    op.drop_table("instance")
    op.drop_table("investigation")
    op.drop_table("family_addition")
    op.drop_table("claim")
    op.drop_table("viewing")
    op.drop_table("look_up")
    op.drop_table("session")
    op.drop_table("sign_in_attempt")
    op.drop_table("one_time_link")
    op.drop_table("account_role")
    op.drop_table("account")


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("display_name", sa.String(120), nullable=False),
        sa.Column("organisation", REFERENCE, sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("practitioner", REFERENCE),
        sa.Column("team", REFERENCE),
        sa.Column("service", sa.String(30)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("second_factor", sa.LargeBinary),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "account_role",
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("role", sa.String(30), primary_key=True),
    )
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("end_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("account_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Index(None, "account_hash", "at"),
        sa.Index(None, "address_hash", "at"),
    )


def _sessions() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("acting_as", sa.String(30), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.Column("locked", sa.Boolean, nullable=False),
        sa.Index(None, "account"),
    )
    op.create_table(
        "look_up",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("session", sa.LargeBinary(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Index(None, "session"),
    )
    op.create_table(
        "viewing",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("session", sa.LargeBinary(32), nullable=False),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Index(None, "session"),
    )


def _relationships() -> None:
    op.create_table(
        "claim",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end_at", MOMENT, nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.CheckConstraint("start < end_at", name="ends_after_start"),
        sa.Index(None, "account", "person"),
    )
    op.create_table(
        "family_addition",
        sa.Column("anchor", REFERENCE, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("role", sa.String(14), nullable=False),
        sa.Column("added_by", REFERENCE, sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.CheckConstraint("anchor <> person", name="two_people"),
        sa.Index(None, "person"),
    )


def _investigations() -> None:
    op.create_table(
        "investigation",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("account", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("matter", sa.String(40), nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("opened", MOMENT, nullable=False),
        sa.Column("closed", MOMENT),
    )
    op.create_table(
        "instance",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
