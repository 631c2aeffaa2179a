"""One unit of work behind the door: the stores, the search and what the entry will say."""

from collections.abc import Collection, Container, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from directory.domain.audit import Entry, Looks, Outcome, Part, Subject, Verified
from directory.domain.events import Event
from directory.domain.extracts import Standing
from directory.domain.matching import WaitingLine
from directory.domain.restrictions import Protection
from directory.domain.rules import Tally
from directory.domain.texts import Text, TextSought
from directory.domain.traces import interests_in, left_by
from directory.domain.vocabulary import Absence, LegalPower, Purpose, Relationship, Service
from directory.domain.watches import MOVES_BOARDS
from directory.ledger.indexing import searchable
from directory.ledger.searching import Searching
from directory.ledger.unseen import Unseen, unseen
from directory.policy.permissions import POLICY_VERSION
from directory.store.audit import AuditStore
from directory.store.audit_counts import looks_since
from directory.store.extracts import ExtractStore
from directory.store.matching import MatchingStore
from directory.store.rules import RuleStore
from directory.store.watches import boards_changed


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
class Work(Searching):
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

    def unseen(self) -> AbstractContextManager[Unseen]:
        """Return what nobody is shown, to be read before the work begins to write."""
        return unseen(self.backing)

    @property
    def holidays(self) -> Container[date]:
        """Return the days, beside weekends, on which nobody works."""
        return self.backing.holidays

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

    def absence(self, service: Service) -> Absence:
        """Return what becomes today of lines that a file of `service` lacks, on a snapshot."""
        with self.backing.database.reading() as snapshot:
            rules = RuleStore(snapshot).of_services([service], self.access.today)
        return rules[service].absence

    def rule_tallies(self, service: Service) -> tuple[Tally, ...]:
        """Return how many involvements of `service` are alike in what its rules look at.

        They are counted by the database, on a snapshot that holds no lock, and name nobody.
        """
        with self.backing.database.reading() as snapshot:
            return RuleStore(snapshot).tallies(service)

    def index_people(self, people: Collection[UUID]) -> None:
        """Make `people` findable as what their visible and staged lines now say.

        Whoever an order hides is found by nobody; whoever it puts behind a broker, by name and
        date of birth alone. What gives either away is kept, so that no line can.
        """
        described = self.people.described(people)
        protections = self.restrictions.protections(people)
        for each in described:
            if each.reference in protections:
                self.traces.capture(each.reference, left_by(each))
        self.interests.meet(
            {
                each.reference: interests_in(each.names, each.birth.day if each.birth else None)
                for each in described
            }
        )
        hidden = {each for each, how in protections.items() if how is Protection.HIDDEN}
        self.backing.index.remove(self._begun(), [each.bytes for each in hidden])
        self.backing.index.put(
            self._begun(),
            [
                searchable(each if each.reference not in protections else each.brokered)
                for each in described
                if each.reference not in hidden
            ],
        )

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
        if outcome is Outcome.DONE and self.event in MOVES_BOARDS:
            boards_changed(self._begun())
        note = self.note
        reference = self.backing.mint()
        seal_key = self._seal_key(reference)
        sealed = audit.seal_words(self._words(), subject=seal_key, entry=reference)
        head = audit.head(locked=True)
        entry = Entry(
            sequence=head.count + 1,
            reference=reference,
            at=self.access.at,
            event=self.event,
            outcome=outcome,
            actor=self.access.account or self.access.programme,
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

    def _words(self) -> str:
        """Return what the entry says in words; what a programme did for a user names it there."""
        if self.access.programme is None or self.access.account is None:
            return self.note.words
        return f"{self.note.words} (through programme {self.access.programme.hex})".strip()

    def _seal_key(self, reference: UUID) -> bytes:
        whose = self.note.subject or self.note.occasion or reference
        return self.backing.sealer.subject(whose.bytes)

    def _subjects(self) -> Iterable[Subject]:
        if self.note.subject is not None:
            yield Subject(reference=self.subject_hash(self.note.subject), part=Part.ABOUT)
        for person in self.note.shown:
            yield Subject(reference=self.subject_hash(person), part=Part.SHOWN)
