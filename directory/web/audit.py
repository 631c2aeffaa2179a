"""The pages on which an IG lead reads the audit, inside a logged investigation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue

from directory.domain.access import NotFound
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.events import Log
from directory.domain.vocabulary import Purpose, Role
from directory.operations import audit as operations
from directory.operations.audit import Reading
from directory.policy.disclosed import DisclosedEntry, DisclosedPerson
from directory.policy.permissions import Action
from directory.web import investigated, investigations
from directory.web.access import capability, current_access, ledger, performs
from directory.web.pages import Page, Shown, render
from directory.web.wording import PURPOSE_NAMES, ROLE_NAMES

blueprint = capability("audit")
blueprint.register_blueprint(investigations.blueprint)
blueprint.register_blueprint(investigated.blueprint)

_LONGEST_SEQUENCE = 18


class Naming(StrEnum):
    """Whom the investigation names."""

    NOBODY = "nobody"
    THIS_PERSON = "this_person"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView(Shown):
    """One entry, with the words for its role and purpose."""

    entry: DisclosedEntry
    role: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView(Shown):
    """Entries, the newest first; `older` is where to read on, None where nothing was left out."""

    matter: str
    entries: tuple[EntryView, ...]
    older: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyView(Shown):
    """What one user did about one search, in order."""

    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """Who looked at a person."""

    template: ClassVar[str] = "audit/person.html"
    back: str
    services: str
    name_it: str
    naming: Naming
    person: DisclosedPerson
    reading: ReadingView


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPage(Page):
    """What a user did."""

    template: ClassVar[str] = "audit/user.html"
    back: str
    base: str
    name: str
    email: str
    log: Log
    reading: ReadingView


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage(Page):
    """What everybody did on one day."""

    template: ClassVar[str] = "audit/day.html"
    matter: str
    back: str
    day: date
    journeys: tuple[JourneyView, ...]
    shown: int
    older: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedPage(Page):
    """What a verification found."""

    template: ClassVar[str] = "audit/verified.html"
    verdict: str


@blueprint.get("/investigations/<uuid:investigation>/people/<uuid:look_up>/<uuid:person>")
@performs(Action.AUDIT_INVESTIGATE)
def show_person(investigation: UUID, look_up: UUID, person: UUID) -> ResponseReturnValue:
    """Show who looked at a person."""
    found = operations.read_person(
        ledger(),
        current_access(),
        investigation=investigation,
        look_up=look_up,
        person=person,
        before=_before(),
    )
    return render(
        PersonPage(
            back=f"/investigations/{investigation}/people/{look_up}",
            services=f"/investigations/{investigation}/services",
            name_it=f"/investigations/{investigation}/people/{look_up}/{person}/name",
            naming=_naming(found.named, person),
            person=found.person,
            reading=_reading(found.reading),
        )
    )


@blueprint.get("/investigations/<uuid:investigation>/accounts/<uuid:account>")
@performs(Action.AUDIT_INVESTIGATE)
def show_user(investigation: UUID, account: UUID) -> ResponseReturnValue:
    """Show what a user looked at and changed."""
    return _user(investigation, account, Log.AUDIT)


@blueprint.get("/investigations/<uuid:investigation>/accounts/<uuid:account>/sign-ins")
@performs(Action.AUDIT_INVESTIGATE)
def show_sign_ins(investigation: UUID, account: UUID) -> ResponseReturnValue:
    """Show when a user signed in, and what they did to accounts."""
    return _user(investigation, account, Log.SECURITY)


@blueprint.get("/investigations/<uuid:investigation>/days/<day>")
@performs(Action.AUDIT_INVESTIGATE)
def show_day(investigation: UUID, day: str) -> ResponseReturnValue:
    """Show what everybody did on one day."""
    try:
        asked = parse_day(day)
    except MalformedDate:
        raise NotFound from None
    found = operations.read_day(
        ledger(), current_access(), investigation=investigation, day=asked, before=_before()
    )
    return render(
        DayPage(
            matter=found.matter,
            back=f"/investigations/{investigation}",
            day=asked,
            journeys=tuple(JourneyView(entries=_views(each)) for each in found.journeys),
            shown=sum(len(each) for each in found.journeys),
            older=found.older,
        )
    )


@blueprint.post("/investigations/verify")
@performs(Action.AUDIT_VERIFY)
def verify() -> ResponseReturnValue:
    """Verify the whole audit, and lead to what was found."""
    access = current_access()
    verified = operations.verify(ledger(), access)
    kept = operations.keep_verdict(ledger(), access, verified)
    return redirect(f"/investigations/verified/{kept}", 303)


@blueprint.get("/investigations/verified/<uuid:reference>")
@performs(Action.AUDIT_VERIFY)
def show_verified(reference: UUID) -> ResponseReturnValue:
    """Show what a verification found."""
    verdict = operations.kept_verdict(ledger(), current_access(), reference=reference)
    return render(VerifiedPage(verdict=verdict))


def _user(investigation: UUID, account: UUID, log: Log) -> ResponseReturnValue:
    found = operations.read_user(
        ledger(),
        current_access(),
        investigation=investigation,
        account=account,
        log=log,
        before=_before(),
    )
    return render(
        UserPage(
            back=f"/investigations/{investigation}",
            base=f"/investigations/{investigation}/accounts/{account}",
            name=found.name,
            email=found.email,
            log=log,
            reading=_reading(found.reading),
        )
    )


def _naming(named: UUID | None, person: UUID) -> Naming:
    if named is None:
        return Naming.NOBODY
    return Naming.THIS_PERSON if named == person else Naming.ANOTHER


def _before() -> int | None:
    """Return the entry below which a reading goes on, None for the newest."""
    asked = request.args.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) <= _LONGEST_SEQUENCE else None


def _reading(reading: Reading) -> ReadingView:
    return ReadingView(matter=reading.matter, entries=_views(reading.entries), older=reading.older)


def _views(entries: tuple[DisclosedEntry, ...]) -> tuple[EntryView, ...]:
    return tuple(
        EntryView(
            entry=each,
            role=ROLE_NAMES[Role(each.role)],
            purpose=PURPOSE_NAMES[Purpose(each.purpose)] if each.purpose else "",
        )
        for each in entries
    )
