"""Agreements between organisations, the ground on which services answer."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from directory.domain.dates import working_day_from
from directory.domain.lawfulness import (
    ConfidentialityBasis,
    Country,
    LawfulBasis,
    ScheduleCondition,
    SpecialCondition,
)
from directory.domain.vocabulary import LegalPower, Purpose, Service

REVIEW_GRACE = timedelta(days=30)
LONGEST_TERM = timedelta(days=3660)
"""The longest an agreement may run: ten years."""

_NO_HOLIDAYS: frozenset[date] = frozenset()


class ContactField(StrEnum):
    """What an agreement may let be shown of whom to ring; a card makes nothing else."""

    ORGANISATION = "organisation"
    TEAM = "team"
    DUTY_LINE = "duty_line"
    OUT_OF_HOURS_LINE = "out_of_hours_line"
    PRACTITIONER = "practitioner"
    ROLE = "role"
    PHONE = "phone"
    EMAIL = "email"
    LAST_INVOLVED = "last_involved"
    STARTED = "started"
    LAST_DAY = "last_day"
    SOURCE_REFERENCE = "source_reference"


EVERY_FIELD = frozenset(ContactField)


class Status(StrEnum):
    """Where a version of an agreement stands on a day."""

    DRAFT = "draft"
    ACTIVE = "active"
    ENDED = "ended"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation that takes part in an agreement; unsigned while `signed_on` is None.

    `signed_by` is the name and post of whoever signed for it.
    """

    organisation: UUID
    signed_on: date | None
    signed_by: str = ""

    def has_signed(self, day: date) -> bool:
        """Return whether it had signed by `day`."""
        return self.signed_on is not None and self.signed_on <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How far one version has come, and through whose hands; None is the council's own file.

    `ended_from` and `superseded_from` are the first days on which it no longer holds for that.
    """

    edited_by: UUID | None = None
    edited_at: datetime | None = None
    activated_by: UUID | None = None
    activated_at: datetime | None = None
    ended_from: date | None = None
    superseded_from: date | None = None


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
    country: Country = Country.ENGLAND
    bases: frozenset[LawfulBasis] = frozenset()
    special: frozenset[SpecialCondition] = frozenset()
    schedule: frozenset[ScheduleCondition] = frozenset()
    policy_document: str = ""
    confidentiality: ConfidentialityBasis | None = None
    dpia: str = ""
    fields: frozenset[ContactField] = EVERY_FIELD
    course: Course = Course()

    @property
    def label(self) -> str:
        """Return what the audit names it by: its reference and version."""
        return f"{self.reference} v{self.version}"

    @property
    def is_activated(self) -> bool:
        """Return whether it was ever made active; from then on it never changes."""
        return self.course.activated_at is not None

    def in_force(self, day: date, holidays: Container[date] = _NO_HOLIDAYS) -> bool:
        """Return whether it holds on `day`: activated, its dates, its review, every signature."""
        dated = self.start <= day < self.closes(holidays)
        return self.is_activated and dated and bool(self.powers) and self.is_signed(day)

    def ends(self, holidays: Container[date] = _NO_HOLIDAYS) -> date:
        """Return the first day after its term, or after it was ended; a term ends on a working day.

        Source: DOMAIN §5, a closing begins on a working day, so that somebody is there to mend it.
        """
        lapses = working_day_from(self.end, holidays)
        ended = self.course.ended_from
        return lapses if ended is None else min(lapses, ended)

    def closes(self, holidays: Container[date] = _NO_HOLIDAYS) -> date:
        """Return the first day on which nothing is shown by it any more.

        That is its end, the day its next version begins, or the first working day on which its
        review is more than thirty days late.
        """
        overdue = working_day_from(self.review + REVIEW_GRACE + timedelta(days=1), holidays)
        days = (self.ends(holidays), overdue, self.course.superseded_from)
        return min(each for each in days if each is not None)

    def status(self, day: date, holidays: Container[date] = _NO_HOLIDAYS) -> Status:
        """Return where it stands on `day`; a version whose start is to come is active already."""
        if not self.is_activated:
            return Status.DRAFT
        ends, superseded = self.ends(holidays), self.course.superseded_from
        if superseded is not None and superseded <= min(day, ends):
            return Status.SUPERSEDED
        return Status.ENDED if ends <= day else Status.ACTIVE

    def is_signed(self, day: date) -> bool:
        """Return whether every party had signed by `day`."""
        return bool(self.parties) and all(each.has_signed(day) for each in self.parties)

    def binds(self, organisation: UUID | None) -> bool:
        """Return whether `organisation` is one of its parties."""
        return any(each.organisation == organisation for each in self.parties)
