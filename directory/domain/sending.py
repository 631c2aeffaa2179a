"""Files that service leads send themselves: how far each is, and how long it is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.extracts import ExtractOutcome, Report
from directory.domain.vocabulary import Service

MOST_SENT_BYTES = 64 << 20
KEPT = timedelta(hours=24)
"""How long a file is kept that nobody takes; one that was taken or refused is not kept at all."""

REMEMBERED = timedelta(days=30)
"""How long it is remembered that a file was sent, with its report."""

STANDS_STILL = timedelta(minutes=5)
"""After this without a sign of life, whatever took a file has died."""


class SentBusy(Refused):
    """Another file of the service is being taken."""


class NotSoNow(Refused):
    """The file is not where this could be done: somebody else decided, or it was let go."""


class SentWork(StrEnum):
    """What is to be done."""

    TAKE = "take"  # a file
    UNDO = "undo"  # the last extract is to be taken back


class SentState(StrEnum):
    """How far it is."""

    SENT = "sent"  # waits to be checked
    CHECKING = "checking"
    CHECKED = "checked"  # its sender reads the report
    ASKED = "asked"  # waits to be done
    TAKING = "taking"
    TAKEN = "taken"
    REFUSED = "refused"  # cannot be taken as it is
    FAILED = "failed"  # it was interrupted, or another was busy: it may be asked again
    LET_GO = "let_go"  # nobody took it


GOES_ON = frozenset({SentState.SENT, SentState.CHECKING, SentState.ASKED, SentState.TAKING})
"""The states in which nobody has anything to decide."""

KEEPS_FILE = GOES_ON | {SentState.CHECKED, SentState.FAILED}
"""The states in which the file is still there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One file that was sent, or an extract to be taken back, and how far it is.

    `report` tells its sender nothing of who the people are. `number` was given for a file that
    takes much away, 0 for any other. `fault` says why it came to nothing.
    """

    reference: UUID
    service: Service
    account: UUID
    sent_at: datetime
    as_of: date
    work: SentWork
    state: SentState
    changed_at: datetime
    number: int = 0
    fault: str = ""
    report: Report | None = None

    @property
    def goes_on(self) -> bool:
        """Return whether nobody has anything to decide yet."""
        return self.state in GOES_ON

    @property
    def keeps_file(self) -> bool:
        """Return whether its file is still there."""
        return self.work is SentWork.TAKE and self.state in KEEPS_FILE

    @property
    def may_be_taken(self) -> bool:
        """Return whether its sender may have it taken without giving its number."""
        return self._waits and self._outcome is ExtractOutcome.CHECKED

    @property
    def may_be_meant(self) -> bool:
        """Return whether its sender may have it taken by giving its number."""
        return self._waits and self._outcome is ExtractOutcome.BRAKED

    @property
    def is_stopped(self) -> bool:
        """Return whether it waits for its sender and may not be taken as it is."""
        return self.state is SentState.CHECKED and not self.may_be_taken

    @property
    def _waits(self) -> bool:
        return self.state in {SentState.CHECKED, SentState.FAILED}

    @property
    def _outcome(self) -> ExtractOutcome | None:
        return self.report.outcome if self.report else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The extract whose lines are seen now."""

    as_of: date
    taken_at: datetime
    lines: int
    refused: int
