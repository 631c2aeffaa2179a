"""The pages of protected records: the orders, one of them, and what an officer does about it."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from typing_extensions import override
from wtforms import BooleanField, EmailField, Form, RadioField, StringField
from wtforms.validators import Email, InputRequired, Length, ValidationError

from directory.domain.identifiers import Malformed, Postcode
from directory.domain.restrictions import MOST_NAMED, OrderKind, TooManyNamed
from directory.operations import restrictions as operations
from directory.operations.restrictions import NoSuchUser
from directory.policy.permissions import Action, allows
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.fresh_factor import freshly_proven
from directory.web.orders import Due, OrderView, due_first, order_view
from directory.web.pages import Page, render
from directory.web.sign_in import second_factor_rule

blueprint = capability("restrictions")

_LONGEST = 120
_SAID = frozenset(
    {
        "hidden", "named", "unnamed", "address_kept", "reviewed", "looked", "lifting_asked",
        "declined", "lifted", "countersigned", "lifted_at_once",
    }
)  # fmt: skip
_GROUNDS = {
    OrderKind.SAFETY: "Safety",
    OrderKind.COURT: "A court’s order",
    OrderKind.ADOPTION: "Adoption, for good",
}


class HideForm(Form):
    """On what ground nobody is to find the people of an order."""

    kind = RadioField(
        "What does it stand on?",
        [InputRequired(message="Choose what it stands on")],
        choices=choices(_GROUNDS),
    )
    for_good = BooleanField("I understand that an adoption is for good")

    def validate_for_good(self, field: BooleanField) -> None:
        """Refuse an adoption that nobody said they understood."""
        if self.kind.data == OrderKind.ADOPTION and not field.data:
            raise ValidationError("Tick that you understand that an adoption is for good")


class NameForm(Form):
    """Which user still finds the people of an order."""

    email = EmailField(
        "Work e-mail address",
        [
            InputRequired(message="Enter their work e-mail address"),
            Email(message="Enter an e-mail address such as name@council.gov.uk"),
            Length(max=_LONGEST, message=f"Use {_LONGEST} characters or fewer"),
        ],
    )


class AddressForm(Form):
    """An address that must not be told."""

    house = StringField(
        "House name or number",
        [Length(max=_LONGEST, message=f"House must be {_LONGEST} characters or fewer")],
    )
    street = StringField(
        "Street", [Length(max=_LONGEST, message=f"Street must be {_LONGEST} characters or fewer")]
    )
    postcode = StringField(
        "Postcode", [InputRequired(message="Enter the postcode"), Length(max=12)]
    )

    def validate_postcode(self, field: StringField) -> None:
        """Refuse what is no whole postcode."""
        try:
            Postcode.parse(field.data or "")
        except Malformed as fault:
            raise ValidationError(f"Postcode {fault}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersPage(Page):
    """The orders that protect people, those that wait for something first."""

    template: ClassVar[str] = "restrictions/orders.html"
    waiting: tuple[OrderView, ...]
    in_force: tuple[OrderView, ...]
    keeps: bool
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage(Page):
    """One order, and all that can be done about it; `fault` says why nothing was done."""

    template: ClassVar[str] = "restrictions/order.html"
    view: OrderView
    said: str
    fault: str
    most_named: int
    hide: HideForm
    naming: NameForm
    home: AddressForm

    @override
    def template_name(self) -> str:
        """Return another template for an order that was lifted at once."""
        return "restrictions/lifted.html" if self.view.order.ended else self.template


@blueprint.get("/restrictions")
@performs(Action.PROTECTION_READ)
def show_all() -> ResponseReturnValue:
    """List the orders."""
    access = current_access()
    orders = due_first(operations.list_orders(ledger(), access))
    return render(
        OrdersPage(
            waiting=tuple(each for each in orders if each.due is not Due.NOTHING),
            in_force=tuple(each for each in orders if each.due is Due.NOTHING),
            keeps=allows(access.role, Action.PROTECTION_KEEP),
            said=_said(),
        )
    )


@blueprint.get("/restrictions/<uuid:order>")
@performs(Action.PROTECTION_READ)
def show(order: UUID) -> ResponseReturnValue:
    """Show one order, or lead who may only lift it to the page that does."""
    if not allows(current_access().role, Action.PROTECTION_KEEP):
        return redirect(f"/restrictions/{order}/lift-at-once", 303)
    return order_page(order)


@blueprint.post("/restrictions/<uuid:order>/hide")
@performs(Action.PROTECTION_KEEP)
@freshly_proven
def hide(order: UUID) -> ResponseReturnValue:
    """Let nobody find the people of an order but those it names."""
    form = HideForm(request.form)
    if not form.validate():
        return order_page(order, hide=form)
    operations.hide(
        ledger(),
        current_access(),
        order=order,
        kind=OrderKind(form.kind.data),
        rule=second_factor_rule(),
    )
    return told(order, "hidden")


@blueprint.post("/restrictions/<uuid:order>/name")
@performs(Action.PROTECTION_KEEP)
@freshly_proven
def name(order: UUID) -> ResponseReturnValue:
    """Name a user who still finds the people of an order."""
    form = NameForm(request.form)
    if not form.validate():
        return order_page(order, naming=form)
    try:
        operations.name(
            ledger(),
            current_access(),
            order=order,
            email=form.email.data or "",
            rule=second_factor_rule(),
        )
    except NoSuchUser:
        form.email.errors = ["Nobody who signs in here has this e-mail address"]
    except TooManyNamed:
        form.email.errors = [f"The order names {MOST_NAMED} already. Take somebody out first"]
    return order_page(order, naming=form) if form.errors else told(order, "named")


@blueprint.post("/restrictions/<uuid:order>/named/<uuid:account>/remove")
@performs(Action.PROTECTION_KEEP)
def unname(order: UUID, account: UUID) -> ResponseReturnValue:
    """Name a user no longer."""
    operations.unname(ledger(), current_access(), order=order, account=account)
    return told(order, "unnamed")


@blueprint.post("/restrictions/<uuid:order>/address")
@performs(Action.PROTECTION_KEEP)
def keep_address(order: UUID) -> ResponseReturnValue:
    """Keep an address that must not be told."""
    form = AddressForm(request.form)
    if not form.validate():
        return order_page(order, home=form)
    operations.keep_address(
        ledger(),
        current_access(),
        order=order,
        house=(form.house.data or "").strip(),
        street=(form.street.data or "").strip(),
        postcode=Postcode.parse(form.postcode.data or ""),
    )
    return told(order, "address_kept")


@blueprint.post("/restrictions/<uuid:order>/review")
@performs(Action.PROTECTION_KEEP)
def review(order: UUID) -> ResponseReturnValue:
    """Say that the order was reviewed and holds."""
    operations.review(ledger(), current_access(), order=order)
    return told(order, "reviewed")


@blueprint.post("/restrictions/<uuid:order>/look-again")
@performs(Action.PROTECTION_KEEP)
def look_again(order: UUID) -> ResponseReturnValue:
    """Look again for others who live with the people of an order."""
    operations.complete(ledger(), current_access(), order=order)
    return told(order, "looked")


def order_page(
    order: UUID,
    *,
    hide: HideForm | None = None,
    naming: NameForm | None = None,
    home: AddressForm | None = None,
    fault: str = "",
) -> Response:
    """Return the order's page, with what was wrong in one of its forms or why it was refused."""
    found = operations.view_order(ledger(), current_access(), order=order)
    page = OrderPage(
        view=order_view(found),
        said=_said(),
        fault=fault,
        most_named=MOST_NAMED,
        hide=hide or HideForm(),
        naming=naming or NameForm(),
        home=home or AddressForm(),
    )
    return render(page, 409 if fault else 422 if page.has_errors else 200)


def told(order: UUID, said: str) -> ResponseReturnValue:
    """Lead to the order's page, which says what was done."""
    return redirect(f"/restrictions/{order}?said={said}", 303)


def _said() -> str:
    said = request.args.get("said", "") if request.method == "GET" else ""
    return said if said in _SAID else ""
