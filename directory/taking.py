"""The taking: what service leads sent is checked and taken beside the requests, one at a time."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import UUID

from directory.domain.access import Access
from directory.domain.vocabulary import Role
from directory.ledger.door import AuditUnavailable, Ledger
from directory.operations import sent_work
from directory.operations.intake import Progress
from directory.operations.sent_folder import SentFolder
from directory.web.access import system_clock

Clock = Callable[[], datetime]

LOOKED_EVERY = timedelta(seconds=20)
"""How often it is looked for what another process left, and for what nobody took."""

_TOLD_EVERY_SECONDS = 1.0


class Taking:
    """Goes on with what was sent while the process lives."""

    def __init__(
        self,
        ledger: Ledger,
        folder: SentFolder,
        *,
        every: timedelta = LOOKED_EVERY,
        clock: Clock = system_clock,
    ) -> None:
        """Begin at once, in the background."""
        self._ledger = ledger
        self._folder = folder
        self._every = every
        self._clock = clock
        self._woken, self._stopped = Event(), Event()
        self._thread = Thread(target=self._go_on, daemon=True, name="taking")
        self._thread.start()

    def wake(self) -> None:
        """Look at once for what was sent."""
        self._woken.set()

    def stop(self) -> None:
        """Stop once what is in hand is done."""
        self._stopped.set()
        self._woken.set()
        self._thread.join()

    def _go_on(self) -> None:
        """Work a round whenever woken; a fault ends its round alone, and is told to its sender."""
        while not self._stopped.is_set():
            round_ = Thread(target=self._round, daemon=True, name="taking one")
            round_.start()
            round_.join()
            self._woken.wait(self._every.total_seconds())
            self._woken.clear()

    def _round(self) -> None:
        with suppress(AuditUnavailable):  # nothing was done; what is due stays due
            work_off(self._ledger, self._folder, clock=self._clock)


def work_off(ledger: Ledger, folder: SentFolder, *, clock: Clock = system_clock) -> None:
    """Do all that is due, the oldest first."""
    sent_work.tidy(ledger, _at(clock()), folder=folder)

    def told(reference: UUID) -> Progress:
        return _onto(folder, reference)

    while sent_work.go_on(ledger, _at(clock()), folder=folder, told=told):
        pass


def _onto(folder: SentFolder, reference: UUID) -> Progress:
    """Return what keeps how far a file is, not more often than anybody would read it."""
    last = -_TOLD_EVERY_SECONDS

    def progress(done: int, whole: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _TOLD_EVERY_SECONDS:
            last = time.monotonic()
            folder.tell(reference, done, whole)

    return progress


def _at(moment: datetime) -> Access:
    return Access(at=moment, role=Role.OPERATOR, name="taking")
