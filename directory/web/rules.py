"""The pages of local rules: what holds, a change to propose, and one to decide on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from directory.domain.access import NotFound
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.rules import (
    MOST_TEXT,
    MOST_WORDS,
    SLOTS,
    Change,
    Kind,
    NotOpenToDecide,
    OwnProposal,
    RuleFault,
    Slot,
    Standing,
)
from directory.operations import rules as operations
from directory.operations.rules import MOST_WHY, Comparison, Held
from directory.policy.permissions import Action, allows
from directory.policy.rule_effects import FEWEST_TOLD, Effect
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.fresh_factor import freshly_proven
from directory.web.pages import Page, Shown, render
from directory.web.rule_words import (
    ABSENCE_WORDS,
    HINTS,
    PRECISION_WORDS,
    RULE_NAMES,
    STANDING_WORDS,
    in_words,
    place_name,
    place_of,
)
from directory.web.sign_in import second_factor_rule
from directory.web.wording import ROLE_NAMES

blueprint = capability("rules")
_NEWEST = 30
_DECISIONS = frozenset({Standing.AGREED, Standing.DECLINED})


class ProposeForm(Form):
    """What a rule is to be, from when on, and why."""

    effective = StringField("From which day?", [InputRequired(message="Enter the day")])
    why = TextAreaField(
        "Why?",
        [
            InputRequired(message="Write why it should change"),
            Length(max=MOST_WHY, message=f"Write at most {MOST_WHY} characters"),
        ],
    )


class NumberForm(ProposeForm):
    """A number of years, months or days."""

    value = StringField("What should it be?", [InputRequired(message="Enter the number")])


class PrecisionForm(ProposeForm):
    """How exactly dates are shown."""

    value = RadioField(
        "What should it be?",
        [InputRequired(message="Choose one")],
        choices=choices(PRECISION_WORDS),
    )


class AbsenceForm(ProposeForm):
    """What becomes of a line that a newer file lacks."""

    value = RadioField(
        "What should become of it?",
        [InputRequired(message="Choose one")],
        choices=choices(ABSENCE_WORDS),
    )


class WordsForm(ProposeForm):
    """A local text; it may be empty."""

    value = TextAreaField(
        "What should it say?",
        [Length(max=MOST_WORDS, message=f"Write at most {MOST_WORDS} characters")],
    )


class TextForm(ProposeForm):
    """A local text in paragraphs; it may be empty."""

    value = TextAreaField(
        "What should it say?",
        [Length(max=MOST_TEXT, message=f"Write at most {MOST_TEXT:,} characters")],
    )


RuleForm = NumberForm | PrecisionForm | AbsenceForm | WordsForm | TextForm
_FORMS: Mapping[Kind, type[RuleForm]] = {
    Kind.YEARS: NumberForm,
    Kind.MONTHS: NumberForm,
    Kind.DAYS: NumberForm,
    Kind.PRECISION: PrecisionForm,
    Kind.ABSENCE: AbsenceForm,
    Kind.WORDS: WordsForm,
    Kind.TEXT: TextForm,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView(Shown):
    """One change, in words."""

    reference: UUID
    place: str
    rule: str
    value: str
    effective: date
    standing: str
    waits: bool
    proposed_by: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView(Shown):
    """One rule of a place, as it holds today, with what is agreed to follow."""

    rule: str
    name: str
    value: str
    is_shipped: bool
    following: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView(Shown):
    """All the rules of a service, or of the council."""

    place: str
    name: str
    is_shipped: bool
    rules: tuple[RuleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage(Page):
    """Every rule, and the changes that wait."""

    template: ClassVar[str] = "rules/list.html"
    places: tuple[PlaceView, ...]
    waiting: tuple[ChangeView, ...]
    past: tuple[ChangeView, ...]
    may_propose: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePage(Page):
    """Asks what a rule is to be."""

    template: ClassVar[str] = "rules/propose.html"
    form: RuleForm
    action: str
    place: str
    rule: str
    hint: str
    now: str
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectView(Shown):
    """What differs for some roles."""

    roles: tuple[str, ...]
    more: str
    less: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage(Page):
    """One change: what it would show, and the decision on it."""

    template: ClassVar[str] = "rules/change.html"
    change: ChangeView
    before: str
    text: tuple[str, ...]
    why: str
    shows_nobody: bool
    effects: tuple[EffectView, ...]
    may_agree: bool
    may_decline: bool
    is_mine: bool
    refused: str = ""


@blueprint.get("/rules")
@performs(Action.RULES_READ)
def show() -> ResponseReturnValue:
    """Show every rule, and the changes that wait."""
    access = current_access()
    found = operations.list_rules(ledger(), access)
    views = [(each, _view(each, found.names, access.today)) for each in found.changes]
    return render(
        RulesPage(
            places=tuple(_places(found.held, found.names, access.today)),
            waiting=tuple(view for _, view in views if view.waits),
            past=tuple(view for _, view in views if not view.waits)[:_NEWEST],
            may_propose=allows(access.role, Action.RULES_PROPOSE),
        )
    )


@blueprint.get("/rules/<place>/<rule>")
@performs(Action.RULES_PROPOSE)
def ask(place: str, rule: str) -> ResponseReturnValue:
    """Ask what a rule is to be."""
    slot = _slot(place, rule)
    return _propose_page(slot, _FORMS[slot.bounds.kind](), 200)


@blueprint.post("/rules/<place>/<rule>")
@performs(Action.RULES_PROPOSE)
def propose(place: str, rule: str) -> ResponseReturnValue:
    """Propose what a rule is to be."""
    slot = _slot(place, rule)
    form = _FORMS[slot.bounds.kind](request.form)
    if not form.validate():
        return _propose_page(slot, form, 422)
    try:
        change = operations.propose(
            ledger(),
            current_access(),
            slot=slot,
            value=form.value.data or "",
            effective=parse_day(form.effective.data or ""),
            why=form.why.data or "",
        )
    except MalformedDate as fault:
        form.effective.errors = [f"The day {fault}"]
        return _propose_page(slot, form, 422)
    except RuleFault as fault:
        form.value.errors = [f"It {fault}"]
        return _propose_page(slot, form, 422)
    return redirect(f"/rules/changes/{change}", 303)


@blueprint.get("/rules/changes/<uuid:change>")
@performs(Action.RULES_READ)
def compare(change: UUID) -> ResponseReturnValue:
    """Show what a change would show."""
    return _change_page(change, 200)


@blueprint.post("/rules/changes/<uuid:change>")
@performs(Action.RULES_DECIDE)
@freshly_proven
def decide(change: UUID) -> ResponseReturnValue:
    """Take the second person's decision."""
    standing = request.form.get("standing", "")
    if standing not in _DECISIONS:
        abort(400)
    try:
        operations.decide(
            ledger(),
            current_access(),
            change=change,
            standing=Standing(standing),
            rule=second_factor_rule(),
        )
    except OwnProposal:
        return _change_page(change, 422, refused="Somebody else has to agree to it.")
    except NotOpenToDecide:
        return _change_page(change, 422, refused="It was decided, or its day has come.")
    except RuleFault as fault:
        return _change_page(change, 422, refused=f"It {fault}.")
    return redirect("/rules", 303)


def _slot(place: str, rule: str) -> Slot:
    found = (each for each in SLOTS if (place_of(each), str(each.rule)) == (place, rule))
    slot = next(found, None)
    if slot is None:
        raise NotFound
    return slot


def _propose_page(slot: Slot, form: RuleForm, status: int) -> ResponseReturnValue:
    held = operations.list_rules(ledger(), current_access()).held
    now = next(each.value for each in held if each.slot == slot)
    page = ProposePage(
        form=form,
        action=f"/rules/{place_of(slot)}/{slot.rule}",
        place=place_name(slot.service),
        rule=RULE_NAMES[slot.rule],
        hint=HINTS[slot.rule],
        now=in_words(slot, now),
        is_number=slot.bounds.kind in {Kind.YEARS, Kind.MONTHS},
    )
    return render(page, status)


def _change_page(reference: UUID, status: int, *, refused: str = "") -> ResponseReturnValue:
    access = current_access()
    found = operations.compare(ledger(), access, change=reference)
    is_open = found.change.is_open(access.today)
    is_mine = found.change.proposed_by == access.account
    decides = is_open and allows(access.role, Action.RULES_DECIDE)
    page = ChangePage(
        change=_view(found.change, found.names, access.today),
        before=in_words(found.change.slot, found.before),
        text=_paragraphs(found.change),
        why=found.change.why,
        shows_nobody=found.effects is None,
        effects=_effects(found),
        may_agree=decides and not is_mine,
        may_decline=decides,
        is_mine=is_mine,
        refused=refused,
    )
    return render(page, status)


def _paragraphs(change: Change) -> tuple[str, ...]:
    return tuple(change.value.splitlines()) if change.slot.bounds.kind is Kind.TEXT else ()


def _effects(found: Comparison) -> tuple[EffectView, ...]:
    return tuple(_effect(each) for each in found.effects or ())


def _effect(each: Effect) -> EffectView:
    roles = tuple(ROLE_NAMES[role] for role in each.roles)
    return EffectView(roles=roles, more=_number(each.more), less=_number(each.less))


def _number(found: int) -> str:
    return f"fewer than {FEWEST_TOLD}" if 0 < found < FEWEST_TOLD else f"{found:,}"


def _places(held: Iterable[Held], names: dict[UUID, str], today: date) -> Iterable[PlaceView]:
    by_place: dict[tuple[str, str], list[RuleView]] = {}
    for each in held:
        view = RuleView(
            rule=each.slot.rule,
            name=RULE_NAMES[each.slot.rule],
            value=in_words(each.slot, each.value),
            is_shipped=each.value == each.shipped,
            following=tuple(_view(change, names, today) for change in each.following),
        )
        key = place_of(each.slot), place_name(each.slot.service)
        by_place.setdefault(key, []).append(view)
    for (place, name), views in by_place.items():
        shipped = all(each.is_shipped and not each.following for each in views)
        yield PlaceView(place=place, name=name, is_shipped=shipped, rules=tuple(views))


def _view(change: Change, names: dict[UUID, str], today: date) -> ChangeView:
    waits = change.is_open(today)
    lapsed = change.standing is Standing.WAITING and not waits
    return ChangeView(
        reference=change.reference,
        place=place_name(change.slot.service),
        rule=RULE_NAMES[change.slot.rule],
        value=in_words(change.slot, change.value),
        effective=change.effective,
        standing="lapsed undecided" if lapsed else STANDING_WORDS[change.standing],
        waits=waits,
        proposed_by=names.get(change.proposed_by, ""),
        decided_by=names.get(change.decided_by, "") if change.decided_by else "",
    )
