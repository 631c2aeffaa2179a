"""Legitimate relationships: the grounds on which a user works with a person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.vocabulary import Purpose, Relationship, Service

CLAIM_WORKING_DAYS = 3
CONFIRMED_FOR = timedelta(days=91)
"""For how long a confirmed claim goes on from its confirmation: no ground is without an end."""


class ClaimOutcome(StrEnum):
    """What somebody decided on a claim."""

    CONFIRMED = "confirmed"
    NOT_WORKING = "not_working"  # the manager: they do not work with this person
    GIVEN_UP = "given_up"  # the one who claimed: no longer


class OwnClaim(Refused):
    """Nobody confirms or declines their own claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A user's own word that they work with a person, with a reason and an end; or an enquiry."""

    account: UUID
    person: UUID
    kind: Relationship
    purpose: Purpose
    start: datetime
    end: datetime
    reason: str

    def holds(self, at: datetime) -> bool:
        """Return whether the claim holds at the moment `at`."""
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDecision:
    """What was decided on a claim; `until` is the end of a confirmed one, None for another."""

    outcome: ClaimOutcome
    by: UUID
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingClaim:
    """A claim as it stands at some moment, with what was decided on it so far."""

    reference: UUID
    claim: Claim
    confirmed: datetime | None = None
    until: datetime | None = None

    @property
    def ends(self) -> datetime:
        """Return when the claim ends if nobody ends it before."""
        return self.until or self.claim.end


SAMPLED_OF = 20
"""One claim in so many is looked at by the IG lead, whoever confirmed it."""


def is_sampled(claim: StandingClaim) -> bool:
    """Return whether the claim is in the sample: by its random reference, so nobody can know."""
    return claim.reference.int % SAMPLED_OF == 0


def check_deciding(claim: Claim, by: UUID | None) -> None:
    """Raise OwnClaim where `by` is whose claim it is, or nobody."""
    if by is None or by == claim.account:
        raise OwnClaim


def confirmation(by: UUID, at: datetime) -> ClaimDecision:
    """Return the confirmation of a claim at the moment `at`, with its own end."""
    return ClaimDecision(outcome=ClaimOutcome.CONFIRMED, by=by, at=at, until=at + CONFIRMED_FOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """One user's look at one family in one session: who was chosen and why."""

    reference: UUID
    session: bytes
    account: UUID
    person: UUID
    purpose: Purpose
    started: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePeople:
    """All whom a service's lines speak of."""

    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPeople:
    """Those with whom one organisation's team of a service is involved on `day`: its own pupils."""

    service: Service
    organisation: UUID
    day: date


OwnPeople = ServicePeople | OrganisationPeople
"""Whom a role calls its own: it finds them by any part of their name, and may look at them."""
