"""Run the migrations with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from directory.store.migrations.privileges import grant


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration to run on `connection`, in its open transaction."""
    configuration = Config()
    folder = str(Path(__file__).parent).replace("%", "%%")
    configuration.set_main_option("script_location", folder)
    configuration.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    configuration.attributes["connection"] = connection
    return configuration


def upgrade(connection: Connection, application_role: str) -> None:
    """Bring the tables to the newest revision, and the application's role to its privileges."""
    command.upgrade(configuration(connection), "head")
    if application_role:
        grant(connection, application_role)
