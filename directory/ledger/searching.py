"""Find people for a viewer, and tell whose a line is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection

from directory.domain.extracts import Linking
from directory.domain.looking import Answer, Matches, Sought
from directory.domain.people import Identity, Person
from directory.domain.relationships import OwnPeople
from directory.domain.restrictions import Protection
from directory.domain.traces import shown_by, shown_of
from directory.domain.vocabulary import Service
from directory.ledger.indexing import line_of, linking_of, matches_of, query_of, searchable
from directory.ledger.stores import Stores
from directory.search.people import MOST_CANDIDATES, Query, SearchableLine
from directory.store.matching import MatchingStore
from directory.store.restrictions import RestrictionStore
from directory.store.traces import TraceStore

_NEAR = 1_000
"""The most people asked about at once who may be near a query."""

_ROUNDS = 20
"""How often it is asked again who comes near; after that, strangers are left out of the answer."""


@dataclass(slots=True, kw_only=True)
class Searching(Stores):
    """The search for one act; what is found are references, never facts."""

    def find(self, sought: Sought, *, among: OwnPeople | None = None) -> Matches:
        """Return references of people who may be the one sought, never facts.

        With `among`, everybody else is taken out first; whom the viewer is not told of, always.
        Where consent binds the viewer, those who gave it stand in for `among`.
        """
        query = query_of(sought, self.access.today)
        with self._reading() as connection:
            return self._find(connection, query, among)

    def referred(self, own: OwnPeople, references: Collection[str]) -> frozenset[UUID]:
        """Return whom the service of `own` knows by its own `references`, nobody else's people."""
        with self._reading() as connection:
            people = self._people_on(connection)
            return people.among(own, people.referred(own.service, references))

    def match(self, identities: Sequence[Identity]) -> tuple[Linking, ...]:
        """Return whose each identity of an extract's lines is, in their order.

        Nobody guarded and nobody unborn is ever known by it, nor anybody else by a line that
        gives somebody guarded away: a person decides on them.
        """
        lines = [line_of(each) for each in identities]
        with self._reading() as connection:
            guarded = self._guarded(connection)
            linkings = self._match(connection, lines, guarded)
            given_away = self._given_away(connection, identities)
        return tuple(
            replace(linking, held_for=people | guarded.intersection(linking.resembled))
            for linking, people in zip(linkings, given_away, strict=True)
        )

    def given_away(self, identities: Sequence[Identity]) -> tuple[frozenset[UUID], ...]:
        """Return whom of those guarded each identity may be about, in their order."""
        with self._reading() as connection:
            return self._given_away(connection, identities)

    def given_away_by(self, person: Person) -> frozenset[UUID]:
        """Return whom of those guarded all that is told of `person` may give away.

        A postcode alone, where no house is known, is too little for that.
        """
        shown = shown_of(person)
        with self._reading() as connection:
            kept = TraceStore(connection, self.backing.sealer).kept_of(shown.every)
        return frozenset(
            each
            for each, traces in kept.items()
            if shown.gives_away(frozenset(trace for trace in traces if trace.is_whole))
        )

    def hidden_of(self, people: Collection[UUID]) -> frozenset[UUID]:
        """Return those of `people` whom an order hides."""
        if not people:
            return frozenset()
        with self._reading() as connection:
            store = RestrictionStore(connection)
            protections = store.protections(people)
        return frozenset(each for each, how in protections.items() if how is Protection.HIDDEN)

    def held(self, service: Service, references: Collection[str]) -> frozenset[str]:
        """Return which of the lines under `references` wait with the officers."""
        if not references:
            return frozenset()
        with self._reading() as connection:
            store = MatchingStore(connection, self.backing.sealer)
            return store.held(service, references, self._guarded(connection))

    def protected_by(self, order: UUID) -> frozenset[UUID]:
        """Return whom the order protects; nobody where there is no such order."""
        with self._reading() as connection:
            found = RestrictionStore(connection).order(order)
            return frozenset(found.people) if found else frozenset()

    def incomplete_orders(self) -> tuple[UUID, ...]:
        """Return the orders whose people are to be compared with everybody again."""
        with self._reading() as connection:
            return RestrictionStore(connection).incomplete()

    def guarded(self) -> frozenset[UUID]:
        """Return whom few may know of."""
        with self._reading() as connection:
            return self._guarded(connection)

    def _find(self, connection: Connection, query: Query, among: OwnPeople | None) -> Matches:
        shield, people = self._shield(connection), self._people_on(connection)
        if shield.consented is not None:
            return self._find_few(connection, query, shield.consented - shield.hidden)
        hidden = frozenset(each.bytes for each in shield.interests)
        if among is not None:
            hidden |= self._strangers(connection, query, among, hidden)
        found = matches_of(self.backing.index.find(connection, query, hidden=hidden))
        if shield.opened:
            found = _joined(found, self._find_few(connection, query, shield.opened))
        if among is None:
            return found
        own = people.among(among, [each.person for each in found.found])
        return replace(found, found=tuple(each for each in found.found if each.person in own))

    def _find_few(self, connection: Connection, query: Query, people: Collection[UUID]) -> Matches:
        """Return who of a few people may be the one sought; the index of all holds none of them."""
        few = self.backing.few()
        described = self._people_on(connection).described(people)
        brokered = self._shield(connection).brokered
        few.put(
            connection,
            [
                searchable(each.brokered if each.reference in brokered else each)
                for each in described
            ],
        )
        return matches_of(few.find(connection, query, hidden=frozenset()))

    def _strangers(
        self, connection: Connection, query: Query, own: OwnPeople, hidden: frozenset[bytes]
    ) -> frozenset[bytes]:
        """Return those near the query who are not among `own`, to be taken out first.

        Taking some out lets others come near, so it is asked again until none comes.
        """
        people = self._people_on(connection)
        strangers = hidden
        rounds, came = _ROUNDS, True
        while came and rounds:
            near = {
                UUID(bytes=each.person)
                for each in self.backing.index.ranked(
                    connection, query, hidden=strangers, most=_NEAR
                )
            }
            new = near - people.among(own, near)
            strangers |= {each.bytes for each in new}
            rounds, came = rounds - 1, bool(new)
        return strangers

    def _match(
        self,
        connection: Connection,
        lines: Sequence[SearchableLine],
        guarded: frozenset[UUID],
    ) -> tuple[Linking, ...]:
        unborn = MatchingStore(connection, self.backing.sealer).expected()
        alone = frozenset(each.bytes for each in guarded | {each.person for each in unborn})
        decisions = self.backing.index.link_many(connection, lines, guarded=alone)
        return tuple(linking_of(each) for each in decisions)

    def _given_away(
        self, connection: Connection, identities: Sequence[Identity]
    ) -> tuple[frozenset[UUID], ...]:
        shown = [shown_by(each) for each in identities]
        every = frozenset(trace for each in shown for trace in each.every)
        kept = TraceStore(connection, self.backing.sealer).kept_of(every)
        return tuple(
            frozenset(person for person, traces in kept.items() if each.gives_away(traces))
            for each in shown
        )

    def _guarded(self, connection: Connection) -> frozenset[UUID]:
        return RestrictionStore(connection).protected()


def _joined(all_others: Matches, few: Matches) -> Matches:
    """Return one answer of two: that of those whom few may find beside that of everybody else."""
    if not few.found:
        return all_others
    if not all_others.found and all_others.answer is not Answer.TOO_MANY:
        return few
    found = sorted((*few.found, *all_others.found), key=lambda each: each.probability, reverse=True)
    return Matches(answer=Answer.POSSIBLE, found=tuple(found[:MOST_CANDIDATES]))
