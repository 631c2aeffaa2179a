"""The pages of claims: a manager confirms or declines them, a worker ends one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from directory.domain.dates import local_day
from directory.domain.relationships import ClaimOutcome
from directory.operations import claims as operations
from directory.operations import sampling
from directory.policy.disclosed import DisclosedClaim
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number
from directory.web.pages import Page, Shown, render
from directory.web.wording import PURPOSE_NAMES

blueprint = capability("claims")
_A_MOMENT = timedelta(seconds=1)  # before the midnight that ends a day
_DECISIONS = frozenset({ClaimOutcome.CONFIRMED, ClaimOutcome.NOT_WORKING})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView(Shown):
    """A claim, what it is for, and the last day on which it holds."""

    claim: DisclosedClaim
    purpose: str
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(Page):
    """The claims that wait for a manager."""

    template: ClassVar[str] = "claims/confirm.html"
    claims: tuple[ClaimView, ...]
    page: int
    has_more: bool
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleView(Shown):
    """One sampled claim, and nobody it is about."""

    user: str
    organisation: str
    purpose: str
    reason: str
    at: datetime
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePage(Page):
    """One claim in twenty."""

    template: ClassVar[str] = "claims/sample.html"
    claims: tuple[SampleView, ...]


@blueprint.get("/claims")
@performs(Action.CLAIMS_CONFIRM)
def to_confirm() -> ResponseReturnValue:
    """Show the claims to confirm."""
    page = asked_number("page") or 1
    found = operations.list_to_confirm(ledger(), current_access(), page=page)
    said = request.args.get("said", "")
    return render(
        ConfirmPage(
            claims=tuple(map(claim_view, found.claims)),
            page=page,
            has_more=found.more,
            said=said if said in set(_DECISIONS) else "",
        )
    )


@blueprint.post("/claims/<uuid:claim>")
@performs(Action.CLAIMS_CONFIRM)
def decide(claim: UUID) -> ResponseReturnValue:
    """Take a manager's decision on a claim."""
    outcome = request.form.get("outcome", "")
    if outcome not in set(_DECISIONS):
        abort(400)
    operations.decide(ledger(), current_access(), claim=claim, outcome=ClaimOutcome(outcome))
    return redirect(f"/claims?said={outcome}", 303)


@blueprint.get("/claims/sample")
@performs(Action.CLAIMS_SAMPLE)
def sample() -> ResponseReturnValue:
    """Show the IG lead one claim in twenty."""
    return render(
        SamplePage(
            claims=tuple(
                SampleView(
                    user=each.user,
                    organisation=each.organisation,
                    purpose=PURPOSE_NAMES[each.purpose],
                    reason=each.reason,
                    at=each.at,
                    confirmed=each.confirmed,
                )
                for each in sampling.list_sample(ledger(), current_access())
            )
        )
    )


@blueprint.post("/families/mine/claims/<uuid:claim>/end")
@performs(Action.FAMILIES_MINE)
def give_up(claim: UUID) -> ResponseReturnValue:
    """End one's own claim."""
    operations.give_up(ledger(), current_access(), claim=claim)
    return redirect("/families/mine", 303)


def claim_view(claim: DisclosedClaim) -> ClaimView:
    """Return a claim with the words and the day that its pages say."""
    return ClaimView(
        claim=claim,
        purpose=PURPOSE_NAMES[claim.purpose],
        last_day=local_day(claim.ends - _A_MOMENT),
    )
