"""What waits for whoever holds a session: read with it, so that no page asks for it again."""

from sqlalchemy import case, exists, false, func, select

from directory.domain.calls import CallKind
from directory.domain.vocabulary import Role
from directory.store.account_tables import AccountRow, SessionRow
from directory.store.agency_tables import OrganisationRow
from directory.store.call_tables import CallRow
from directory.store.emergency_tables import OccasionRow
from directory.store.gate_tables import HeldGateRow

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
