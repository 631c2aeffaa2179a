"""Make the tables of contributing organisations, and of what their feeds say."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

REFERENCE = sa.LargeBinary(16)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _organisations()
    _agreements()
    _feeds()
    _practitioners()
    _people()
    _parts_of_lines()


def downgrade() -> None:
    """Drop the tables, with all that they hold."""
    op.drop_table("tie")
    op.drop_table("involvement")
    op.drop_table("line_identifier")
    op.drop_table("line_name")
    op.drop_table("counter")
    op.drop_table("line")
    op.drop_table("person")
    op.drop_table("practitioner_leaver")
    op.drop_table("practitioner")
    op.drop_table("team")
    op.drop_table("extract")
    op.drop_table("feed")
    op.drop_table("agreement_party")
    op.drop_table("agreement")
    op.drop_table("service")
    op.drop_table("organisation")


def _organisations() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("suspended", sa.Boolean, nullable=False),
        sa.UniqueConstraint("reference"),
    )
    op.create_table(
        "service",
        sa.Column("service", sa.String(30), primary_key=True),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("common_line", sa.String(40), nullable=False),
        sa.Column("out_of_hours_line", sa.String(40), nullable=False),
        sa.Column("area", sa.String(120), nullable=False),
        sa.Column("covered_since", sa.Date),
        sa.Column("update_cycle_days", sa.Integer, nullable=False),
        sa.Column("date_meaning", sa.String(300), nullable=False),
        sa.Column("team_only", sa.Boolean, nullable=False),
        sa.Column("position", sa.SmallInteger, nullable=False),
    )


def _agreements() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("powers", sa.Text, nullable=False),
        sa.Column("purposes", sa.Text, nullable=False),
        sa.Column("services", sa.Text, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("review", sa.Date, nullable=False),
        sa.Column("end_day", sa.Date, nullable=False),
        sa.UniqueConstraint("reference", "version"),
        sa.CheckConstraint("start < end_day", name="ends_after_start"),
    )
    op.create_table(
        "agreement_party",
        sa.Column("agreement", REFERENCE, sa.ForeignKey("agreement.id"), primary_key=True),
        sa.Column("organisation", REFERENCE, sa.ForeignKey("organisation.id"), primary_key=True),
        sa.Column("signed_on", sa.Date),
    )


def _feeds() -> None:
    op.create_table(
        "feed",
        sa.Column("service", sa.String(30), sa.ForeignKey("service.service"), primary_key=True),
        sa.Column("current", sa.Integer, nullable=False),
        sa.Column("as_of", sa.Date),
        sa.Column("delivered_at", MOMENT),
        sa.Column("failed_at", MOMENT),
        sa.Column("unmatched", sa.Integer, nullable=False),
        sa.Column("staging", REFERENCE),
        sa.Column("staging_at", MOMENT),
    )
    op.create_table(
        "extract",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("service", sa.String(30), sa.ForeignKey("feed.service"), nullable=False),
        sa.Column("delivery", sa.Integer, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("linked", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
        sa.Index(None, "service", "delivery"),
    )


def _practitioners() -> None:
    op.create_table(
        "team",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("visible_from", sa.Integer, primary_key=True),
        sa.Column("visible_until", sa.Integer, nullable=False),
        sa.Column("service", sa.String(30), sa.ForeignKey("feed.service"), nullable=False),
        sa.Column("source_reference", sa.String(40), nullable=False),
        sa.Column("organisation", sa.String(120), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("duty_line", sa.String(40), nullable=False),
        sa.Column("out_of_hours_line", sa.String(40), nullable=False),
    )
    op.create_table(
        "practitioner",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("visible_from", sa.Integer, primary_key=True),
        sa.Column("visible_until", sa.Integer, nullable=False),
        sa.Column("service", sa.String(30), sa.ForeignKey("feed.service"), nullable=False),
        sa.Column("source_reference", sa.String(40), nullable=False),
        sa.Column("team", REFERENCE),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(120), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("left_on", sa.Date),
    )
    op.create_table(
        "practitioner_leaver",
        sa.Column("practitioner", REFERENCE, primary_key=True),
        sa.Column("left_on", sa.Date, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("lifecycle", sa.String(20), nullable=False),
        sa.Column("merged_into", REFERENCE, sa.ForeignKey("person.id")),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_table(
        "line",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("service", sa.String(30), sa.ForeignKey("feed.service"), nullable=False),
        sa.Column("source_reference", sa.String(130), nullable=False),
        sa.Column("visible_from", sa.Integer, nullable=False),
        sa.Column("visible_until", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id")),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("as_of", sa.Date),
        sa.Column("birth", sa.Date),
        sa.Column("house", sa.String(80), nullable=False),
        sa.Column("street", sa.String(120), nullable=False),
        sa.Column("postcode", sa.String(8), nullable=False),
        sa.Column("family", sa.String(40), nullable=False),
        sa.Column("family_role", sa.String(14), nullable=False),
        sa.UniqueConstraint("service", "source_reference", "visible_from"),
        sa.CheckConstraint("visible_from < visible_until", name="visible_span"),
        sa.CheckConstraint("state in ('linked', 'waiting')", name="state"),
        sa.CheckConstraint("kind in ('person','involvement','allocation','tie')", name="kind"),
        sa.CheckConstraint("(state = 'linked') = (person is not null)", name="linked_has_person"),
        sa.Index(None, "person"),
        sa.Index(None, "service", "family"),
        sa.Index(None, "service", "visible_from"),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("next", sa.BigInteger, nullable=False),
    )


def _parts_of_lines() -> None:
    op.create_table(
        "line_name",
        _of_line(),
        sa.Column("position", sa.SmallInteger, primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("forenames", sa.String(120), nullable=False),
        sa.Column("surname", sa.String(120), nullable=False),
    )
    op.create_table(
        "line_identifier",
        _of_line(),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("blind", sa.LargeBinary(16), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Index(None, "blind"),
    )
    op.create_table(
        "involvement",
        _of_line(),
        sa.Column("team", REFERENCE),
        sa.Column("practitioner", REFERENCE),
        sa.Column("started", sa.Date),
        sa.Column("last_involved", sa.Date),
        sa.Column("ended", sa.Date),
        sa.Index(None, "practitioner"),
        sa.Index(None, "team"),
    )
    op.create_table(
        "tie",
        _of_line(),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("other", REFERENCE, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("started", sa.Date),
        sa.Column("ended", sa.Date),
        sa.Index(None, "other"),
    )


def _of_line() -> sa.Column[int]:
    """Return the key of a table whose rows go with their line."""
    line = sa.ForeignKey("line.id", ondelete="CASCADE")
    return sa.Column("line", sa.BigInteger, line, primary_key=True, autoincrement=False)
