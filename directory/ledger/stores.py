"""The stores one act works through, all in one transaction."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection

from directory.domain.access import Access
from directory.domain.assurance import Trust
from directory.domain.gates import Standing
from directory.domain.restrictions import NO_SHIELD, Shield
from directory.ledger.backing import Backing
from directory.ledger.checking import (
    asks_gates,
    check_gates,
    check_programme,
    check_session,
)
from directory.policy.permissions import Action
from directory.policy.shielding import (
    ALWAYS_HEEDS_CONSENT,
    HEEDS_CONSENT,
    is_shielded,
    standing_of,
)
from directory.store.accounts import AccountStore
from directory.store.agencies import AgencyStore
from directory.store.aliases import AliasStore
from directory.store.audit import AuditStore
from directory.store.availability import AvailabilityStore
from directory.store.calls import CallStore
from directory.store.claims import ClaimStore
from directory.store.confirmations import ConfirmationStore
from directory.store.consent import ConsentStore
from directory.store.corrections import CorrectionStore
from directory.store.emergency import EmergencyStore
from directory.store.extracts import ExtractStore
from directory.store.gates import GateStore
from directory.store.interests import InterestStore
from directory.store.investigations import InvestigationStore
from directory.store.involvement import InvolvementStore
from directory.store.mail_domains import MailDomainStore
from directory.store.matching import MatchingStore
from directory.store.matching_acts import MatchingActStore
from directory.store.matching_merges import MergeStore
from directory.store.people import PeopleStore
from directory.store.practitioners import PractitionerStore
from directory.store.programmes import ProgrammeStore
from directory.store.relationships import RelationshipStore
from directory.store.restrictions import RestrictionStore
from directory.store.rules import RuleStore
from directory.store.sending import SendingStore
from directory.store.sent_lines import SentLineStore
from directory.store.sharing import SharingStore
from directory.store.teams import TeamStore
from directory.store.traces import TraceStore
from directory.store.upkeep import UpkeepStore
from directory.store.watches import WatchStore


@dataclass(slots=True, kw_only=True)
class Stores:
    """The stores for one act.

    The transaction begins with the first store that is used, on `connection` from then on; what
    is read before that is read on a snapshot and holds no lock.
    """

    access: Access
    backing: Backing
    stack: ExitStack
    action: Action | None = None
    closed: tuple[Standing, ...] = ()
    connection: Connection | None = None
    shield: Shield | None = None
    trust: Trust | None = None

    @property
    def people(self) -> PeopleStore:
        """Return the people, as this viewer may know of them."""
        return self._people_on(self._begun())

    @property
    def restrictions(self) -> RestrictionStore:
        """Return the orders that protect people."""
        return RestrictionStore(self._begun())

    @property
    def traces(self) -> TraceStore:
        """Return what gives protected people away."""
        return TraceStore(self._begun(), self.backing.sealer)

    @property
    def emergencies(self) -> EmergencyStore:
        """Return the occasions of emergency access."""
        return EmergencyStore(self._begun(), self.backing.sealer)

    @property
    def interests(self) -> InterestStore:
        """Return the declared interests."""
        return InterestStore(self._begun(), self.backing.sealer)

    @property
    def involvement(self) -> InvolvementStore:
        """Return the involvements."""
        return InvolvementStore(self._begun())

    @property
    def upkeep(self) -> UpkeepStore:
        """Return the involvements as their service's own desk keeps them."""
        return UpkeepStore(self._begun())

    @property
    def practitioners(self) -> PractitionerStore:
        """Return the practitioners as their service's own desk keeps them."""
        return PractitionerStore(self._begun())

    @property
    def availability(self) -> AvailabilityStore:
        """Return the days on which practitioners are at work."""
        return AvailabilityStore(self._begun())

    @property
    def confirmations(self) -> ConfirmationStore:
        """Return what practitioners are to confirm."""
        return ConfirmationStore(self._begun())

    @property
    def teams(self) -> TeamStore:
        """Return the teams as their service's own desk keeps them."""
        return TeamStore(self._begun())

    @property
    def mail_domains(self) -> MailDomainStore:
        """Return what was judged of the domains that contacts have their e-mail at."""
        return MailDomainStore(self._begun())

    @property
    def corrections(self) -> CorrectionStore:
        """Return the reports that contacts are wrong."""
        return CorrectionStore(self._begun())

    @property
    def agencies(self) -> AgencyStore:
        """Return organisations, services and feeds."""
        return AgencyStore(self._begun())

    @property
    def sending(self) -> SendingStore:
        """Return the files that service leads sent."""
        return SendingStore(self._begun(), self.backing.sealer)

    @property
    def sharing(self) -> SharingStore:
        """Return the agreements."""
        return SharingStore(self._begun())

    @property
    def rules(self) -> RuleStore:
        """Return the local rules."""
        return RuleStore(self._begun())

    @property
    def relationships(self) -> RelationshipStore:
        """Return claims, searches and viewings."""
        return RelationshipStore(self._begun(), self.backing.sealer)

    @property
    def claims(self) -> ClaimStore:
        """Return claims, and what was decided on them."""
        return ClaimStore(self._begun(), self.backing.sealer)

    @property
    def consents(self) -> ConsentStore:
        """Return what people were asked, and what they answered."""
        return ConsentStore(self._begun())

    @property
    def calls(self) -> CallStore:
        """Return who is to be rung, and the rota."""
        return CallStore(self._begun(), self.backing.sealer)

    @property
    def accounts(self) -> AccountStore:
        """Return accounts and sessions."""
        return AccountStore(self._begun(), self.backing.sealer)

    @property
    def programmes(self) -> ProgrammeStore:
        """Return the programmes and their keys."""
        return ProgrammeStore(self._begun())

    @property
    def sent(self) -> SentLineStore:
        """Return what programmes sent, and what they were answered."""
        return SentLineStore(self._begun(), self.backing.sealer)

    @property
    def is_suspended(self) -> bool:
        """Return whether the viewer's organisation is suspended."""
        return self._trust_on(self._begun()).suspended

    @property
    def trusted(self) -> Trust:
        """Return what is asked of the viewer's organisation."""
        return self._trust_on(self._begun())

    @property
    def closed_gates(self) -> tuple[Standing, ...]:
        """Return the gates that the viewer needs for this act and does not hold today."""
        self._begun()
        return self.closed

    @property
    def gates(self) -> GateStore:
        """Return what accounts hold of the gates."""
        return GateStore(self._begun())

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
    def watches(self) -> WatchStore:
        """Return whose families users watch, and what they are to be told."""
        return WatchStore(self._begun())

    @property
    def audit(self) -> AuditStore:
        """Return the audit chain, to be read; entries are written by the door alone."""
        return AuditStore(self._begun(), self.backing.sealer, self.backing.keys)

    @contextmanager
    def extracts_unlocked(self) -> Iterator[ExtractStore]:
        """Yield feeds' lines on a snapshot that holds no lock, to be read only."""
        with self.backing.database.reading() as snapshot:
            yield ExtractStore(snapshot, self.backing.sealer)

    @contextmanager
    def upkeep_unlocked(self) -> Iterator[UpkeepStore]:
        """Yield a service's involvements on a snapshot that holds no lock, to be read only."""
        with self.backing.database.reading() as snapshot:
            yield UpkeepStore(snapshot)

    @contextmanager
    def sending_unlocked(self) -> Iterator[SendingStore]:
        """Yield the files that service leads sent, on a snapshot that holds no lock."""
        with self.backing.database.reading() as snapshot:
            yield SendingStore(snapshot, self.backing.sealer)

    @contextmanager
    def practitioners_unlocked(self) -> Iterator[PractitionerStore]:
        """Yield a service's practitioners on a snapshot that holds no lock, to be read only."""
        with self.backing.database.reading() as snapshot:
            yield PractitionerStore(snapshot)

    @contextmanager
    def matching_unlocked(self) -> Iterator[MatchingStore]:
        """Yield the lines that wait, on a snapshot that holds no lock, to be read only."""
        with self.backing.database.reading() as snapshot:
            yield MatchingStore(snapshot, self.backing.sealer)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Yield the unit of work's own connection once it has begun, a snapshot before."""
        if self.connection is not None:
            yield self.connection
            return
        with self.backing.database.reading() as snapshot:
            yield snapshot

    def _begun(self) -> Connection:
        if self.connection is None:
            self.connection = self.stack.enter_context(self.backing.database.writing())
            check_session(self.connection, self.backing.sealer, self.access)
            check_programme(self.connection, self.access)
            if self.action is not None and asks_gates(self.access, self.action):
                self.closed = check_gates(
                    self.connection,
                    self.access,
                    self.action,
                    trust=self._trust_on(self.connection),
                    holidays=self.backing.holidays,
                )
        return self.connection

    def _people_on(self, connection: Connection) -> PeopleStore:
        """Return the people as this viewer may know of them, read through `connection`."""
        return PeopleStore(connection, self.backing.sealer, shield=self._shield(connection))

    def _shield(self, connection: Connection) -> Shield:
        """Return from whom this viewer is kept: read once in the transaction, and on no cache."""
        if not is_shielded(self.access.role):
            return NO_SHIELD
        if connection is not self.connection:
            return self._shield_on(connection)
        if self.shield is None:
            self.shield = self._shield_on(connection)
        return self.shield

    def _shield_on(self, connection: Connection) -> Shield:
        store = RestrictionStore(connection)
        shield = store.shield(standing_of(self.access))
        return replace(shield, consented=self._consented(connection))

    def _consented(self, connection: Connection) -> frozenset[UUID] | None:
        """Return the only people this viewer may know of, or None where consent binds nobody."""
        access = self.access
        if access.role not in HEEDS_CONSENT:
            return None
        is_bound = access.role in ALWAYS_HEEDS_CONSENT or self._trust_on(connection).needs_consent
        if not is_bound:
            return None
        return ConsentStore(connection).consented(access.organisation, access.today)

    def _trust_on(self, connection: Connection) -> Trust:
        """Return what is asked of the viewer's organisation: read once in the transaction."""
        if connection is not self.connection:
            return AgencyStore(connection).trust(self.access.organisation)
        if self.trust is None:
            self.trust = AgencyStore(connection).trust(self.access.organisation)
        return self.trust
