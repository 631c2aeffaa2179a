"""Claims after they were made: a manager confirms or declines them, a worker gives one up."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from directory.domain.access import Access, NotFound, Refused
from directory.domain.events import Event
from directory.domain.relationships import (
    ClaimDecision,
    ClaimOutcome,
    StandingClaim,
    check_deciding,
    confirmation,
)
from directory.domain.vocabulary import Purpose
from directory.ledger.door import Ledger
from directory.ledger.work import Work
from directory.policy.disclosed import DisclosedClaim, fields_shown
from directory.policy.disclosure import disclose_claim
from directory.policy.permissions import GROUNDS_BY_WORD, POWERS, Action, may_be_told_of

AT_ONCE = 20
NOBODY = UUID(int=0)
"""Asked for beside others, so that statements are as many whoever is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToConfirm:
    """One page of the claims that wait for a manager; `more` where another page follows."""

    claims: tuple[DisclosedClaim, ...]
    more: bool


def list_to_confirm(ledger: Ledger, access: Access, *, page: int) -> ToConfirm:
    """Return a page of the claims that the manager may decide on, the soonest to lapse first.

    A claim on somebody whom the manager may not know of is as one that was never made.
    """
    with ledger.entry(access, Event.CLAIMS_LISTED, action=Action.CLAIMS_CONFIRM) as work:
        work.remark(purpose=Purpose.LOCATING, power=POWERS[Purpose.LOCATING])
        found = claims_seen(work, access, _waiting(work, access))
        start = (page - 1) * AT_ONCE
        shown = found[start : start + AT_ONCE]
        work.remark(shown=tuple(each.person.person for each in shown), fields=fields_shown(shown))
    return ToConfirm(claims=shown, more=len(found) > start + AT_ONCE)


def decide(ledger: Ledger, access: Access, *, claim: UUID, outcome: ClaimOutcome) -> None:
    """Confirm the claim for a bounded while, or decline it: then it ends at once.

    Raises NotFound for one that waits no more, another team's, or about somebody unknown to the
    manager; OwnClaim for one's own; Refused for an outcome that is not a manager's.
    """
    with ledger.entry(access, Event.CLAIM_DECIDED, action=Action.CLAIMS_CONFIRM) as work:
        waiting = _waiting(work, access)
        seen = {each.claim for each in claims_seen(work, access, waiting)}
        found = next((each for each in waiting if each.reference == claim and claim in seen), None)
        if found is None or access.account is None:
            raise NotFound
        check_deciding(found.claim, access.account)
        work.remark(subject=found.claim.person, relationship=found.claim.kind)
        if outcome is ClaimOutcome.GIVEN_UP:
            raise Refused
        work.remark(words=f"{outcome}: claim of account {found.claim.account}")
        if outcome is ClaimOutcome.CONFIRMED:
            work.claims.decide([found], confirmation(access.account, access.at))
            return
        work.claims.decide(
            _on_the_same(work, found, access),
            ClaimDecision(outcome=outcome, by=access.account, at=access.at),
        )


def give_up(ledger: Ledger, access: Access, *, claim: UUID) -> None:
    """End one's own claim, and whatever else one claims of the same person in the same way.

    Raises NotFound for one that has ended, or another's.
    """
    with ledger.entry(access, Event.CLAIM_GIVEN_UP, action=Action.FAMILIES_MINE) as work:
        held = own_claims(work, access)
        seen = {each.claim for each in claims_seen(work, access, held)}
        found = next((each for each in held if each.reference == claim and claim in seen), None)
        if found is None or access.account is None:
            raise NotFound
        work.remark(subject=found.claim.person, relationship=found.claim.kind)
        work.claims.decide(
            _on_the_same(work, found, access),
            ClaimDecision(outcome=ClaimOutcome.GIVEN_UP, by=access.account, at=access.at),
        )


def own_claims(work: Work, access: Access) -> tuple[StandingClaim, ...]:
    """Return the user's claims that hold, of the kind that the role makes, soonest to end first."""
    kind = GROUNDS_BY_WORD.get(access.role)
    held = work.claims.of(access.account, access.at)
    return tuple(each for each in held if each.claim.kind is kind)


def claims_seen(
    work: Work, access: Access, claims: Iterable[StandingClaim]
) -> tuple[DisclosedClaim, ...]:
    """Return those of `claims` on people of whom this viewer may know, in their order."""
    standing = tuple(claims)
    people = work.people.many({NOBODY, *(each.claim.person for each in standing)})
    told = {
        reference: person
        for reference, person in people.items()
        if may_be_told_of(access.role, person.lifecycle)
    }
    names = work.accounts.names({each.claim.account for each in standing} | {NOBODY})
    return tuple(
        disclose_claim(
            access, told[each.claim.person], each, claimant=names.get(each.claim.account, "")
        )
        for each in standing
        if each.claim.person in told
    )


def _waiting(work: Work, access: Access) -> tuple[StandingClaim, ...]:
    """Return the claims that wait for this manager; without a team or organisation, none."""
    if access.account is None or access.team is None or access.organisation is None:
        return ()
    return work.claims.waiting(
        organisation=access.organisation,
        team=access.team,
        other_than=access.account,
        at=access.at,
    )


def _on_the_same(work: Work, found: StandingClaim, access: Access) -> tuple[StandingClaim, ...]:
    """Return every claim of the same user on the same person that holds, in the same way."""
    held = work.claims.of(found.claim.account, access.at)
    return tuple(
        each
        for each in held
        if (each.claim.person, each.claim.kind) == (found.claim.person, found.claim.kind)
    )
