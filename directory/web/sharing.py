"""The pages of the register of agreements: all of them, and one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from flask.typing import ResponseReturnValue

from directory.domain.agreements import Coming, Missing, Part
from directory.domain.sharing import EVERY_FIELD, ContactField, Status
from directory.operations import sharing as operations
from directory.operations.sharing import Entered, Reading
from directory.policy.permissions import Action, allows
from directory.web.access import capability, current_access, ledger, performs
from directory.web.pages import Page, Shown, render
from directory.web.sharing_words import CONFIDENTIALITY_NAMES, FIELD_NAMES
from directory.web.wording import PURPOSE_NAMES, SERVICE_NAMES

blueprint = capability("sharing")


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningView(Shown):
    """What nears, on which day, in how many days, and at which of the stages it stands."""

    coming: Coming
    on: date
    days: int
    stage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingView(Shown):
    """One part that a draft lacks, and of what it lacks it."""

    part: Part
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView(Shown):
    """One version as a line of the register."""

    reference: UUID
    label: str
    title: str
    status: Status
    start: date
    end: date
    begins_later: bool
    warnings: tuple[WarningView, ...]
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage(Page):
    """Every version of every agreement."""

    template: ClassVar[str] = "sharing/register.html"
    entries: tuple[EntryView, ...]
    may_draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView(Shown):
    """A party, and when and by whom it signed."""

    name: str
    signed_on: date | None
    signed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView(Shown):
    """All that one version says."""

    reference: UUID
    label: str
    title: str
    status: Status
    country: str
    powers: tuple[str, ...]
    bases: tuple[str, ...]
    conditions: tuple[str, ...]
    policy_document: str
    confidentiality: str
    purposes: tuple[str, ...]
    services: tuple[str, ...]
    left_out: tuple[str, ...]
    dpia: str
    start: date
    review: date
    end: date
    closes: date
    parties: tuple[PartyView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView(Shown):
    """Through whose hands a version went, and on which day it was ended or superseded."""

    edited_by: str
    edited_at: datetime | None
    activated_by: str
    activated_at: datetime | None
    ended_from: date | None
    superseded_from: date | None
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPage(Page):
    """One version, what it lacks, and what may be done with it."""

    template: ClassVar[str] = "sharing/agreement.html"
    agreement: AgreementView
    course: CourseView
    warnings: tuple[WarningView, ...]
    lacking: tuple[MissingView, ...]
    may_draft: bool
    may_sign: bool
    may_begin: bool
    may_end: bool
    may_activate: bool
    refused: str = ""


@blueprint.get("/agreements")
@performs(Action.SHARING_READ)
def show_all() -> ResponseReturnValue:
    """List every version of every agreement."""
    access = current_access()
    register = operations.list_agreements(ledger(), access)
    return render(
        RegisterPage(
            entries=tuple(_entry(each, access.today) for each in register.entered),
            may_draft=allows(access.role, Action.SHARING_DRAFT),
        )
    )


@blueprint.get("/agreements/<uuid:agreement>")
@performs(Action.SHARING_READ)
def show(agreement: UUID) -> ResponseReturnValue:
    """Show one version."""
    return render(agreement_page(agreement))


def agreement_page(agreement: UUID, *, refused: str = "") -> AgreementPage:
    """Return the page of one version, saying why something was `refused`."""
    access = current_access()
    reading = operations.read_agreement(ledger(), access, reference=agreement)
    found, draft = reading.entered, not reading.entered.agreement.is_activated
    drafts = allows(access.role, Action.SHARING_DRAFT)
    unsigned = any(not each.has_signed(access.today) for each in found.agreement.parties)
    return AgreementPage(
        agreement=_agreement(reading),
        course=_course(reading),
        warnings=_warnings(found),
        lacking=lacking_views(found.lacking, reading.organisations),
        may_draft=draft and drafts,
        may_sign=draft and drafts and unsigned,
        may_begin=not draft and drafts and reading.is_newest,
        may_end=found.status is Status.ACTIVE and allows(access.role, Action.SHARING_ACTIVATE),
        may_activate=draft and allows(access.role, Action.SHARING_ACTIVATE),
        refused=refused,
    )


def _entry(each: Entered, today: date) -> EntryView:
    agreement = each.agreement
    return EntryView(
        reference=each.reference,
        label=agreement.label,
        title=agreement.title,
        status=each.status,
        start=agreement.start,
        end=each.closes if agreement.is_activated else agreement.end,
        begins_later=each.status is Status.ACTIVE and agreement.start > today,
        warnings=_warnings(each),
        lacking=len(each.lacking),
    )


def _warnings(each: Entered) -> tuple[WarningView, ...]:
    return tuple(
        WarningView(coming=one.coming, on=one.on, days=one.days, stage=one.stage)
        for one in each.warnings
    )


def lacking_views(
    parts: Iterable[Missing], organisations: Mapping[UUID, str]
) -> tuple[MissingView, ...]:
    """Return what a draft lacks, with whose signature or which power it is in words."""
    return tuple(
        MissingView(
            part=each.part,
            of=organisations.get(each.organisation, "")
            if each.organisation
            else PURPOSE_NAMES[each.purpose]
            if each.purpose
            else str(each.power or ""),
        )
        for each in parts
    )


def _agreement(reading: Reading) -> AgreementView:
    found = reading.entered.agreement
    return AgreementView(
        reference=reading.entered.reference,
        label=found.label,
        title=found.title,
        status=reading.entered.status,
        country=found.country,
        powers=tuple(sorted(found.powers)),
        bases=tuple(sorted(found.bases)),
        conditions=(*sorted(found.special), *sorted(found.schedule)),
        policy_document=found.policy_document,
        confidentiality=CONFIDENTIALITY_NAMES[found.confidentiality]
        if found.confidentiality
        else "",
        purposes=tuple(PURPOSE_NAMES[each] for each in PURPOSE_NAMES if each in found.purposes),
        services=tuple(SERVICE_NAMES[each] for each in SERVICE_NAMES if each in found.services),
        left_out=field_names(EVERY_FIELD - found.fields),
        dpia=found.dpia,
        start=found.start,
        review=found.review,
        end=found.end,
        closes=reading.entered.closes,
        parties=tuple(
            PartyView(
                name=reading.organisations.get(each.organisation, ""),
                signed_on=each.signed_on,
                signed_by=each.signed_by,
            )
            for each in found.parties
        ),
    )


def _course(reading: Reading) -> CourseView:
    course = reading.entered.agreement.course
    return CourseView(
        edited_by=reading.edited_by,
        edited_at=course.edited_at,
        activated_by=reading.activated_by,
        activated_at=course.activated_at,
        ended_from=course.ended_from,
        superseded_from=course.superseded_from,
        is_mine=reading.is_mine,
    )


def field_names(fields: frozenset[ContactField]) -> tuple[str, ...]:
    """Return the parts of a contact in words, in their order."""
    return tuple(words for each, words in FIELD_NAMES.items() if each in fields)
