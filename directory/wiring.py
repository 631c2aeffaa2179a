"""Join the stores, the search and the keys of one instance into a ledger."""

import os
import secrets
from collections.abc import Container
from dataclasses import fields
from datetime import date
from pathlib import Path
from uuid import UUID

import holidays

from directory.ledger.door import Ledger
from directory.ledger.work import Backing
from directory.search.sql import SqlPeopleIndex
from directory.settings import Settings
from directory.store.engine import Database
from directory.store.sealing import KEY_BYTES, Keys, Sealer

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


class NoKeys(Exception):
    """The data folder has no keys: it was never initialised, or they were lost."""


def database_url(settings: Settings) -> str:
    """Return the address of the database: the one set, or SQLite in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data.resolve() / 'directory.db'}"


def make_folder(data: Path) -> None:
    """Make the data folder and its keys folder, for this user alone."""
    for folder in (data, data / "keys"):
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        folder.chmod(_FOLDER_MODE)


def make_keys(data: Path) -> Keys:
    """Make each key that is not there yet, one file a key, and return them all."""
    for field in fields(Keys):
        path = data / "keys" / f"{field.name}.key"
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
    return read_keys(data)


def read_keys(data: Path) -> Keys:
    """Return the instance's keys, or raise NoKeys."""
    found = {}
    for field in fields(Keys):
        path = data / "keys" / f"{field.name}.key"
        try:
            found[field.name] = path.read_bytes()
        except FileNotFoundError:
            raise NoKeys(f"{path.name} is missing from the keys folder") from None
        if len(found[field.name]) != KEY_BYTES:
            raise NoKeys(f"{path.name} is not a key")
    return Keys(**found)


def random_reference() -> UUID:
    """Return 128 random bits as a reference."""
    return UUID(bytes=secrets.token_bytes(16))


def working_holidays() -> Container[date]:
    """Return the bank holidays of England, any year."""
    return holidays.country_holidays("GB", subdiv="ENG")


def open_ledger(database: Database, keys: Keys) -> Ledger:
    """Return the one door to what `database` keeps."""
    return Ledger(
        Backing(
            database=database,
            index=SqlPeopleIndex(keys.search),
            keys=keys,
            sealer=Sealer(keys, os.urandom),
            mint=random_reference,
            holidays=working_holidays(),
        )
    )
