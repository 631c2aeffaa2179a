"""Who acts, in which role, under which session, and when."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from directory.domain.dates import local_day
from directory.domain.vocabulary import Role, Scope, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One act's actor, role and moment; it enters at the top and travels to the bottom.

    `at` is "now" for everything the act touches and carries UTC. `session` is None for the
    command line and for sign-in itself; `version` is the account's version the session rests on.
    `programme` is the one through which the act is done, None at a page, and `scopes` what its key
    opens.
    """

    at: datetime
    role: Role
    account: UUID | None = None
    name: str = ""
    organisation: UUID | None = None
    practitioner: UUID | None = None
    team: UUID | None = None
    service: Service | None = None  # the service a service lead keeps, or a programme sends for
    session: bytes | None = None
    version: int = 0
    programme: UUID | None = None
    scopes: frozenset[Scope] = field(default_factory=frozenset)

    @property
    def today(self) -> date:
        """Return the day of the act in Europe/London."""
        return local_day(self.at)


class Refused(Exception):
    """The act is not allowed; to its actor it looks the same as a thing that is not there."""


class NotFound(Exception):
    """Nothing stands under that reference for this actor."""
