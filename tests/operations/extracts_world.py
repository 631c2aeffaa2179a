"""A council's feeds behind the real door: files made of a few lines, and what is seen of them."""

import csv
import io
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from directory.domain.access import Access
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.extracts import Report
from directory.domain.involvement import Involvement
from directory.domain.people import Person
from directory.domain.vocabulary import Role, Service
from directory.ledger.backing import Backing
from directory.ledger.door import Ledger
from directory.operations import extracts
from directory.operations.extracts import Meant
from directory.search.memory import MemoryIndex
from directory.search.sql import SqlPeopleIndex
from directory.store.agencies import AgencyStore
from directory.store.audit import AuditStore
from directory.store.engine import Database
from directory.store.involvement import InvolvementStore
from directory.store.people import PeopleStore
from directory.store.sealing import KEY_BYTES, Keys, Sealer
from tests import engines
from tests.factories import NOON, days_ago, profile

KEYS = Keys(**{name: bytes([n]) * KEY_BYTES for n, name in enumerate(Keys.__dataclass_fields__)})
YESTERDAY = days_ago(1)
LAST_WEEK = days_ago(8)
OPERATOR = Access(at=NOON, role=Role.OPERATOR)
CONTACT = {
    "organisation_reference": "HILL",
    "organisation_name": "Hillside Homes",
    "team_reference": "T1",
    "team_name": "Hillside neighbourhood team",
    "team_duty_line": "01632 960100",
    "team_out_of_hours_line": "",
    "practitioner_reference": "P1",
    "practitioner_name": "Kim Doyle",
    "practitioner_role": "Housing officer",
    "practitioner_phone": "01632 960123",
    "practitioner_email": "kim.doyle@homes.example",
    "practitioner_left_on": "",
}
IDENTITY = {
    "nhs_number": "",
    "forenames": "Leah",
    "surname": "Blake",
    "known_as": "",
    "former_surname": "",
    "date_of_birth": "21/08/1993",
    "house": "14",
    "street": "Mill Lane",
    "postcode": "NX4 2AB",
}
TERM = {"started": "01/02/2024", "last_involved": "12/06/2026", "ended": ""}
NOBODY = dict.fromkeys(IDENTITY, "")
FAMILY = dict.fromkeys(
    ("family_reference", "family_role", "person_reference", "tie", "other_reference"), ""
)

_SECTOR = "ABDEFGHJLN"
_SYLLABLES = [start + middle for start in "bdfghjklmnprstvwz" for middle in ("a", "el", "in", "ov")]

Cells = dict[str, str]
Progress = Callable[[int, int], None]


class Died(BaseException):
    """The take was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A ledger, and what stands behind it."""

    ledger: Ledger
    database: Database

    def take(self, file: bytes | Meant, **differing: Any) -> Report:
        """Take a housing extract of YESTERDAY."""
        return extracts.take(self.ledger, **_given(file, differing))

    def check(self, file: bytes, **differing: Any) -> Report:
        """Check a housing extract of YESTERDAY."""
        return extracts.check(self.ledger, **_given(file, differing))

    def seen(self) -> tuple[Involvement, ...]:
        """Return every involvement that is seen, in no order that means anything."""
        with self.database.reading() as connection:
            people = self._people(connection)
            return InvolvementStore(connection).of(people)

    def people(self) -> list[Person]:
        """Return every person who is seen, as they are seen."""
        with self.database.reading() as connection:
            found = PeopleStore(connection, sealer()).many(self._people(connection))
            return list(found.values())

    def described(self) -> list[Person]:
        """Return everybody as the search is told of them, staged lines and identifiers too."""
        with self.database.reading() as connection:
            store = PeopleStore(connection, sealer())
            return list(store.described(self._people(connection)))

    def names(self) -> list[str]:
        """Return the names of everybody who is seen, in order."""
        return sorted(each.name.full for each in self.people())

    def count(self, table: str) -> int:
        """Return how many rows a table has, seen or not."""
        with self.database.reading() as connection:
            found = connection.scalar(text(f"select count(*) from {table}"))  # noqa: S608 - our own word
            return int(found or 0)

    def feed(self, service: Service = Service.HOUSING) -> tuple[object, ...]:
        """Return a feed's as-of date, when it came, when it failed and what waits."""
        with self.database.reading() as connection:
            found = AgencyStore(connection).feeds()[service]
        return (found.as_of, found.delivered_at, found.failed_at, found.unmatched)

    def events(self) -> list[tuple[Event, Outcome]]:
        """Return what was entered and how it ended, the oldest first."""
        with self.database.reading() as connection:
            audit = AuditStore(connection, sealer(), KEYS)
            return [(link.entry.event, link.entry.outcome) for link in audit.chain()]

    def state(self) -> set[tuple[Any, ...]]:
        """Return all that is seen, in terms that no minted reference enters.

        A person is the set of the lines about them.
        """
        involvements = self.seen()
        whose: dict[UUID, list[tuple[str, str]]] = {}
        for each in involvements:
            whose.setdefault(each.person, []).append((each.service, each.source_reference))
        return {
            ("person", tuple(sorted(whose.get(each.reference, []))), *_said(each))
            for each in self.people()
        } | {
            ("involvement", each.service, each.source_reference, each.as_of, each.started,
             each.last_involved, each.ended, each.team, each.lead)
            for each in involvements
        }  # fmt: skip

    def _people(self, connection: Any) -> list[UUID]:
        found = connection.execute(text("select id from person")).all()
        return [UUID(bytes=bytes(each.id)) for each in found]


def _said(person: Person) -> tuple[Any, ...]:
    return (
        frozenset((name.forenames, name.surname) for name in person.names),
        person.birth,
        frozenset(person.addresses),
    )


def world(database: Database) -> World:
    """Return a council that is set up with every service and has no lines."""
    with database.writing() as connection:
        AgencyStore(connection).keep_services(profile(each) for each in Service)
    return World(ledger=ledger(database), database=database)


@contextmanager
def small_world(folder: Path) -> Iterator[World]:
    """Yield such a council on SQLite in a new `folder`."""
    folder.mkdir()
    with engines.ready(engines.SQLITE, folder) as place, engines.opened(place.url) as database:
        yield world(database)


def _random() -> UUID:
    return UUID(bytes=secrets.token_bytes(16))


def ledger(database: Database, *, mint: Callable[[], UUID] = _random) -> Ledger:
    """Return the door to `database`, as another process would open it; `mint` gives references."""
    return Ledger(
        Backing(
            database=database,
            index=SqlPeopleIndex(KEYS.search),
            few=partial(MemoryIndex, KEYS.search),
            keys=KEYS,
            sealer=sealer(),
            mint=mint,
            holidays=frozenset(),
        )
    )


def sealer() -> Sealer:
    """Return the council's sealer."""
    return Sealer(KEYS, os.urandom)


def file_of(*lines: Cells) -> bytes:
    """Return a file of `lines` under the columns of the first."""
    written = io.StringIO()
    writer = csv.DictWriter(written, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return written.getvalue().encode()


def line(reference: str = "TEN/1", **differing: str) -> Cells:
    """Return Leah Blake's tenancy, led by Kim Doyle."""
    return {"source_reference": reference, **IDENTITY, **TERM, **CONTACT, **differing}


def person(reference: str, **differing: str) -> Cells:
    """Return a person line of children's social care: Leah as a parent."""
    blank = {**FAMILY, **dict.fromkeys((*TERM, *CONTACT), "")}
    placed = {"family_reference": "FAM/1", "family_role": "parent"}
    return {**_sent("person", reference), **IDENTITY, **blank, **placed, **differing}


def allocation(reference: str, whose: str, **differing: str) -> Cells:
    """Return an allocation of the person with a line under `whose`."""
    named = {**FAMILY, "person_reference": whose}
    return {**_sent("allocation", reference), **NOBODY, **named, **TERM, **CONTACT, **differing}


def tie(whose: str, kind: str, other: str, **differing: str) -> Cells:
    """Return a family tie between two people with lines."""
    blank = dict.fromkeys((*TERM, *CONTACT), "")
    named = {**FAMILY, "person_reference": whose, "tie": kind, "other_reference": other}
    return {**_sent("tie", ""), **NOBODY, **named, **blank, **differing}


def many(number: int, *, first: int = 0, **differing: str) -> list[Cells]:
    """Return tenancies of so many people who resemble each other in nothing."""
    return [
        line(f"TEN/{1000 + each}", **_somebody(each), **differing)
        for each in range(first, first + number)
    ]


def dying_at(point: int) -> Progress:
    """Return a progress that kills the take when it is told for the `point`-th time."""
    told = count(1)

    def progress(_done: int, _whole: int) -> None:
        if next(told) == point:
            raise Died

    return progress


def unheard(_done: int, _whole: int) -> None:
    """Tell nobody."""


def faults(report: Report) -> set[tuple[int, str]]:
    """Return the lines and columns of what was refused."""
    return {(each.line, each.column) for each in report.refused}


def reasons(report: Report) -> str:
    """Return every reason there is."""
    return "; ".join(each.reason for each in report.refused)


def _given(file: bytes | Meant, differing: dict[str, Any]) -> dict[str, Any]:
    default = {
        "access": OPERATOR,
        "file": file,
        "service": Service.HOUSING,
        "as_of": YESTERDAY,
        "progress": unheard,
    }
    return {**default, **differing}


def _sent(kind: str, reference: str) -> Cells:
    return {"record": kind, "source_reference": reference, "upn": ""}


def _somebody(number: int) -> Cells:
    """Return the identity of the `number`-th of many people, each with a name of their own."""
    drawn = sha256(str(number).encode()).digest()
    return {
        "forenames": _invented(drawn[0:4]),
        "surname": _invented(drawn[4:8]),
        "date_of_birth": date(
            1940 + drawn[8] % 60, 1 + drawn[9] % 12, 1 + drawn[10] % 28
        ).isoformat(),
        "house": str(1 + drawn[11]),
        "street": f"{_invented(drawn[12:15])} Street",
        "postcode": f"NX{1 + drawn[16] % 20} {drawn[17] % 10}{_SECTOR[drawn[18] % 10]}A",
    }


def _invented(drawn: bytes) -> str:
    return "".join(_SYLLABLES[each % len(_SYLLABLES)] for each in drawn).capitalize()
