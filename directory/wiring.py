"""Join the stores, the search and the keys of one instance into a ledger."""

import os
import secrets
from collections.abc import Callable, Container
from dataclasses import fields
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread, Timer
from uuid import UUID

import holidays

from directory.ledger.backing import Backing
from directory.ledger.door import Ledger
from directory.ledger.texts import UNINDEXED, Texts, at_once
from directory.search.kept_texts import KeptTexts, release_of
from directory.search.memory import MemoryIndex
from directory.search.sql import SqlPeopleIndex
from directory.search.weights import Weights
from directory.search.weights_file import MalformedWeights
from directory.search.weights_file import read as read_weights_file
from directory.settings import Settings
from directory.store.engine import Database
from directory.store.sealing import KEY_BYTES, Keys, Sealer
from directory.web.guidance import guidance_texts

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_SETTLED_SECONDS = 2.0


_DATABASE = "directory.db"
TRAINED_WEIGHTS = "search_weights.json"
"""The file of the data folder that `directory search train` may have saved weights in."""

TEXT_INDEX = "text_index"
"""The folder of the data folder that the index of texts is in; it is made anew where missing."""

DEMONSTRATION = "demonstration-loaded"
"""The file that marks a data folder as the demonstration's, whose passwords everybody knows."""


class NoKeys(Exception):
    """The data folder has no keys: it was never initialised, or they were lost."""


class UnusableWeights(Exception):
    """The data folder's file of search weights is not one of this release."""


def database_url(settings: Settings) -> str:
    """Return the address of the database: the one set, or SQLite in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data.resolve() / _DATABASE}"


def make_folder(data: Path) -> None:
    """Make the data folder and its keys folder, for this user alone."""
    for folder in (data, data / "keys"):
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        folder.chmod(_FOLDER_MODE)


def make_keys(data: Path) -> Keys:
    """Make the keys of a new instance, one file a key, and return them.

    Those of an instance are only read: a new key in place of a lost one would open nothing that
    was sealed, and would let nobody notice. Raise NoKeys, which names the one that is lost.
    """
    paths = [_key_file(data, field.name) for field in fields(Keys)]
    is_new = not (data / _DATABASE).exists() and not any(path.exists() for path in paths)
    for path in paths if is_new else ():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    return read_keys(data)


def read_keys(data: Path) -> Keys:
    """Return the instance's keys, or raise NoKeys."""
    found = {}
    for field in fields(Keys):
        path = _key_file(data, field.name)
        try:
            found[field.name] = path.read_bytes()
        except FileNotFoundError:
            raise NoKeys(f"{path.name} is missing from the keys folder") from None
        if len(found[field.name]) != KEY_BYTES:
            raise NoKeys(f"{path.name} is not a key")
    return Keys(**found)


def _key_file(data: Path, name: str) -> Path:
    return data / "keys" / f"{name}.key"


def random_reference() -> UUID:
    """Return 128 random bits as a reference."""
    return UUID(bytes=secrets.token_bytes(16))


def working_holidays() -> Container[date]:
    """Return the bank holidays of England, any year."""
    return holidays.country_holidays("GB", subdiv="ENG")


def read_weights(data: Path) -> Weights:
    """Return the weights trained for this instance, or those that ship; raise UnusableWeights."""
    path = data / TRAINED_WEIGHTS
    if not path.exists():
        return Weights()
    try:
        return read_weights_file(path.read_text("utf-8")).weights
    except (MalformedWeights, UnicodeDecodeError) as fault:
        raise UnusableWeights(f"{TRAINED_WEIGHTS} of the data folder: {fault}") from None


def in_background(task: Callable[[], None]) -> None:
    """Do `task` while others go on; it ends with the process."""
    Thread(target=task, daemon=True).start()


def once_settled(task: Callable[[], None]) -> None:
    """Do `task` in the background once the start is over, so that it delays no first page."""
    timer = Timer(_SETTLED_SECONDS, task)
    timer.daemon = True
    timer.start()


def kept_texts(
    data: Path, keys: Keys, *, aside: Callable[[Callable[[], None]], None] = at_once
) -> Texts:
    """Return the texts of an instance, indexed in the folder `data`."""
    shipped = guidance_texts()
    index = KeptTexts(folder=data / TEXT_INDEX, key=keys.search, release=release_of(shipped))
    return Texts(index=index, shipped=shipped, aside=aside)


def open_ledger(
    database: Database, keys: Keys, *, data: Path | None = None, texts: Texts = UNINDEXED
) -> Ledger:
    """Return the one door to what `database` keeps; it searches with the weights in `data`."""
    weights = read_weights(data) if data is not None else Weights()
    return Ledger(
        Backing(
            database=database,
            index=SqlPeopleIndex(keys.search, weights=weights),
            few=partial(MemoryIndex, keys.search, weights=weights),
            keys=keys,
            sealer=Sealer(keys, os.urandom),
            mint=random_reference,
            holidays=working_holidays(),
            texts=texts,
        )
    )
