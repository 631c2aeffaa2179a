"""Run migrations on the connection that Alembic's configuration carries."""

from alembic import context

from directory.store.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("models", Row.metadata),
    render_as_batch=True,
    transactional_ddl=True,  # on SQLite too, since the engine begins its transactions itself
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
