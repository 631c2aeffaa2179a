"""The acts by which an order that protects people ends."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from directory.domain.access import NotFound
from directory.domain.restrictions import ForGood, NotYet, SameOrganisation, SamePerson
from directory.operations import lifting as operations
from directory.operations import restrictions
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.fresh_factor import freshly_proven
from directory.web.orders import OrderView, order_view
from directory.web.pages import Page, render
from directory.web.restrictions import order_page, told
from directory.web.sign_in import second_factor_rule

blueprint = capability("lifting")

_FAULTS = {
    SamePerson: "same_person",
    SameOrganisation: "same_organisation",
    NotYet: "not_yet",
    ForGood: "for_good",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftPage(Page):
    """Asks whether a wrongful order is to be lifted at once; it names nobody."""

    template: ClassVar[str] = "restrictions/lift.html"
    view: OrderView
    fault: str


@blueprint.post("/restrictions/<uuid:order>/ask-lifting")
@performs(Action.PROTECTION_KEEP)
def ask(order: UUID) -> ResponseReturnValue:
    """Ask that the order be lifted."""
    try:
        operations.ask_lifting(ledger(), current_access(), order=order)
    except ForGood as fault:
        return order_page(order, fault=_FAULTS[type(fault)])
    return told(order, "lifting_asked")


@blueprint.post("/restrictions/<uuid:order>/agree")
@performs(Action.PROTECTION_KEEP)
@freshly_proven
def agree(order: UUID) -> ResponseReturnValue:
    """Agree, as the second person, and lift the order."""
    try:
        operations.agree(ledger(), current_access(), order=order, rule=second_factor_rule())
    except (SamePerson, SameOrganisation, NotYet) as fault:
        return order_page(order, fault=_FAULTS[type(fault)])
    return redirect("/restrictions?said=lifted", 303)


@blueprint.post("/restrictions/<uuid:order>/decline")
@performs(Action.PROTECTION_KEEP)
def decline(order: UUID) -> ResponseReturnValue:
    """Leave the order in force."""
    operations.decline(ledger(), current_access(), order=order)
    return told(order, "declined")


@blueprint.post("/restrictions/<uuid:order>/countersign")
@performs(Action.PROTECTION_KEEP)
def countersign(order: UUID) -> ResponseReturnValue:
    """Countersign that the order was lifted at once."""
    try:
        operations.countersign(ledger(), current_access(), order=order)
    except SamePerson as fault:
        return order_page(order, fault=_FAULTS[type(fault)])
    return redirect("/restrictions?said=countersigned", 303)


@blueprint.get("/restrictions/<uuid:order>/lift-at-once")
@performs(Action.PROTECTION_LIFT_AT_ONCE)
def check(order: UUID) -> ResponseReturnValue:
    """Ask whether the order is to be lifted at once."""
    return _lift_page(order)


@blueprint.post("/restrictions/<uuid:order>/lift-at-once")
@performs(Action.PROTECTION_LIFT_AT_ONCE)
@freshly_proven
def lift_at_once(order: UUID) -> ResponseReturnValue:
    """Lift the order at once."""
    try:
        operations.lift_at_once(ledger(), current_access(), order=order, rule=second_factor_rule())
    except ForGood as fault:
        return _lift_page(order, fault=_FAULTS[type(fault)])
    return redirect("/restrictions?said=lifted_at_once", 303)


def _lift_page(order: UUID, *, fault: str = "") -> Response:
    found = restrictions.view_order(ledger(), current_access(), order=order)
    if found.ended:
        raise NotFound
    return render(LiftPage(view=order_view(found), fault=fault), 409 if fault else 200)
