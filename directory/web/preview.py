"""The page that previews, in a logged investigation, what a role would see of its person."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField
from wtforms.validators import InputRequired

from directory.domain.vocabulary import Purpose, Relationship, Role
from directory.operations import preview as operations
from directory.operations.preview import AsIf, Preview
from directory.policy.disclosed import DisclosedPerson
from directory.policy.foreseen import DisclosedForeseen
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render
from directory.web.wording import PURPOSE_NAMES, ROLE_NAMES

blueprint = capability("preview")

_WAYS = operations.ways_to_look()
_ROLES = {str(role): ROLE_NAMES[role] for role, _ in _WAYS}
_PURPOSES = {str(each): PURPOSE_NAMES[each] for _, each in _WAYS}


class PreviewForm(Form):
    """Whose sight is previewed."""

    role = SelectField(
        "Role", [InputRequired(message="Choose a role")], choices=choices(_ROLES, unchosen="Choose")
    )
    organisation = SelectField("Organisation", [InputRequired(message="Choose an organisation")])
    purpose = SelectField(
        "Purpose",
        [InputRequired(message="Choose a purpose")],
        choices=choices(_PURPOSES, unchosen="Choose"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundView(Shown):
    """What each service would answer on one ground."""

    ground: Relationship
    answers: tuple[DisclosedForeseen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage(Page):
    """Asks whose sight is meant, and shows it."""

    template: ClassVar[str] = "sharing/preview.html"
    form: PreviewForm
    investigation: UUID
    person: DisclosedPerson | None
    grounds: tuple[GroundView, ...]


@blueprint.get("/investigations/<uuid:investigation>/preview")
@performs(Action.SHARING_PREVIEW)
def ask(investigation: UUID) -> ResponseReturnValue:
    """Ask whose sight is to be previewed."""
    form = PreviewForm()
    _offer_organisations(form, investigation)
    return _page(form, investigation, None)


@blueprint.post("/investigations/<uuid:investigation>/preview")
@performs(Action.SHARING_PREVIEW)
def show(investigation: UUID) -> ResponseReturnValue:
    """Show what would be seen."""
    form = PreviewForm(request.form)
    _offer_organisations(form, investigation)
    if not form.validate():
        return _page(form, investigation, None, 422)
    as_if = AsIf(
        role=Role(form.role.data),
        organisation=UUID(form.organisation.data),
        purpose=Purpose(form.purpose.data),
    )
    if (as_if.role, as_if.purpose) not in _WAYS:
        form.purpose.errors = ["This role does not look at families for this purpose"]
        return _page(form, investigation, None, 422)
    found = operations.preview(ledger(), current_access(), investigation=investigation, as_if=as_if)
    return _page(form, investigation, found)


def _offer_organisations(form: PreviewForm, investigation: UUID) -> None:
    names = operations.begin(ledger(), current_access(), investigation=investigation)
    form.organisation.choices = choices(
        {str(each): name for each, name in names.items()}, unchosen="Choose"
    )


def _page(
    form: PreviewForm, investigation: UUID, found: Preview | None, status: int = 200
) -> Response:
    return render(
        PreviewPage(
            form=form,
            investigation=investigation,
            person=found.person if found else None,
            grounds=tuple(
                GroundView(ground=ground, answers=answers)
                for ground, answers in (found.grounds if found else ())
            ),
        ),
        status,
    )
