"""Corrections: a contact is reported as wrong, and its service answers by a clock."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.dates import end_of_working_day, local_day
from directory.domain.vocabulary import Role, Service

ANSWER_WORKING_DAYS = 2
"""By the end of which working day after it a report is to be answered (local)."""

TOLD_FOR = timedelta(days=90)
"""For how long whoever reported something finds it on their list (local)."""

_A_MOMENT = timedelta(seconds=1)  # before the midnight that ends a day


class Wrong(StrEnum):
    """What is wrong with a contact, in one fixed word and never a story."""

    NUMBER = "number"  # it is wrong, or nobody answers
    EMAIL = "email"
    LEFT = "left"
    OTHER_LEADS = "other_leads"
    NOT_INVOLVED = "not_involved"


ABOUT_INVOLVEMENT = frozenset({Wrong.OTHER_LEADS, Wrong.NOT_INVOLVED})
"""What is said of one person's involvement; the rest is said of a contact, whoever it is for."""

_OF_A_PRACTITIONER = frozenset({Wrong.EMAIL, Wrong.LEFT})


class Answer(StrEnum):
    """What the service says to a report."""

    MENDED = "mended"
    RIGHT = "right"
    PASSED_ON = "passed_on"


class NotOfThisContact(Refused):
    """The contact has nothing of which that can be wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a report is about: a practitioner, or a team's line where nobody is named.

    `person` is whose involvement it is, None where the contact is wrong for everybody.
    """

    service: Service
    practitioner: UUID | None
    team: UUID | None
    person: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reported a contact: the account is told to nobody but themselves."""

    account: UUID
    organisation: UUID | None
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was answered, by whom and when."""

    answer: Answer
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One report that a contact is wrong; it stands open until its service answers."""

    reference: UUID
    about: About
    wrong: Wrong
    reporter: Reporter
    at: datetime
    due: datetime
    answered: Answered | None = None

    @property
    def answer_by(self) -> date:
        """Return the last day on which an answer is in time."""
        return local_day(self.due - _A_MOMENT)

    def is_overdue(self, at: datetime) -> bool:
        """Return whether it stands open after its time at the moment `at`."""
        return self.answered is None and at >= self.due

    def days_overdue(self, at: datetime) -> int:
        """Return how many days it is over its time at the moment `at`, 0 while it is not."""
        return (local_day(at) - self.answer_by).days if self.is_overdue(at) else 0

    def is_alike(self, other: "Correction") -> bool:
        """Return whether both say that the same is wrong with the same, whoever said so."""
        return (self.about, self.wrong) == (other.about, other.wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A report with the names of what it is about, and of its reporter's organisation."""

    correction: Correction
    practitioner: str
    team: str
    organisation: str


def offered(about: About) -> tuple[Wrong, ...]:
    """Return what can be wrong with the contact: a team's line has no e-mail, and never leaves."""
    unnamed = about.practitioner is None
    return tuple(each for each in Wrong if not (unnamed and each in _OF_A_PRACTITIONER))


def about_what(shown: About, wrong: Wrong) -> About:
    """Return what a report is about that says `wrong` of the contact `shown` for a person.

    Raises NotOfThisContact where that cannot be wrong with it.
    """
    if wrong not in offered(shown):
        raise NotOfThisContact
    return About(
        service=shown.service,
        practitioner=shown.practitioner,
        team=shown.team,
        person=shown.person if wrong in ABOUT_INVOLVEMENT else None,
    )


def answer_due(at: datetime, holidays: Container[date]) -> datetime:
    """Return by when a report made at the moment `at` is to be answered."""
    return end_of_working_day(at, days=ANSWER_WORKING_DAYS, holidays=holidays)


def standing_as(correction: Correction) -> bytes:
    """Return 16 bytes that no other open report has: of a user, of a thing, of what is wrong."""
    about = correction.about
    said = (
        correction.reporter.account,
        about.service,
        about.practitioner,
        about.team,
        about.person,
        correction.wrong,
    )
    return sha256("/".join(map(str, said)).encode()).digest()[:16]


def reported_on(shown: About, open_reports: Iterable[Correction]) -> date | None:
    """Return the day on which the contact `shown` for a person was last reported, if any was."""
    days = [
        local_day(each.at)
        for each in open_reports
        if each.about in {shown, about_what(shown, Wrong.NUMBER)}
    ]
    return max(days, default=None)
