"""Whether a database's tables are those of this release, and how they become so."""

from pkgutil import resolve_name

from sqlalchemy import inspect, text

from directory.store.engine import Database

HEAD = "0029"
"""The newest revision; a test holds it to the migrations."""


class LaterRelease(Exception):
    """The database was brought to a release that came after this one."""


def revision(database: Database) -> str:
    """Return the revision of the database's tables, empty before the first."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return connection.scalar(text("select version_num from alembic_version")) or ""


def is_current(database: Database) -> bool:
    """Return whether the database's tables are those of this release."""
    return revision(database) == HEAD


def upgrade(database: Database, *, application_role: str = "") -> None:
    """Bring the database's tables to this release, all or nothing; at once if they are.

    On PostgreSQL the address must be the tables' owner's; `application_role` is the role the
    application connects as, or empty where that is the owner. A role that is named has its
    privileges given anew.
    """
    found = revision(database)
    if found == HEAD and not application_role:
        return
    if found > HEAD:
        raise LaterRelease(f"the database is at revision {found}, this release at {HEAD}")
    # Alembic takes longer to import than the application to start: it comes only when needed.
    migrate = resolve_name("directory.store.migrations.running:upgrade")
    with database.migrating() as connection:
        migrate(connection, application_role)
