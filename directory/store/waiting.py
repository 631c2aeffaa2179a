"""What waits for whoever holds a session: read with it, so that no page asks for it again."""

from sqlalchemy import case, exists, false, func, or_, select

from directory.domain.calls import CallKind
from directory.domain.restrictions import Protection
from directory.domain.vocabulary import Lifecycle, Role
from directory.store.account_tables import AccountRow, SessionRow
from directory.store.agency_tables import OrganisationRow
from directory.store.call_tables import CallRow
from directory.store.emergency_tables import OccasionRow
from directory.store.gate_tables import HeldGateRow
from directory.store.line_tables import PersonRow
from directory.store.restriction_tables import InterestPersonRow, OrderRow, ProtectedRow
from directory.store.watch_tables import NoticeRow, WatchRow

GATES_END = (
    select(func.min(HeldGateRow.end))
    .where(HeldGateRow.account == SessionRow.account)
    .scalar_subquery()
    .label("ends")
)
"""The day on which the first of the holder's gates ends."""

ASSURED_UNTIL = (
    select(OrganisationRow.assured_until)
    .join(AccountRow, AccountRow.organisation == OrganisationRow.id)
    .where(AccountRow.id == SessionRow.account)
    .scalar_subquery()
    .label("assured_until")
)
"""The day on which the assurance of the holder's organisation ends."""

CALLS_WAIT = case(
    (
        SessionRow.acting_as == Role.RESTRICTION_OFFICER,
        exists().where(CallRow.kind == CallKind.HIDDEN, CallRow.answered_at.is_(None)),
    ),
    (
        SessionRow.acting_as == Role.IG_LEAD,
        exists().where(CallRow.kind == CallKind.INTEREST, CallRow.answered_at.is_(None)),
    ),
    else_=false(),
).label("calls_wait")
"""Whether somebody is to be rung by the role the session acts in."""

REVIEWS_WAIT = case(
    (SessionRow.acting_as == Role.IG_LEAD, exists().where(OccasionRow.reviewed.is_(None))),
    (
        SessionRow.acting_as == Role.TEAM_MANAGER,
        exists().where(
            OccasionRow.reviewed.is_(None),
            OccasionRow.team == AccountRow.team,
            AccountRow.id == SessionRow.account,
        ),
    ),
    else_=false(),
).label("reviews_wait")
"""Whether an emergency is to be reviewed by the role the session acts in."""

_IS_HIDDEN = or_(
    exists().where(
        ProtectedRow.person == WatchRow.person,
        OrderRow.id == ProtectedRow.order,
        OrderRow.ended.is_(None),
        OrderRow.protection == Protection.HIDDEN,
    ),
    exists().where(
        InterestPersonRow.person == WatchRow.person, InterestPersonRow.account == WatchRow.account
    ),
)
NOTICES_WAIT = (
    select(func.count())
    .select_from(NoticeRow)
    .join(WatchRow, WatchRow.id == NoticeRow.watch)
    .join(PersonRow, PersonRow.id == WatchRow.person)
    .join(AccountRow, AccountRow.id == WatchRow.account)
    .join(OrganisationRow, OrganisationRow.id == AccountRow.organisation)
    .where(
        NoticeRow.opened_at.is_(None),
        WatchRow.account == SessionRow.account,
        WatchRow.role == SessionRow.acting_as,
        PersonRow.lifecycle.in_((Lifecycle.LIVE, Lifecycle.UNBORN, Lifecycle.DECEASED)),
        OrganisationRow.needs_consent.is_(False),
        ~_IS_HIDDEN,
    )
    .correlate(SessionRow)
    .scalar_subquery()
    .label("notices_wait")
)
"""How many notices the holder has not opened, in this role.

Of somebody whom an order hides none is counted for anybody, not for those either who still work
with them: their page of notices has it. Nor is any where an organisation needs consent.
"""
