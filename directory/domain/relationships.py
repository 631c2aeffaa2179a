"""Legitimate relationships: the grounds on which a user works with a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from directory.domain.vocabulary import Purpose, Relationship, Service

CLAIM_WORKING_DAYS = 3


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
