"""A council with accounts behind the real door, on SQLite, and a clock that tests set."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pyotp.totp import TOTP

from directory.domain.access import Access, Refused
from directory.domain.accounts import Account, SecondFactor, Session
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role
from directory.ledger.backing import Backing
from directory.ledger.door import Ledger
from directory.operations.accounts import AccountPlan, make_demonstration_account
from directory.operations.passwords import Passwords
from directory.operations.sessions import choose_role, my_sessions, set_second_factor
from directory.operations.sign_in import Attempt, sign_in
from directory.search.memory import MemoryIndex
from directory.store.accounts import AccountStore
from directory.store.agencies import AgencyStore
from directory.store.audit import AuditStore
from directory.store.engine import Database
from directory.store.sealing import KEY_BYTES, Keys, Sealer
from tests import engines
from tests.factories import COUNCIL, NOON

KEYS = Keys(**{name: bytes([n]) * KEY_BYTES for n, name in enumerate(Keys.__dataclass_fields__)})
WORDS = "three plain words"
TOTP_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
ADDRESS = "192.0.2.7"
EMAIL = "asha.rahman@council.example"
CHEAP = Passwords(memory_kib=8, passes=1)
WORKER = Role.CHILDRENS_SOCIAL_WORKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry of the audit, with its words."""

    event: Event
    outcome: Outcome
    actor: UUID | None
    role: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A ledger and what stands behind it."""

    ledger: Ledger
    database: Database

    def account(self, email: str = EMAIL) -> Account:
        """Return the account of `email` as it is now."""
        with self.database.reading() as connection:
            found = AccountStore(connection, sealer()).by_email(email)
        assert found is not None
        return found

    def told(self) -> list[Told]:
        """Return every entry, the oldest first."""
        with self.database.reading() as connection:
            audit = AuditStore(connection, sealer(), KEYS)
            entries = [link.entry for link in audit.chain()]
            return [
                Told(
                    event=each.event, outcome=each.outcome, actor=each.actor, role=each.role,
                    words=audit.words(each),
                )
                for each in entries
            ]  # fmt: skip

    def events(self) -> list[tuple[Event, Outcome]]:
        """Return what was entered and how it ended, the oldest first."""
        return [(each.event, each.outcome) for each in self.told()]


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Yield a council without accounts."""
    with engines.ready(engines.SQLITE, folder) as place, engines.opened(place.url) as database:
        with database.writing() as connection:
            AgencyStore(connection).keep_organisation(COUNCIL, known_as="NSC", name="Northshire")
        backing = Backing(
            database=database,
            index=MemoryIndex(),
            few=MemoryIndex,
            keys=KEYS,
            sealer=sealer(),
            mint=lambda: UUID(bytes=secrets.token_bytes(16)),
            holidays=frozenset(),
        )
        yield World(ledger=Ledger(backing), database=database)


def sealer() -> Sealer:
    """Return the council's sealer."""
    return Sealer(KEYS, os.urandom)


def visitor(at: datetime = NOON) -> Access:
    """Return the access of somebody who has not signed in."""
    return Access(at=at, role=Role.VISITOR)


def operator() -> Access:
    """Return the access of the council's engineer at the command line."""
    return Access(at=NOON, role=Role.OPERATOR)


def plan(**differing: object) -> AccountPlan:
    """Return the plan of Asha's account."""
    default = AccountPlan(
        email=EMAIL,
        display_name="Asha Rahman",
        organisation="NSC",
        roles=frozenset({WORKER}),
    )
    return replace(default, **differing)  # type: ignore[arg-type]  # checked by the plan itself


def settle(here: World, **differing: object) -> Account:
    """Make an account that WORDS opens, without a second factor."""
    wanted = plan(**differing)
    make_demonstration_account(
        here.ledger, operator(), plan=wanted, password=WORDS, passwords=CHEAP
    )
    return here.account(wanted.email)


def attempt(**differing: object) -> Attempt:
    """Return what Asha types."""
    default = Attempt(email=EMAIL, password=WORDS, address=ADDRESS)
    return replace(default, **differing)  # type: ignore[arg-type]  # checked by the attempt itself


def enter(
    here: World,
    typed: Attempt | None = None,
    *,
    at: datetime = NOON,
    browser: str = "first",
    passwords: Passwords = CHEAP,
) -> tuple[Session, Account]:
    """Sign in with what is typed, and return the session, without a role, that `browser` holds."""
    given = typed or attempt()
    return sign_in(here.ledger, visitor(at), attempt=given, passwords=passwords, token=browser)


def holding(session: Session, account: Account, at: datetime = NOON) -> Access:
    """Return the access of the session."""
    return Access(
        at=at,
        role=session.acting_as or Role.VISITOR,
        account=account.reference,
        organisation=account.organisation,
        session=session.token_hash,
        version=session.version,
    )


def at_work(here: World, *, at: datetime = NOON, role: Role = WORKER, email: str = EMAIL) -> Access:
    """Sign in, choose a role, and return the access."""
    session, account = enter(here, attempt(email=email), at=at, browser=f"entering {email}")
    chosen = choose(here, holding(session, account, at), role, browser=f"working {email}")
    return holding(chosen, account, at)


def code(at: datetime = NOON) -> str:
    """Return the digits that TOTP_KEY shows at a moment."""
    return TOTP(TOTP_KEY).at(at)


def enrol(here: World, *, at: datetime) -> tuple[Session, Account]:
    """Sign in at `at`, and set the second factor with the code of that moment."""
    entering, browser = enter(here, at=at, browser="enrolling"), "enrolled"
    access = holding(*entering, at)
    return set_second_factor(here.ledger, access, key=TOTP_KEY, code=code(at), token=browser)


def choose(
    here: World,
    access: Access,
    role: Role,
    *,
    browser: str = "chosen",
    rule: SecondFactor = SecondFactor.OPTIONAL,
) -> Session:
    """Choose a role, and return the session that acts in it."""
    return choose_role(here.ledger, access, role=role, token=browser, rule=rule)


def works(here: World, access: Access) -> bool:
    """Return whether the ledger still lets `access` in."""
    try:
        my_sessions(here.ledger, access)
    except Refused:
        return False
    return True
