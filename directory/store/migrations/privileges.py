"""What the application's own role may do on PostgreSQL: it owns nothing."""

from sqlalchemy import Connection, inspect

_USUAL = "SELECT, INSERT, UPDATE, DELETE"
_NARROWER = {
    "alembic_version": "SELECT",
    "audit_entry": "SELECT, INSERT",
    "audit_subject": "SELECT, INSERT",
    "audit_head": "SELECT, INSERT, UPDATE",
}


def grant(connection: Connection, role: str) -> None:
    """Give `role` its privileges on every table, and take any other away; SQLite has no roles."""
    if connection.dialect.name == "sqlite":
        return
    quote = connection.dialect.identifier_preparer.quote_identifier
    for table in inspect(connection).get_table_names():
        privileges = _NARROWER.get(table, _USUAL)
        connection.exec_driver_sql(f"REVOKE ALL ON {quote(table)} FROM {quote(role)}")
        connection.exec_driver_sql(f"GRANT {privileges} ON {quote(table)} TO {quote(role)}")
