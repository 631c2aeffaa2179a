"""Hand a family on: a hand-over, a referral, or a manager's allocation; one act for the three."""

from uuid import UUID

from directory.domain.access import Access, Refused
from directory.domain.accounts import Account
from directory.domain.calls import CallKind
from directory.domain.dates import end_of_working_day
from directory.domain.events import Event
from directory.domain.relationships import (
    CLAIM_WORKING_DAYS,
    Claim,
    StandingClaim,
    confirmation,
)
from directory.domain.vocabulary import Role
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.operations.relationships import ReasonMissing
from directory.operations.sight import Sight, enter, see
from directory.operations.telling import tell
from directory.policy.permissions import RECEIVES, Action, purposes_for


class NobodyToReceive(Refused):
    """No colleague of this address can take a family on."""


def hand_on(ledger: Ledger, access: Access, *, viewing: UUID, email: str, reason: str) -> None:
    """Let a colleague work with the family that is looked at, from now on.

    It is a claim of theirs: it ends with the third working day unless their manager confirms it. A
    manager's own worker has it confirmed at once. Raises ReasonMissing without a reason, and
    NobodyToReceive for an address of nobody in the same organisation who can take a family on.
    """
    with ledger.entry(access, Event.FAMILY_HANDED_ON, action=Action.FAMILY_HAND_ON) as work:
        sight = see(work, access, viewing)
        enter(work, sight)
        if not reason.strip():
            raise ReasonMissing
        receiver = work.accounts.by_email(email.strip().lower())
        role = None if receiver is None else _receives(access, receiver)
        if receiver is None or role is None or access.account is None:
            raise NobodyToReceive
        work.remark(words=f"to account {receiver.reference}")
        giver = work.accounts.names({access.account})[access.account]
        words = f"Handed on by {giver}: {reason.strip()}"
        given = _claim(work, sight, receiver=receiver, role=role, reason=words)
        work.relationships.keep_claim(given.reference, given.claim)
        if access.role is Role.TEAM_MANAGER and receiver.team == access.team:
            work.claims.decide([given], confirmation(access.account, access.at))
        tell(work, CallKind.HANDED_ON, caller=access.account, to=[receiver.reference])


def _receives(access: Access, account: Account) -> Role | None:
    """Return in which role `account` can take a family on from this user, None for in none."""
    if account.disabled or account.reference == access.account:
        return None
    if account.organisation != access.organisation:
        return None
    return next((each for each in RECEIVES if each in account.roles), None)


def _claim(
    work: Work, sight: Sight, *, receiver: Account, role: Role, reason: str
) -> StandingClaim:
    at, purposes = work.access.at, purposes_for(role)
    same = sight.viewing.purpose
    return StandingClaim(
        reference=work.new_reference(),
        claim=Claim(
            account=receiver.reference,
            person=sight.viewing.person,
            kind=RECEIVES[role],
            purpose=same if same in purposes else purposes[0],
            start=at,
            end=end_of_working_day(at, days=CLAIM_WORKING_DAYS, holidays=work.holidays),
            reason=reason,
        ),
    )
