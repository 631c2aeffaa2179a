"""Go on with what service leads sent: check it, take it, or take an extract back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.extracts import (
    AsOfRefused,
    ExtractOutcome,
    FeedBusy,
    FeedUnknown,
    FileChanged,
    NothingToUndo,
    Report,
)
from directory.domain.sending import (
    KEEPS_FILE,
    KEPT,
    REMEMBERED,
    STANDS_STILL,
    Sent,
    SentState,
    SentWork,
)
from directory.domain.sent_reports import told_to_sender
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations import extracts, undoing
from directory.operations.extracts import Meant
from directory.operations.intake import Progress
from directory.operations.sent_folder import SentFolder
from directory.policy.permissions import Action

INTERRUPTED = "it was interrupted, and nothing of it is seen unless your last list says so"
_LOST = "the file is not there any more: send it again"
_REFUSING = (AsOfRefused, FeedUnknown, FileChanged, NothingToUndo)
_TO_BE_DONE = {
    SentState.SENT: SentState.CHECKING,
    SentState.ASKED: SentState.TAKING,
}
_IN_HAND = frozenset(_TO_BE_DONE.values())
_STRAY = timedelta(hours=1)  # a file that is still arriving after this never will

Told = Callable[[UUID], Progress]
"""Returns what is told how far the file under a reference is."""


def go_on(ledger: Ledger, access: Access, *, folder: SentFolder, told: Told) -> bool:
    """Check or take what is due first; return whether anything was.

    Whatever stops it, its sender is told that it did; what was seen before is seen still.
    """
    sent = _claimed(ledger, access)
    if sent is None:
        return False
    is_over = False
    try:
        report, state, fault = _done(ledger, access, sent, folder, told(sent.reference))
        _settle(ledger, access, sent, report, (state, fault))
        is_over = state not in KEEPS_FILE
    except BaseException:
        _settle(ledger, access, sent, None, (SentState.FAILED, INTERRUPTED))
        raise
    if is_over:
        folder.remove(sent.reference)
    return True


def tidy(ledger: Ledger, access: Access, *, folder: SentFolder) -> int:
    """Say of what died that it did, and let go what nobody took; return how much changed.

    A check begins again, since it changes nothing; a take is asked for again by its sender.
    """
    kept = ledger.files_kept(access, action=Action.EXTRACT_TAKE)
    dead = [each for each in kept if _is_dead(each, access, folder)]
    old = [each for each in kept if _is_old(each, access)]
    for each in dead:
        is_check = each.state is SentState.CHECKING
        _move(ledger, access, each, SentState.SENT if is_check else SentState.FAILED)
    for each in old:
        _move(ledger, access, each, SentState.LET_GO)
        folder.remove(each.reference)
    strays = list(folder.strays({each.reference for each in kept}, before=access.at - _STRAY))
    for path in strays:
        path.unlink(missing_ok=True)
    return len(dead) + len(old) + len(strays)


def _is_dead(sent: Sent, access: Access, folder: SentFolder) -> bool:
    last = max(sent.changed_at, folder.last_sign(sent.reference) or sent.changed_at)
    return sent.state in _IN_HAND and last < access.at - STANDS_STILL


def _is_old(sent: Sent, access: Access) -> bool:
    return sent.state not in _IN_HAND and sent.sent_at < access.at - KEPT


def _move(ledger: Ledger, access: Access, sent: Sent, to: SentState) -> None:
    fault = INTERRUPTED if to is SentState.FAILED else ""
    with _entry(ledger, access, sent, to) as work:
        work.sending.move(sent.reference, before={sent.state}, to=to, at=access.at, fault=fault)


def _claimed(ledger: Ledger, access: Access) -> Sent | None:
    """Return what is due first, as nobody else's from now on; None where nothing is."""
    due = [
        each
        for each in ledger.files_kept(access, action=Action.EXTRACT_TAKE)
        if each.state in _TO_BE_DONE
    ]
    if not due:
        return None
    sent = min(due, key=lambda each: each.changed_at)
    to = _TO_BE_DONE[sent.state]
    with _entry(ledger, access, sent, to) as work:
        work.sending.forget(access.at - REMEMBERED)
        is_ours = work.sending.move(sent.reference, before={sent.state}, to=to, at=access.at)
    return sent if is_ours else None


@contextmanager
def _entry(ledger: Ledger, access: Access, sent: Sent, to: SentState) -> Iterator[Work]:
    with ledger.entry(access, Event.SENT_WORKED, action=Action.EXTRACT_TAKE) as work:
        work.remark(service=sent.service, words=f"{sent.work}, as of {sent.as_of}: {to}")
        yield work


def _done(
    ledger: Ledger, access: Access, sent: Sent, folder: SentFolder, progress: Progress
) -> tuple[Report | None, SentState, str]:
    """Return the report, how far it is by now, and why it came to nothing if it did."""
    progress(0, 1)
    try:
        if sent.work is SentWork.UNDO:
            undoing.undo(ledger, access, service=sent.service)
            return None, SentState.TAKEN, ""
        report = _read(ledger, access, sent, folder.file(sent.reference), progress)
    except FileNotFoundError:
        return None, SentState.REFUSED, _LOST
    except FeedBusy as fault:
        return None, SentState.FAILED, f"{fault}"
    except _REFUSING as fault:
        return None, SentState.REFUSED, f"{fault}"
    return report, _state_after(report), ""


def _read(ledger: Ledger, access: Access, sent: Sent, file: Path, progress: Progress) -> Report:
    if sent.state is SentState.SENT:
        return extracts.check(
            ledger,
            access,
            file=file,
            service=sent.service,
            as_of=sent.as_of,
            progress=progress,
        )
    return extracts.take(
        ledger,
        access,
        file=Meant(file=file, number=sent.number) if sent.number else file,
        service=sent.service,
        as_of=sent.as_of,
        progress=progress,
    )


def _state_after(report: Report) -> SentState:
    if report.outcome is ExtractOutcome.TAKEN:
        return SentState.TAKEN
    is_unread = report.outcome is ExtractOutcome.UNREADABLE
    return SentState.REFUSED if is_unread else SentState.CHECKED


def _settle(
    ledger: Ledger,
    access: Access,
    sent: Sent,
    report: Report | None,
    ended: tuple[SentState, str],
) -> None:
    state, fault = ended
    with _entry(ledger, access, sent, state) as work:
        if report is not None:
            work.sending.tell(sent.reference, told_to_sender(report))
        work.sending.move(sent.reference, before=_IN_HAND, to=state, at=access.at, fault=fault)
