"""Agreements between organisations, the ground on which services answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from directory.domain.vocabulary import LegalPower, Purpose, Service

REVIEW_GRACE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation that takes part in an agreement; unsigned while `signed_on` is None."""

    organisation: UUID
    signed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A data-sharing agreement in one version; `end` is the first day it no longer holds."""

    reference: str
    version: int
    title: str
    powers: frozenset[LegalPower]
    purposes: frozenset[Purpose]
    services: frozenset[Service]
    parties: tuple[Party, ...]
    start: date
    review: date
    end: date

    def in_force(self, day: date) -> bool:
        """Return whether it holds on `day`: dates, review and every signature."""
        dated = self.start <= day < self.end and day <= self.review + REVIEW_GRACE
        return dated and bool(self.powers) and self.is_signed(day)

    def is_signed(self, day: date) -> bool:
        """Return whether every party had signed by `day`."""
        return bool(self.parties) and all(
            each.signed_on is not None and each.signed_on <= day for each in self.parties
        )

    def binds(self, organisation: UUID | None) -> bool:
        """Return whether `organisation` is one of its parties."""
        return any(each.organisation == organisation for each in self.parties)

    @property
    def label(self) -> str:
        """Return what the audit names it by: its reference and version."""
        return f"{self.reference} v{self.version}"
