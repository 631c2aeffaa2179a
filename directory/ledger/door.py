"""The door: every look and every change passes here, with its audit entry or not at all."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import SEEN_EVERY, Account, Credentials, Session
from directory.domain.audit import Outcome
from directory.domain.dates import local_day
from directory.domain.events import Event
from directory.domain.programmes import Programme
from directory.domain.sending import Sent
from directory.ledger.backing import Backing
from directory.ledger.texts import MOVES_TEXTS
from directory.ledger.work import Note, Work
from directory.policy.permissions import Action, allows, opens
from directory.store.accounts import AccountStore
from directory.store.agencies import AgencyStore
from directory.store.calls import CallStore
from directory.store.programmes import ProgrammeStore
from directory.store.relationships import RelationshipStore
from directory.store.restrictions import RestrictionStore
from directory.store.sending import SendingStore
from directory.store.sent_lines import SentLineStore
from directory.store.watches import WatchStore

_OUT_OF_REACH = (SQLAlchemyError, OSError)
"""What the database raises, and the file system under it: full, read-only or gone."""


class AuditUnavailable(Exception):
    """The entry could not be written, so nothing is shown and nothing has changed."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("the audit cannot be written: nothing is shown, and nothing has changed")


class NotForThisRole(Refused):
    """The role may not do this, whatever it would be done to."""


class Ledger:
    """The only way to what is kept."""

    def __init__(self, backing: Backing) -> None:
        """Stand on `backing`."""
        self._backing = backing

    @contextmanager
    def entry(
        self, access: Access, event: Event, *, action: Action, subject: UUID | None = None
    ) -> Iterator[Work]:
        """Yield a unit of work whose change, read and entry are committed together.

        Raises NotForThisRole where the role may not do `action`. A refusal or failure inside undoes
        the work; it is entered as such, and raised again.
        """
        note = Note(subject=subject)
        try:
            _check_role(access, action)
            with ExitStack() as stack:
                work = self._work(access, event, stack, note)
                work.action = action
                try:
                    yield work
                finally:
                    note = work.note
                work.close(Outcome.DONE)
            is_behind = work.texts_behind or event in MOVES_TEXTS
        except (Refused, NotFound):
            self._enter(access, event, note, Outcome.REFUSED)
            raise
        except (OperationalError, PoolExhausted) as error:
            raise AuditUnavailable from error  # a second try would only wait as long again
        except SQLAlchemyError as error:
            self._enter(access, event, note, Outcome.FAILED)
            raise AuditUnavailable from error
        except Exception:
            self._enter(access, event, note, Outcome.FAILED)
            raise
        if is_behind:
            self._backing.texts.follow(self._backing.database, access.today)

    def recognise(self, token: str, at: datetime) -> tuple[Session, Account] | None:
        """Return whose session `token` opens, and note that it was seen; no entry is made.

        It reads accounts only. What the session may do is asked again in the unit of work.
        """
        token_hash = self._backing.sealer.token_hash(token)
        try:
            with self._backing.database.reading() as connection:
                found = AccountStore(connection, self._backing.sealer).session(token_hash)
            if found and at - found[0].seen >= SEEN_EVERY and not found[0].locked:
                self._touch(found[0], at)
        except _OUT_OF_REACH as error:
            raise AuditUnavailable from error
        return found

    def recognise_key(self, key: str, at: datetime) -> Programme | None:
        """Return whose `key` it is, and note the day it was used; no entry is made.

        None for one that opens nothing now. What the programme may do is asked again in the unit
        of work.
        """
        day = local_day(at)
        token_hash = self._backing.sealer.token_hash(key)
        try:
            with self._backing.database.reading() as connection:
                found = ProgrammeStore(connection).by_key(token_hash)
            if found is None or not found[0].enabled or not found[1].opens_on(day):
                return None
            if found[1].last_used != day:
                with self._backing.database.writing() as connection:
                    ProgrammeStore(connection).used(found[1].reference, day)
        except _OUT_OF_REACH as error:
            raise AuditUnavailable from error
        return found[0]

    def credentials(self, email: str, *, address: str, at: datetime) -> Credentials:
        """Return what would prove the account of `email`, and how often it was tried in vain.

        No entry is made and nothing is let in by it: hashing a password is slow, and must not hold
        the write lock. The sign-in that follows is entered, and asks again what may have changed.
        """
        try:
            with self._backing.database.reading() as connection:
                store = AccountStore(connection, self._backing.sealer)
                return store.credentials(email, address=address, at=at)
        except _OUT_OF_REACH as error:
            raise AuditUnavailable from error

    def set_aside(self, access: Access, words: str, *, action: Action) -> UUID:
        """Keep what a user typed, sealed, for their own session, and return its reference.

        Nothing is read and nobody is looked up, so no gate is asked for; the search that follows
        is entered, and asks. A search for people is then due to be compared with those its user is
        not told of, whoever is sought.
        """
        _check_role(access, action)
        if access.session is None:
            raise Refused("no session")
        reference = self._backing.mint()
        try:
            with self._backing.database.writing() as connection:
                RelationshipStore(connection, self._backing.sealer).keep_look_up(
                    reference, session=access.session, at=access.at, words=words
                )
                if action is Action.PEOPLE_FIND and access.account is not None:
                    CallStore(connection, self._backing.sealer).put_due(
                        reference, account=access.account, role=access.role, at=access.at
                    )
        except _OUT_OF_REACH as error:
            raise AuditUnavailable from error
        return reference

    def taken_up(self, access: Access, reference: UUID, *, action: Action) -> str | None:
        """Return what this session set aside under `reference`, None for any other session.

        It gives users back their own words and nobody else's, so no gate is asked for.
        """
        with self._peeking(access, action) as connection:
            store = RelationshipStore(connection, self._backing.sealer)
            return store.look_up(reference, session=access.session)

    def is_call_due(self, access: Access, *, action: Action) -> bool:
        """Return whether a sweep now has anything to do; no entry is made.

        It tells of nobody; what the sweep does is entered.
        """
        with self._peeking(access, action) as connection:
            return CallStore(connection, self._backing.sealer).is_anything_due(access.at)

    def is_order_due(self, access: Access, *, action: Action) -> bool:
        """Return whether any order is to be completed; no entry is made.

        It tells of nobody; what is then done is entered.
        """
        with self._peeking(access, action) as connection:
            return bool(RestrictionStore(connection).incomplete())

    def files_kept(self, access: Access, *, action: Action) -> tuple[Sent, ...]:
        """Return every sent file that is still there; no entry is made.

        It tells of nobody; what is then done with one is entered.
        """
        with self._peeking(access, action) as connection:
            return SendingStore(connection, self._backing.sealer).all_kept()

    def how_far(self, access: Access, reference: UUID, *, action: Action) -> Sent | None:
        """Return what one's own service sent while it goes on, None once it does not.

        Whoever waits asks every few seconds, and is told of nobody: no entry is made. The report
        that comes of it is read through one.
        """
        with self._peeking(access, action) as connection:
            sent = SendingStore(connection, self._backing.sealer).of(reference)
        return sent if sent and sent.goes_on and sent.service is access.service else None

    def is_watch_due(self, access: Access, *, action: Action) -> bool:
        """Return whether the board of any watch is to be compared; no entry is made.

        It tells of nobody; what is then done is entered.
        """
        with self._peeking(access, action) as connection:
            return WatchStore(connection).is_anything_due(access.at)

    def senders_due(self, access: Access, *, action: Action) -> tuple[Programme, ...]:
        """Return the programmes of which lines wait to be taken; no entry is made.

        It tells of nobody; what is then taken is entered.
        """
        with self._peeking(access, action) as connection:
            return SentLineStore(connection, self._backing.sealer).senders()

    def looks_at(self, access: Access, viewing: UUID, *, action: Action) -> bool:
        """Return whether this session opened `viewing`; nothing of the family is read or shown.

        The page it leads to shows nobody, so no entry is made and no gate is asked for; what is
        done there is entered, and asks.
        """
        with self._peeking(access, action) as connection:
            store = RelationshipStore(connection, self._backing.sealer)
            return store.viewing(viewing, session=access.session) is not None

    def instance(self, name: str) -> str:
        """Return the fact `name` about this instance, empty where it was never set.

        It is about nobody, so no entry is made.
        """
        try:
            with self._backing.database.reading() as connection:
                return AgencyStore(connection).instance(name)
        except _OUT_OF_REACH as error:
            raise AuditUnavailable from error

    def is_ready(self) -> bool:
        """Return whether the database answers."""
        try:
            with self._backing.database.reading() as connection:
                return bool(connection.scalar(text("select 1")))
        except _OUT_OF_REACH:
            return False

    def prepare(self) -> None:
        """Read what the first search would else wait for, if the database answers."""
        with suppress(*_OUT_OF_REACH), self._backing.database.reading() as connection:
            self._backing.index.prepare(connection)

    def close(self) -> None:
        """Close every connection."""
        self._backing.database.close()

    @contextmanager
    def _peeking(self, access: Access, action: Action) -> Iterator[Connection]:
        """Yield a snapshot to one who may do `action`, for what needs no entry of its own."""
        _check_role(access, action)
        try:
            with self._backing.database.reading() as snapshot:
                yield snapshot
        except _OUT_OF_REACH as error:
            raise AuditUnavailable from error

    def _touch(self, session: Session, at: datetime) -> None:
        with self._backing.database.writing() as connection:
            AccountStore(connection, self._backing.sealer).touch(session.token_hash, at)

    def _work(self, access: Access, event: Event, stack: ExitStack, note: Note) -> Work:
        return Work(access=access, event=event, backing=self._backing, stack=stack, note=note)

    def _enter(self, access: Access, event: Event, note: Note, outcome: Outcome) -> None:
        """Enter an act that came to nothing, in a unit of work of its own.

        Whether its session holds is not asked: that may be why it came to nothing.
        """
        try:
            with ExitStack() as stack:
                work = self._work(access, event, stack, note)
                work.connection = stack.enter_context(self._backing.database.writing())
                work.close(outcome)
        except _OUT_OF_REACH as error:
            raise AuditUnavailable from error


def _check_role(access: Access, action: Action) -> None:
    """Refuse what the role may not do, or what the programme's key does not open."""
    if not allows(access.role, action):
        raise NotForThisRole
    if access.programme is not None and not opens(access.scopes, action):
        raise NotForThisRole
