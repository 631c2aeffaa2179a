"""What an agreement still lacks before it may be activated, and what its register warns of."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from directory.domain.lawfulness import (
    NEEDS_POLICY_DOCUMENT,
    RESTS_ON_SCHEDULE_1,
    LawfulBasis,
    applies_in,
)
from directory.domain.sharing import Agreement, Status
from directory.domain.vocabulary import LegalPower, Purpose, Service

FEWEST_PARTIES = 2
WARNED_AT = (7, 30, 90)
_OF_OFFENDING = frozenset({Service.POLICE, Service.JUSTICE})


class Part(StrEnum):
    """A part of an agreement that can be missing or wrong."""

    PARTIES = "parties"
    SIGNATURE = "signature"
    POWER = "power"
    POWER_ELSEWHERE = "power_elsewhere"
    LAWFUL_BASIS = "lawful_basis"
    SPECIAL_CONDITION = "special_condition"
    SCHEDULE_CONDITION = "schedule_condition"
    POLICY_DOCUMENT = "policy_document"
    CONFIDENTIALITY = "confidentiality"
    PURPOSES = "purposes"
    PURPOSE_POWER = "purpose_power"
    SERVICES = "services"
    FIELDS = "fields"
    DPIA = "dpia"
    DATES = "dates"
    REVIEW = "review"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One part that is missing, with whose signature, which power or which purpose it is."""

    part: Part
    organisation: UUID | None = None
    power: LegalPower | None = None
    purpose: Purpose | None = None


def missing(agreement: Agreement, day: date) -> tuple[Missing, ...]:
    """Return every part that keeps `agreement` from being activated on `day`, in reading order."""
    return (
        *_parties(agreement, day),
        *_powers(agreement),
        *_bases(agreement),
        *_scope(agreement),
        *_dates(agreement, day),
    )


def _parties(agreement: Agreement, day: date) -> Iterator[Missing]:
    if len(agreement.parties) < FEWEST_PARTIES:
        yield Missing(part=Part.PARTIES)
    for each in agreement.parties:
        if not each.has_signed(day):
            yield Missing(part=Part.SIGNATURE, organisation=each.organisation)


def _powers(agreement: Agreement) -> Iterator[Missing]:
    if not agreement.powers:
        yield Missing(part=Part.POWER)
    for power in sorted(agreement.powers):
        if not applies_in(power, agreement.country):
            yield Missing(part=Part.POWER_ELSEWHERE, power=power)


def _bases(agreement: Agreement) -> Iterator[Missing]:
    if not agreement.bases:
        yield Missing(part=Part.LAWFUL_BASIS)
    if not agreement.special and agreement.bases != {LawfulBasis.LAW_ENFORCEMENT}:
        yield Missing(part=Part.SPECIAL_CONDITION)
    if not agreement.schedule and _needs_schedule(agreement):
        yield Missing(part=Part.SCHEDULE_CONDITION)
    if not agreement.policy_document and _needs_policy_document(agreement):
        yield Missing(part=Part.POLICY_DOCUMENT)
    if agreement.confidentiality is None:
        yield Missing(part=Part.CONFIDENTIALITY)


def _needs_schedule(agreement: Agreement) -> bool:
    """Return whether Article 9, or Article 10 for police and justice, asks for Schedule 1."""
    tells = agreement.services & _OF_OFFENDING
    enforced = LawfulBasis.LAW_ENFORCEMENT in agreement.bases
    return bool(agreement.special & RESTS_ON_SCHEDULE_1) or bool(tells and not enforced)


def _needs_policy_document(agreement: Agreement) -> bool:
    enforced = LawfulBasis.LAW_ENFORCEMENT in agreement.bases
    return enforced or bool(agreement.schedule & NEEDS_POLICY_DOCUMENT)


def _scope(agreement: Agreement) -> Iterator[Missing]:
    parts = {
        Part.PURPOSES: agreement.purposes,
        Part.SERVICES: agreement.services,
        Part.FIELDS: agreement.fields,
        Part.DPIA: agreement.dpia,
    }
    yield from (Missing(part=part) for part, given in parts.items() if not given)


def _dates(agreement: Agreement, day: date) -> Iterator[Missing]:
    if agreement.end <= agreement.start:
        yield Missing(part=Part.DATES)
    if agreement.review < agreement.start:
        yield Missing(part=Part.REVIEW)
    if agreement.end <= day:
        yield Missing(part=Part.OVER)


class Coming(StrEnum):
    """What a warning says is coming, or has come."""

    END = "end"
    REVIEW = "review"
    REVIEW_OVERDUE = "review_overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A day that nears: `days` are left until it, and `stage` is 90, 30 or 7; 0 once it is past."""

    coming: Coming
    on: date
    days: int
    stage: int


def warnings(agreement: Agreement, day: date, holidays: Container[date]) -> tuple[Warned, ...]:
    """Return what to warn of on `day`: an active version's end and review, ninety days ahead.

    A version whose successor is active already warns of nothing: it is taken care of.
    """
    is_active = agreement.status(day, holidays) is Status.ACTIVE
    if not is_active or agreement.course.superseded_from is not None:
        return ()
    ends, closes = agreement.ends(holidays), agreement.closes(holidays)
    found = [_warned(Coming.END, ends, day)]
    if closes <= day:
        found.append(Warned(coming=Coming.CLOSED, on=closes, days=0, stage=0))
    elif agreement.review < day:
        left = (closes - day).days
        found.append(Warned(coming=Coming.REVIEW_OVERDUE, on=closes, days=left, stage=0))
    else:
        found.append(_warned(Coming.REVIEW, agreement.review, day))
    return tuple(each for each in found if each is not None)


def _warned(coming: Coming, on: date, day: date) -> Warned | None:
    left = (on - day).days
    stage = next((each for each in WARNED_AT if left <= each), None)
    return None if stage is None else Warned(coming=coming, on=on, days=left, stage=stage)
