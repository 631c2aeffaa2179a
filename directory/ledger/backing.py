"""What every unit of work stands on."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.ledger.texts import UNINDEXED, Texts
from directory.search.people import PeopleIndex
from directory.store.engine import Database
from directory.store.sealing import Keys, Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What every unit of work stands on; `few` makes an empty index in memory for few people."""

    database: Database
    index: PeopleIndex
    few: Callable[[], PeopleIndex]
    keys: Keys
    sealer: Sealer
    mint: Callable[[], UUID]
    holidays: Container[date]
    texts: Texts = UNINDEXED
