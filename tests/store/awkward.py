"""Fill every table of a database, whatever its release, with rows that are hard to keep."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy import Column, Connection, MetaData, Table

Value = object
Contents = dict[str, list[dict[str, Value]]]

ROWS = 4
FAMILY = "\N{FAMILY}"
# Composed and decomposed, right to left, four bytes, quotes, ends of line, what looks like SQL.
_TEXTS = (
    "",
    "Zoe\u0308 O'Briain-Łukasiewicz",
    "\u202bمحمد\u202c %s :x ? \\ \"';--\r\n\t",
    FAMILY,
)
_DATES = (date.min, date(1900, 2, 28), date(2024, 2, 29), date.max)
_MOMENTS = (
    datetime.min.replace(tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 0, 0, 1, tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
)
_INTEGERS = {sa.SmallInteger: 2**15 - 1, sa.BigInteger: 2**63 - 1, sa.Integer: 2**31 - 1}
# What the tables' own rules ask of some columns, row by row.
_RULED: Mapping[tuple[str, str], tuple[Value, ...]] = {
    ("agreement", "start"): (date.min, date(1900, 2, 28), date(2024, 2, 29), date(9999, 1, 1)),
    ("agreement", "end_day"): (date(1, 1, 2), date(1900, 3, 1), date(2024, 3, 1), date.max),
    ("claim", "start"): (_MOMENTS[0], _MOMENTS[1], _MOMENTS[1], _MOMENTS[2]),
    ("claim", "end_at"): (_MOMENTS[1], _MOMENTS[2], _MOMENTS[3], _MOMENTS[3]),
    ("held_gate", "start"): (date.min, date(1900, 2, 28), date(2024, 2, 29), date(9999, 1, 1)),
    ("held_gate", "end_day"): (date(1, 1, 2), date(1900, 3, 1), date(2024, 3, 1), date.max),
    ("programme_key", "made_on"): (
        date.min,
        date(1900, 2, 28),
        date(2024, 2, 29),
        date(9999, 1, 1),
    ),
    ("programme_key", "end_day"): (date(1, 1, 2), date(1900, 3, 1), date(2024, 3, 1), date.max),
    ("sent_line", "revision"): (1, 2, 2**31 - 1, 3),
    ("claim_decision", "outcome"): ("confirmed", "not_working", "given_up", "confirmed"),
    ("claim_decision", "decided_by"): (
        bytes([1]) * 16,
        bytes([2]) * 16,
        bytes([2]) * 16,
        bytes(16),
    ),
    ("claim_decision", "decided_at"): (_MOMENTS[0], _MOMENTS[1], _MOMENTS[1], _MOMENTS[2]),
    ("claim_decision", "until"): (_MOMENTS[1], None, None, _MOMENTS[3]),
    ("involvement", "revision"): (1, 2, 2**31 - 1, 3),
    ("involvement", "confirmed_on"): (date.min, None, date(2024, 2, 29), date.max),
    ("involvement", "confirmed_by"): (bytes(16), None, bytes([2]) * 16, bytes([1]) * 16),
    ("line", "kind"): ("person", "involvement", "allocation", "tie"),
    ("line", "state"): ("waiting", "linked", "linked", "linked"),
    ("line", "visible_from"): (0, 1, 2, 2**31 - 2),
    ("line", "visible_until"): (1, 2**31 - 1, 3, 2**31 - 1),
    ("key_posting", "people"): (b"", b"\x01\0\0\0", b"\0\0\0\x80\xff\xff\xff\xff", bytes(4)),
    ("matching_act", "kind"): ("merge", "take_back", "this_person", "not_this_person"),
    ("matching_act", "state"): ("done", "asked", "declined", "done"),
    ("name_pair", "one"): ("a", "b", "c", "d"),
    ("name_pair", "other"): ("b", "c", "d", "z" * 32),
    ("name_pair", "people"): (5, 10, 2**31 - 1, 100),
    ("name_pair", "state"): ("proposed", "accepted", "refused", "accepted"),
    ("merged_line", "part"): ("line", "tie", "line", "tie"),
    ("call_page", "at"): _MOMENTS,
    ("rota_turn", "starts"): (_MOMENTS[0], _MOMENTS[1], _MOMENTS[1], _MOMENTS[2]),
    ("rota_turn", "ends"): (_MOMENTS[1], _MOMENTS[2], _MOMENTS[3], _MOMENTS[3]),
    ("consent", "wording"): ("1", "2026-11", "x" * 40, "é"),
    ("consent_event", "step"): (1, 1, 2, 1),
    ("consent_event", "kind"): ("refused", "given", "withdrawn", "given"),
    ("consent_event", "giver"): ("parent", "attorney", "", "parent"),
    ("consent_event", "authority_seen"): (None, date.min, None, None),
    ("consent_event", "starts"): (None, date.min, None, date(9999, 1, 1)),
    ("consent_event", "ends"): (None, date(1, 1, 2), None, date.max),
    ("availability", "weekdays"): (0, 127, 1, 64),
    ("availability", "away_from"): (None, _DATES[1], _DATES[1], None),
    ("availability", "away_until"): (None, _DATES[2], None, None),
    ("availability", "covered_by"): (None, bytes([7]) * 16, None, None),
    ("mail_domain", "trust"): ("secure", "not_secure", "secure", "not_secure"),
    ("correction", "wrong"): ("number", "other_leads", "email", "not_involved"),
    ("correction", "practitioner"): (bytes(16), None, bytes([1]) * 16, None),
    ("correction", "team"): (None, bytes(16), None, bytes([255]) * 16),
    ("correction", "person"): (None, bytes([1]) * 16, None, bytes([2]) * 16),
    ("correction", "reported_at"): (_MOMENTS[0], _MOMENTS[1], _MOMENTS[1], _MOMENTS[2]),
    ("correction", "due"): (_MOMENTS[1], _MOMENTS[2], _MOMENTS[3], _MOMENTS[3]),
    ("correction", "answered_at"): (_MOMENTS[1], None, None, None),
    ("correction", "answered_by"): (bytes(16), None, None, None),
    ("correction", "answer"): ("mended", "", "", ""),
    ("notice_mail", "mailing"): ("at_once", "daily", "none", "daily"),
    ("watch", "started"): (_MOMENTS[0], _MOMENTS[1], _MOMENTS[1], _MOMENTS[2]),
    ("watch", "ends_at"): (_MOMENTS[1], _MOMENTS[2], _MOMENTS[3], _MOMENTS[3]),
    ("emergency", "started"): (_MOMENTS[0], _MOMENTS[1], _MOMENTS[1], _MOMENTS[2]),
    ("emergency", "ends"): (_MOMENTS[1], _MOMENTS[2], _MOMENTS[3], _MOMENTS[3]),
    ("emergency", "outcome"): ("", "justified", "not_justified", "follow_up"),
    ("rule_change", "standing"): ("waiting", "agreed", "agreed", "declined"),
    ("sent_file", "work"): ("take", "undo", "take", "take"),
    ("sent_file", "state"): ("sent", "taken", "let_go", "checking"),
    ("interest", "kind"): ("self", "relative", "household", "colleague"),
    ("restriction_order", "protection"): (1, 2, 1, 2),
    ("restriction_lifting", "asked_at"): (_MOMENTS[0], _MOMENTS[1], _MOMENTS[1], _MOMENTS[2]),
    ("restriction_lifting", "earliest"): (_MOMENTS[1], _MOMENTS[2], _MOMENTS[2], _MOMENTS[3]),
    ("restriction_lifting", "agreed_at"): (None, _MOMENTS[2], _MOMENTS[3], _MOMENTS[3]),
    ("audit_head", "id"): (1,),
}


def fill(connection: Connection) -> Contents:
    """Write awkward rows to every table that is there, and return what was written."""
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name != "alembic_version":
            rows = len(_RULED.get((table.name, "id"), range(ROWS)))
            connection.execute(table.insert(), [_row(table, number) for number in range(rows)])
    return contents(connection)


def contents(connection: Connection) -> Contents:
    """Return every row of every table, in an order of their own."""
    found = MetaData()
    found.reflect(connection)
    return {
        table.name: sorted(
            (dict(row) for row in connection.execute(table.select()).mappings()), key=repr
        )
        for table in found.sorted_tables
        if table.name != "alembic_version"
    }


def as_before(after: Contents, before: Contents) -> Contents:
    """Return what `after` holds in the tables and columns of `before`: a step may add to them."""
    return {
        table: sorted(({name: row[name] for name in rows[0]} for row in after[table]), key=repr)
        for table, rows in before.items()
    }


def _row(table: Table, number: int) -> dict[str, Value]:
    return {column.name: _value(table, column, number) for column in table.columns}


def _value(table: Table, column: Column[object], number: int) -> Value:
    ruled = _RULED.get((table.name, column.name))
    if ruled is not None:
        return ruled[number]
    if column.nullable and number == 0:
        return None
    for key in column.foreign_keys:
        return _value(key.column.table, key.column, _referred(table, column, number))
    return _unique(column, number) if _is_key(table, column) else _plain(column, number)


def _referred(table: Table, column: Column[object], number: int) -> int:
    """Return which row is referred to: of two columns that refer to one table, different ones."""
    twins = [
        each.name
        for each in table.columns
        for key in each.foreign_keys
        for own in column.foreign_keys
        if key.column is own.column
    ]
    return (number + twins.index(column.name)) % ROWS


def _is_key(table: Table, column: Column[object]) -> bool:
    alone = [
        each.columns.values()
        for each in table.constraints
        if isinstance(each, sa.UniqueConstraint | sa.PrimaryKeyConstraint)
    ]
    return column.primary_key or [column] in alone


def _unique(column: Column[object], number: int) -> Value:
    if isinstance(column.type, sa.LargeBinary):
        return bytes([number]) * 16
    if isinstance(column.type, sa.String):
        return f"{number}{_plain(column, number)}"[: column.type.length]
    return number


def _plain(column: Column[object], number: int) -> Value:
    kind = column.type
    if isinstance(kind, sa.String):
        text = _TEXTS[number]
        return text * (kind.length or 10_000) if text == FAMILY else text[: kind.length]
    if isinstance(kind, sa.LargeBinary):
        return bytes(range(256)) * number
    if isinstance(kind, sa.DateTime):
        return _MOMENTS[number] if kind.timezone else _MOMENTS[number].replace(tzinfo=None)
    if isinstance(kind, sa.Date):
        return _DATES[number]
    if isinstance(kind, sa.Boolean):
        return number % 2 == 1
    most = next(most for each, most in _INTEGERS.items() if isinstance(kind, each))
    return (0, 1, most - 1, most)[number]
