"""The pages on which a desk says when its practitioners are in, and who is new."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Form, SelectField, StringField
from wtforms.validators import ValidationError

from directory.domain.availability import AvailabilityFault, Away, Weekday
from directory.domain.dates import MalformedDate
from directory.domain.practitioners import Contact
from directory.domain.teams import AlreadyKept
from directory.operations import availability as operations
from directory.operations import practitioners, teams
from directory.policy.permissions import Action
from directory.policy.practitioners import DisclosedColleague
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import TickField, choices
from directory.web.contact_fields import (
    check_email,
    check_name,
    check_phone,
    check_reference,
    typed_email,
    typed_phone,
)
from directory.web.days import typed_day
from directory.web.pages import Page, render
from directory.web.weekdays import WEEKDAY_NAMES, works_words

blueprint = capability("availability")

_NOBODY = "nobody"


class WeekdaysForm(Form):
    """On which days of the week somebody works."""

    weekdays = TickField(
        "Which days do they work?",
        choices=choices({str(each.value): name for each, name in WEEKDAY_NAMES.items()}),
    )

    def chosen(self) -> frozenset[Weekday]:
        """Return the days that were ticked."""
        return frozenset(Weekday(int(each)) for each in self.weekdays.data or ())


class AwayForm(Form):
    """From when to when somebody is away, and who stands in."""

    start = StringField("First day away")
    back_on = StringField("First day back (if you know it)")
    cover = SelectField("Who is rung instead?", validate_choice=False)

    def validate_start(self, field: StringField) -> None:
        """Refuse none, and what is no day."""
        if _day(field, "The first day away") is None:
            raise ValidationError("Enter the first day away")

    def validate_back_on(self, field: StringField) -> None:
        """Refuse what is no day."""
        _day(field, "The first day back")

    def away(self) -> Away | None:
        """Return what a valid form says, None where it does not say from when."""
        start = typed_day(self.start)
        if start is None:
            return None
        return Away(start=start, end=typed_day(self.back_on), cover=_reference(self.cover.data))


class NewForm(Form):
    """A practitioner whom no list names yet."""

    source_reference = StringField("Your own reference for them")
    name = StringField("Name")
    role = StringField("Role")
    team = SelectField("Team", validate_choice=False)
    phone = StringField("Work phone")
    is_work_mobile = BooleanField("This is a mobile phone that my service gave them for work")
    email = StringField("Work e-mail")

    def validate_source_reference(self, field: StringField) -> None:
        """Refuse what is no reference."""
        check_reference(field)

    def validate_name(self, field: StringField) -> None:
        """Refuse nobody."""
        check_name(field, "The name")

    def validate_role(self, field: StringField) -> None:
        """Refuse a role that says why people are known to it."""
        check_name(field, "The role")

    def validate_team(self, field: SelectField) -> None:
        """Refuse none."""
        if _reference(field.data) is None:
            raise ValidationError("Choose a team")

    def validate_phone(self, field: StringField) -> None:
        """Refuse what is no number at work, and a mobile phone that may be their own."""
        check_phone(field, is_work_mobile=self.is_work_mobile.data)

    def validate_email(self, field: StringField) -> None:
        """Refuse what is no address at work."""
        check_email(field)


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityPage(Page):
    """When a practitioner is in, and who stands in while they are not."""

    template: ClassVar[str] = "availability/one.html"
    colleague: DisclosedColleague
    works: str
    days: WeekdaysForm
    form: AwayForm


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage(Page):
    """The form for a new practitioner."""

    template: ClassVar[str] = "availability/new.html"
    form: NewForm
    has_teams: bool


@blueprint.get("/practitioners/<uuid:practitioner>/availability")
@performs(Action.UPKEEP)
def view(practitioner: UUID) -> ResponseReturnValue:
    """Show when a practitioner is in."""
    return _page(practitioner, AwayForm())


@blueprint.post("/practitioners/<uuid:practitioner>/days")
@performs(Action.UPKEEP)
def say_weekdays(practitioner: UUID) -> ResponseReturnValue:
    """Keep the days of the week on which a practitioner works."""
    form = WeekdaysForm(request.form)
    if not form.validate():
        return _page(practitioner, AwayForm(), 422)
    operations.say_weekdays(
        ledger(), current_access(), practitioner=practitioner, weekdays=form.chosen()
    )
    return redirect(f"/practitioners/{practitioner}?said=days", 303)


@blueprint.post("/practitioners/<uuid:practitioner>/away")
@performs(Action.UPKEEP)
def say_away(practitioner: UUID) -> ResponseReturnValue:
    """Keep that a practitioner is away."""
    form = AwayForm(request.form)
    away = form.away() if form.validate() else None
    if away is None:
        return _page(practitioner, form, 422)
    try:
        operations.say_away(ledger(), current_access(), practitioner=practitioner, away=away)
    except AvailabilityFault as fault:
        form.form_errors = [f"It {fault}"]
        return _page(practitioner, form, 422)
    return redirect(f"/practitioners/{practitioner}?said=away", 303)


@blueprint.post("/practitioners/<uuid:practitioner>/back")
@performs(Action.UPKEEP)
def say_back(practitioner: UUID) -> ResponseReturnValue:
    """Keep that a practitioner is back."""
    operations.say_back(ledger(), current_access(), practitioner=practitioner)
    return redirect(f"/practitioners/{practitioner}?said=back", 303)


@blueprint.get("/practitioners/add")
@performs(Action.UPKEEP)
def begin() -> ResponseReturnValue:
    """Show the form for a new practitioner."""
    return _new_page(NewForm())


@blueprint.post("/practitioners/add")
@performs(Action.UPKEEP)
def add() -> ResponseReturnValue:
    """Keep a new practitioner."""
    form, team = NewForm(request.form), _reference(request.form.get("team"))
    if not form.validate() or team is None:
        return _new_page(form, 422)
    try:
        made = operations.make_practitioner(
            ledger(),
            current_access(),
            source_reference=(form.source_reference.data or "").strip(),
            new=((form.name.data or "").strip(), (form.role.data or "").strip()),
            team=team,
            contact=Contact(phone=typed_phone(form.phone), email=typed_email(form.email)),
        )
    except AlreadyKept:
        form.source_reference.errors = ["Your service has somebody under this reference"]
        return _new_page(form, 422)
    except AvailabilityFault as fault:
        form.team.errors = [f"They {fault}"]
        return _new_page(form, 422)
    return redirect(f"/practitioners/{made}?said=made", 303)


def _page(practitioner: UUID, form: AwayForm, status: int = 200) -> ResponseReturnValue:
    access = current_access()
    shown = practitioners.view_colleague(ledger(), access, practitioner=practitioner)
    found = operations.list_covers(ledger(), access, practitioner=practitioner)
    covers = {str(each): f"{name}, {team}" for each, (name, team) in found.items()}
    form.cover.choices = choices({_NOBODY: "Nobody: the team’s duty line", **covers})
    days = WeekdaysForm(data={"weekdays": [str(each.value) for each in shown.works]})
    return render(
        AvailabilityPage(colleague=shown, works=works_words(shown.works), days=days, form=form),
        status,
    )


def _new_page(form: NewForm, status: int = 200) -> ResponseReturnValue:
    own = teams.list_teams(ledger(), current_access())
    words = {str(each.team): each.name for each in sorted(own, key=lambda team: team.name)}
    form.team.choices = choices(words, unchosen="Choose a team")
    return render(NewPage(form=form, has_teams=bool(own)), status)


def _reference(value: object) -> UUID | None:
    """Return the reference that was chosen, None for nobody and for what is none."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _day(field: StringField, words: str) -> object:
    try:
        return typed_day(field)
    except MalformedDate as fault:
        raise ValidationError(f"{words} {fault}") from None
