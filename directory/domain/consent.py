"""Consent of a person: asked, then given or refused, then withdrawn or run out; never a power."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from directory.domain.access import Refused
from directory.domain.dates import local_day

USUAL_TERM = timedelta(days=365)
LONGEST_TERM = timedelta(days=731)
WORDING = "2026-11"
"""The version of the text that is read out before anybody is asked; a page shows it."""


class Manner(StrEnum):
    """How somebody was asked, or answered."""

    AT_HOME = "at_home"
    ELSEWHERE = "elsewhere"  # in person
    BY_PHONE = "by_phone"
    IN_WRITING = "in_writing"


class Giver(StrEnum):
    """Who answered; a best-interests decision is nobody's consent, and is kept apart from them."""

    PERSON = "person"
    PARENT = "parent"  # with parental responsibility
    ATTORNEY = "attorney"  # for health and welfare
    DEPUTY = "deputy"  # whom the court appointed
    BEST_INTERESTS = "best_interests"


REPRESENTATIVES = frozenset({Giver.ATTORNEY, Giver.DEPUTY})
"""Who answers for a person by an authority that must have been seen."""


class ConsentState(StrEnum):
    """How a consent stands at a moment."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ConsentFault(Refused):
    """A consent cannot become what was asked; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer: `end`, excluded, is None where consent was refused, and never where given."""

    by: UUID
    at: datetime
    manner: Manner
    giver: Giver
    authority_seen: date | None = None
    start: date | None = None
    end: date | None = None

    @property
    def is_given(self) -> bool:
        """Return whether it was yes."""
        return self.end is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The end of a consent before its term, as an account noted it."""

    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One question to one person about organisations, with what became of it.

    `asked_from` is the asker's organisation, `wording` the version of the text that was read.
    """

    reference: UUID
    person: UUID
    organisations: frozenset[UUID]
    wording: str
    asked_by: UUID
    asked_from: UUID
    asked_at: datetime
    manner: Manner
    answer: Answered | None = None
    withdrawal: Withdrawal | None = None

    def state(self, at: datetime) -> ConsentState:
        """Return how it stands at the moment `at`."""
        if self.answer is None:
            return ConsentState.ASKED
        if self.answer.end is None:
            return ConsentState.REFUSED
        if self.withdrawal is not None:
            return ConsentState.WITHDRAWN
        is_over = local_day(at) >= self.answer.end
        return ConsentState.EXPIRED if is_over else ConsentState.GIVEN


def ends_with(consents: Iterable[Consent], ended: Consent, at: datetime) -> tuple[Consent, ...]:
    """Return the live ones that end with `ended`: whatever else was agreed for its organisations.

    Who says no to an organisation, or takes a yes back, is not to be held to another yes.
    """
    return tuple(
        each
        for each in consents
        if each.person == ended.person
        and each.organisations & ended.organisations
        and each.state(at) is ConsentState.GIVEN
    )


def answered(consent: Consent, answer: Answered) -> Consent:
    """Return `consent` as answered, or raise ConsentFault."""
    if consent.answer is not None:
        raise ConsentFault("it was answered before: ask anew")
    if (answer.authority_seen is not None) != (answer.giver in REPRESENTATIVES):
        raise ConsentFault("say when you saw an attorney's or a deputy's authority, and only then")
    today = local_day(answer.at)
    if answer.authority_seen is not None and answer.authority_seen > today:
        raise ConsentFault("the authority cannot have been seen after today")
    _check_term(answer, today)
    return replace(consent, answer=answer)


def withdrawn(consent: Consent, withdrawal: Withdrawal) -> Consent:
    """Return `consent` as withdrawn, or raise ConsentFault where there is none to withdraw."""
    if consent.state(withdrawal.at) is not ConsentState.GIVEN:
        raise ConsentFault("there is no consent to withdraw")
    return replace(consent, withdrawal=withdrawal)


def _check_term(answer: Answered, today: date) -> None:
    if answer.end is None and answer.start is None:
        return
    if answer.start != today or answer.end is None:
        raise ConsentFault("a consent begins on the day it is recorded, and has an end")
    if not answer.start < answer.end <= answer.start + LONGEST_TERM:
        raise ConsentFault("the end must be after today, and within two years")
