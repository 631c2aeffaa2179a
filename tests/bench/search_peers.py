"""Ask the same questions of the product and of a peer in turns, and print both as JSON.

The peers are what a council would otherwise reach for: SQLite's FTS5 with trigrams and bm25,
PostgreSQL's pg_trgm. Each holds the same people, is asked by name and narrowed or raised by the
date of birth and the postcode, and names everybody it finds (FTS5 the first fifty).

Run from the top folder: python -m tests.bench.search_peers PEOPLE.csv QUERIES.jsonl
"""

import argparse
import csv
import json
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from anyascii import anyascii
from sqlalchemy import Connection, text

from directory.evaluation.fresh import fresh
from directory.evaluation.people_file import people_of, reference_of
from directory.evaluation.queries_file import Labelled, queries_of
from directory.evaluation.remarks import Remarks
from directory.evaluation.running import build
from directory.search.people import Query
from directory.search.sql import SqlPeopleIndex
from tests.bench.search_bench import SECRET
from tests.bench.search_population import TODAY

_MOST_NAMED = 50
_DAYS_A_YEAR = 365.25
_WORD = re.compile(r"[a-z]+")
_BETWEEN = 500


class Asked(NamedTuple):
    """Hold one answer of one of the two: the truth's place, how many are named, how long."""

    place: int
    shown: int
    milliseconds: float


class Peer(Protocol):
    """Find people as a peer does."""

    def find(self, query: Query) -> list[str]:
        """Return the ids of everybody found, the likeliest first."""
        ...


def folded(text: str) -> str:
    """Return the words of a text, as both peers hold and ask them."""
    return " ".join(_WORD.findall(anyascii(text).lower()))


def lines_of(path: Path) -> Iterator[dict[str, str]]:
    """Yield the people of PEOPLE.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def names_of(line: dict[str, str]) -> str:
    """Return every name of a person as one text."""
    parts = ("forename", "middle", "surname", "known_as", "former_surname")
    return folded(" ".join(line[part] for part in parts))


class Fts5:
    """Find by trigrams of names, date of birth and postcode, ranked by bm25."""

    def __init__(self, folder: Path, people: Path) -> None:
        """Index the people of a file."""
        self._connection = sqlite3.connect(folder / "fts5.db")
        self._connection.execute(
            "CREATE VIRTUAL TABLE person USING fts5(id UNINDEXED, known, tokenize='trigram')"
        )
        self._connection.executemany(
            "INSERT INTO person VALUES (?, ?)",
            (
                (
                    line["id"],
                    f"{names_of(line)} {line['dob'].replace('-', '')} {line['postcode'].lower()}",
                )
                for line in lines_of(people)
            ),
        )
        self._connection.execute("INSERT INTO person(person) VALUES ('optimize')")
        self._connection.commit()

    def find(self, query: Query) -> list[str]:
        """Return the fifty best by bm25 of any trigram."""
        words = folded(f"{query.forenames} {query.surname}").split()
        if query.birth:
            words.append(f"{query.birth:%Y%m%d}")
        words.append(query.postcode.lower().replace(" ", ""))
        trigrams = {word[at : at + 3] for word in words for at in range(len(word) - 2)}
        if not trigrams:
            return []
        wanted = " OR ".join(f'"{each}"' for each in sorted(trigrams))
        found = self._connection.execute(
            "SELECT id FROM person WHERE known MATCH ? ORDER BY rank LIMIT ?",
            (wanted, _MOST_NAMED),
        )
        return [each for (each,) in found]


class PgTrgm:
    """Find by similarity of the whole name, above pg_trgm's own threshold."""

    def __init__(self, connection: Connection, people: Path) -> None:
        """Index the people of a file."""
        self._connection = connection
        connection.execute(
            text("CREATE TABLE peer (id text, name text, known text, born date, postcode text)")
        )
        driver: Any = connection.connection.cursor()
        with driver as cursor, cursor.copy("COPY peer FROM STDIN") as copy:
            for line in lines_of(people):
                name = folded(f"{line['forename']} {line['surname']}")
                born = line["dob"] or None
                copy.write_row((line["id"], name, names_of(line), born, line["postcode"]))
        for statement in (
            "CREATE INDEX ON peer USING gin (name gin_trgm_ops)",
            "CREATE INDEX ON peer (born)",
            "ANALYZE peer",
        ):
            connection.execute(text(statement))

    def find(self, query: Query) -> list[str]:
        """Return everybody whose name is similar, raised by the same birth or postcode."""
        low, high = query.birth, query.birth
        if query.age is not None:
            low = TODAY - timedelta(days=int((query.age + 2) * _DAYS_A_YEAR))
            high = TODAY - timedelta(days=int((query.age - 1) * _DAYS_A_YEAR))
        found = self._connection.execute(
            text("""
                SELECT id FROM peer WHERE name % :name
                ORDER BY similarity(name, :name)
                  + CASE WHEN born BETWEEN :low AND :high THEN 0.5 ELSE 0 END
                  + CASE WHEN postcode = :postcode THEN 0.5 ELSE 0 END DESC
            """),
            {
                "name": folded(f"{query.forenames} {query.surname}"),
                "low": low,
                "high": high,
                "postcode": query.postcode.replace(" ", ""),
            },
        )
        return list(found.scalars())


def in_turns(
    connection: Connection, index: SqlPeopleIndex, peer: Peer, asked: Sequence[Labelled]
) -> tuple[list[Asked], list[Asked]]:
    """Return how the product and the peer answered, each first every other time."""
    ours: list[Asked] = []
    theirs: list[Asked] = []
    for number, each in enumerate(asked):
        turns = [(ours, True), (theirs, False)]
        for answers, is_ours in turns if number % 2 else reversed(turns):
            start = time.perf_counter()
            if is_ours:
                found = index.find(connection, each.query, hidden=frozenset())
                people = [candidate.person for candidate in found.candidates]
            else:
                people = [reference_of(one) for one in peer.find(each.query)]
            took = (time.perf_counter() - start) * 1_000
            places = [place for place, one in enumerate(people) if one in each.truths]
            answers.append(Asked(min(places, default=-1), len(people), took))
    return ours, theirs


def told(asked: Sequence[Labelled], answers: Sequence[Asked]) -> dict[str, float]:
    """Return the figures of one of the two."""
    present = [one for each, one in zip(asked, answers, strict=True) if each.is_present]
    took = np.percentile([each.milliseconds for each in answers], [50, 95, 99])
    return {
        "recall_at_1": float(np.mean([each.place == 0 for each in present])),
        "recall_at_5": float(np.mean([0 <= each.place < 5 for each in present])),
        "shown": float(np.mean([each.shown for each in present])),
        "p50": float(took[0]),
        "p95": float(took[1]),
        "p99": float(took[2]),
    }


def main() -> None:
    """Print the figures of both as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--database", default="", help="PostgreSQL with pg_trgm; else SQLite")
    options = parser.parse_args()
    every = list(queries_of(options.queries, Remarks(), as_of=TODAY))
    asked = every[:: max(len(every) // _BETWEEN, 1)]
    with (
        tempfile.TemporaryDirectory() as folder,
        fresh(options.database, Path(folder)) as opened,
    ):
        index = SqlPeopleIndex(SECRET)
        people = people_of(options.people, Remarks(), lambda _: None)
        build(opened, index, people, wanted=frozenset())
        with opened.database.engine.connect() as writing:
            if opened.database.is_sqlite:
                peer: Peer = Fts5(Path(folder), options.people)
            else:
                # The extension's operators lie in the public schema.
                writing.exec_driver_sql("SET search_path TO directory_evaluation, public")
                writing.exec_driver_sql("SET statement_timeout = 0")
                peer = PgTrgm(writing, options.people)
            with opened.database.reading() as reading, closing(writing):
                index.find(reading, Query(as_of=TODAY), hidden=frozenset())
                ours, theirs = in_turns(reading, index, peer, asked)
    found = {"questions": len(asked), "ours": told(asked, ours), "peer": told(asked, theirs)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
