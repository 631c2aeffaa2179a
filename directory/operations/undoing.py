"""Take a feed's last delivery back: what was seen before it is seen again."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.extracts import Delivery, FeedBusy, FeedUnknown, NothingToUndo
from directory.domain.vocabulary import Service
from directory.ledger.door import AuditUnavailable, Ledger
from directory.ledger.work import Work
from directory.operations.extracts import STALE_CLAIM, busy
from directory.operations.restrictions import complete_due
from directory.operations.staging import Staging
from directory.policy.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was taken back: the day its file spoke of, and the one of what is seen again, if any."""

    service: Service
    as_of: date
    before: date | None


def undo(ledger: Ledger, access: Access, *, service: Service) -> Undone:
    """Let everybody see again what was seen before the feed's last delivery, in one flip.

    What desks said since holds where its line is seen still; orders are completed again, for
    whoever they hide may live with somebody once more. Raises FeedUnknown, FeedBusy while a take
    of the feed goes on, or NothingToUndo where nothing was taken since the last undo.
    """
    undoing = _Undoing(ledger, access, service)
    try:
        return undoing.undo()
    finally:
        undoing.release()


class _Undoing:
    """One undo of a claimed feed, step by step."""

    def __init__(self, ledger: Ledger, access: Access, service: Service) -> None:
        """Claim the feed, or raise why it cannot be."""
        self._ledger = ledger
        self._access = access
        self._service = service
        self._claimed, self._last = self._claim()

    def undo(self) -> Undone:
        """Show what was seen before, then clear away what the delivery had brought."""
        self._take_back(self._claimed)
        self._show_before()
        complete_due(self._ledger, self._access)
        self._take_back(self._last)
        complete_due(self._ledger, self._access)
        return Undone(service=self._service, as_of=self._last.as_of, before=self._last.before)

    def release(self) -> None:
        """Leave the feed to the next take; if even that fails, the claim ends by its age."""
        with suppress(AuditUnavailable), self._entry(Event.EXTRACT_STAGED) as work:
            work.extracts.release(self._claimed)

    def _claim(self) -> tuple[Delivery, Delivery]:
        """Return the claimed delivery, which comes next, and the last one."""
        access = self._access
        with self._entry(Event.EXTRACT_STAGED) as work:
            with work.extracts_unlocked() as extracts:
                if extracts.feed(self._service) is None:
                    raise FeedUnknown(f"the council was not set up with {self._service}")
            claimed = work.extracts.claim(
                self._service,
                token=work.new_reference(),
                at=access.at,
                stale=access.at - STALE_CLAIM,
                as_of=access.today,
            )
            if claimed is None:
                raise FeedBusy(busy(work.extracts.claimed_at(self._service) or access.at))
            last = work.extracts.undoing.last(claimed)
            if last is None:
                raise NothingToUndo(f"nothing of {self._service} was taken since the last undo")
            return claimed, last

    def _take_back(self, delivery: Delivery) -> None:
        Staging(self._ledger, self._access, delivery, pulse=_unheard).take_back()

    def _show_before(self) -> None:
        last = self._last
        with self._entry(Event.EXTRACT_UNDONE) as work:
            undoing = work.extracts.undoing
            undoing.carry_by_hand(last)
            if not undoing.show_before(last):
                raise FeedBusy("another take of this feed has begun")
            undoing.complete_orders_again()
            work.extracts.recount(self._service)
            seen = f"as of {last.before}" if last.before else "of nothing"
            work.remark(words=f"the extract as of {last.as_of}; seen again is that {seen}")

    @contextmanager
    def _entry(self, event: Event) -> Iterator[Work]:
        with self._ledger.entry(self._access, event, action=Action.EXTRACT_TAKE) as work:
            work.remark(service=self._service)
            yield work


def _unheard() -> None:
    """Tell nobody."""
