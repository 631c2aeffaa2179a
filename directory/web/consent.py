"""The pages on which it is recorded whether people let an organisation know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2
from wtforms.validators import InputRequired, ValidationError

from directory.domain.access import NotFound
from directory.domain.consent import (
    REPRESENTATIVES,
    USUAL_TERM,
    ConsentFault,
    Giver,
    Manner,
)
from directory.domain.dates import MalformedDate, parse_day
from directory.operations import consent as operations
from directory.operations.consent import FamilyConsents, Question, Reply
from directory.policy.disclosed import DisclosedConsents
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import TickField, choices
from directory.web.pages import Page, render

blueprint = capability("consent")

_MANNERS = {
    Manner.AT_HOME: "At their home",
    Manner.ELSEWHERE: "In person, somewhere else",
    Manner.BY_PHONE: "By phone",
    Manner.IN_WRITING: "In writing",
}
_GIVERS = {
    Giver.PERSON: "They themselves",
    Giver.PARENT: "A parent, with parental responsibility",
    Giver.ATTORNEY: "Their attorney, for health and welfare",
    Giver.DEPUTY: "A deputy whom the court appointed",
    Giver.BEST_INTERESTS: "Nobody could: it was decided in their best interests",
}
_YES, _NO, _WAITING = "yes", "no", "waiting"
_ANSWERS = {_YES: "Yes", _NO: "No"}
_TERMS = {
    "91": "Three months",
    "182": "Six months",
    str(USUAL_TERM.days): "A year",
    "730": "Two years",
}
_SAID = frozenset({"recorded", "withdrawn", "not_live", "answered"})


class AnswerForm(Form):
    """What somebody answered, who, and for how long."""

    manner = RadioField(
        "How did they answer?",
        [InputRequired(message="Choose how they answered")],
        choices=choices(_MANNERS),
    )
    answer = RadioField(
        "What was the answer?",
        [InputRequired(message="Choose what the answer was")],
        choices=choices(_ANSWERS),
    )
    giver = RadioField("Who answered?", choices=choices(_GIVERS), validate_choice=False)
    authority_seen = StringField(
        "When did you see their authority?",
        description="For an attorney or a deputy only. For example, 27/3/2026.",
    )
    term = RadioField(
        "How long does a yes hold?", choices=choices(_TERMS), default=str(USUAL_TERM.days)
    )

    def validate_giver(self, field: RadioField) -> None:
        """Refuse an answer that nobody gave."""
        if self.answer.data in _ANSWERS and field.data not in set(_GIVERS):
            raise ValidationError("Choose who answered")

    def validate_authority_seen(self, field: StringField) -> None:
        """Refuse what is no day, one to come, and none where one is needed."""
        needed = self.answer.data in _ANSWERS and self.giver.data in REPRESENTATIVES
        if not (field.data or "").strip():
            if needed:
                raise ValidationError("Enter when you saw their authority")
            return
        if not needed:
            raise ValidationError("Leave this empty unless an attorney or a deputy answered")
        try:
            seen = parse_day(field.data or "")
        except MalformedDate as fault:
            raise ValidationError(f"The day you saw their authority {fault}") from None
        if seen > current_access().today:
            raise ValidationError("The day you saw their authority must be in the past")

    def reply(self) -> Reply | None:
        """Return the answer in a valid form, None where it is still to come."""
        if self.answer.data == _WAITING:
            return None
        seen = (self.authority_seen.data or "").strip()
        return Reply(
            manner=Manner(self.manner.data),
            giver=Giver(self.giver.data),
            authority_seen=parse_day(seen) if seen else None,
            days=int(self.term.data) if self.answer.data == _YES else None,
        )


class AskForm(AnswerForm):
    """For which organisations somebody was asked, and what they answered."""

    organisations = TickField(
        "Who may know of them?",
        [InputRequired(message="Choose at least one organisation")],
    )
    manner = RadioField(
        "How did you ask?",
        [InputRequired(message="Choose how you asked")],
        choices=choices(_MANNERS),
    )
    answer = RadioField(
        "What was the answer?",
        [InputRequired(message="Choose what the answer was")],
        choices=choices({**_ANSWERS, _WAITING: "No answer yet"}),
    )

    def question(self) -> Question:
        """Return what was asked, in a valid form."""
        chosen = frozenset(UUID(each) for each in self.organisations.data or ())
        return Question(organisations=chosen, manner=Manner(self.manner.data))


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage(Page):
    """The members of a family, and what each was asked."""

    template: ClassVar[str] = "consent/family.html"
    viewing: UUID
    members: tuple[DisclosedConsents, ...]
    asks: bool
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage(Page):
    """The text to read out, and the form for what was asked and answered."""

    template: ClassVar[str] = "consent/ask.html"
    viewing: UUID
    member: DisclosedConsents
    wording: str
    text: tuple[str, ...]
    form: AskForm


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage(Page):
    """The form for an answer to what was asked before."""

    template: ClassVar[str] = "consent/answer.html"
    viewing: UUID
    consent: UUID
    member: DisclosedConsents
    form: AnswerForm


@blueprint.get("/families/<uuid:viewing>/consent")
@performs(Action.CONSENT_KEEP)
def show(viewing: UUID) -> ResponseReturnValue:
    """Show what the members of a family were asked."""
    found = operations.list_consents(ledger(), current_access(), viewing=viewing)
    said = request.args.get("said", "")
    return render(
        FamilyPage(
            viewing=viewing,
            members=found.members,
            asks=bool(found.organisations),
            said=said if said in _SAID else "",
        )
    )


@blueprint.get("/families/<uuid:viewing>/consent/<uuid:person>")
@performs(Action.CONSENT_KEEP)
def begin(viewing: UUID, person: UUID) -> ResponseReturnValue:
    """Ask what a member of the family was asked and answered."""
    form = AskForm()
    found = operations.list_consents(ledger(), current_access(), viewing=viewing)
    form.organisations.choices = _choices(found.organisations)
    return _ask_page(viewing, person, found, form)


@blueprint.post("/families/<uuid:viewing>/consent/<uuid:person>")
@performs(Action.CONSENT_KEEP)
def record(viewing: UUID, person: UUID) -> ResponseReturnValue:
    """Keep what a member of the family was asked and answered."""
    form = AskForm(request.form)
    found = operations.list_consents(ledger(), current_access(), viewing=viewing)
    form.organisations.choices = _choices(found.organisations)
    if not form.validate():
        return _ask_page(viewing, person, found, form, 422)
    operations.record(
        ledger(),
        current_access(),
        viewing=viewing,
        person=person,
        question=form.question(),
        reply=form.reply(),
    )
    return redirect(f"/families/{viewing}/consent?said=recorded", 303)


@blueprint.get("/families/<uuid:viewing>/consent/<uuid:person>/<uuid:consent>")
@performs(Action.CONSENT_KEEP)
def begin_answer(viewing: UUID, person: UUID, consent: UUID) -> ResponseReturnValue:
    """Ask what a member of the family answered at last."""
    return _answer_page(viewing, person, consent, AnswerForm())


@blueprint.post("/families/<uuid:viewing>/consent/<uuid:person>/<uuid:consent>")
@performs(Action.CONSENT_KEEP)
def answer(viewing: UUID, person: UUID, consent: UUID) -> ResponseReturnValue:
    """Keep what a member of the family answered at last."""
    form = AnswerForm(request.form)
    reply = form.reply() if form.validate() else None
    if reply is None:
        return _answer_page(viewing, person, consent, form, 422)
    try:
        operations.answer(
            ledger(), current_access(), viewing=viewing, person=person, consent=consent, reply=reply
        )
    except ConsentFault:
        return redirect(f"/families/{viewing}/consent?said=answered", 303)
    return redirect(f"/families/{viewing}/consent?said=recorded", 303)


@blueprint.post("/families/<uuid:viewing>/consent/<uuid:person>/<uuid:consent>/withdraw")
@performs(Action.CONSENT_KEEP)
def withdraw(viewing: UUID, person: UUID, consent: UUID) -> ResponseReturnValue:
    """End a consent at once."""
    try:
        operations.withdraw(
            ledger(), current_access(), viewing=viewing, person=person, consent=consent
        )
    except ConsentFault:
        return redirect(f"/families/{viewing}/consent?said=not_live", 303)
    return redirect(f"/families/{viewing}/consent?said=withdrawn", 303)


def _choices(organisations: Mapping[UUID, str]) -> list[SelectChoice]:
    return [SelectChoice(value=str(each), label=name) for each, name in organisations.items()]


def _ask_page(
    viewing: UUID, person: UUID, found: FamilyConsents, form: AskForm, status: int = 200
) -> Response:
    page = AskPage(
        viewing=viewing,
        member=found.of(person),
        wording=found.wording,
        text=tuple(found.text.splitlines()),
        form=form,
    )
    return render(page, status)


def _answer_page(
    viewing: UUID, person: UUID, consent: UUID, form: AnswerForm, status: int = 200
) -> Response:
    found = operations.list_consents(ledger(), current_access(), viewing=viewing)
    member = found.of(person)
    if consent not in {each.consent for each in member.consents}:
        raise NotFound
    return render(AnswerPage(viewing=viewing, consent=consent, member=member, form=form), status)
