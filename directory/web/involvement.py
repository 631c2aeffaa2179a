"""The page of one service's card: whom to ring, and when it was last involved."""

from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from directory.domain.vocabulary import Purpose, Relationship, Service
from directory.operations import involvement as operations
from directory.policy.disclosed import DisclosedCard, DisclosedContact
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.emergency_banner import Emergency, emergency_view
from directory.web.hours import closed_hours
from directory.web.pages import Page, Shown, render
from directory.web.phones import Phone, phone
from directory.web.service_lines import LineView, line_view
from directory.web.weekdays import works_words

blueprint = capability("involvement")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView(Shown):
    """One contact as the contact card shows it; None leaves a row out, empty is not given."""

    contact: DisclosedContact
    report_href: str
    name: str
    role: str
    organisation: str
    team: str | None
    phone: Phone | str | None
    email: str | None
    duty_line: Phone | str | None
    out_of_hours_line: Phone | None
    works: str
    is_out_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage(Page):
    """One service's card about one person."""

    template: ClassVar[str] = "involvement/card.html"
    back: str
    purpose: Purpose
    relationship: Relationship
    card: DisclosedCard
    contacts: tuple[ContactView, ...]
    line: LineView
    instead: Phone | None
    daytime: Phone | None
    closed: str
    emergency: Emergency | None = None
    has_reported: bool = False


@blueprint.get("/families/<uuid:viewing>/<uuid:person>/<service>")
@performs(Action.FAMILY_OPEN)
def card(viewing: UUID, person: UUID, service: str) -> ResponseReturnValue:
    """Show one service's card."""
    if service not in set(Service):
        abort(404)
    opened = operations.open_card(
        ledger(), current_access(), viewing=viewing, person=person, service=Service(service)
    )
    page = card_page(
        opened.card,
        purpose=opened.purpose,
        relationship=opened.relationship,
        back=f"/families/{viewing}",
        report=f"/families/{viewing}/{person}/{service}/wrong",
    )
    return render(
        replace(
            page,
            emergency=emergency_view(opened.emergency_until),
            has_reported=request.args.get("said") == "reported",
        )
    )


def card_page(
    card: DisclosedCard,
    *,
    purpose: Purpose,
    relationship: Relationship,
    back: str,
    report: str = "",
) -> CardPage:
    """Return the page of `card`, which leads back to the address it was opened from.

    A contact is reported as wrong at `report`, or nowhere.
    """
    closed, line = closed_hours(), card.line
    view = line_view(line, href="")
    otherwise = line.out_of_hours_line if closed else ""
    contacts = tuple(
        _view(each, otherwise=otherwise, report=_report_href(card, each, report))
        for each in card.contacts
    )
    return CardPage(
        back=back,
        purpose=purpose,
        relationship=relationship,
        card=card,
        contacts=contacts,
        line=view,
        instead=_instead(view, contacts),
        daytime=phone(line.common_line) if closed and line.out_of_hours_line else None,
        closed=closed,
    )


def _instead(view: LineView, contacts: tuple[ContactView, ...]) -> Phone | None:
    """Return the service's line for when nobody answers, unless a contact gives it already."""
    given = {
        each.dial
        for contact in contacts
        for each in (contact.phone, contact.duty_line, contact.out_of_hours_line)
        if isinstance(each, Phone)
    }
    return view.ring if contacts and view.ring and view.ring.dial not in given else None


def _report_href(card: DisclosedCard, contact: DisclosedContact, report: str) -> str:
    """Return where the contact is reported as wrong; which one is said where there are several."""
    if not report or contact.about is None:
        return ""
    several = {each.about for each in card.contacts} != {contact.about}
    return f"{report}?contact={contact.about}" if several else report


def _view(contact: DisclosedContact, *, otherwise: str, report: str) -> ContactView:
    """Return the contact; its team's out-of-hours line, or `otherwise` its service's."""
    named = bool(contact.practitioner) and not contact.away
    return ContactView(
        contact=contact,
        report_href=report,
        name=contact.practitioner,
        role=contact.role,
        organisation=contact.organisation,
        team=contact.team or None,
        phone=(phone(contact.phone) or "") if named else None,
        email=contact.email if named else None,
        duty_line=phone(contact.duty_line) or ("" if not named else None),
        out_of_hours_line=phone(contact.out_of_hours_line or otherwise),
        works=works_words(contact.works),
        is_out_today=bool(contact.works) and current_access().today.weekday() not in contact.works,
    )
