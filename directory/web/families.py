"""The pages of a family: its board, the people one knows of, and one's own families."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField
from wtforms.validators import InputRequired

from directory.domain.vocabulary import FamilyRole, Purpose, Relationship, Role, Service, State
from directory.domain.watches import WATCHED_FOR, last_watched_day
from directory.operations import families as operations
from directory.operations import people as people_operations
from directory.operations.families import Board
from directory.operations.people import Chosen
from directory.operations.relationships import MOST_FAMILIES
from directory.policy.disclosed import (
    DisclosedBoard,
    DisclosedFamily,
    DisclosedLine,
    DisclosedMember,
)
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.claims import ClaimView, claim_view
from directory.web.emergency_banner import Emergency, emergency_view
from directory.web.hours import closed_hours
from directory.web.pages import Page, Shown, render
from directory.web.people import (
    ResultsPage,
    answer_choice,
    results_page,
    take_purpose,
)
from directory.web.search_forms import SearchForm, filled_form
from directory.web.service_lines import LineView, line_view

blueprint = capability("families")

_ALIKE = frozenset({State.NOT_COVERED, State.CONTACT_THROUGH_BROKER})
"""Answers that say nothing of a person; a protected member has one where others have not."""

_SAID = frozenset({"protected", "handed_on", "watched"})
_PLACES_IN_FAMILY = {
    FamilyRole.CHILD: "Child",
    FamilyRole.PARENT: "Parent",
    FamilyRole.CARER: "Carer",
    FamilyRole.OTHER: "Other relative or member of the household",
}


class AddForm(Form):
    """What the person to be added is to the family."""

    role = SelectField(
        "What are they to this family?",
        [InputRequired(message="Choose what they are to this family")],
        choices=choices(_PLACES_IN_FAMILY, unchosen="Choose one"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView(Shown):
    """One member's block: their own answers, and the services a rule keeps for other ages."""

    member: DisclosedMember
    lines: tuple[LineView, ...]
    by_rule: tuple[DisclosedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage(Page):
    """A family's board."""

    template: ClassVar[str] = "families/board.html"
    viewing: UUID
    purpose: Purpose
    relationship: Relationship
    board: DisclosedBoard
    leading: tuple[LineView, ...]
    members: tuple[MemberView, ...]
    alike: tuple[str, ...]
    may_add: bool
    may_ask_consent: bool
    may_hand_on: bool
    closed: str
    said: str
    may_open_emergency: bool
    emergency: Emergency | None
    may_watch: bool
    watched_until: date | None
    watch_days: int
    would_watch_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage(Page):
    """The user's own families."""

    template: ClassVar[str] = "families/mine.html"
    claims: tuple[ClaimView, ...]
    families: tuple[DisclosedFamily, ...]
    most: int
    manages: bool
    declined: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSearchPage(Page):
    """The search for somebody to add to a family."""

    template: ClassVar[str] = "families/add.html"
    viewing: UUID
    form: SearchForm


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResultsPage(Page):
    """Who may be the person to add."""

    template: ClassVar[str] = "families/add_results.html"
    viewing: UUID
    form: AddForm
    results: ResultsPage


@blueprint.get("/families/mine")
@performs(Action.FAMILIES_MINE)
def mine() -> ResponseReturnValue:
    """Show the user's own families."""
    access = current_access()
    found = operations.list_mine(ledger(), access)
    return render(
        MinePage(
            claims=tuple(map(claim_view, found.claims)),
            families=found.families,
            most=MOST_FAMILIES,
            manages=access.role is Role.TEAM_MANAGER,
            declined=found.declined,
        )
    )


@blueprint.get("/families/mine/<uuid:person>")
@performs(Action.FAMILIES_MINE)
def choose(person: UUID) -> ResponseReturnValue:
    """Ask why the user looks at one of their own families."""
    return answer_choice(_chosen(person), back="/families/mine")


@blueprint.post("/families/mine/<uuid:person>")
@performs(Action.FAMILIES_MINE)
def give_purpose(person: UUID) -> ResponseReturnValue:
    """Take why the user looks at one of their own families."""
    return take_purpose(lambda: _chosen(person), person=person, look_up=None, back="/families/mine")


def _chosen(person: UUID) -> Chosen:
    return operations.choose_mine(ledger(), current_access(), person=person)


@blueprint.get("/families/<uuid:viewing>")
@performs(Action.FAMILY_OPEN)
def board(viewing: UUID) -> ResponseReturnValue:
    """Show the family's board."""
    return render(_board_page(operations.view_board(ledger(), current_access(), viewing=viewing)))


@blueprint.get("/families/<uuid:viewing>/add")
@performs(Action.FAMILY_ADD_PERSON)
def add(viewing: UUID) -> ResponseReturnValue:
    """Ask whom the user knows to belong to the family."""
    _check_opened(viewing)
    return render(AddSearchPage(viewing=viewing, form=SearchForm()))


@blueprint.post("/families/<uuid:viewing>/add")
@performs(Action.FAMILY_ADD_PERSON)
def ask_to_add(viewing: UUID) -> ResponseReturnValue:
    """Take whom the user knows of, and lead to who that may be."""
    _check_opened(viewing)
    form = SearchForm(request.form)
    if not form.validate() or form.lies_ahead(current_access().today):
        return render(AddSearchPage(viewing=viewing, form=form), 422)
    reference = people_operations.ask(ledger(), current_access(), sought=form.sought())
    return redirect(f"/families/{viewing}/add/{reference}", 303)


@blueprint.get("/families/<uuid:viewing>/add/<uuid:reference>/change")
@performs(Action.FAMILY_ADD_PERSON)
def change_add(viewing: UUID, reference: UUID) -> ResponseReturnValue:
    """Show the search for somebody to add again with what was typed."""
    _check_opened(viewing)
    sought = people_operations.asked(ledger(), current_access(), reference=reference)
    return render(AddSearchPage(viewing=viewing, form=filled_form(sought)))


@blueprint.get("/families/<uuid:viewing>/add/<uuid:reference>")
@performs(Action.FAMILY_ADD_PERSON)
def add_results(viewing: UUID, reference: UUID) -> ResponseReturnValue:
    """Show who may be the person to add."""
    _check_opened(viewing)
    return _add_results(viewing, reference, AddForm(), 200)


@blueprint.post("/families/<uuid:viewing>/add/<uuid:reference>/<uuid:person>")
@performs(Action.FAMILY_ADD_PERSON)
def add_person(viewing: UUID, reference: UUID, person: UUID) -> ResponseReturnValue:
    """Add the person to the family, for this user."""
    form = AddForm(request.form)
    if not form.validate():
        _check_opened(viewing)
        return _add_results(viewing, reference, form, 422)
    operations.add_person(
        ledger(),
        current_access(),
        viewing=viewing,
        look_up=reference,
        person=person,
        role=FamilyRole(form.role.data),
    )
    return redirect(f"/families/{viewing}", 303)


def _check_opened(viewing: UUID) -> None:
    """Raise NotFound or Refused, as the board does, unless the user may look at the family."""
    operations.begin_adding(ledger(), current_access(), viewing=viewing)


def _add_results(viewing: UUID, reference: UUID, form: AddForm, status: int) -> ResponseReturnValue:
    found = people_operations.look_up(ledger(), current_access(), reference=reference)
    base = f"/families/{viewing}/add/{reference}"
    results = results_page(found, base=base, again=f"{base}/change")
    return render(AddResultsPage(viewing=viewing, form=form, results=results), status)


def _board_page(seen: Board) -> BoardPage:
    alike = _alike(seen.board)
    return BoardPage(
        viewing=seen.viewing,
        purpose=seen.purpose,
        relationship=seen.relationship,
        board=seen.board,
        leading=tuple(
            _leading_view(seen.board, view) for view in _views(seen.viewing, seen.board.leading)
        ),
        members=tuple(_member_view(seen.viewing, each, alike) for each in seen.board.members),
        alike=tuple(line.title for line in seen.board.leading if line.service in alike),
        may_add=seen.may_add,
        may_ask_consent=seen.may_ask_consent,
        may_hand_on=seen.may_hand_on,
        closed=closed_hours(),
        said=said if (said := request.args.get("said", "")) in _SAID else "",
        may_open_emergency=seen.may_open_emergency,
        emergency=emergency_view(seen.emergency_until),
        may_watch=seen.may_watch,
        watched_until=seen.watched_until,
        watch_days=WATCHED_FOR.days,
        would_watch_until=last_watched_day(current_access().at),
    )


def _leading_view(board: DisclosedBoard, view: LineView) -> LineView:
    """Return a family's line of a service with the other members whom it says the same of."""

    def named(state: State) -> tuple[str, ...]:
        return tuple(
            member.person.name
            for member in board.members
            for line in member.lines
            if (line.service, line.state) == (view.line.service, state)
            and member.person.person != view.line.member.person
        )

    return replace(view, also=named(State.INVOLVED), also_before=named(State.PREVIOUSLY_INVOLVED))


def _alike(board: DisclosedBoard) -> frozenset[Service]:
    """Return the services whose answer is the same for everybody on the board."""
    lines = [line for member in board.members for line in member.lines]
    return frozenset(
        leading.service
        for leading in board.leading
        if leading.state in _ALIKE
        and all(each.state is leading.state for each in lines if each.service is leading.service)
    )


def _member_view(viewing: UUID, member: DisclosedMember, alike: frozenset[Service]) -> MemberView:
    """Return a member's block without what is the same for everybody, which leads the board."""
    by_rule = tuple(line for line in member.lines if line.state is State.NOT_SHOWN_BY_RULE)
    own = tuple(line for line in member.lines if line.service not in alike and line not in by_rule)
    return MemberView(member=member, lines=_views(viewing, own), by_rule=by_rule)


def _views(viewing: UUID, lines: tuple[DisclosedLine, ...]) -> tuple[LineView, ...]:
    return tuple(
        line_view(
            line,
            href=f"/families/{viewing}/{line.member.person}/{line.service}" if line.opens else "",
        )
        for line in lines
    )
