"""Let go of what is kept no longer than the council decided."""

from dataclasses import dataclass
from datetime import date, datetime, time

from directory.domain.access import Access
from directory.domain.dates import LONDON, local_day, months_before
from directory.domain.events import Event
from directory.domain.watches import KEPT_FOR
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.policy.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many searches go that are older than `before`, a day in Europe/London.

    Of notices those go that are older than `told_before`, and of watches those that were over.
    """

    before: date
    searches: int
    told_before: date
    notices: int
    watches: int


def foresee(ledger: Ledger, access: Access) -> Due:
    """Return what would go today; nothing does."""
    with ledger.entry(access, Event.RETENTION_FORESEEN, action=Action.RETENTION_RUN) as work:
        return _due(work)


def let_go(ledger: Ledger, access: Access) -> Due:
    """Let go of what is kept no longer, and return what went."""
    with ledger.entry(access, Event.RETENTION_RUN, action=Action.RETENTION_RUN) as work:
        gone = _due(work)
        work.relationships.forget_searches(_begins(gone.before))
        work.watches.let_go(ended=access.at, told=_begins(gone.told_before))
        work.remark(
            words=f"{gone.searches} searches from before {gone.before.isoformat()},"
            f" {gone.notices} notices, {gone.watches} watches"
        )
    return gone


def _due(work: Work) -> Due:
    today = work.access.today
    day = months_before(today, work.rules.in_force(today).searches_kept_months)
    told_before = local_day(work.access.at - KEPT_FOR)
    waiting = work.watches.waiting(ended=work.access.at, told=_begins(told_before))
    return Due(
        before=day,
        searches=work.relationships.searches_before(_begins(day)),
        told_before=told_before,
        notices=waiting.notices,
        watches=waiting.watches,
    )


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
