"""Let a matching steward decide whose a line is, merge people, and take either back."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

REFERENCE = sa.LargeBinary(16)
MOMENT = sa.DateTime(timezone=True)
# The lines that say who somebody is and wait, with when their feed's last delivery came.
_FILL = """
INSERT INTO waiting_line (id, service, source_reference, since, turn)
SELECT drawn, found.service, found.source_reference, found.since, found.since FROM (
  SELECT line.service, line.source_reference,
    coalesce(max(feed.delivered_at), CURRENT_TIMESTAMP) AS since
  FROM line JOIN feed ON feed.service = line.service
  WHERE line.state = 'waiting' AND line.kind IN ('person', 'involvement')
  GROUP BY line.service, line.source_reference
) AS found
"""


def upgrade() -> None:
    """Make the tables of matching, and let the lines that wait already stand in the queue."""
    op.create_table(
        "waiting_line",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("service", sa.String(30), sa.ForeignKey("feed.service"), nullable=False),
        sa.Column("source_reference", sa.String(130), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("turn", MOMENT, nullable=False),
        sa.UniqueConstraint("service", "source_reference"),
    )
    op.create_index("ix_waiting_line_turn", "waiting_line", ["turn"])
    op.create_table(
        "waiting_candidate",
        _key("waiting", "waiting_line.id", ondelete="CASCADE"),
        _key("person", "person.id", ondelete="CASCADE"),
    )
    op.create_index("ix_waiting_candidate_person", "waiting_candidate", ["person"])
    op.create_table(
        "line_naming",
        _line(),
        sa.Column("person_reference", sa.String(40), nullable=False),
        sa.Column("other_reference", sa.String(40), nullable=False),
        sa.Column("tie", sa.String(20), nullable=False),
        sa.Column("started", sa.Date),
        sa.Column("ended", sa.Date),
    )
    for column in ("person_reference", "other_reference"):
        op.create_index(f"ix_line_naming_{column}", "line_naming", [column])
    _create_acts()
    op.create_table(
        "expected_birth",
        _key("person", "person.id"),
        sa.Column("expected", sa.Date, nullable=False),
        sa.Column("joined_at", MOMENT),
    )
    _fill()


def downgrade() -> None:
    """Drop the tables, with all that stewards decided; what they linked stays linked."""
    for table in (
        "expected_birth",
        "merged_addition",
        "merged_line",
        "matching_act",
        "line_naming",
        "waiting_candidate",
        "waiting_line",
    ):
        op.drop_table(table)


def _create_acts() -> None:
    op.create_table(
        "matching_act",
        sa.Column("id", REFERENCE, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("waiting", REFERENCE, sa.ForeignKey("waiting_line.id")),
        sa.Column("person", REFERENCE, sa.ForeignKey("person.id")),
        sa.Column("other", REFERENCE, sa.ForeignKey("person.id")),
        sa.Column("undoes", REFERENCE, sa.ForeignKey("matching_act.id")),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("identity", sa.LargeBinary(8)),
        sa.Column("expected", sa.Date),
        sa.Column("lifecycle", sa.String(20), nullable=False),
        sa.Column("two_needed", sa.Boolean, nullable=False),
        sa.Column("asked_by", REFERENCE, sa.ForeignKey("account.id"), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("second_by", REFERENCE, sa.ForeignKey("account.id")),
        sa.Column("second_at", MOMENT),
        sa.Column("undone_at", MOMENT),
        *_rules_of_acts(),
    )
    for column in ("waiting", "person", "other", "undoes", "identity"):
        op.create_index(f"ix_matching_act_{column}", "matching_act", [column])
    op.create_index("ix_matching_act_state_asked_at", "matching_act", ["state", "asked_at"])
    _create_merges()


def _rules_of_acts() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(
            "kind in ('this_person','new_person','not_this_person','merge','take_back')",
            name="kind",
        ),
        sa.CheckConstraint("state in ('asked','done','declined')", name="state"),
        sa.CheckConstraint("other <> person", name="two_persons"),
        sa.CheckConstraint("second_by <> asked_by", name="two_people"),
        sa.CheckConstraint(
            "state <> 'done' or not two_needed or second_by is not null", name="second_agreed"
        ),
    )


def _create_merges() -> None:
    op.create_table(
        "merged_line",
        _key("act", "matching_act.id"),
        _line(),
        sa.Column("part", sa.String(4), primary_key=True),
        sa.CheckConstraint("part in ('line','tie')", name="part"),
    )
    op.create_index("ix_merged_line_line", "merged_line", ["line"])
    op.create_table(
        "merged_addition",
        _key("act", "matching_act.id"),
        _key("anchor", "person.id"),
        _key("person", "person.id"),
        _key("added_by", "account.id"),
    )


def _key(name: str, other: str, *, ondelete: str | None = None) -> sa.Column[bytes]:
    return sa.Column(name, REFERENCE, sa.ForeignKey(other, ondelete=ondelete), primary_key=True)


def _line() -> sa.Column[int]:
    return sa.Column(
        "line",
        sa.BigInteger,
        sa.ForeignKey("line.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )


def _fill() -> None:
    """Give each line that waits a random reference, which the database draws."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    drawn = "randomblob(16)" if is_sqlite else "uuid_send(gen_random_uuid())"
    op.execute(_FILL.replace("drawn", drawn))
