"""One unit of work behind the door: the stores, the search and what the entry will say."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from directory.domain.access import Access, Refused
from directory.domain.audit import Entry, Event, Outcome, Part, Subject, Verified
from directory.domain.extracts import Linking, Standing
from directory.domain.looking import Matches, Sought
from directory.domain.matching import WaitingLine
from directory.domain.people import Identity
from directory.domain.relationships import OwnPeople
from directory.domain.texts import Text, TextSought
from directory.domain.vocabulary import LegalPower, Purpose, Relationship, Service
from directory.ledger.indexing import line_of, linking_of, matches_of, query_of, searchable
from directory.ledger.texts import UNINDEXED, Texts
from directory.policy.permissions import POLICY_VERSION
from directory.search.people import PeopleIndex, Query, SearchableLine
from directory.store.accounts import AccountStore
from directory.store.agencies import AgencyStore
from directory.store.aliases import AliasStore
from directory.store.audit import AuditStore
from directory.store.engine import Database
from directory.store.extracts import ExtractStore
from directory.store.investigations import InvestigationStore
from directory.store.involvement import InvolvementStore
from directory.store.matching import MatchingStore
from directory.store.matching_acts import MatchingActStore
from directory.store.matching_merges import MergeStore
from directory.store.people import PeopleStore
from directory.store.relationships import RelationshipStore
from directory.store.sealing import Keys, Sealer
from directory.store.sharing import SharingStore

_NEAR = 1_000
"""The most people asked about at once who may be near a query."""

_ROUNDS = 20
"""How often it is asked again who comes near; after that, strangers are left out of the answer."""


def nobody(_connection: Connection) -> frozenset[UUID]:
    """Return that nobody is guarded."""
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What every unit of work stands on.

    `guarded` reads, on the connection given, whom few may know of: nothing is ever linked to them
    without a person's decision, and whoever resembles them waits where few see it.
    """

    database: Database
    index: PeopleIndex
    keys: Keys
    sealer: Sealer
    mint: Callable[[], UUID]
    holidays: Container[date]
    guarded: Callable[[Connection], frozenset[UUID]] = nobody
    texts: Texts = UNINDEXED


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
class Work:
    """The stores and the search for one act, all in one transaction.

    The transaction begins with the first store that is used, on `connection` from then on; a
    search before that runs on a read snapshot and holds no lock.
    """

    access: Access
    event: Event
    backing: Backing
    stack: ExitStack
    note: Note
    connection: Connection | None = None
    texts_behind: bool = False

    @property
    def people(self) -> PeopleStore:
        """Return the people."""
        return PeopleStore(self._begun(), self.backing.sealer)

    @property
    def involvement(self) -> InvolvementStore:
        """Return the involvements."""
        return InvolvementStore(self._begun())

    @property
    def agencies(self) -> AgencyStore:
        """Return organisations, services and feeds."""
        return AgencyStore(self._begun())

    @property
    def sharing(self) -> SharingStore:
        """Return the agreements."""
        return SharingStore(self._begun())

    @property
    def relationships(self) -> RelationshipStore:
        """Return claims, searches and viewings."""
        return RelationshipStore(self._begun(), self.backing.sealer)

    @property
    def accounts(self) -> AccountStore:
        """Return accounts and sessions."""
        return AccountStore(self._begun(), self.backing.sealer)

    @property
    def extracts(self) -> ExtractStore:
        """Return feeds' lines as they are taken."""
        return ExtractStore(self._begun(), self.backing.sealer)

    @property
    def investigations(self) -> InvestigationStore:
        """Return the logged investigations."""
        return InvestigationStore(self._begun(), self.backing.sealer)

    @property
    def matching(self) -> MatchingStore:
        """Return the lines that wait for a steward."""
        return MatchingStore(self._begun(), self.backing.sealer)

    @property
    def matching_acts(self) -> MatchingActStore:
        """Return what stewards did."""
        return MatchingActStore(self._begun())

    @property
    def merges(self) -> MergeStore:
        """Return the merges of people."""
        return MergeStore(self._begun())

    @property
    def aliases(self) -> AliasStore:
        """Return the pairs of names that were met."""
        return AliasStore(self._begun())

    @property
    def audit(self) -> AuditStore:
        """Return the audit chain, to be read; entries are written by the door alone."""
        return AuditStore(self._begun(), self.backing.sealer, self.backing.keys)

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

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Yield the unit of work's own connection once it has begun, a snapshot before."""
        if self.connection is not None:
            yield self.connection
            return
        with self.backing.database.reading() as snapshot:
            yield snapshot

    def waiting_line(self, reference: UUID) -> tuple[WaitingLine | None, frozenset[UUID]]:
        """Return the line that waits under `reference`, if any, and whom it ever resembled."""
        with self._reading() as connection:
            matching = MatchingStore(connection, self.backing.sealer)
            return matching.line(reference), matching.resembled(reference)

    def shown_as(self, text: str) -> bytes:
        """Return a keyed hash by which it is told that something still says what was shown."""
        return self.backing.sealer.blind("shown", text)

    @contextmanager
    def extracts_unlocked(self) -> Iterator[ExtractStore]:
        """Yield feeds' lines on a snapshot that holds no lock, to be read only."""
        with self.backing.database.reading() as snapshot:
            yield ExtractStore(snapshot, self.backing.sealer)

    @contextmanager
    def matching_unlocked(self) -> Iterator[MatchingStore]:
        """Yield the lines that wait, on a snapshot that holds no lock, to be read only."""
        with self.backing.database.reading() as snapshot:
            yield MatchingStore(snapshot, self.backing.sealer)

    def verify_audit(self) -> Verified:
        """Return whether the audit chain holds, read on a snapshot that holds no lock."""
        with self.backing.database.reading() as snapshot:
            return AuditStore(snapshot, self.backing.sealer, self.backing.keys).verify()

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

    def _begun(self) -> Connection:
        if self.connection is None:
            self.connection = self.stack.enter_context(self.backing.database.writing())
            self._check_session(self.connection)
        return self.connection

    def _check_session(self, connection: Connection) -> None:
        """Refuse an act whose session, role or account changed since the request began."""
        access = self.access
        if access.session is None:
            return
        accounts = AccountStore(connection, self.backing.sealer)
        if not accounts.session_holds(
            access.session, account=access.account, version=access.version, role=access.role
        ):
            raise Refused("the session is over")

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
