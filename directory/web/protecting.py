"""The page on which whoever looks at a family asks that it be protected."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.validators import InputRequired

from directory.operations import restrictions as operations
from directory.policy.disclosed import DisclosedPerson
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import TickField
from directory.web.pages import Page, render

blueprint = capability("protecting")


class ProtectForm(Form):
    """Whom of a family to protect."""

    people = TickField(
        "Whom should it protect?",
        [InputRequired(message="Choose at least one person")],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectPage(Page):
    """Says what protection does at once, and asks for whom."""

    template: ClassVar[str] = "restrictions/protect.html"
    viewing: UUID
    people: tuple[DisclosedPerson, ...]
    form: ProtectForm


@blueprint.get("/families/<uuid:viewing>/protect")
@performs(Action.PROTECTION_ASK)
def check(viewing: UUID) -> ResponseReturnValue:
    """Ask whom of the family to protect, everybody unless some are left out."""
    people = _members(viewing)
    form = ProtectForm(data={"people": [str(each.person) for each in people]})
    return _page(viewing, people, form)


@blueprint.post("/families/<uuid:viewing>/protect")
@performs(Action.PROTECTION_ASK)
def protect(viewing: UUID) -> ResponseReturnValue:
    """Protect them at once, and lead back to the family."""
    people = _members(viewing)
    form = ProtectForm(request.form)
    form.people.choices = _choices(people)
    if not form.validate():
        return _page(viewing, people, form, status=422)
    chosen = frozenset(UUID(each) for each in form.people.data or ())
    operations.ask(ledger(), current_access(), viewing=viewing, people=chosen)
    return redirect(f"/families/{viewing}?said=protected", 303)


def _members(viewing: UUID) -> tuple[DisclosedPerson, ...]:
    return operations.list_members(ledger(), current_access(), viewing=viewing)


def _page(
    viewing: UUID, people: tuple[DisclosedPerson, ...], form: ProtectForm, *, status: int = 200
) -> Response:
    form.people.choices = _choices(people)
    return render(ProtectPage(viewing=viewing, people=people, form=form), status)


def _choices(people: tuple[DisclosedPerson, ...]) -> list[SelectChoice]:
    return [SelectChoice(value=str(each.person), label=_called(each)) for each in people]


def _called(person: DisclosedPerson) -> str:
    return person.name if person.age is None else f"{person.name} ({person.age})"
