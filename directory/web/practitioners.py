"""The pages of a service's own practitioners: how they are reached, and who has left."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form, HiddenField, SelectField, StringField

from directory.domain.practitioners import Contact, ContactChanged
from directory.domain.upkeep import UpkeepFault
from directory.operations import practitioners as operations
from directory.operations import upkeep
from directory.operations.contacts import is_mobile
from directory.policy.permissions import Action
from directory.policy.practitioners import DisclosedColleague
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number
from directory.web.contact_fields import check_email, check_phone, typed_email, typed_phone
from directory.web.leads import lead_choices, lead_of
from directory.web.pages import Page, render
from directory.web.weekdays import works_words

blueprint = capability("practitioners")

_SAID = frozenset(
    {"made", "reached", "left", "here", "handed_over", "nobody_chosen", "days", "away", "back"}
)


class ContactForm(Form):
    """How a practitioner is reached, as it was seen."""

    phone = StringField("Work phone")
    is_work_mobile = BooleanField("This is a mobile phone that my service gave them for work")
    email = StringField("Work e-mail")
    seen_phone = HiddenField()
    seen_email = HiddenField()

    def validate_phone(self, field: StringField) -> None:
        """Refuse what is no number at work, and a mobile phone that may be their own."""
        check_phone(field, is_work_mobile=self.is_work_mobile.data)

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address at work."""
        check_email(field)

    def contact(self) -> Contact:
        """Return what a valid form says."""
        return Contact(phone=typed_phone(self.phone), email=typed_email(self.email))

    def seen(self) -> Contact:
        """Return what was shown when the form was opened."""
        return Contact(phone=self.seen_phone.data or "", email=self.seen_email.data or "")


class HandAllForm(Form):
    """To whom everything of a practitioner is handed over."""

    lead = SelectField("Hand everything over to", validate_choice=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """A service's practitioners."""

    template: ClassVar[str] = "practitioners/list.html"
    colleagues: tuple[DisclosedColleague, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage(Page):
    """One practitioner, with what can be said of them."""

    template: ClassVar[str] = "practitioners/one.html"
    colleague: DisclosedColleague
    form: ContactForm
    hand_all: HandAllForm
    said: str
    done: int
    changed_meanwhile: bool
    works: str


@blueprint.get("/practitioners")
@performs(Action.UPKEEP)
def show() -> ResponseReturnValue:
    """Show the service's practitioners by name, who has left and still leads something first."""
    page = asked_number("page") or 1
    found = operations.list_colleagues(ledger(), current_access(), page=page)
    return render(ListPage(colleagues=found.colleagues, page=page, has_more=found.more))


@blueprint.get("/practitioners/<uuid:practitioner>")
@performs(Action.UPKEEP)
def view(practitioner: UUID) -> ResponseReturnValue:
    """Show one practitioner."""
    shown = operations.view_colleague(ledger(), current_access(), practitioner=practitioner)
    form = ContactForm(
        phone=shown.phone,
        email=shown.email,
        seen_phone=shown.phone,
        seen_email=shown.email,
        is_work_mobile=bool(shown.phone) and is_mobile(shown.phone),
    )
    return _one_page(shown, form)


@blueprint.post("/practitioners/<uuid:practitioner>")
@performs(Action.UPKEEP)
def reach(practitioner: UUID) -> ResponseReturnValue:
    """Keep how a practitioner is reached."""
    form, access = ContactForm(request.form), current_access()
    status = 422
    if form.validate():
        try:
            operations.reach(
                ledger(),
                access,
                practitioner=practitioner,
                seen=form.seen(),
                contact=form.contact(),
            )
        except ContactChanged:
            status = 409
        else:
            return redirect(f"/practitioners/{practitioner}?said=reached", 303)
    shown = operations.view_colleague(ledger(), access, practitioner=practitioner)
    form.seen_phone.data, form.seen_email.data = shown.phone, shown.email
    return _one_page(shown, form, status)


@blueprint.post("/practitioners/<uuid:practitioner>/left")
@performs(Action.UPKEEP)
def leave(practitioner: UUID) -> ResponseReturnValue:
    """Say that a practitioner has left."""
    operations.say_left(ledger(), current_access(), practitioner=practitioner)
    return redirect(f"/practitioners/{practitioner}?said=left", 303)


@blueprint.post("/practitioners/<uuid:practitioner>/here")
@performs(Action.UPKEEP)
def come_back(practitioner: UUID) -> ResponseReturnValue:
    """Say that a practitioner is here after all."""
    operations.say_here(ledger(), current_access(), practitioner=practitioner)
    return redirect(f"/practitioners/{practitioner}?said=here", 303)


@blueprint.post("/practitioners/<uuid:practitioner>/hand-over")
@performs(Action.UPKEEP)
def hand_over(practitioner: UUID) -> ResponseReturnValue:
    """Hand everything of a practitioner over."""
    address, to = f"/practitioners/{practitioner}", lead_of(request.form.get("lead", ""))
    if to is None:
        return redirect(f"{address}?said=nobody_chosen", 303)
    try:
        done = operations.hand_all_over(
            ledger(), current_access(), practitioner=practitioner, to=to
        )
    except UpkeepFault:
        return redirect(f"{address}?said=nobody_chosen", 303)
    return redirect(f"{address}?said=handed_over&done={min(done, 10_000)}", 303)


def _one_page(
    shown: DisclosedColleague, form: ContactForm, status: int = 200
) -> ResponseReturnValue:
    hand_all = HandAllForm()
    hand_all.lead.choices = lead_choices(upkeep.list_leads(ledger(), current_access()))
    said = request.args.get("said", "")
    page = OnePage(
        colleague=shown,
        form=form,
        hand_all=hand_all,
        said=said if said in _SAID else "",
        done=asked_number("done", least=0) or 0,
        works=works_words(shown.works),
        changed_meanwhile=status == 409,  # noqa: PLR2004 - what the answer says itself
    )
    return render(page, status)
