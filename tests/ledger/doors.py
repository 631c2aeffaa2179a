"""A door to an empty directory, one user's session, and what the audit then says."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from directory.domain.access import Access
from directory.domain.accounts import Account, Session
from directory.domain.audit import Entry, Verified
from directory.domain.gates import Gate
from directory.domain.vocabulary import Role
from directory.ledger.backing import Backing
from directory.ledger.door import Ledger
from directory.search.memory import MemoryIndex
from directory.search.sql import SqlPeopleIndex
from directory.store.accounts import AccountStore
from directory.store.agencies import AgencyStore
from directory.store.audit import AuditStore
from directory.store.engine import Database
from directory.store.gates import GateStore
from directory.store.sealing import KEY_BYTES, Keys, Sealer
from tests.factories import ASHA, COUNCIL, NOON, access, held_gate

KEYS = Keys(**{name: bytes([n]) * KEY_BYTES for n, name in enumerate(Keys.__dataclass_fields__)})
OPERATOR = Access(at=NOON, role=Role.OPERATOR)
TOKEN = "a browser's token"  # noqa: S105 - opens nothing but a test's session
FACT = "council_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A ledger with the database behind it."""

    ledger: Ledger
    database: Database

    def fact(self) -> str:
        """Return the one fact that the tests change."""
        with self.database.reading() as connection:
            return AgencyStore(connection).instance(FACT)

    def entries(self) -> list[Entry]:
        """Return the whole audit, the oldest first."""
        with self.database.reading() as connection:
            return [link.entry for link in AuditStore(connection, sealer(), KEYS).chain()]

    def words(self, entry: Entry) -> str:
        """Return what an entry says in words."""
        with self.database.reading() as connection:
            return AuditStore(connection, sealer(), KEYS).words(entry)

    def verified(self) -> Verified:
        """Return whether the chain holds."""
        with self.database.reading() as connection:
            return AuditStore(connection, sealer(), KEYS).verify()


def door(database: Database, mint: Callable[[], UUID] | None = None) -> Door:
    """Return the door to `database`, as one process opens it."""
    backing = Backing(
        database=database,
        index=SqlPeopleIndex(KEYS.search),
        few=partial(MemoryIndex, KEYS.search),
        keys=KEYS,
        sealer=sealer(),
        mint=mint or (lambda: UUID(bytes=secrets.token_bytes(16))),
        holidays=frozenset(),
    )
    return Door(ledger=Ledger(backing), database=database)


def sealer() -> Sealer:
    """Return the directory's sealer."""
    return Sealer(KEYS, os.urandom)


def signed_in(database: Database, token: str = TOKEN) -> Access:
    """Keep Asha's account, if it is not there, with a session under `token`; return its access."""
    role, session = Role.CHILDRENS_SOCIAL_WORKER, sealer().token_hash(token)
    with database.writing() as connection:
        accounts = AccountStore(connection, sealer())
        if accounts.account(ASHA) is None:
            AgencyStore(connection).keep_organisation(COUNCIL, known_as="NSC", name="Northshire")
            accounts.create(_asha(role))
            for gate in Gate:
                GateStore(connection).give(ASHA, held_gate(gate=gate))
        accounts.open_session(
            Session(
                token_hash=session, account=ASHA, version=1, started=NOON, seen=NOON, acting_as=role
            )
        )
    return access(role, session=session)


def sign_out(database: Database, access: Access) -> None:
    """End the session of `access`, as another request would."""
    with database.writing() as connection:
        AccountStore(connection, sealer()).end_session(access.session or b"")


def _asha(role: Role) -> Account:
    return Account(
        reference=ASHA,
        email="asha.rahman@council.example",
        display_name="Asha Rahman",
        organisation=COUNCIL,
        roles=frozenset({role}),
        version=1,
    )
