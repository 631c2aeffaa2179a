"""A line that a newer file lacks may be held: nobody is shown it until it is sent again."""

from alembic import op

revision = "0024"
down_revision = "0023"
_BEFORE = "state in ('linked', 'waiting')"
_FROM_NOW_ON = "state in ('linked', 'waiting', 'held')"


def upgrade() -> None:
    """Allow the state; no line has it so far."""
    _rule(_FROM_NOW_ON)


def downgrade() -> None:
    """Let every line that is held stand again as it was before."""
    op.execute(
        "update line set visible_until = 2147483647 where exists (select 1 from line held"
        " where held.state = 'held' and held.visible_until = 2147483647"
        " and held.service = line.service and held.source_reference = line.source_reference"
        " and held.visible_from = line.visible_until)"
    )
    op.execute("delete from line where state = 'held'")
    _rule(_BEFORE)


def _rule(states: str) -> None:
    with op.batch_alter_table("line") as line:
        line.drop_constraint("state", type_="check")
        line.create_check_constraint("state", states)
