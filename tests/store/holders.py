"""Make accounts and sessions, and open their store on any database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from directory.domain.accounts import Account, Session
from directory.domain.vocabulary import Role
from directory.store.accounts import AccountStore
from directory.store.agencies import AgencyStore
from directory.store.engine import Database
from directory.store.sealing import KEY_BYTES, Keys, Sealer
from tests.factories import ASHA, COUNCIL, NOON

EMAIL, ADDRESS = "asha.rahman@council.example", "192.0.2.7"
WORKER = Role.CHILDRENS_SOCIAL_WORKER
KEYS = Keys(**{name: bytes([n]) * KEY_BYTES for n, name in enumerate(Keys.__dataclass_fields__)})


def sealer() -> Sealer:
    return Sealer(KEYS, bytes)


def account(**differing: Any) -> Account:
    default = Account(
        reference=ASHA,
        email=EMAIL,
        display_name="Asha Rahman",
        organisation=COUNCIL,
        roles=frozenset({WORKER}),
        version=1,
    )
    return replace(default, **differing)


def session(token: bytes = b"token", **differing: Any) -> Session:
    default = Session(
        token_hash=token.ljust(32), account=ASHA, version=1, started=NOON, seen=NOON,
        acting_as=WORKER,
    )  # fmt: skip
    return replace(default, **differing)


@contextmanager
def accounts(database: Database) -> Iterator[AccountStore]:
    with database.writing() as connection:
        if not AgencyStore(connection).names():
            AgencyStore(connection).keep_organisation(COUNCIL, known_as="NS", name="Northshire")
        yield AccountStore(connection, sealer())
