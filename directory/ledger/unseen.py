"""A search among those a viewer is not told of: for whoever must ring the viewer, never shown."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from directory.domain.access import Access
from directory.domain.accounts import Account
from directory.domain.calls import DueLookUp
from directory.domain.looking import Answer, Matches, Sought
from directory.domain.relationships import OwnPeople
from directory.ledger.backing import Backing
from directory.ledger.indexing import matches_of, query_of, searchable
from directory.policy.shielding import standing_of
from directory.search.people import PeopleIndex
from directory.store.accounts import AccountStore
from directory.store.calls import CallStore
from directory.store.people import PeopleStore
from directory.store.restrictions import RestrictionStore


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFrom:
    """The people whom one viewer is not told of, to be searched as the viewer searched."""

    people: frozenset[UUID]
    day: date
    connection: Connection
    index: PeopleIndex
    every: frozenset[UUID]
    store: PeopleStore

    def find(self, sought: Sought, *, among: OwnPeople | None = None) -> Matches:
        """Return who of them may be the one sought."""
        sought_among = self.people
        if among is not None:
            sought_among &= self.store.among(among, self.people)
        if not sought_among:
            return Matches(answer=Answer.NONE)
        others = frozenset(each.bytes for each in self.every - sought_among)
        query = query_of(sought, self.day)
        return matches_of(self.index.find(self.connection, query, hidden=others))

    def referred(self, own: OwnPeople, references: Collection[str]) -> frozenset[UUID]:
        """Return whom of them the service of `own` knows by its own `references`."""
        known = self.store.referred(own.service, references)
        return self.store.among(own, known) & self.people


class Unseen:
    """Searches still to be compared, and all whom anybody is not told of, on one snapshot."""

    def __init__(self, backing: Backing, connection: Connection) -> None:
        """Read through `connection`."""
        self._backing, self._connection = backing, connection
        self._restrictions = RestrictionStore(connection)
        self._people = PeopleStore(connection, backing.sealer)
        self._all_protected: KeptFrom | None = None

    def due(self, *, most: int) -> tuple[DueLookUp, ...]:
        """Return searches to be compared, the oldest first."""
        return CallStore(self._connection, self._backing.sealer).due(most=most)

    def account(self, reference: UUID) -> Account | None:
        """Return who searched."""
        return AccountStore(self._connection, self._backing.sealer).account(reference)

    def hidden_from(self, viewer: Access) -> KeptFrom:
        """Return those whom orders hide from the viewer."""
        shield = self._restrictions.shield(standing_of(viewer))
        if self._all_protected is None:
            self._all_protected = self._indexed(self._restrictions.protected(), viewer)
        return replace(self._all_protected, people=shield.hidden - shield.interests)

    def interests_of(self, viewer: Access) -> KeptFrom:
        """Return those in whom the viewer declared an interest."""
        shield = self._restrictions.shield(standing_of(viewer))
        return self._indexed(shield.interests, viewer)

    def _indexed(self, people: frozenset[UUID], viewer: Access) -> KeptFrom:
        few = self._backing.few()
        described = self._people.described(people) if people else ()
        few.put(self._connection, [searchable(each) for each in described])
        return KeptFrom(
            people=people,
            day=viewer.today,
            connection=self._connection,
            index=few,
            every=people,
            store=self._people,
        )


@contextmanager
def unseen(backing: Backing) -> Iterator[Unseen]:
    """Yield what nobody is shown, on a snapshot that holds no lock."""
    with backing.database.reading() as snapshot:
        yield Unseen(backing, snapshot)
