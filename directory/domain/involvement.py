"""A service's involvement with a person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from directory.domain.agencies import Practitioner, Team
from directory.domain.dates import Period
from directory.domain.vocabulary import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """One involvement as its service last sent it; `ended` is the first day after it.

    `confirmed_on` is the last day on which its desk or its practitioner said that it holds.
    """

    person: UUID
    service: Service
    source_reference: str
    as_of: date
    started: date | None = None
    last_involved: date | None = None
    ended: date | None = None
    team: Team | None = None
    lead: Practitioner | None = None
    confirmed_on: date | None = None

    @property
    def latest(self) -> date | None:
        """Return the last day anything is known to have happened."""
        return self.last_involved or Period(end=self.ended).last_day() or self.started
