"""The pages of the one person an investigation names: who is involved, and whom to ring."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from directory.domain.vocabulary import Purpose, Relationship, Service
from directory.operations import investigated as operations
from directory.policy.disclosed import DisclosedPerson
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.hours import closed_hours
from directory.web.involvement import card_page
from directory.web.pages import Page, render
from directory.web.service_lines import LineView, line_view

blueprint = capability("investigated")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesPage(Page):
    """Which services are involved with the person whom the investigation names."""

    template: ClassVar[str] = "audit/services.html"
    matter: str
    back: str
    person: DisclosedPerson
    lines: tuple[LineView, ...]
    closed: str


@blueprint.post("/investigations/<uuid:investigation>/people/<uuid:look_up>/<uuid:person>/name")
@performs(Action.AUDIT_INVESTIGATE)
def name_person(investigation: UUID, look_up: UUID, person: UUID) -> ResponseReturnValue:
    """Name the person in the investigation, and lead to who is involved with them."""
    operations.name_person(
        ledger(), current_access(), investigation=investigation, look_up=look_up, person=person
    )
    return redirect(f"/investigations/{investigation}/services", 303)


@blueprint.get("/investigations/<uuid:investigation>/services")
@performs(Action.AUDIT_INVESTIGATE)
def show_services(investigation: UUID) -> ResponseReturnValue:
    """Show who is involved with the person whom the investigation names."""
    seen = operations.view_services(ledger(), current_access(), investigation=investigation)
    base = f"/investigations/{investigation}"
    return render(
        ServicesPage(
            matter=seen.matter,
            back=base,
            person=seen.person,
            lines=tuple(
                line_view(line, href=f"{base}/services/{line.service}" if line.opens else "")
                for line in seen.lines
            ),
            closed=closed_hours(),
        )
    )


@blueprint.get("/investigations/<uuid:investigation>/services/<service>")
@performs(Action.AUDIT_INVESTIGATE)
def show_card(investigation: UUID, service: str) -> ResponseReturnValue:
    """Show one service's card about the person whom the investigation names."""
    if service not in set(Service):
        abort(404)
    card = operations.open_service(
        ledger(), current_access(), investigation=investigation, service=Service(service)
    )
    return render(
        card_page(
            card,
            purpose=Purpose.INVESTIGATION,
            relationship=Relationship.INVESTIGATION,
            back=f"/investigations/{investigation}/services",
        )
    )
