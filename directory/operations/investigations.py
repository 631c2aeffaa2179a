"""Run a logged investigation: open it, find in it whom to ask the audit about, close it."""

from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.accounts import Account
from directory.domain.audit import Investigation
from directory.domain.events import Event
from directory.domain.looking import Sought
from directory.domain.vocabulary import Purpose, Relationship
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.looking import LookedUp, read, write
from directory.operations.people import LookUp, disclosed_hits, shown_matches, terms
from directory.policy.disclosed import fields_shown
from directory.policy.permissions import POWERS, Action

MATTER_LENGTH = 40
REASON_LENGTH = 500
MOST_USERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """The users whose name or e-mail holds `words`; `cut` where there are more."""

    words: str
    found: tuple[Account, ...]
    organisations: dict[UUID, str]
    cut: bool


def list_open(ledger: Ledger, access: Access) -> tuple[Investigation, ...]:
    """Return the user's own open investigations, the newest first."""
    with ledger.entry(access, Event.AUDIT_READ, action=Action.AUDIT_INVESTIGATE) as work:
        work.remark(purpose=Purpose.INVESTIGATION, words="their own open investigations")
        return work.investigations.open_of(access.account)


def open_investigation(ledger: Ledger, access: Access, *, matter: str, reason: str) -> UUID:
    """Open an investigation into `matter`, and return its reference."""
    with ledger.entry(access, Event.INVESTIGATION_OPENED, action=Action.AUDIT_INVESTIGATE) as work:
        if access.account is None or not matter.strip() or not reason.strip():
            raise Refused
        opened = Investigation(
            reference=work.new_reference(),
            account=access.account,
            matter=matter.strip(),
            reason=reason.strip(),
            opened=access.at,
        )
        work.investigations.keep(opened)
        _enter(work, opened.reference)
        work.remark(words=f"{opened.matter}: {opened.reason}")
    return opened.reference


def show(ledger: Ledger, access: Access, *, investigation: UUID) -> Investigation:
    """Return the user's own open investigation, or raise NotFound."""
    with ledger.entry(access, Event.AUDIT_READ, action=Action.AUDIT_INVESTIGATE) as work:
        found = inside(work, access, investigation)
        work.remark(words="the investigation’s own page")
    return found


def close(ledger: Ledger, access: Access, *, investigation: UUID) -> None:
    """Close the investigation: nothing of the audit can be read in it any more."""
    with ledger.entry(access, Event.INVESTIGATION_CLOSED, action=Action.AUDIT_INVESTIGATE) as work:
        inside(work, access, investigation)
        work.investigations.end(investigation, access.at)


def inside(work: Work, access: Access, investigation: UUID) -> Investigation:
    """Return the open investigation the act belongs to; raises NotFound for anybody else's."""
    _enter(work, investigation)
    found = work.investigations.open_for(access.account, investigation)
    if found is None:
        raise NotFound
    work.remark(relationship=Relationship.INVESTIGATION)
    return found


def ask_for_person(ledger: Ledger, access: Access, *, sought: Sought) -> UUID:
    """Keep what was typed of a person, and return what to find them by.

    An investigation is of no service, so no service's reference is searched by.
    """
    return _kept(ledger, access, sought.unreferenced)


def find_person(ledger: Ledger, access: Access, *, investigation: UUID, look_up: UUID) -> LookUp:
    """Search inside the investigation for the person asked for under `look_up`.

    Everybody can be found here, whom the role can find nowhere else.
    """
    asked = _asked(ledger, access, look_up)
    event = Event.PEOPLE_SEARCHED if asked.matches is None else Event.RESULTS_SEEN_AGAIN
    with ledger.entry(access, event, action=Action.AUDIT_INVESTIGATE) as work:
        work.remark(words=terms(asked.sought))
        matches = asked.matches or work.find(asked.sought)
        inside(work, access, investigation)
        hits = disclosed_hits(work, access, matches)
        kept = shown_matches(matches, hits)
        if asked.matches is None:
            words = write(LookedUp(sought=asked.sought, matches=kept))
            work.relationships.change_look_up(look_up, words=words)
        work.remark(shown=tuple(each.person for each in hits), fields=fields_shown(hits))
    return LookUp(reference=look_up, sought=asked.sought, answer=kept.answer, hits=hits, feeds=())


def ask_for_users(ledger: Ledger, access: Access, *, words: str) -> UUID:
    """Keep what was typed of a user's name or e-mail, and return what to find it by."""
    return _kept(ledger, access, Sought(name=words))


def find_users(ledger: Ledger, access: Access, *, investigation: UUID, asked: UUID) -> Users:
    """Return the users who may be meant by what was typed, to choose one from."""
    words = _asked(ledger, access, asked).sought.name
    with ledger.entry(access, Event.ACCOUNTS_LISTED, action=Action.AUDIT_INVESTIGATE) as work:
        work.remark(words=words)
        inside(work, access, investigation)
        found = work.accounts.named(words, most=MOST_USERS + 1)
        organisations = work.agencies.names()
    return Users(
        words=words,
        found=found[:MOST_USERS],
        organisations=organisations,
        cut=len(found) > MOST_USERS,
    )


def _enter(work: Work, investigation: UUID) -> None:
    """Say in the entry inside which investigation it was made, or tried."""
    work.remark(
        occasion=investigation,
        purpose=Purpose.INVESTIGATION,
        power=POWERS[Purpose.INVESTIGATION],
    )


def _kept(ledger: Ledger, access: Access, sought: Sought) -> UUID:
    words = write(LookedUp(sought=sought, matches=None))
    return ledger.set_aside(access, words, action=Action.AUDIT_INVESTIGATE)


def _asked(ledger: Ledger, access: Access, look_up: UUID) -> LookedUp:
    kept = ledger.taken_up(access, look_up, action=Action.AUDIT_INVESTIGATE)
    if kept is None:
        raise NotFound
    return read(kept)
