"""Accounts, sessions and the rules of signing in."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from directory.domain.vocabulary import Role, Service

IDLE_LOCK = timedelta(minutes=15)
ABSOLUTE_LIMIT = timedelta(hours=10)
FRESH_FOR = timedelta(minutes=5)  # how long a second factor proves an act that needs it again
SEEN_EVERY = timedelta(seconds=30)  # how exactly it is noted when a session was last seen
WARNING_BEFORE = timedelta(minutes=2)
SESSIONS_AT_ONCE = 2
LINK_TERM = timedelta(hours=24)
ATTEMPT_WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_ACCOUNT = 10
ATTEMPTS_PER_ADDRESS = 50
PASSWORD_LENGTH = range(12, 129)
TOTP_STEP_SECONDS = 30


class SessionState(StrEnum):
    """What a session allows."""

    OPEN = "open"
    LOCKED = "locked"  # idle too long: the password returns to the same page
    OVER = "over"


class Renewal(StrEnum):
    """What a one-time link renews."""

    FORGOTTEN = "forgotten"  # the password; the second factor stays
    LOST = "lost"  # the phone too: nothing opens the account until the link is used


class SecondFactor(StrEnum):
    """Whether an account may act without a second factor."""

    REQUIRED = "required"
    OPTIONAL = "optional"  # in the demonstration only


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user's account in one organisation; `version` grows with every change of rights."""

    reference: UUID
    email: str
    display_name: str
    organisation: UUID
    roles: frozenset[Role]
    version: int
    practitioner: UUID | None = None
    team: UUID | None = None
    service: Service | None = None
    disabled: bool = False
    has_password: bool = False
    has_second_factor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in session; `acting_as` is None until one of several roles is chosen.

    `proven` is when its second factor was last given, None where it never was; `gates_end` is the
    day on which the first of its holder's gates ends, None where none is held. `calls_wait` and
    `reviews_wait` say whether somebody is to be rung, or an emergency reviewed, by this role;
    `assured_until` is the day its holder's organisation's assurance ends, None where none is asked.
    `notices_wait` counts the notices they have not opened.
    """

    token_hash: bytes
    account: UUID
    version: int
    started: datetime
    seen: datetime
    acting_as: Role | None = None
    locked: bool = False
    proven: datetime | None = None
    gates_end: date | None = None
    calls_wait: bool = False
    reviews_wait: bool = False
    notices_wait: int = 0
    assured_until: date | None = None

    def is_fresh(self, at: datetime) -> bool:
        """Return whether the second factor was given lately enough for a grant of rights."""
        return self.proven is not None and at - self.proven <= FRESH_FOR

    def state(self, at: datetime) -> SessionState:
        """Return what the session allows at the moment `at`."""
        if at - self.started >= ABSOLUTE_LIMIT:
            return SessionState.OVER
        if self.locked or at - self.seen >= IDLE_LOCK:
            return SessionState.LOCKED
        return SessionState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What proves an account, and how often it was tried in vain within ATTEMPT_WINDOW.

    `account` is None where nobody has that e-mail; the counts are kept all the same.
    `second_factor` is the TOTP secret in base 32, `last_step` the last time step it opened.
    """

    account: Account | None
    password: str = field(default="", repr=False)
    second_factor: str = field(default="", repr=False)
    last_step: int = 0
    by_account: int = 0
    by_address: int = 0


def refuses_attempt(*, by_account: int, by_address: int) -> bool:
    """Return whether so many failures within ATTEMPT_WINDOW refuse another attempt unread."""
    return by_account >= ATTEMPTS_PER_ACCOUNT or by_address >= ATTEMPTS_PER_ADDRESS
