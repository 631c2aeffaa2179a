"""Run migrations on the connection that Alembic's configuration carries."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from directory.store.tables import TABLES


def without_our_types(kind: str, drafted: object, _: AutogenContext) -> str | Literal[False]:
    """Return a column's type as the database knows it: migrations outlive the types of today."""
    if kind == "type" and isinstance(drafted, TypeDecorator):
        return f"sa.{drafted.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("models", TABLES),
    render_item=without_our_types,
    render_as_batch=True,
    transactional_ddl=True,  # on SQLite too, since the engine begins its transactions itself
)
with context.begin_transaction():
    context.run_migrations()
