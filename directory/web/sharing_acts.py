"""The pages on which agreements are drafted, signed, made active, begun anew and ended."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Field, SelectField

from directory.domain.sharing import EVERY_FIELD, Agreement
from directory.operations import sharing as reading
from directory.operations import sharing_acts as operations
from directory.operations.sharing_acts import (
    ChangedMeanwhile,
    Incomplete,
    NotOpenToChange,
    ReferenceTaken,
    SameHands,
    seen_mark,
)
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import TickField, choices, chosen_labels
from directory.web.fresh_factor import freshly_proven
from directory.web.lock import KeptField
from directory.web.pages import Page, Shown, render
from directory.web.sharing import agreement_page
from directory.web.sharing_effect import changes_page
from directory.web.sharing_forms import AgreementForm, SeenForm, SignForm, filled_form
from directory.web.sign_in import second_factor_rule

blueprint = capability("sharing_acts")

_BUTTONS = frozenset({"csrf_token", "step"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage(Page):
    """Asks for what an agreement says; `label` is empty for a new one."""

    template: ClassVar[str] = "sharing/draft.html"
    form: AgreementForm
    action: str
    back: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView(Shown):
    """One answer as it was given."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """Shows the answers once more, and keeps them to be sent."""

    template: ClassVar[str] = "sharing/check.html"
    action: str
    label: str
    answers: tuple[AnswerView, ...]
    fields: tuple[KeptField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPage(Page):
    """Asks which party signed, when and by whom."""

    template: ClassVar[str] = "sharing/sign.html"
    form: SignForm
    reference: UUID
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage(Page):
    """Asks whether an agreement is to end now."""

    template: ClassVar[str] = "sharing/end.html"
    reference: UUID
    label: str


@blueprint.get("/agreements/new")
@performs(Action.SHARING_DRAFT)
def ask() -> ResponseReturnValue:
    """Ask for what a new agreement says."""
    form = AgreementForm(data={"fields": sorted(EVERY_FIELD), "country": "England"})
    return _draft_page(form, None)


@blueprint.post("/agreements/new")
@performs(Action.SHARING_DRAFT)
def draft() -> ResponseReturnValue:
    """Check, show the answers once more, or keep the draft and lead to it."""
    form = AgreementForm(request.form)
    sent = _sent(form, None)
    if isinstance(sent, Response):
        return sent
    try:
        kept = operations.draft(ledger(), current_access(), agreement=sent)
    except ReferenceTaken:
        form.reference.errors = ["Another agreement has this reference: begin its next version"]
        return _draft_page(form, None, 422)
    return redirect(f"/agreements/{kept}", 303)


@blueprint.get("/agreements/<uuid:agreement>/edit")
@performs(Action.SHARING_DRAFT)
def ask_again(agreement: UUID) -> ResponseReturnValue:
    """Ask for what a draft is to say from now on."""
    held = _held(agreement)
    if held.is_activated:
        raise NotOpenToChange
    return _draft_page(filled_form(held, seen=seen_mark(held.course.edited_at)), (agreement, held))


@blueprint.post("/agreements/<uuid:agreement>/edit")
@performs(Action.SHARING_DRAFT)
def change(agreement: UUID) -> ResponseReturnValue:
    """Check, show the answers once more, or change the draft and lead to it."""
    held = _held(agreement)
    form = AgreementForm(request.form)
    form.reference.data = held.reference
    sent = _sent(form, (agreement, held))
    if isinstance(sent, Response):
        return sent
    try:
        operations.change(
            ledger(),
            current_access(),
            reference=agreement,
            agreement=sent,
            seen=form.seen.data or "",
        )
    except ChangedMeanwhile:
        return render(agreement_page(agreement, refused="changed"), 409)
    return redirect(f"/agreements/{agreement}", 303)


@blueprint.get("/agreements/<uuid:agreement>/sign")
@performs(Action.SHARING_DRAFT)
def ask_who_signed(agreement: UUID) -> ResponseReturnValue:
    """Ask which party signed."""
    held = _held(agreement)
    if held.is_activated:
        raise NotOpenToChange
    return _sign_page(SignForm(data={"seen": seen_mark(held.course.edited_at)}), agreement, held)


@blueprint.post("/agreements/<uuid:agreement>/sign")
@performs(Action.SHARING_DRAFT)
def sign(agreement: UUID) -> ResponseReturnValue:
    """Enter a party's signature."""
    held = _held(agreement)
    form = SignForm(request.form)
    _offer_unsigned(form, held)
    if not form.validate():
        return _sign_page(form, agreement, held, 422)
    try:
        operations.sign(
            ledger(),
            current_access(),
            reference=agreement,
            party=form.party(),
            seen=form.seen.data or "",
        )
    except ChangedMeanwhile:
        return render(agreement_page(agreement, refused="changed"), 409)
    return redirect(f"/agreements/{agreement}", 303)


@blueprint.post("/agreements/<uuid:agreement>/activate")
@performs(Action.SHARING_ACTIVATE)
@freshly_proven
def activate(agreement: UUID) -> ResponseReturnValue:
    """Make a draft active, or say what it lacks or who must do it."""
    form = SeenForm(request.form)
    try:
        operations.activate(
            ledger(),
            current_access(),
            reference=agreement,
            seen=form.seen.data or "",
            rule=second_factor_rule(),
        )
    except Incomplete:
        return render(changes_page(agreement, refused="incomplete"), 422)
    except SameHands:
        return render(changes_page(agreement, refused="same_hands"), 422)
    except ChangedMeanwhile:
        return render(changes_page(agreement, refused="changed"), 409)
    return redirect(f"/agreements/{agreement}", 303)


@blueprint.post("/agreements/<uuid:agreement>/version")
@performs(Action.SHARING_DRAFT)
def begin_version(agreement: UUID) -> ResponseReturnValue:
    """Begin the next version as a draft, and lead to changing it."""
    try:
        begun = operations.begin_version(ledger(), current_access(), reference=agreement)
    except NotOpenToChange:
        return render(agreement_page(agreement, refused="begun"), 409)
    return redirect(f"/agreements/{begun}/edit", 303)


@blueprint.get("/agreements/<uuid:agreement>/end")
@performs(Action.SHARING_ACTIVATE)
def ask_to_end(agreement: UUID) -> ResponseReturnValue:
    """Ask whether an agreement is to end now."""
    return render(EndPage(reference=agreement, label=_held(agreement).label))


@blueprint.post("/agreements/<uuid:agreement>/end")
@performs(Action.SHARING_ACTIVATE)
@freshly_proven
def end(agreement: UUID) -> ResponseReturnValue:
    """End an agreement from this moment."""
    operations.end_now(ledger(), current_access(), reference=agreement, rule=second_factor_rule())
    return redirect(f"/agreements/{agreement}", 303)


def _held(agreement: UUID) -> Agreement:
    found = reading.read_agreement(ledger(), current_access(), reference=agreement)
    return found.entered.agreement


_Held = tuple[UUID, Agreement] | None
"""The draft that is changed with its reference, None for a new one."""


def _sent(form: AgreementForm, held: _Held) -> Agreement | Response:
    """Return what was sent to be kept, or the page that comes before that."""
    _offer_parties(form)
    if not form.validate():
        return _draft_page(form, held, 422)
    step = request.form.get("step", "")
    if step == "change":
        return _draft_page(form, held)
    if step != "keep":
        return _check_page(form, held)
    return form.agreement(version=held[1].version if held else 1)


def _draft_page(form: AgreementForm, held: _Held, status: int = 200) -> Response:
    if form.parties.choices is None:
        _offer_parties(form)
    page = DraftPage(
        form=form,
        action=_action(held),
        back=f"/agreements/{held[0]}" if held else "/agreements",
        label=held[1].label if held else "",
    )
    return render(page, status)


def _check_page(form: AgreementForm, held: _Held) -> Response:
    answers = tuple(
        AnswerView(question=each.label.text, answers=_answers(each))
        for each in form
        if each.name != "seen"
    )
    fields = tuple(
        KeptField(name=name, value=value)
        for name, value in request.form.items(multi=True)
        if name not in _BUTTONS
    )
    label = held[1].label if held else ""
    return render(CheckPage(action=_action(held), label=label, answers=answers, fields=fields))


def _answers(each: Field) -> tuple[str, ...]:
    """Return what was answered, in the words of the choices where there are any."""
    if not isinstance(each, TickField | SelectField):
        return (each.data,) if each.data else ()
    return chosen_labels(each)


def _action(held: _Held) -> str:
    return f"/agreements/{held[0]}/edit" if held else "/agreements/new"


def _offer_parties(form: AgreementForm) -> None:
    names = reading.organisations(ledger(), current_access())
    form.parties.choices = choices({str(each): name for each, name in names.items()})


def _sign_page(form: SignForm, agreement: UUID, held: Agreement, status: int = 200) -> Response:
    _offer_unsigned(form, held)
    return render(SignPage(form=form, reference=agreement, label=held.label), status)


def _offer_unsigned(form: SignForm, held: Agreement) -> None:
    names = reading.organisations(ledger(), current_access())
    today = current_access().today
    unsigned = [each.organisation for each in held.parties if not each.has_signed(today)]
    form.organisation.choices = choices(
        {str(each): names[each] for each in unsigned}, unchosen="Choose a party"
    )
