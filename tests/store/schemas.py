"""What a database's tables are like, in a form in which two databases compare."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection, Inspector

Shape = dict[str, dict[str, object]]


def shape(connection: Connection) -> Shape:
    """Return every table's columns, keys, constraints, indexes and options, by name."""
    inspector = sa.inspect(connection)
    return {
        table: _table(inspector, table)
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _table(inspector: Inspector, table: str) -> dict[str, object]:
    return {
        "columns": [
            (each["name"], str(each["type"]), each["nullable"], each["default"])
            for each in inspector.get_columns(table)
        ],
        "primary key": inspector.get_pk_constraint(table),
        "foreign keys": _by_name(inspector.get_foreign_keys(table)),
        "unique": _by_name(inspector.get_unique_constraints(table)),
        "checks": _by_name(inspector.get_check_constraints(table)),
        "indexes": _by_name(inspector.get_indexes(table)),
        "options": inspector.get_table_options(table),
    }


def _by_name(constraints: Iterable[object]) -> list[str]:
    return sorted(map(repr, constraints))
