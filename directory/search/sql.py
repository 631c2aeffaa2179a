"""Keep the people index in the directory's own database, on SQLite or PostgreSQL."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple, TypeVar

import numpy as np
from sqlalchemy import Connection, Executable, TextClause, bindparam, delete, select, text
from typing_extensions import override

from directory.search.features import Token, TokenKind
from directory.search.index import KeyedIndex
from directory.search.shelf import Change, Filed, KeyRows, Numbers, Shelf, State
from directory.search.tables import name_token, person_feature, person_key
from directory.search.vocabulary import Counted

Statement = TypeVar("Statement", bound=Executable)

_AT_ONCE = 500
_PLACE = 40
"""Bits below a key's place in what the two statements find, which hold a person's number."""


# One parameter holds all the keys and one text all that is found, so that neither the statement nor
# a row each costs time; the joins are made to go from the keys to the people.
_UNDER_SQLITE = text("""
    SELECT group_concat(found) FROM (
        SELECT asked.key << 40 | filed.number AS found
        FROM json_each(:keys) AS asked CROSS JOIN person_key AS filed ON filed.key = asked.value
        WHERE filed.number NOT IN (SELECT value FROM json_each(:hidden))
        ORDER BY found LIMIT :most
    )
""")
_UNDER_POSTGRESQL = text("""
    SELECT string_agg(CAST(found AS text), ',') FROM (
        SELECT (asked.place - 1) << 40 | filed.number AS found
        FROM unnest(CAST(:keys AS bigint[])) WITH ORDINALITY AS asked(key, place),
        LATERAL (
            SELECT number FROM person_key
            WHERE key = asked.key AND number <> ALL (CAST(:hidden AS bigint[]))
            ORDER BY number LIMIT :most
        ) AS filed
        ORDER BY found LIMIT :most
    ) AS every
""")
_FILED_SQLITE = text("""
    SELECT number, person, features
    FROM json_each(:numbers) AS asked CROSS JOIN person_feature ON number = asked.value
""").columns(person_feature.c.number, person_feature.c.person, person_feature.c.features)
_FILED_POSTGRESQL = text("""
    SELECT number, person, features FROM person_feature
    WHERE number = ANY (CAST(:numbers AS bigint[]))
""").columns(person_feature.c.number, person_feature.c.person, person_feature.c.features)
_COUNTED_SQLITE = text("""
    SELECT kind, token, count
    FROM json_each(:ids) AS asked CROSS JOIN name_token ON name_token.id = asked.value
""")
_COUNTED_POSTGRESQL = text("""
    SELECT kind, token, count FROM name_token WHERE id = ANY (CAST(:ids AS bigint[]))
""")


class _Change(NamedTuple):
    """Hold one kind of change for both engines: many rows as many, or as one array a column."""

    on_sqlite: str
    on_postgresql: TextClause


_KEYS_IN = _Change(
    "INSERT OR IGNORE INTO person_key (key, number) VALUES (?, ?)",
    text("""
    INSERT INTO person_key (key, number)
    SELECT * FROM unnest(CAST(:c0 AS bigint[]), CAST(:c1 AS bigint[]))
    ON CONFLICT DO NOTHING
    """),
)
_KEYS_OUT = _Change(
    "DELETE FROM person_key WHERE key = ? AND number = ?",
    text("""
    DELETE FROM person_key
    USING unnest(CAST(:c0 AS bigint[]), CAST(:c1 AS bigint[])) AS gone(key, number)
    WHERE person_key.key = gone.key AND person_key.number = gone.number
    """),
)
_FILE = _Change(
    """
    INSERT INTO person_feature (number, person, features) VALUES (?, ?, ?)
    ON CONFLICT (number) DO UPDATE SET features = excluded.features
    """,
    text("""
    INSERT INTO person_feature (number, person, features)
    SELECT * FROM unnest(CAST(:c0 AS bigint[]), CAST(:c1 AS bytea[]), CAST(:c2 AS bytea[]))
    ON CONFLICT (number) DO UPDATE SET features = excluded.features
    """),
)
_UNFILE = _Change(
    "DELETE FROM person_feature WHERE number = ?",
    text("DELETE FROM person_feature WHERE number = ANY (CAST(:c0 AS bigint[]))"),
)
_COUNT = _Change(
    """
    INSERT INTO name_token (id, kind, token, count, since) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET count = excluded.count
    """,
    text("""
    INSERT INTO name_token (id, kind, token, count, since)
    SELECT * FROM unnest(
        CAST(:c0 AS bigint[]), CAST(:c1 AS smallint[]), CAST(:c2 AS text[]),
        CAST(:c3 AS integer[]), CAST(:c4 AS bigint[])
    )
    ON CONFLICT (id) DO UPDATE SET count = excluded.count
    """),
)
_UNCOUNT = _Change(
    "DELETE FROM name_token WHERE id = ?",
    text("DELETE FROM name_token WHERE id = ANY (CAST(:c0 AS bigint[]))"),
)
_TOKENS = text("SELECT kind, token, count FROM name_token WHERE since > :after")
_NUMBERS = select(person_feature.c.person, person_feature.c.number).where(
    person_feature.c.person.in_(bindparam("people", expanding=True))
)
_STATE = text("SELECT changes, digest, people, next_number FROM search_state")
_FIRST_STATE = text("""
    INSERT INTO search_state (id, changes, digest, people, next_number) VALUES (1, 0, 0, 0, 1)
    ON CONFLICT DO NOTHING
""")
_TURN = text("UPDATE search_state SET changes = changes")
_NEW_STATE = text("""
    UPDATE search_state
    SET changes = :changes, digest = :digest, people = :people, next_number = :next_number
""")


class SqlShelf:
    """Keep the rows of an index through one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in the transaction of `connection`."""
        self._connection = connection
        self._on_sqlite = connection.dialect.name == "sqlite"

    def state(self) -> State:
        """Return the state of the index."""
        found = self._connection.execute(_STATE).first()
        if found is None:
            return State()
        changes, digest, people, next_number = found
        return State(changes=changes, digest=digest, people=people, next_number=next_number)

    def turn(self) -> State:
        """Lock the state's one row, which every change writes, and return it."""
        self._connection.execute(_FIRST_STATE)
        self._connection.execute(_TURN)
        return self.state()

    def tokens(self, *, after: int) -> list[Counted]:
        """Return the tokens that came with a change above `after`."""
        return _counted(self._connection.execute(_TOKENS, {"after": after}).all())

    def counted(self, ids: Sequence[int]) -> list[Counted]:
        """Return those of the tokens with `ids` that are known."""
        statement = self._either(_COUNTED_SQLITE, _COUNTED_POSTGRESQL)
        return _counted(self._connection.execute(statement, {"ids": self._listed(ids)}).all())

    def under(self, keys: Numbers, *, most: int, hidden: Numbers) -> tuple[Numbers, Numbers]:
        """Return (place of the key, number of a person filed under it), ordered by both."""
        asked = {
            "keys": self._listed(keys.tolist()),
            "hidden": self._listed(hidden.tolist()),
            "most": most,
        }
        statement = self._either(_UNDER_SQLITE, _UNDER_POSTGRESQL)
        listed = self._connection.scalar(statement, asked) or ""
        found = np.sort(np.fromstring(listed, dtype=np.int64, sep=","))
        return found >> _PLACE, found & ((1 << _PLACE) - 1)

    def filed(self, numbers: Numbers) -> list[Filed]:
        """Return what is filed of `numbers`, in their order."""
        statement = self._either(_FILED_SQLITE, _FILED_POSTGRESQL)
        listed = {"numbers": self._listed(numbers.tolist())}
        found = {
            number: Filed(number, person, features)
            for number, person, features in self._connection.execute(statement, listed).all()
        }
        return [found[each] for each in numbers.tolist() if each in found]

    def numbers(self, people: Sequence[bytes]) -> dict[bytes, int]:
        """Return the numbers of those of `people` who are filed."""
        found: dict[bytes, int] = {}
        for start in range(0, len(people), _AT_ONCE):
            part = people[start : start + _AT_ONCE]
            found |= {
                bytes(person): number
                for person, number in self._connection.execute(_NUMBERS, {"people": part})
            }
        return found

    def write(self, change: Change) -> None:
        """Write `change`."""
        since = change.state.changes
        counts = [
            (each.token.id, int(each.token.kind), each.token.text, each.count, since)
            for each in change.tokens
        ]
        self._change(_KEYS_OUT, _in_order(change.keys_gone))
        self._change(_KEYS_IN, _in_order(change.keys_added))
        self._change(_UNFILE, [(number,) for number in change.gone])
        self._change(_FILE, change.filed)
        self._change(_UNCOUNT, [(token,) for token in change.tokens_gone])
        self._change(_COUNT, counts)
        self._connection.execute(_NEW_STATE, asdict(change.state))

    def clear(self) -> None:
        """Forget everything but how many changes there were."""
        for table in (person_key, person_feature, name_token):
            self._connection.execute(delete(table))
        empty = State(changes=self.state().changes)
        self._connection.execute(_NEW_STATE, asdict(empty))

    def _change(self, change: _Change, rows: Sequence[tuple[Any, ...]]) -> None:
        """Make `change` with each of `rows`, if there are any."""
        if rows and self._on_sqlite:
            self._connection.exec_driver_sql(change.on_sqlite, list(map(tuple, rows)))
        elif rows:
            columns = zip(*rows, strict=True)
            arrays = {f"c{place}": list(column) for place, column in enumerate(columns)}
            self._connection.execute(change.on_postgresql, arrays)

    def _either(self, on_sqlite: Statement, on_postgresql: Statement) -> Statement:
        """Return the statement that this engine understands."""
        return on_sqlite if self._on_sqlite else on_postgresql

    def _listed(self, numbers: Sequence[int]) -> str | list[int]:
        """Return `numbers` as the one parameter that this engine takes for many."""
        return json.dumps(numbers) if self._on_sqlite else list(numbers)


def _in_order(keys: KeyRows) -> list[tuple[int, int]]:
    """Return the keys with their numbers in the order of the table, which is read fastest."""
    order = np.lexsort((keys.numbers, keys.keys))
    return list(zip(keys.keys[order].tolist(), keys.numbers[order].tolist(), strict=True))


def _counted(found: Iterable[Sequence[Any]]) -> list[Counted]:
    """Return the tokens that a statement found."""
    return [
        Counted(token=Token(kind=TokenKind(kind), text=token), count=count)
        for kind, token, count in found
    ]


class SqlPeopleIndex(KeyedIndex):
    """Find people by keys in the database of the connection given."""

    @override
    def _shelf(self, connection: Connection) -> Shelf:
        return SqlShelf(connection)
