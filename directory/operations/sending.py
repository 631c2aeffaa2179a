"""Send a service's own extract: read the report on it, then have it taken, or thrown away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.extracts import AsOfRefused, FeedUnknown
from directory.domain.sending import (
    KEEPS_FILE,
    NotSoNow,
    Sent,
    SentBusy,
    SentState,
    SentWork,
    Taken,
)
from directory.domain.vocabulary import Service
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.upkeep import enter_own
from directory.policy.permissions import Action

_MOST_LISTED = 10
_BUSY = frozenset({SentState.CHECKING, SentState.ASKED, SentState.TAKING})
_WAITS = frozenset({SentState.CHECKED, SentState.FAILED})

Keep = Callable[[UUID], None]
"""Keeps, or removes, the file under a reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExtracts:
    """What is seen of a service's own extracts, and what was sent lately."""

    service: Service
    taken: Taken | None
    unmatched: bool
    sent: tuple[Sent, ...]


def list_sent(ledger: Ledger, access: Access) -> OwnExtracts:
    """Return the service's last extract, and what was sent lately."""
    with ledger.entry(access, Event.SENT_LISTED, action=Action.EXTRACT_SEND) as work:
        service = enter_own(work, access)
        with work.extracts_unlocked() as extracts:
            feed = extracts.feed(service)
        with work.sending_unlocked() as sending:
            taken = sending.taken(service)
            sent = sending.latest(service, most=_MOST_LISTED)
    if feed is None:
        raise NotFound
    return OwnExtracts(service=service, taken=taken, unmatched=bool(feed.unmatched), sent=sent)


def send(ledger: Ledger, access: Access, *, as_of: date, keep: Keep, remove: Keep) -> UUID:
    """Keep a file that was sent, to be checked, and return its reference.

    What was sent before and waits for its sender is replaced by it. Raises SentBusy while another
    is checked or taken, and AsOfRefused for a day that no file of the feed may speak of.
    """
    with ledger.entry(access, Event.FILE_SENT, action=Action.EXTRACT_SEND) as work:
        service = enter_own(work, access)
        if access.account is None:
            raise Refused
        sending = work.sending
        feed = work.extracts.feed(service)
        if feed is None:
            raise FeedUnknown(f"the council was not set up with {service}")
        if as_of > access.today or (feed.as_of is not None and as_of < feed.as_of):
            raise AsOfRefused("the day is in the future, or before that of the list in use")
        replaced = [each.reference for each in _replaceable(sending.keeping(service))]
        for each in replaced:
            sending.move(each, before=KEEPS_FILE, to=SentState.LET_GO, at=access.at)
        reference = work.new_reference()
        sending.add(_begun(access, reference, service, as_of))
        keep(reference)
    for each in replaced:
        remove(each)
    return reference


def view_sent(ledger: Ledger, access: Access, *, reference: UUID) -> Sent:
    """Return what one's own service sent under `reference`, with its report."""
    with ledger.entry(access, Event.FILE_VIEWED, action=Action.EXTRACT_SEND) as work:
        service = enter_own(work, access)
        return own_sent(work, service, reference)


def ask_taken(ledger: Ledger, access: Access, *, reference: UUID, number: int) -> None:
    """Have a file taken that was checked; `number` is that of one that takes much away, else 0.

    Raises NotSoNow where it may not be taken so, or somebody else decided on it meanwhile.
    """
    with ledger.entry(access, Event.SENT_DECIDED, action=Action.EXTRACT_SEND) as work:
        service = enter_own(work, access)
        sent = own_sent(work, service, reference)
        is_meant = sent.may_be_meant and sent.report and number == sent.report.number
        if not is_meant and not (sent.may_be_taken and not number):
            raise NotSoNow
        work.remark(words=f"to be taken, as of {sent.as_of}" + (" although" if is_meant else ""))
        asked = work.sending.move(
            reference, before=_WAITS, to=SentState.ASKED, at=access.at, number=number
        )
        if not asked:
            raise NotSoNow


def throw_away(ledger: Ledger, access: Access, *, reference: UUID, remove: Keep) -> None:
    """Let a file go that was checked; raises NotSoNow where somebody decided on it meanwhile."""
    with ledger.entry(access, Event.SENT_DECIDED, action=Action.EXTRACT_SEND) as work:
        service = enter_own(work, access)
        own_sent(work, service, reference)
        work.remark(words="thrown away")
        if not work.sending.move(reference, before=_WAITS, to=SentState.LET_GO, at=access.at):
            raise NotSoNow
        remove(reference)


def ask_undo(ledger: Ledger, access: Access, *, seen: date) -> UUID:
    """Have the last extract taken back, which spoke of the day `seen`; return its reference.

    Raises NotSoNow where another is seen by now, and SentBusy while one is taken.
    """
    with ledger.entry(access, Event.SENT_DECIDED, action=Action.EXTRACT_SEND) as work:
        service = enter_own(work, access)
        if access.account is None:
            raise Refused
        sending = work.sending
        taken = sending.taken(service)
        if taken is None or taken.as_of != seen:
            raise NotSoNow
        if any(each.state in _BUSY for each in sending.keeping(service)):
            raise SentBusy
        reference = work.new_reference()
        begun = _begun(access, reference, service, seen)
        sending.add(replace(begun, work=SentWork.UNDO, state=SentState.ASKED))
        work.remark(words=f"to be taken back: the extract as of {seen}")
    return reference


def _begun(access: Access, reference: UUID, service: Service, as_of: date) -> Sent:
    if access.account is None:
        raise Refused
    return Sent(
        reference=reference,
        service=service,
        account=access.account,
        sent_at=access.at,
        as_of=as_of,
        work=SentWork.TAKE,
        state=SentState.SENT,
        changed_at=access.at,
    )


def _replaceable(waiting: tuple[Sent, ...]) -> tuple[Sent, ...]:
    """Return what waits and a newer file replaces; raises SentBusy where one is in hand."""
    if any(each.state in _BUSY for each in waiting):
        raise SentBusy
    return waiting


def own_sent(work: Work, service: Service, reference: UUID) -> Sent:
    """Return what the service sent under `reference`; raises NotFound for anything else."""
    with work.sending_unlocked() as sending:
        sent = sending.of(reference)
    if sent is None or sent.service is not service:
        raise NotFound
    return sent
