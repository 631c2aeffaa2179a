"""Emergency access: open it on a family one looks at, and review what others opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from directory.domain.access import Access, NotFound
from directory.domain.accounts import SecondFactor
from directory.domain.calls import CallKind
from directory.domain.dates import end_of_working_day
from directory.domain.emergency import (
    LASTS,
    REVIEW_WORKING_DAYS,
    EmergencyReason,
    Occasion,
    ReviewOutcome,
    check_reviewing,
)
from directory.domain.events import Event
from directory.domain.relationships import Viewing
from directory.domain.vocabulary import Role
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.relationships import ReasonMissing
from directory.operations.sessions import check_fresh
from directory.operations.sight import enter, see
from directory.operations.telling import tell
from directory.policy.permissions import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """One occasion as its reviewer is told of it: who, when and why, and nobody of the family."""

    reference: UUID
    user: str
    role: Role
    reason: EmergencyReason
    words: str
    started: datetime
    review_due: datetime
    overdue: bool
    repeated: bool
    own: bool


def open_emergency(
    ledger: Ledger,
    access: Access,
    *,
    viewing: UUID,
    reason: EmergencyReason,
    words: str,
    rule: SecondFactor,
) -> datetime:
    """Open emergency access to the family that is looked at, and return until when it lasts.

    One family is one occasion: while it lasts, opening it again changes nothing. Raises FactorStale
    where the second factor must be given again, ReasonMissing without a sentence.
    """
    with ledger.entry(access, Event.EMERGENCY_OPENED, action=Action.EMERGENCY_OPEN) as work:
        check_fresh(work, rule)
        sight = see(work, access, viewing)
        enter(work, sight)
        work.remark(words=f"{reason}: {words.strip()}")
        if not words.strip():
            raise ReasonMissing
        if sight.emergency_until is not None:
            return sight.emergency_until
        occasion = _occasion(work, sight.viewing, reason=reason, words=words.strip())
        work.emergencies.keep(occasion)
        reviewers = work.accounts.managing(access.team) | work.accounts.holding(Role.IG_LEAD)
        tell(work, CallKind.EMERGENCY, caller=occasion.account, to=reviewers)
    return occasion.ends


def _occasion(work: Work, viewing: Viewing, *, reason: EmergencyReason, words: str) -> Occasion:
    access = work.access
    return Occasion(
        reference=work.new_reference(),
        account=viewing.account,
        role=access.role,
        team=access.team,
        person=viewing.person,
        reason=reason,
        words=words,
        started=access.at,
        ends=access.at + LASTS,
        review_due=end_of_working_day(access.at, days=REVIEW_WORKING_DAYS, holidays=work.holidays),
        earlier=work.emergencies.earlier(viewing.account, access.at),
    )


def list_to_review(ledger: Ledger, access: Access) -> tuple[ToReview, ...]:
    """Return the occasions to be reviewed, what is due first; a manager's are their own team's."""
    with ledger.entry(access, Event.EMERGENCIES_LISTED, action=Action.EMERGENCY_REVIEW) as work:
        occasions = _reviewable(work, access)
        names = work.accounts.names({each.account for each in occasions})
    return tuple(
        ToReview(
            reference=each.reference,
            user=names.get(each.account, ""),
            role=each.role,
            reason=each.reason,
            words=each.words,
            started=each.started,
            review_due=each.review_due,
            overdue=access.at >= each.review_due,
            repeated=each.is_repeated,
            own=each.account == access.account,
        )
        for each in occasions
    )


def review(ledger: Ledger, access: Access, *, occasion: UUID, outcome: ReviewOutcome) -> None:
    """Keep what the review of an occasion found.

    Raises NotFound for one that is reviewed or another team's, OwnOccasion for one's own.
    """
    with ledger.entry(access, Event.EMERGENCY_REVIEWED, action=Action.EMERGENCY_REVIEW) as work:
        found = next(
            (each for each in _reviewable(work, access) if each.reference == occasion), None
        )
        if found is None:
            raise NotFound
        check_reviewing(found, access.account)
        work.remark(occasion=occasion, words=outcome)
        if access.account is not None:
            work.emergencies.review(occasion, access.account, outcome, access.at)


def _reviewable(work: Work, access: Access) -> tuple[Occasion, ...]:
    """Return what the user may review: everything, or as a manager what the own team opened."""
    if access.role is not Role.TEAM_MANAGER:
        return work.emergencies.to_review(None)
    return () if access.team is None else work.emergencies.to_review(access.team)
