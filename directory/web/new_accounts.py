"""The page on which an administrator creates an account."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import (
    EmailField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import Email, InputRequired, Length, ValidationError

from directory.domain.texts import TextKind
from directory.domain.vocabulary import Role, Service
from directory.operations import accounts as operations
from directory.operations import texts
from directory.operations.accounts import (
    GRANTABLE,
    AccountPlan,
    EmailTaken,
    RolesConflict,
    UnknownPosting,
)
from directory.policy.disclosed import DisclosedText
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import TickField, choices, grouped_choices
from directory.web.fresh_factor import freshly_proven
from directory.web.pages import Page, render
from directory.web.sign_in import second_factor_rule
from directory.web.wording import ROLE_GROUPS, ROLE_NAMES, SERVICE_NAMES

blueprint = capability("new_accounts")

CONFLICT = "An administrator may hold no role that sees people: give that role another account"
GRANTABLE_NAMES: Mapping[Role, str] = {role: ROLE_NAMES[role] for role in GRANTABLE}
_ORGANISATIONS = frozenset({TextKind.ORGANISATION})
_LONGEST_NAME = 120
_LONGEST_EMAIL = 254
_LONGEST_REFERENCE = 40


def grantable(roles: Collection[Role]) -> dict[str, dict[Role, str]]:
    """Return the names of `roles` under their headings; a heading without any is left out."""
    found = {
        heading: {each: GRANTABLE_NAMES[each] for each in group if each in roles}
        for heading, group in ROLE_GROUPS.items()
    }
    return {heading: names for heading, names in found.items() if names}


class AccountForm(Form):
    """A new account."""

    display_name = StringField(
        "Full name",
        [
            InputRequired(message="Enter the user’s full name"),
            Length(max=_LONGEST_NAME, message="Full name must be 120 characters or fewer"),
        ],
    )
    email = EmailField(
        "Work e-mail address",
        [
            InputRequired(message="Enter the user’s work e-mail address"),
            Email(message="Enter an e-mail address such as name@council.example"),
            Length(max=_LONGEST_EMAIL, message="E-mail address is too long"),
        ],
    )
    organisation = StringField(
        "Organisation",
        [
            InputRequired(message="Enter the user’s organisation"),
            Length(max=_LONGEST_NAME, message="Organisation must be 120 characters or fewer"),
        ],
        description="Part of its name is enough: you then choose it from a list.",
    )
    organisation_choice = RadioField("Which organisation do you mean?", validate_choice=False)
    organisation_sought = HiddenField()  # what the choices were offered for
    roles = TickField(
        "Roles",
        [InputRequired(message="Choose at least one role")],
        description="With several roles, the user chooses one each time they sign in.",
        choices=grouped_choices(grantable(GRANTABLE)),
    )
    service = SelectField(
        "Service whose list names them",
        description="Leave it at “No service” for somebody who stands in no list.",
        choices=choices(SERVICE_NAMES, unchosen="No service"),
    )
    practitioner = StringField(
        "Their reference in that service’s list",
        [Length(max=_LONGEST_REFERENCE, message="Reference must be 40 characters or fewer")],
        description="People allocated to them there become their families here.",
    )

    def validate_practitioner(self, field: StringField) -> None:
        """Refuse a reference of no service."""
        if (field.data or "").strip() and not self.service.data:
            raise ValidationError("Choose the service whose list holds this reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage(Page):
    """Asks for a new account."""

    template: ClassVar[str] = "accounts/new.html"
    form: AccountForm


@blueprint.get("/accounts/new")
@performs(Action.ACCOUNTS_MANAGE)
def ask() -> ResponseReturnValue:
    """Ask for a new account."""
    return render(NewPage(form=AccountForm(organisation_choice="")))


@blueprint.post("/accounts/new")
@performs(Action.ACCOUNTS_MANAGE)
@freshly_proven
def create() -> ResponseReturnValue:
    """Create the account, and lead to it."""
    form = AccountForm(request.form)
    is_sound = form.validate()
    organisation = _organisation(form)
    if not is_sound or not organisation:
        return render(NewPage(form=form), 422)
    try:
        created = operations.create_account(
            ledger(),
            current_access(),
            plan=_plan(form, organisation),
            rule=second_factor_rule(),
        )
    except EmailTaken:
        form.email.errors = ["Another account has this e-mail address"]
    except RolesConflict:
        form.roles.errors = [CONFLICT]
    except UnknownPosting:
        form.practitioner.errors = ["That service’s list holds no such reference"]
    else:
        return redirect(f"/accounts/{created}", 303)
    return render(NewPage(form=form), 422)


@blueprint.post("/accounts/organisations")
@performs(Action.ACCOUNTS_MANAGE)
def suggest() -> ResponseReturnValue:
    """Return the organisations that may be meant, for the script: reference, tab, name a line."""
    found = _suggested(request.form.get("typed", ""))
    lines = (f"{each.reference}\t{' '.join(each.name.split())}\n" for each in found)
    return Response("".join(lines), mimetype="text/plain")


def _suggested(typed: str) -> tuple[DisclosedText, ...]:
    return texts.find(ledger(), current_access(), words=typed, kinds=_ORGANISATIONS)


def _organisation(form: AccountForm) -> str:
    """Return the reference of the organisation that was typed or chosen.

    Where it is not certain it is empty, and the form asks which one is meant.
    """
    typed = " ".join((form.organisation.data or "").split())
    if not typed or form.organisation.errors:
        return ""
    known = operations.organisations(ledger(), current_access())
    if form.organisation_choice.data in known and form.organisation_sought.data == typed:
        _offer(form, typed)
        return str(form.organisation_choice.data)
    exact = [each for each, name in known.items() if typed.casefold() in _called(each, name)]
    if len(exact) == 1:
        return exact[0]
    if _offer(form, typed):
        form.organisation_choice.errors = ["Choose the user’s organisation"]
    else:
        form.organisation.errors = ["No organisation here is called that: check its name"]
    return ""


def _called(reference: str, name: str) -> tuple[str, str]:
    return reference.casefold(), " ".join(name.split()).casefold()


def _offer(form: AccountForm, typed: str) -> bool:
    """Offer the organisations that `typed` may be meant for; return whether there are any."""
    found = {each.reference: each.name for each in _suggested(typed)}
    form.organisation_choice.choices = choices(found)
    form.organisation_sought.data = typed
    return bool(found)


def _plan(form: AccountForm, organisation: str) -> AccountPlan:
    service = form.service.data
    return AccountPlan(
        email=form.email.data or "",
        display_name=(form.display_name.data or "").strip(),
        organisation=organisation,
        roles=frozenset(Role(each) for each in form.roles.data or ()),
        service=Service(service) if service in set(Service) else None,
        practitioner=(form.practitioner.data or "").strip(),
    )
