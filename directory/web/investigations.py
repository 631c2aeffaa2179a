"""The pages of logged investigations: open one, find in it whom to ask about, close it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from directory.domain.audit import Investigation
from directory.domain.dates import MalformedDate, local_day, parse_day
from directory.domain.identifiers import holds_nhs_number
from directory.domain.looking import Answer
from directory.domain.vocabulary import Role
from directory.operations import investigations as operations
from directory.operations.investigations import MATTER_LENGTH, REASON_LENGTH, Users
from directory.policy.disclosed import DisclosedHit
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, now, performs
from directory.web.pages import Page, Shown, render
from directory.web.people import results_page
from directory.web.search_forms import SearchForm, UnreferencedSearchForm
from directory.web.wording import ROLE_NAMES

blueprint = capability("investigations")

_LONGEST_NAME = 120


class OpenForm(Form):
    """A new investigation."""

    matter = StringField(
        "Matter reference",
        [
            InputRequired(message="Enter the reference of the matter"),
            Length(
                max=MATTER_LENGTH,
                message=f"Matter reference must be {MATTER_LENGTH} characters or fewer",
            ),
        ],
        description="The council’s own reference, such as IG-2026-014. No names.",
    )
    reason = TextAreaField(
        "Why must the audit be read?",
        [
            InputRequired(message="Enter why the audit must be read"),
            Length(
                max=REASON_LENGTH, message=f"Reason must be {REASON_LENGTH} characters or fewer"
            ),
        ],
        description="Who asked for it, and what must be found out. Do not write what happened to "
        "anybody.",
    )

    def validate_matter(self, field: StringField) -> None:
        """Refuse a reference that carries an NHS number."""
        _refuse_nhs_number(field, "Take the NHS number out of the matter reference")

    def validate_reason(self, field: StringField) -> None:
        """Refuse a reason that carries an NHS number."""
        _refuse_nhs_number(field, "Take the NHS number out of your reason")


class UserForm(Form):
    """Which user is meant."""

    user = StringField(
        "Name or e-mail address",
        [
            Length(
                max=_LONGEST_NAME,
                message=f"Name or e-mail address must be {_LONGEST_NAME} characters or fewer",
            )
        ],
        description="A part will do. Leave it empty to list everybody.",
    )


class DayForm(Form):
    """Which day is meant."""

    day = StringField("Day", [Length(max=20, message="Day must be a day such as 27/03/2026")])

    def validate_day(self, field: StringField) -> None:
        """Refuse what is no day, or one that is still to come."""
        try:
            day = parse_day(field.data or "")
        except MalformedDate as fault:
            raise ValidationError(f"Day {fault}") from None
        if day > local_day(now()):
            raise ValidationError("Day must be today or earlier")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationView(Shown):
    """One of the user's own open investigations."""

    reference: UUID
    matter: str
    reason: str
    opened: datetime
    names_somebody: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationsPage(Page):
    """The user's own open investigations, and the form that opens another."""

    template: ClassVar[str] = "audit/investigations.html"
    form: OpenForm
    investigations: tuple[InvestigationView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationPage(Page):
    """One open investigation, with the three ways into the audit."""

    template: ClassVar[str] = "audit/investigation.html"
    investigation: InvestigationView
    person: SearchForm
    user: UserForm
    day: DayForm


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage(Page):
    """Who may be the person meant."""

    template: ClassVar[str] = "audit/people.html"
    terms: tuple[str, ...]
    unread: tuple[str, ...]
    in_doubt: bool
    answer: Answer
    hits: tuple[DisclosedHit, ...]
    base: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserView(Shown):
    """One user who may be meant."""

    account: UUID
    name: str
    email: str
    organisation: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsersPage(Page):
    """Which users may be meant."""

    template: ClassVar[str] = "audit/users.html"
    investigation: UUID
    words: str
    users: tuple[UserView, ...]
    cut: bool


@blueprint.get("/investigations")
@performs(Action.AUDIT_INVESTIGATE)
def show_all() -> ResponseReturnValue:
    """List the user's own open investigations."""
    return _all(OpenForm(), 200)


@blueprint.post("/investigations")
@performs(Action.AUDIT_INVESTIGATE)
def open_one() -> ResponseReturnValue:
    """Open an investigation, and lead to it."""
    form = OpenForm(request.form)
    if not form.validate():
        return _all(form, 422)
    opened = operations.open_investigation(
        ledger(), current_access(), matter=form.matter.data or "", reason=form.reason.data or ""
    )
    return redirect(f"/investigations/{opened}", 303)


@blueprint.get("/investigations/<uuid:investigation>")
@performs(Action.AUDIT_INVESTIGATE)
def show(investigation: UUID) -> ResponseReturnValue:
    """Show an open investigation."""
    return _one(investigation)


@blueprint.post("/investigations/<uuid:investigation>/close")
@performs(Action.AUDIT_INVESTIGATE)
def close(investigation: UUID) -> ResponseReturnValue:
    """Close an investigation."""
    operations.close(ledger(), current_access(), investigation=investigation)
    return redirect("/investigations", 303)


@blueprint.post("/investigations/<uuid:investigation>/people")
@performs(Action.AUDIT_INVESTIGATE)
def ask_for_person(investigation: UUID) -> ResponseReturnValue:
    """Take who is sought, and lead to who that may be."""
    form, access = UnreferencedSearchForm(request.form), current_access()
    if not form.validate() or form.lies_ahead(access.today):
        return _one(investigation, person=form)
    reference = operations.ask_for_person(ledger(), access, sought=form.sought())
    return redirect(f"/investigations/{investigation}/people/{reference}", 303)


@blueprint.get("/investigations/<uuid:investigation>/people/<uuid:look_up>")
@performs(Action.AUDIT_INVESTIGATE)
def show_people(investigation: UUID, look_up: UUID) -> ResponseReturnValue:
    """Show who may be the person sought."""
    found = operations.find_person(
        ledger(), current_access(), investigation=investigation, look_up=look_up
    )
    again = f"/investigations/{investigation}"
    results = results_page(found, base=f"{again}/people/{look_up}", again=again)
    return render(
        FoundPage(
            terms=results.terms,
            unread=results.unread,
            in_doubt=results.in_doubt,
            answer=results.answer,
            hits=results.hits,
            base=results.base,
            again=results.again,
        )
    )


@blueprint.post("/investigations/<uuid:investigation>/users")
@performs(Action.AUDIT_INVESTIGATE)
def ask_for_user(investigation: UUID) -> ResponseReturnValue:
    """Take which user is meant, and lead to who that may be."""
    form = UserForm(request.form)
    if not form.validate():
        return _one(investigation, user=form)
    asked = operations.ask_for_users(ledger(), current_access(), words=form.user.data or "")
    return redirect(f"/investigations/{investigation}/users/{asked}", 303)


@blueprint.get("/investigations/<uuid:investigation>/users/<uuid:asked>")
@performs(Action.AUDIT_INVESTIGATE)
def show_users(investigation: UUID, asked: UUID) -> ResponseReturnValue:
    """Show which users may be meant."""
    users = operations.find_users(
        ledger(), current_access(), investigation=investigation, asked=asked
    )
    return render(
        UsersPage(
            investigation=investigation, words=users.words, users=_views(users), cut=users.cut
        )
    )


@blueprint.post("/investigations/<uuid:investigation>/days")
@performs(Action.AUDIT_INVESTIGATE)
def ask_for_day(investigation: UUID) -> ResponseReturnValue:
    """Take which day is meant, and lead to it."""
    form = DayForm(request.form)
    if not form.validate():
        return _one(investigation, day=form)
    day = parse_day(form.day.data or "")
    return redirect(f"/investigations/{investigation}/days/{day.isoformat()}", 303)


def _refuse_nhs_number(field: StringField, message: str) -> None:
    if holds_nhs_number(field.data or ""):
        raise ValidationError(message)


def _all(form: OpenForm, status: int) -> Response:
    found = operations.list_open(ledger(), current_access())
    page = InvestigationsPage(form=form, investigations=tuple(_view(each) for each in found))
    return render(page, status)


def _one(
    investigation: UUID,
    *,
    person: SearchForm | None = None,
    user: UserForm | None = None,
    day: DayForm | None = None,
) -> Response:
    """Return the investigation's page, with what was wrong in one of its forms."""
    found = operations.show(ledger(), current_access(), investigation=investigation)
    faulty = person or user or day
    page = InvestigationPage(
        investigation=_view(found),
        person=person or UnreferencedSearchForm(),
        user=user or UserForm(),
        day=day or DayForm(data={"day": f"{local_day(now()):%d/%m/%Y}"}),
    )
    return render(page, 200 if faulty is None else 422)


def _view(each: Investigation) -> InvestigationView:
    return InvestigationView(
        reference=each.reference,
        matter=each.matter,
        reason=each.reason,
        opened=each.opened,
        names_somebody=each.person is not None,
    )


def _views(users: Users) -> tuple[UserView, ...]:
    return tuple(
        UserView(
            account=each.reference,
            name=each.display_name,
            email=each.email,
            organisation=users.organisations.get(each.organisation, ""),
            roles=tuple(ROLE_NAMES[role] for role in Role if role in each.roles),
        )
        for each in users.found
    )
