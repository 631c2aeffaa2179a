"""Keep the orders that protect people, what gives those people away, and declared interests."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make room for them."""
    _make_orders()
    _make_what_orders_say()
    _make_liftings()
    _make_interests()
    op.create_table(
        "restriction_trace",
        sa.Column("person", sa.LargeBinary(16), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("hash", sa.LargeBinary(16), primary_key=True),
    )
    op.create_index("ix_restriction_trace_hash", "restriction_trace", ["hash"])


def _make_orders() -> None:
    op.create_table(
        "restriction_order",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("protection", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.LargeBinary(16), sa.ForeignKey("account.id"), nullable=False),
        sa.Column(
            "asked_organisation",
            sa.LargeBinary(16),
            sa.ForeignKey("organisation.id"),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("lifted_by", sa.LargeBinary(16), sa.ForeignKey("account.id")),
        sa.Column("countersign_by", sa.DateTime(timezone=True)),
        sa.CheckConstraint("protection in (1, 2)", name="protection"),
        sa.CheckConstraint("kind <> 'adoption' or ended is null", name="for_good"),
        sa.CheckConstraint("ended is null or lifted_by is not null", name="somebody_lifted"),
    )
    op.create_index("ix_restriction_order_ended", "restriction_order", ["ended"])


def _make_what_orders_say() -> None:
    op.create_table(
        "restriction_person",
        _order(primary_key=True),
        sa.Column("person", sa.LargeBinary(16), sa.ForeignKey("person.id"), primary_key=True),
    )
    op.create_index("ix_restriction_person_person", "restriction_person", ["person"])
    op.create_table(
        "restriction_named",
        _order(primary_key=True),
        sa.Column("account", sa.LargeBinary(16), sa.ForeignKey("account.id"), primary_key=True),
    )
    op.create_table(
        "restriction_event",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        _order(),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.LargeBinary(16), sa.ForeignKey("account.id"), nullable=False),
    )
    op.create_index("ix_restriction_event_order_id", "restriction_event", ["order_id"])


def _make_liftings() -> None:
    op.create_table(
        "restriction_lifting",
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        _order(),
        sa.Column("asked_by", sa.LargeBinary(16), sa.ForeignKey("account.id"), nullable=False),
        sa.Column(
            "asked_organisation",
            sa.LargeBinary(16),
            sa.ForeignKey("organisation.id"),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("earliest", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.LargeBinary(16), sa.ForeignKey("account.id")),
        sa.Column("agreed_organisation", sa.LargeBinary(16), sa.ForeignKey("organisation.id")),
        sa.Column("agreed_at", sa.DateTime(timezone=True)),
        sa.Column("declined_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("earliest > asked_at", name="waits"),
        sa.CheckConstraint("agreed_by <> asked_by", name="two_people"),
        sa.CheckConstraint("agreed_organisation <> asked_organisation", name="two_organisations"),
        sa.CheckConstraint(
            "agreed_at is null or (agreed_by is not null and agreed_organisation is not null"
            " and agreed_at >= earliest)",
            name="agreed_in_time",
        ),
    )
    op.create_index("ix_restriction_lifting_order_id", "restriction_lifting", ["order_id"])


def _make_interests() -> None:
    op.create_table(
        "interest",
        sa.Column("account", sa.LargeBinary(16), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('self','relative','household','colleague')", name="kind"),
    )
    op.create_index("ix_interest_mark", "interest", ["mark"])
    op.create_table(
        "interest_person",
        sa.Column("account", sa.LargeBinary(16), sa.ForeignKey("account.id"), primary_key=True),
        sa.Column(
            "person",
            sa.LargeBinary(16),
            sa.ForeignKey("person.id", ondelete="CASCADE"),
            primary_key=True,
        ),
    )
    op.create_index("ix_interest_person_person", "interest_person", ["person"])


def _order(*, primary_key: bool = False) -> sa.Column[bytes]:
    return sa.Column(
        "order_id",
        sa.LargeBinary(16),
        sa.ForeignKey("restriction_order.id"),
        primary_key=primary_key,
        nullable=False,
    )


def downgrade() -> None:
    """Drop them: who was hidden stays out of the index, and is on boards again."""
    for table in (
        "interest_person",
        "interest",
        "restriction_trace",
        "restriction_lifting",
        "restriction_event",
        "restriction_named",
        "restriction_person",
        "restriction_order",
    ):
        op.drop_table(table)
