"""The pages of a service's own desk: its involvements, and what holds of each."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, HiddenField, SelectField, StringField
from wtforms.validators import ValidationError

from directory.domain.access import NotFound
from directory.domain.dates import Period
from directory.domain.upkeep import ChangedMeanwhile, Lead, Said, UpkeepFault
from directory.operations import upkeep as operations
from directory.operations.upkeep import Own, OwnPage
from directory.policy.disclosed import DisclosedKept
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number, asked_reference
from directory.web.days import check_past, typed_day
from directory.web.leads import lead_choices, lead_of, lead_value, lead_words
from directory.web.pages import Page, Shown, render
from directory.web.wording import day

blueprint = capability("upkeep")

_TICKED = re.compile(r"(\d{1,18}):(\d{1,9})", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_SAID = frozenset(
    {
        "changed",
        "unchanged",
        "not_found",
        "confirmed",
        "handed_over",
        "added",
        "nothing_ticked",
        "nobody_chosen",
    }
)
_STALE = timedelta(days=183)  # local: not heard of for as long is said in words
_A_DAY = timedelta(days=1)


class OwnForm(Form):
    """What holds of an involvement, as it was seen at a revision."""

    lead = SelectField("Who leads for your service?", validate_choice=False)
    last_involved = StringField("When was it last involved?")
    last_day = StringField("Has it ended? Then its last day")
    revision = HiddenField()

    def validatelead_of(self, field: SelectField) -> None:
        """Refuse nobody."""
        if lead_of(field.data or "") is None:
            raise ValidationError("Choose who leads")

    def validate_last_involved(self, field: StringField) -> None:
        """Refuse what is no day, and one to come."""
        check_past(field, current_access().today, "The day it was last involved")

    def validate_last_day(self, field: StringField) -> None:
        """Refuse what is no day, and one to come."""
        check_past(field, current_access().today, "The last day")

    def said(self) -> Said:
        """Return what a valid form says."""
        last_day, lead = typed_day(self.last_day), lead_of(self.lead.data or "")
        return Said(
            lead=lead or Lead(team=None, practitioner=None),
            last_involved=typed_day(self.last_involved),
            ended=last_day + _A_DAY if last_day else None,
        )

    def seen(self) -> int:
        """Return at which revision it was seen, 0 for none that ever was."""
        text = self.revision.data or ""
        return int(text) if _NUMBER.fullmatch(text) else 0


class FindForm(Form):
    """The service's own reference of one involvement."""

    reference = StringField("Find one by your own reference")


class ManyForm(Form):
    """To whom ticked involvements are handed over."""

    lead = SelectField("Hand the ticked ones over to", validate_choice=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView(Shown):
    """One involvement in a list, and how long it was not heard of."""

    involvement: DisclosedKept
    heard_of: date | None
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """A service's involvements that go on."""

    template: ClassVar[str] = "upkeep/list.html"
    involvements: tuple[OwnView, ...]
    form: ManyForm
    find: FindForm
    lead: UUID | None
    lead_name: str
    page: int
    has_more: bool
    may_add: bool
    said: str
    done: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage(Page):
    """One involvement, and the form for what holds of it."""

    template: ClassVar[str] = "upkeep/one.html"
    involvement: DisclosedKept
    form: OwnForm
    changed_meanwhile: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Shown):
    """One part of an involvement before and after."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """What is to change, to be checked."""

    template: ClassVar[str] = "upkeep/check.html"
    involvement: DisclosedKept
    answers: tuple[Answer, ...]
    form: OwnForm


@blueprint.get("/upkeep")
@performs(Action.UPKEEP)
def show() -> ResponseReturnValue:
    """Show the service's involvements that go on, the longest not heard of first."""
    page, lead = asked_number("page") or 1, asked_reference("lead")
    found = operations.list_own(ledger(), current_access(), lead=lead, page=page)
    form = ManyForm()
    form.lead.choices = lead_choices(found.leads)
    return render(_list_page(found, form, lead=lead, page=page))


@blueprint.post("/upkeep")
@performs(Action.UPKEEP)
def keep_many() -> ResponseReturnValue:
    """Confirm the ticked involvements, or hand them over."""
    ticked = {
        int(match[1]): int(match[2])
        for each in request.form.getlist("involvement")
        if (match := _TICKED.fullmatch(each))
    }
    if not ticked:
        return redirect("/upkeep?said=nothing_ticked", 303)
    if request.form.get("act") != "hand_over":
        done = operations.confirm(ledger(), current_access(), seen=ticked)
        return redirect(f"/upkeep?said=confirmed&done={done}&of={len(ticked)}", 303)
    to = lead_of(request.form.get("lead", ""))
    if to is None:
        return redirect("/upkeep?said=nobody_chosen", 303)
    done = operations.hand_over(ledger(), current_access(), seen=ticked, to=to)
    return redirect(f"/upkeep?said=handed_over&done={done}&of={len(ticked)}", 303)


@blueprint.post("/upkeep/find")
@performs(Action.UPKEEP)
def find() -> ResponseReturnValue:
    """Go to the involvement that the service knows under the reference typed."""
    typed = request.form.get("reference", "").strip()
    try:
        line = operations.find_own(ledger(), current_access(), reference=typed)
    except NotFound:
        return redirect("/upkeep?said=not_found", 303)
    return redirect(f"/upkeep/{line}", 303)


@blueprint.get("/upkeep/<int:line>")
@performs(Action.UPKEEP)
def view(line: int) -> ResponseReturnValue:
    """Show one involvement, and the form for what holds of it."""
    found = operations.view_own(ledger(), current_access(), line=line)
    shown = found.involvement
    form = OwnForm(
        lead=lead_value(Lead(team=shown.team, practitioner=shown.practitioner)),
        last_involved=_typed(shown.last_involved),
        last_day=_typed(Period(end=shown.ended).last_day()),
        revision=str(shown.revision),
    )
    return _one_page(found, form)


@blueprint.post("/upkeep/<int:line>/check")
@performs(Action.UPKEEP)
def check(line: int) -> ResponseReturnValue:
    """Show what would change, to be checked."""
    found = operations.view_own(ledger(), current_access(), line=line)
    form = OwnForm(request.form)
    if not form.validate():
        return _one_page(found, form, 422)
    answers = _answers(found, form.said())
    if not answers:
        return redirect("/upkeep?said=unchanged", 303)
    form.lead.choices = lead_choices(found.leads)
    return render(CheckPage(involvement=found.involvement, answers=answers, form=form))


@blueprint.post("/upkeep/<int:line>")
@performs(Action.UPKEEP)
def keep(line: int) -> ResponseReturnValue:
    """Keep what holds of an involvement."""
    form, access = OwnForm(request.form), current_access()
    if not form.validate():
        return _one_page(operations.view_own(ledger(), access, line=line), form, 422)
    try:
        operations.change(ledger(), access, line=line, revision=form.seen(), said=form.said())
    except ChangedMeanwhile:
        found = operations.view_own(ledger(), access, line=line)
        form.revision.data = str(found.involvement.revision)
        return _one_page(found, form, 409)
    except UpkeepFault as fault:
        form.form_errors = [f"It {fault}"]
        return _one_page(operations.view_own(ledger(), access, line=line), form, 422)
    return redirect("/upkeep?said=changed", 303)


def _list_page(found: OwnPage, form: ManyForm, *, lead: UUID | None, page: int) -> ListPage:
    stale_before = current_access().today - _STALE
    said = request.args.get("said", "")
    return ListPage(
        involvements=tuple(_own_view(each, stale_before) for each in found.involvements),
        form=form,
        find=FindForm(),
        lead=lead,
        lead_name=next((name for each, (name, _) in found.leads.items() if _is(each, lead)), ""),
        page=page,
        has_more=found.more,
        may_add=found.may_add,
        said=said if said in _SAID else "",
        done=asked_number("done", least=0) or 0,
        of=asked_number("of", least=0) or 0,
    )


def _own_view(shown: DisclosedKept, stale_before: date) -> OwnView:
    heard_of = shown.confirmed_on or shown.last_involved or shown.started
    return OwnView(
        involvement=shown,
        heard_of=heard_of,
        is_stale=heard_of is None or heard_of < stale_before,
    )


def _one_page(found: Own, form: OwnForm, status: int = 200) -> Response:
    form.lead.choices = lead_choices(found.leads)
    page = OnePage(
        involvement=found.involvement,
        form=form,
        changed_meanwhile=status == 409,  # noqa: PLR2004 - what the answer says itself
    )
    return render(page, status)


def _answers(found: Own, said: Said) -> tuple[Answer, ...]:
    """Return the parts that would change, before and after."""
    now = found.involvement
    before = Lead(team=now.team, practitioner=now.practitioner)
    leads = lead_words(now.practitioner_name, now.team_name)  # who has left is no choice any more
    leads_then = leads if said.lead == before else lead_words(*found.leads.get(said.lead, ("", "")))
    parts = (
        ("Who leads", leads, leads_then),
        ("Last involved", _said_day(now.last_involved), _said_day(said.last_involved)),
        (
            "Last day",
            _said_day(Period(end=now.ended).last_day()),
            _said_day(Period(end=said.ended).last_day()),
        ),
    )
    return tuple(
        Answer(part=part, before=was, after=will) for part, was, will in parts if was != will
    )


def _typed(value: date | None) -> str:
    """Return a day as people type it."""
    return f"{value.day}/{value.month}/{value.year}" if value else ""


def _said_day(value: date | None) -> str:
    return day(value) if value else "Not given"


def _is(lead: Lead, practitioner: UUID | None) -> bool:
    return practitioner is not None and lead.practitioner == practitioner
