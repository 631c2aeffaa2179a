"""Emergency access: thirty minutes with one family, and a review by somebody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.vocabulary import Role

LASTS = timedelta(minutes=30)
"""How long one occasion lasts (local)."""

REVIEW_WORKING_DAYS = 2
"""Within how many working days an occasion is reviewed."""

MANY, MANY_WITHIN = 3, timedelta(days=30)
"""So many occasions of one user within so long ask for a closer look."""


class EmergencyReason(StrEnum):
    """Why one cannot wait."""

    RISK_TO_LIFE = "risk_to_life"
    SERIOUS_HARM = "serious_harm"
    MISSING_CHILD = "missing_child"
    SERVICES_CLOSED = "services_closed"  # whoever would answer cannot be reached now


class ReviewOutcome(StrEnum):
    """What the review of an occasion found."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    FOLLOW_UP = "follow_up"


class OwnOccasion(Refused):
    """Nobody reviews their own occasion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One user's emergency access to one family; `person` is the one who was chosen.

    `words` are the user's own sentence. `earlier` is how many occasions the user had in the thirty
    days before. `review_due` is the moment by which somebody else must have looked at it.
    """

    reference: UUID
    account: UUID
    role: Role
    team: UUID | None
    person: UUID
    reason: EmergencyReason
    words: str
    started: datetime
    ends: datetime
    review_due: datetime
    earlier: int
    reviewed: datetime | None = None

    @property
    def is_repeated(self) -> bool:
        """Return whether the user had so many occasions that they ask for a closer look."""
        return self.earlier + 1 >= MANY


def check_reviewing(occasion: Occasion, reviewer: UUID | None) -> None:
    """Raise OwnOccasion where `reviewer` is whose occasion it was, or nobody."""
    if reviewer is None or reviewer == occasion.account:
        raise OwnOccasion
