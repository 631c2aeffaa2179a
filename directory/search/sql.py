"""Keep the people index in the directory's own database, on SQLite or PostgreSQL."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple, TypeVar

import numpy as np
from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Integer,
    TextClause,
    bindparam,
    delete,
    select,
    text,
)
from typing_extensions import override

from directory.search.features import Token, TokenKind
from directory.search.index import KeyedIndex
from directory.search.postings import Part, added, in_order, unpacked, without
from directory.search.shelf import Change, Filed, KeyRows, Numbers, Shelf, State
from directory.search.tables import key_posting, name_token, person_feature
from directory.search.vocabulary import Counted

Statement = TypeVar("Statement", bound=Executable)

_AT_ONCE = 500
_KEYS_AT_ONCE = 100_000
_PLACE = 40
"""Bits for a person's number, below a key's place."""


# One parameter holds all the keys, so that the statement costs no time; the joins are made to go
# from the keys to the people.
_UNDER_SQLITE = text("""
    SELECT asked.key, filed.people
    FROM json_each(:keys) AS asked CROSS JOIN key_posting AS filed ON filed.key = asked.value
""").columns(Column("place", Integer), key_posting.c.people)
_UNDER_POSTGRESQL = text("""
    SELECT asked.place - 1, filed.people
    FROM unnest(CAST(:keys AS bigint[])) WITH ORDINALITY AS asked(key, place)
    JOIN key_posting AS filed ON filed.key = asked.key
""").columns(Column("place", Integer), key_posting.c.people)
_PARTS_SQLITE = text("""
    SELECT filed.key, filed.part, filed.people
    FROM json_each(:keys) AS asked CROSS JOIN key_posting AS filed ON filed.key = asked.value
""")
_PARTS_POSTGRESQL = text("""
    SELECT key, part, people FROM key_posting WHERE key = ANY (CAST(:keys AS bigint[]))
""")
_LAST_SQLITE = text("""
    SELECT filed.key, max(filed.part), filed.people
    FROM json_each(:keys) AS asked CROSS JOIN key_posting AS filed ON filed.key = asked.value
    GROUP BY filed.key
""")
_LAST_POSTGRESQL = text("""
    SELECT DISTINCT ON (key) key, part, people
    FROM key_posting WHERE key = ANY (CAST(:keys AS bigint[])) ORDER BY key, part DESC
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
    """
    INSERT INTO key_posting (key, part, people) VALUES (?, ?, ?)
    ON CONFLICT (key, part) DO UPDATE SET people = excluded.people
    """,
    text("""
    INSERT INTO key_posting (key, part, people)
    SELECT * FROM unnest(CAST(:c0 AS bigint[]), CAST(:c1 AS integer[]), CAST(:c2 AS bytea[]))
    ON CONFLICT (key, part) DO UPDATE SET people = excluded.people
    """),
)
_KEYS_OUT = _Change(
    "DELETE FROM key_posting WHERE key = ? AND part = ?",
    text("""
    DELETE FROM key_posting
    USING unnest(CAST(:c0 AS bigint[]), CAST(:c1 AS integer[])) AS gone(key, part)
    WHERE key_posting.key = gone.key AND key_posting.part = gone.part
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
_OF_KIND = text("SELECT kind, token, count FROM name_token WHERE kind = :kind")
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

    def of_kind(self, kind: TokenKind) -> list[Counted]:
        """Return the tokens of one kind, reading no others."""
        return _counted(self._connection.execute(_OF_KIND, {"kind": int(kind)}).all())

    def counted(self, ids: Sequence[int]) -> list[Counted]:
        """Return those of the tokens with `ids` that are known."""
        statement = self._either(_COUNTED_SQLITE, _COUNTED_POSTGRESQL)
        return _counted(self._connection.execute(statement, {"ids": self._listed(ids)}).all())

    def under(self, keys: Numbers, *, most: int, hidden: Numbers) -> tuple[Numbers, Numbers]:
        """Return (place of the key, number of a person filed under it), ordered by both."""
        statement = self._either(_UNDER_SQLITE, _UNDER_POSTGRESQL)
        found = self._connection.execute(statement, {"keys": self._listed(keys.tolist())}).all()
        spots, numbers = unpacked([people for _, people in found])
        seen = ~np.isin(numbers, hidden)
        places = np.array([place for place, _ in found], dtype=np.int64)[spots[seen]]
        pairs = np.sort(places << _PLACE | numbers[seen])[:most]
        return pairs >> _PLACE, pairs & ((1 << _PLACE) - 1)

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
        self._take_out(change.keys_gone)
        self._put_in(change.keys_added)
        self._change(_UNFILE, [(number,) for number in change.gone])
        self._change(_FILE, change.filed)
        self._change(_UNCOUNT, [(token,) for token in change.tokens_gone])
        self._change(_COUNT, counts)
        self._connection.execute(_NEW_STATE, asdict(change.state))

    def _put_in(self, rows: KeyRows) -> None:
        """File people under keys they were not under."""
        for few in in_order(rows, most=_KEYS_AT_ONCE):
            last = self._parts(few, self._either(_LAST_SQLITE, _LAST_POSTGRESQL))
            self._change(_KEYS_IN, added(few, {each[0]: each for each in last}))

    def _take_out(self, rows: KeyRows) -> None:
        """Take people from under keys they were under."""
        for few in in_order(rows, most=_KEYS_AT_ONCE):
            parts = self._parts(few, self._either(_PARTS_SQLITE, _PARTS_POSTGRESQL))
            kept, empty = without(few, parts)
            self._change(_KEYS_IN, kept)
            self._change(_KEYS_OUT, [(key, part) for key, part, _ in empty])

    def _parts(self, rows: KeyRows, statement: Executable) -> list[Part]:
        """Return what `statement` finds of the keys of `rows`."""
        keys = {"keys": self._listed(np.unique(rows.keys).tolist())}
        return [
            (key, part, people)
            for key, part, people in self._connection.execute(statement, keys).all()
        ]

    def clear(self) -> None:
        """Forget everything but how many changes there were."""
        for table in (key_posting, person_feature, name_token):
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
