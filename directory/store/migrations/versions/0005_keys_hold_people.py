"""Keep the people under one key together: a row a part of 500, where there was a row a person."""

import struct
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IN_A_PART = 500
_AT_ONCE = 5_000


def upgrade() -> None:
    """Pack each key's people, in their order, as words of 32 bits."""
    new = op.create_table(
        "key_posting",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("people", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    rows = op.get_bind().execute(sa.text("SELECT key, number FROM person_key ORDER BY key, number"))
    _insert(new, _packed(rows))
    op.drop_table("person_key")


def downgrade() -> None:
    """Unpack each key's people."""
    old = op.create_table(
        "person_key",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("number", NUMBER, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    rows = op.get_bind().execute(sa.text("SELECT key, people FROM key_posting ORDER BY key, part"))
    _insert(old, _unpacked(rows))
    op.drop_table("key_posting")


def _packed(rows: Iterable[Any]) -> Iterator[dict[str, object]]:
    """Yield the parts of (key, number) in their order."""
    for key, group in groupby(rows, key=itemgetter(0)):
        numbers = (number for _, number in group)
        part = 0
        while few := list(islice(numbers, _IN_A_PART)):
            yield {"key": key, "part": part, "people": struct.pack(f"<{len(few)}I", *few)}
            part += 1


def _unpacked(rows: Iterable[Any]) -> Iterator[dict[str, object]]:
    """Yield the rows of (key, packed numbers)."""
    for key, people in rows:
        for (number,) in struct.iter_unpack("<I", people):
            yield {"key": key, "number": number}


def _insert(table: sa.Table, rows: Iterator[dict[str, object]]) -> None:
    while few := list(islice(rows, _AT_ONCE)):
        op.bulk_insert(table, few)
