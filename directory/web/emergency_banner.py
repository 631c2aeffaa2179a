"""What pages say while emergency access is open."""

from dataclasses import dataclass
from datetime import datetime

from directory.web.access import now
from directory.web.pages import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency(Shown):
    """Until when it is open, and how many seconds that is by the server's clock."""

    until: datetime
    seconds_left: int


def emergency_view(until: datetime | None) -> Emergency | None:
    """Return what is said of emergency access that is open until then, None of none."""
    if until is None:
        return None
    return Emergency(until=until, seconds_left=int((until - now()).total_seconds()))
