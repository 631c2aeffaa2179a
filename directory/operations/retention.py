"""Let go of what is kept no longer than the council decided."""

from dataclasses import dataclass
from datetime import date, datetime, time

from directory.domain.access import Access
from directory.domain.audit import Event
from directory.domain.dates import LONDON, months_before
from directory.ledger.door import Ledger
from directory.policy.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many searches go that are older than `before`, a day in Europe/London."""

    before: date
    searches: int


def foresee(ledger: Ledger, access: Access) -> Due:
    """Return what would go today; nothing does."""
    with ledger.entry(access, Event.RETENTION_FORESEEN, action=Action.RETENTION_RUN) as work:
        day = months_before(access.today, work.rules.in_force(access.today).searches_kept_months)
        return Due(before=day, searches=work.relationships.searches_before(_begins(day)))


def let_go(ledger: Ledger, access: Access) -> Due:
    """Let go of what is kept no longer, and return what went."""
    with ledger.entry(access, Event.RETENTION_RUN, action=Action.RETENTION_RUN) as work:
        day = months_before(access.today, work.rules.in_force(access.today).searches_kept_months)
        gone = Due(before=day, searches=work.relationships.searches_before(_begins(day)))
        work.relationships.forget_searches(_begins(day))
        work.remark(words=f"{gone.searches} searches from before {day.isoformat()}")
    return gone


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
