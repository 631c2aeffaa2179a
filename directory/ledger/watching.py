"""Look at boards as those who watch them would, for nobody to see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from directory.domain.access import Access
from directory.domain.accounts import Account
from directory.domain.watches import Watch
from directory.ledger.checking import check_gates
from directory.ledger.work import Work
from directory.policy.permissions import Action
from directory.store.accounts import AccountStore
from directory.store.watches import WatchStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """The watches that are due, and how their users see, on one snapshot that holds no lock."""

    work: Work
    snapshot: Connection

    def due(self, at: datetime, *, most: int) -> tuple[Watch, ...]:
        """Return watches whose boards are to be compared, the longest waiting first."""
        return WatchStore(self.snapshot).due(at, most=most)

    def changes(self) -> int:
        """Return how often anything was changed that boards are made of."""
        return WatchStore(self.snapshot).changes()

    def account(self, reference: UUID) -> Account | None:
        """Return who watches."""
        return AccountStore(self.snapshot, self.work.backing.sealer).account(reference)

    def as_viewer(self, access: Access) -> Work:
        """Return a unit of work as another's, to be read only; raises Refused as theirs would.

        It is shielded, gated and trusted as its own viewer's, and entered nowhere: what is read by
        it must be shown to nobody.
        """
        theirs = replace(
            self.work, access=access, connection=self.snapshot, shield=None, trust=None
        )
        theirs.closed = check_gates(
            self.snapshot,
            access,
            Action.FAMILY_OPEN,
            trust=theirs.trusted,
            holidays=self.work.holidays,
        )
        return theirs


@contextmanager
def watching(work: Work) -> Iterator[Watching]:
    """Yield what is to be compared, to be read before `work` begins to write."""
    with work.backing.database.reading() as snapshot:
        yield Watching(work=work, snapshot=snapshot)
