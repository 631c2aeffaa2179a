"""One claim in twenty is looked at by the IG lead, who is not told about whom it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from directory.domain.access import Access
from directory.domain.events import Event
from directory.domain.relationships import is_sampled
from directory.domain.vocabulary import Purpose
from directory.ledger.door import Ledger
from directory.policy.permissions import Action

LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledClaim:
    """That somebody said they work with a person: who, when and why, and not with whom."""

    claim: UUID
    user: str
    organisation: str
    purpose: Purpose
    reason: str
    at: datetime
    confirmed: bool


def list_sample(ledger: Ledger, access: Access) -> tuple[SampledClaim, ...]:
    """Return the sampled claims of the last thirty days, the newest first."""
    with ledger.entry(access, Event.CLAIMS_SAMPLED, action=Action.CLAIMS_SAMPLE) as work:
        begun = work.claims.begun(since=access.at - LOOKED_BACK)
        sampled = tuple(each for each in begun if is_sampled(each))
        accounts = {
            each: work.accounts.account(each) for each in {one.claim.account for one in sampled}
        }
        organisations = work.agencies.names()
    return tuple(
        SampledClaim(
            claim=each.reference,
            user=account.display_name,
            organisation=organisations.get(account.organisation, ""),
            purpose=each.claim.purpose,
            reason=each.claim.reason,
            at=each.claim.start,
            confirmed=each.confirmed is not None,
        )
        for each in sampled
        if (account := accounts[each.claim.account]) is not None
    )
