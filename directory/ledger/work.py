"""One unit of work behind the door: the stores, the search and what the entry will say."""

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from directory.domain.audit import Entry, Event, Looks, Outcome, Part, Subject, Verified
from directory.domain.extracts import Linking, Standing
from directory.domain.looking import Matches, Sought
from directory.domain.matching import WaitingLine
from directory.domain.people import Identity
from directory.domain.relationships import OwnPeople
from directory.domain.texts import Text, TextSought
from directory.domain.vocabulary import LegalPower, Purpose, Relationship, Service
from directory.ledger.indexing import line_of, linking_of, matches_of, query_of, searchable
from directory.ledger.stores import Stores
from directory.policy.permissions import POLICY_VERSION
from directory.search.people import Query, SearchableLine
from directory.store.audit import AuditStore
from directory.store.audit_counts import looks_since
from directory.store.extracts import ExtractStore
from directory.store.matching import MatchingStore
from directory.store.people import PeopleStore

_NEAR = 1_000
"""The most people asked about at once who may be near a query."""

_ROUNDS = 20
"""How often it is asked again who comes near; after that, strangers are left out of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an entry says beside who, when and what: filled in as the work goes on."""

    subject: UUID | None = None
    shown: tuple[UUID, ...] = ()
    occasion: UUID | None = None
    purpose: Purpose | None = None
    power: LegalPower | None = None
    relationship: Relationship | None = None
    service: Service | None = None
    fields: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    words: str = ""


@dataclass(slots=True, kw_only=True)
class Work(Stores):
    """The stores and the search for one act, all in one transaction, and what its entry says."""

    event: Event
    note: Note
    texts_behind: bool = False

    def new_reference(self) -> UUID:
        """Return a fresh random reference."""
        return self.backing.mint()

    def token_hash(self, token: str) -> bytes:
        """Return the keyed hash under which a token is kept."""
        return self.backing.sealer.token_hash(token)

    def subject_hash(self, person: UUID) -> bytes:
        """Return the keyed hash under which the audit knows `person`."""
        return self.backing.sealer.subject(person.bytes)

    @property
    def holidays(self) -> Container[date]:
        """Return the days, beside weekends, on which nobody works."""
        return self.backing.holidays

    def find(self, sought: Sought, *, among: OwnPeople | None = None) -> Matches:
        """Return references of people who may be the one sought, never facts.

        With `among`, everybody else is taken out first.
        """
        query = query_of(sought, self.access.today)
        if self.connection is not None:
            return self._find(self.connection, query, among)
        with self.backing.database.reading() as snapshot:
            return self._find(snapshot, query, among)

    def referred(self, own: OwnPeople, references: Collection[str]) -> frozenset[UUID]:
        """Return whom the service of `own` knows by its own `references`, nobody else's people."""
        with self._reading() as connection:
            people = PeopleStore(connection, self.backing.sealer)
            return people.among(own, people.referred(own.service, references))

    def _find(self, connection: Connection, query: Query, among: OwnPeople | None) -> Matches:
        index, strangers = self.backing.index, frozenset[bytes]()
        if among is not None:
            strangers = self._strangers(connection, query, among)
        found = matches_of(index.find(connection, query, hidden=strangers))
        if among is None:
            return found
        people = PeopleStore(connection, self.backing.sealer)
        own = people.among(among, [each.person for each in found.found])
        return replace(found, found=tuple(each for each in found.found if each.person in own))

    def _strangers(self, connection: Connection, query: Query, own: OwnPeople) -> frozenset[bytes]:
        """Return those near the query who are not among `own`, to be taken out first.

        Taking some out lets others come near, so it is asked again until none comes.
        """
        people = PeopleStore(connection, self.backing.sealer)
        strangers = frozenset[bytes]()
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

    def match(self, identities: Sequence[Identity]) -> tuple[Linking, ...]:
        """Return whose each identity of an extract's lines is, in their order.

        Nobody guarded and nobody unborn is ever known by it: a person decides on them.
        """
        lines = [line_of(each) for each in identities]
        with self._reading() as connection:
            return self._match(connection, lines)

    def _match(
        self, connection: Connection, lines: Sequence[SearchableLine]
    ) -> tuple[Linking, ...]:
        unborn = MatchingStore(connection, self.backing.sealer).expected()
        alone = self.backing.guarded(connection) | {each.person for each in unborn}
        guarded = frozenset(each.bytes for each in alone)
        decisions = self.backing.index.link_many(connection, lines, guarded=guarded)
        return tuple(linking_of(each) for each in decisions)

    def guarded(self) -> frozenset[UUID]:
        """Return whom few may know of."""
        with self._reading() as connection:
            return self.backing.guarded(connection)

    def standing(self, service: Service, references: Collection[str]) -> dict[str, Standing]:
        """Return those of `references` that the feed of `service` has a standing line for."""
        with self._reading() as connection:
            return ExtractStore(connection, self.backing.sealer).standing(service, references)

    def became(self, people: Collection[UUID]) -> dict[UUID, UUID]:
        """Return into whom those of `people` who were merged away were merged in the end."""
        if not people:
            return {}
        with self._reading() as connection:
            return MatchingStore(connection, self.backing.sealer).became(people)

    def find_texts(self, sought: TextSought) -> tuple[Text, ...]:
        """Return what matches, the best first, as it stands now; never anything of a person."""
        texts, day = self.backing.texts, self.access.today
        with self._reading() as connection:
            found, is_up = texts.find(connection, sought, day)
        self.texts_behind = not is_up
        return texts.standing(self._begun(), found, day)

    def waiting_line(self, reference: UUID) -> tuple[WaitingLine | None, frozenset[UUID]]:
        """Return the line that waits under `reference`, if any, and whom it ever resembled."""
        with self._reading() as connection:
            matching = MatchingStore(connection, self.backing.sealer)
            return matching.line(reference), matching.resembled(reference)

    def shown_as(self, text: str) -> bytes:
        """Return a keyed hash by which it is told that something still says what was shown."""
        return self.backing.sealer.blind("shown", text)

    def verify_audit(self) -> Verified:
        """Return whether the audit chain holds, read on a snapshot that holds no lock."""
        with self.backing.database.reading() as snapshot:
            return AuditStore(snapshot, self.backing.sealer, self.backing.keys).verify()

    def looks_since(self, start: datetime, *, most: int) -> Looks:
        """Return how often what was looked at since `start`, of the newest `most` looks at most.

        It is counted by the database, on a snapshot that holds no lock, and names nobody.
        """
        with self.backing.database.reading() as snapshot:
            return looks_since(snapshot, start, most=most)

    def index_people(self, people: Collection[UUID]) -> None:
        """Make `people` findable as what their visible and staged lines now say."""
        store = self.people
        described = store.described(people)
        found = [searchable(each) for each in described]
        self.backing.index.put(self._begun(), found)

    def index_or_hide(self, people: Collection[UUID]) -> None:
        """Make `people` findable as their lines now say, or not at all where they have none."""
        spoken_of = {each.reference for each in self.people.described(people)}
        self.index_people(spoken_of)
        gone = [each.bytes for each in people if each not in spoken_of]
        self.backing.index.remove(self._begun(), gone)

    def forget_people(self, people: Collection[UUID]) -> None:
        """Forget `people` of whom no line speaks, and the keys they were found by."""
        self.backing.index.remove(self._begun(), [each.bytes for each in people])
        self.extracts.forget(people)

    def pair_names(self) -> None:
        """Make every process find and link by the accepted pairs and no others, once committed."""
        self.backing.index.pair(self._begun(), self.aliases.accepted())

    def remark(self, **changes: object) -> None:
        """Add to what the entry will say."""
        self.note = replace(self.note, **changes)  # type: ignore[arg-type]  # checked by Note itself

    def close(self, outcome: Outcome) -> None:
        """Write the entry into the same unit of work."""
        audit = self.audit
        note = self.note
        reference = self.backing.mint()
        seal_key = self._seal_key(reference)
        sealed = audit.seal_words(note.words, subject=seal_key, entry=reference)
        head = audit.head(locked=True)
        entry = Entry(
            sequence=head.count + 1,
            reference=reference,
            at=self.access.at,
            event=self.event,
            outcome=outcome,
            actor=self.access.account,
            role=self.access.role,
            organisation=self.access.organisation,
            session=(self.access.session or b"")[:8],
            occasion=note.occasion,
            purpose=note.purpose or "",
            power=note.power or "",
            relationship=note.relationship or "",
            service=note.service or "",
            fields=note.fields,
            agreements=note.agreements,
            policy_version=POLICY_VERSION,
            subjects=tuple(self._subjects()),
            seal_key=seal_key,
            sealed=sealed,
        )
        audit.append(entry, head=head)

    def _seal_key(self, reference: UUID) -> bytes:
        whose = self.note.subject or self.note.occasion or reference
        return self.backing.sealer.subject(whose.bytes)

    def _subjects(self) -> Iterable[Subject]:
        if self.note.subject is not None:
            yield Subject(reference=self.subject_hash(self.note.subject), part=Part.ABOUT)
        for person in self.note.shown:
            yield Subject(reference=self.subject_hash(person), part=Part.SHOWN)
