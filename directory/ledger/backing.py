"""What every unit of work stands on."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from directory.ledger.texts import UNINDEXED, Texts
from directory.search.people import PeopleIndex
from directory.store.engine import Database
from directory.store.sealing import Keys, Sealer


def nobody(_connection: Connection) -> frozenset[UUID]:
    """Return that nobody is guarded."""
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What every unit of work stands on.

    `guarded` reads, on the connection given, whom few may know of: nothing is ever linked to them
    without a person's decision, and whoever resembles them waits where few see it.
    """

    database: Database
    index: PeopleIndex
    keys: Keys
    sealer: Sealer
    mint: Callable[[], UUID]
    holidays: Container[date]
    guarded: Callable[[Connection], frozenset[UUID]] = nobody
    texts: Texts = UNINDEXED
