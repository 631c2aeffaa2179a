"""The pages that foresee what an agreement would change, before somebody makes it active."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask.typing import ResponseReturnValue

from directory.domain.vocabulary import Purpose, Relationship, Role, Service
from directory.operations import sharing as operations
from directory.operations import sharing_effect
from directory.operations.sharing_acts import seen_mark
from directory.policy.permissions import Action, allows
from directory.policy.reach import Change, Reached
from directory.web.access import capability, current_access, ledger, performs
from directory.web.pages import Page, Shown, render
from directory.web.sharing import MissingView, field_names, lacking_views
from directory.web.sharing_forms import SeenForm
from directory.web.wording import PURPOSE_NAMES, ROLE_NAMES, SERVICE_NAMES

blueprint = capability("sharing_effect")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView(Shown):
    """What differs for one role on one ground and for one purpose."""

    who: str
    ground: Relationship
    purpose: str
    services: tuple[str, ...]
    before: int
    after: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """What would differ with the draft active, before somebody makes it so."""

    template: ClassVar[str] = "sharing/changes.html"
    reference: UUID
    label: str
    day: date
    more: tuple[ChangeView, ...]
    less: tuple[ChangeView, ...]
    lacking: tuple[MissingView, ...]
    is_draft: bool
    is_mine: bool
    may_activate: bool
    form: SeenForm
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedView(Shown):
    """How often a role's looks at a service would have been others."""

    role: str
    service: str
    opened: int
    closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRunPage(Page):
    """What differs among last month's disclosures."""

    template: ClassVar[str] = "sharing/dry_run.html"
    reference: UUID
    label: str
    day: date
    looks: int
    cut: bool
    tried: tuple[TriedView, ...]


@blueprint.get("/agreements/<uuid:agreement>/changes")
@performs(Action.SHARING_READ)
def show_changes(agreement: UUID) -> ResponseReturnValue:
    """Show what would differ with the version active."""
    return render(changes_page(agreement))


@blueprint.get("/agreements/<uuid:agreement>/dry-run")
@performs(Action.SHARING_ACTIVATE)
def show_dry_run(agreement: UUID) -> ResponseReturnValue:
    """Show which of last month's disclosures would have been others."""
    found = sharing_effect.try_out(ledger(), current_access(), reference=agreement)
    return render(
        DryRunPage(
            reference=agreement,
            label=found.label,
            day=found.day,
            looks=found.looks,
            cut=found.cut,
            tried=tuple(
                TriedView(
                    role=ROLE_NAMES[each.role],
                    service=SERVICE_NAMES[each.service],
                    opened=each.opened,
                    closed=each.closed,
                )
                for each in found.tried
            ),
        )
    )


def changes_page(agreement: UUID, *, refused: str = "") -> ChangesPage:
    """Return the page of what one version changes, saying why something was `refused`."""
    access = current_access()
    reading = operations.read_agreement(ledger(), access, reference=agreement)
    found = sharing_effect.compare(ledger(), access, reference=agreement)
    folded = _folded(found.changes)
    return ChangesPage(
        reference=agreement,
        label=found.label,
        day=found.day,
        more=tuple(each for each in folded if _is_more(each)),
        less=tuple(each for each in folded if not _is_more(each)),
        lacking=lacking_views(reading.entered.lacking, reading.organisations),
        is_draft=not reading.entered.agreement.is_activated,
        is_mine=reading.is_mine,
        may_activate=allows(access.role, Action.SHARING_ACTIVATE),
        form=SeenForm(data={"seen": seen_mark(reading.entered.agreement.course.edited_at)}),
        refused=refused,
    )


_Alike = tuple[Role, Relationship, Purpose, Reached, Reached, tuple[str, ...]]


def _folded(changes: Iterable[tuple[Change, tuple[str, ...]]]) -> tuple[ChangeView, ...]:
    """Return one line for all services that change alike for a role, a ground and a purpose."""
    alike: dict[_Alike, list[Service]] = {}
    for each, organisations in changes:
        spot = each.spot
        key = (
            spot.role, spot.relationship, spot.purpose, each.before, each.after, organisations,
        )  # fmt: skip
        alike.setdefault(key, []).append(spot.service)
    return tuple(
        ChangeView(
            who=ROLE_NAMES[role],
            ground=ground,
            purpose=PURPOSE_NAMES[purpose],
            services=tuple(SERVICE_NAMES[each] for each in services),
            before=before.level,
            after=after.level,
            gained=field_names(after.fields - before.fields),
            lost=field_names(before.fields - after.fields),
            organisations=organisations,
        )
        for (role, ground, purpose, before, after, organisations), services in alike.items()
    )


def _is_more(each: ChangeView) -> bool:
    """Return whether the change shows more: a higher level, or at the same one no field less."""
    if each.after != each.before:
        return each.after > each.before
    return not each.lost
