"""The pages of a service's own teams: the lines on which they answer."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, HiddenField, StringField

from directory.domain.teams import AlreadyKept, Lines, LinesChanged
from directory.operations import teams as operations
from directory.policy.permissions import Action
from directory.policy.teams import DisclosedTeam
from directory.web.access import capability, current_access, ledger, performs
from directory.web.contact_fields import check_line, check_name, check_reference, typed_line
from directory.web.pages import Page, render

blueprint = capability("teams")


class LinesForm(Form):
    """On which lines a team answers, as they were seen."""

    duty_line = StringField("Duty line")
    out_of_hours_line = StringField("Out-of-hours line")
    seen_duty_line = HiddenField()
    seen_out_of_hours_line = HiddenField()

    def validate_duty_line(self, field: StringField) -> None:
        """Refuse what is no line."""
        check_line(field, "The duty line")

    def validate_out_of_hours_line(self, field: StringField) -> None:
        """Refuse what is no line."""
        check_line(field, "The out-of-hours line")

    def lines(self) -> Lines:
        """Return what a valid form says."""
        return Lines(
            duty_line=typed_line(self.duty_line),
            out_of_hours_line=typed_line(self.out_of_hours_line),
        )

    def seen(self) -> Lines:
        """Return what was shown when the form was opened."""
        return Lines(
            duty_line=self.seen_duty_line.data or "",
            out_of_hours_line=self.seen_out_of_hours_line.data or "",
        )


class NewForm(LinesForm):
    """A team that no list names yet."""

    source_reference = StringField("Your own reference for it")
    name = StringField("Name of the team")

    def validate_source_reference(self, field: StringField) -> None:
        """Refuse what is no reference."""
        check_reference(field)

    def validate_name(self, field: StringField) -> None:
        """Refuse none, and one that says why people are known to it."""
        check_name(field, "The name")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """A service's teams."""

    template: ClassVar[str] = "teams/list.html"
    teams: tuple[DisclosedTeam, ...]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage(Page):
    """One team, with its lines."""

    template: ClassVar[str] = "teams/one.html"
    team: DisclosedTeam
    form: LinesForm
    changed_meanwhile: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage(Page):
    """The form for a new team."""

    template: ClassVar[str] = "teams/new.html"
    form: NewForm


@blueprint.get("/teams")
@performs(Action.UPKEEP)
def show() -> ResponseReturnValue:
    """Show the service's teams, those without a duty line first."""
    said = request.args.get("said", "")
    found = operations.list_teams(ledger(), current_access())
    return render(ListPage(teams=found, said=said if said in {"lines", "made"} else ""))


@blueprint.get("/teams/<uuid:team>")
@performs(Action.UPKEEP)
def view(team: UUID) -> ResponseReturnValue:
    """Show one team."""
    return _one_page(operations.view_team(ledger(), current_access(), team=team), None)


@blueprint.post("/teams/<uuid:team>")
@performs(Action.UPKEEP)
def say_lines(team: UUID) -> ResponseReturnValue:
    """Keep the lines on which a team answers."""
    form, access = LinesForm(request.form), current_access()
    status = 422
    if form.validate():
        try:
            operations.say_lines(ledger(), access, team=team, seen=form.seen(), lines=form.lines())
        except LinesChanged:
            status = 409
        else:
            return redirect("/teams?said=lines", 303)
    return _one_page(operations.view_team(ledger(), access, team=team), form, status)


@blueprint.get("/teams/add")
@performs(Action.UPKEEP)
def begin() -> ResponseReturnValue:
    """Show the form for a new team."""
    return render(NewPage(form=NewForm()))


@blueprint.post("/teams/add")
@performs(Action.UPKEEP)
def add() -> ResponseReturnValue:
    """Keep a new team."""
    form = NewForm(request.form)
    if not form.validate():
        return render(NewPage(form=form), 422)
    try:
        operations.make_team(
            ledger(),
            current_access(),
            source_reference=(form.source_reference.data or "").strip(),
            name=(form.name.data or "").strip(),
            lines=form.lines(),
        )
    except AlreadyKept:
        form.source_reference.errors = ["Your service has a team under this reference"]
        return render(NewPage(form=form), 422)
    return redirect("/teams?said=made", 303)


def _one_page(
    shown: DisclosedTeam, form: LinesForm | None, status: int = 200
) -> ResponseReturnValue:
    filled = form or LinesForm(duty_line=shown.duty_line, out_of_hours_line=shown.out_of_hours_line)
    filled.seen_duty_line.data = shown.duty_line
    filled.seen_out_of_hours_line.data = shown.out_of_hours_line
    changed = status == 409  # noqa: PLR2004 - what the answer says itself
    return render(OnePage(team=shown, form=filled, changed_meanwhile=changed), status)
