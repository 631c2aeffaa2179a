"""Legitimate relationships: the grounds on which a user works with a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from directory.domain.vocabulary import Purpose, Relationship

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
