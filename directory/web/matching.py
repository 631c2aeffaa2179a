"""The pages on which a steward decides whose a waiting line is."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue
from wtforms import Form, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from directory.domain.access import NotFound
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.matching import ActState, Changed, Choice, Part
from directory.operations import matching as operations
from directory.operations import matching_decisions as decisions
from directory.operations.matching import PAGE_LENGTH, Check, Queue
from directory.operations.matching_decisions import AlreadyAsked, Decision
from directory.policy.disclosed import DisclosedCandidate, DisclosedWaiting
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render
from directory.web.wording import day

blueprint = capability("matching")

_LETTERS = "ABCDE"
_KINDS = {
    "birth": ("birth", "age"),
    "address": ("address", "postcode", "street", "phone"),
    "nhs_number": ("nhs",),
    "pupil_number": ("identifier",),
}
_SOONEST_DAYS, _LATEST_DAYS = -60, 310
"""From when to when the birth of somebody entered today may be expected."""


class SeenForm(Form):
    """Says on what a steward decided."""

    seen = HiddenField(validators=[Length(max=120)])


class NewPersonForm(SeenForm):
    """Whether a new person is born yet."""

    born = RadioField(
        "Is this person born?",
        [InputRequired(message="Choose whether this person is born")],
        choices=choices({"yes": "Yes", "no": "Not yet"}),
        default="yes",
    )
    expected = StringField("Expected date of birth", [Length(max=20)])

    def validate_expected(self, field: StringField) -> None:
        """Refuse what is no day, or one far from now, for somebody who is not born yet."""
        if self.born.data != "no":
            return
        try:
            expected = parse_day(field.data or "")
        except MalformedDate as fault:
            raise ValidationError(f"Expected date of birth {fault}") from None
        ahead = (expected - current_access().today).days
        if not _SOONEST_DAYS <= ahead <= _LATEST_DAYS:
            raise ValidationError("Expected date of birth must be within the next ten months")

    def day(self) -> date | None:
        """Return the expected day of a birth that is still to come, in a valid form."""
        return parse_day(self.expected.data or "") if self.born.data == "no" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(Shown):
    """One list of the queue, and how many of its lines wait."""

    number: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView(Shown):
    """One kind of evidence: what the line says, what the directory says, and how they compare."""

    kind: str
    line: str
    person: str
    why: tuple[str, ...]
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView(Shown):
    """One person beside the line, under a letter."""

    letter: str
    person: DisclosedCandidate
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerView(Shown):
    """A marker that the line is not somebody's."""

    act: UUID
    person: DisclosedCandidate


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage(Page):
    """The lines that wait."""

    template: ClassVar[str] = "matching/queue.html"
    said: str
    lines: tuple[DisclosedWaiting, ...]
    lists: tuple[ListView, ...]
    waiting: int
    chosen: int | None
    page: int
    first: int
    has_more: bool
    decides_pairs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Page):
    """A waiting line beside the people it may be about."""

    template: ClassVar[str] = "matching/compare.html"
    line: DisclosedWaiting
    candidates: tuple[CandidateView, ...]
    markers: tuple[MarkerView, ...]
    has_asked: bool
    pairs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """What a choice would do; `changed` are the parts that changed since it was shown."""

    template: ClassVar[str] = "matching/check.html"
    line: DisclosedWaiting
    choice: Choice
    chosen: tuple[CandidateView, ...]
    two_needed: bool
    changed: tuple[Part, ...]
    form: SeenForm
    new: NewPersonForm | None


@blueprint.get("/matching")
@performs(Action.MATCHING_DECIDE)
def queue() -> ResponseReturnValue:
    """Show the lines that wait."""
    chosen = asked_number("list")
    page = asked_number("page") or 1
    found = operations.list_waiting(ledger(), current_access(), chosen=chosen, page=page)
    return render(_queue_page(found))


@blueprint.get("/matching/<uuid:waiting>")
@performs(Action.MATCHING_DECIDE)
def compare(waiting: UUID) -> ResponseReturnValue:
    """Show a line beside the people it may be about."""
    found = operations.compare(ledger(), current_access(), waiting=waiting)
    views = candidate_views(found.line, found.candidates)
    page = ComparePage(
        line=found.line,
        candidates=views,
        markers=tuple(MarkerView(act=act, person=person) for act, person in found.apart),
        has_asked=found.has_asked,
        pairs=tuple(
            (one.letter, other.letter, f"{one.person.person}/{other.person.person}")
            for place, one in enumerate(views)
            for other in views[place + 1 :]
        ),
    )
    return render(page)


@blueprint.post("/matching/<uuid:waiting>/later")
@performs(Action.MATCHING_DECIDE)
def later(waiting: UUID) -> ResponseReturnValue:
    """Leave a line for later."""
    decisions.leave_for_later(ledger(), current_access(), waiting=waiting)
    return told("later")


@blueprint.get("/matching/<uuid:waiting>/new-person")
@performs(Action.MATCHING_DECIDE)
def check_new(waiting: UUID) -> ResponseReturnValue:
    """Show what beginning a new person would do."""
    return _check(waiting, Choice.NEW_PERSON, None, new=NewPersonForm())


@blueprint.post("/matching/<uuid:waiting>/new-person")
@performs(Action.MATCHING_DECIDE)
def begin_new(waiting: UUID) -> ResponseReturnValue:
    """Begin a new person with the line."""
    form = NewPersonForm(request.form)
    if not form.validate():
        return _check(waiting, Choice.NEW_PERSON, None, new=form, status=422)
    decision = Decision(
        waiting=waiting,
        choice=Choice.NEW_PERSON,
        person=None,
        seen=form.seen.data or "",
        expected=form.day(),
    )
    return _decide(decision, new=form)


@blueprint.get("/matching/<uuid:waiting>/<choice>/<uuid:person>")
@performs(Action.MATCHING_DECIDE)
def check_person(waiting: UUID, choice: str, person: UUID) -> ResponseReturnValue:
    """Show what linking the line to the person would do, or never linking it."""
    return _check(waiting, _choice(choice), person)


@blueprint.post("/matching/<uuid:waiting>/<choice>/<uuid:person>")
@performs(Action.MATCHING_DECIDE)
def decide_person(waiting: UUID, choice: str, person: UUID) -> ResponseReturnValue:
    """Link the line to the person, or never."""
    form = SeenForm(request.form)
    if not form.validate():
        raise NotFound
    seen = form.seen.data or ""
    decision = Decision(waiting=waiting, choice=_choice(choice), person=person, seen=seen)
    return _decide(decision, new=None)


def candidate_views(
    line: DisclosedWaiting, people: tuple[DisclosedCandidate, ...]
) -> tuple[CandidateView, ...]:
    """Return each of `people` beside the line, under letters in their order."""
    return tuple(
        CandidateView(letter=letter, person=each, rows=_rows(line, each))
        for letter, each in zip(_LETTERS, people, strict=False)
    )


def told(said: str) -> Response:
    """Lead to the queue, which says what was done."""
    return Response(status=303, headers={"Location": f"/matching?said={said}"})


def _decide(decision: Decision, *, new: NewPersonForm | None) -> ResponseReturnValue:
    try:
        state = decisions.decide(ledger(), current_access(), decision=decision)
    except Changed as fault:
        return _check(
            decision.waiting,
            decision.choice,
            decision.person,
            new=new,
            changed=fault.parts,
            status=409,
        )
    except (AlreadyAsked, NotFound):
        return told("gone")
    return told("asked" if state is ActState.ASKED else decision.choice)


def _check(
    waiting: UUID,
    choice: Choice,
    person: UUID | None,
    *,
    new: NewPersonForm | None = None,
    changed: tuple[Part, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    found = operations.check(
        ledger(), current_access(), waiting=waiting, choice=choice, person=person
    )
    return render(_check_page(found, new, changed), status)


def _check_page(found: Check, new: NewPersonForm | None, changed: tuple[Part, ...]) -> CheckPage:
    form = new or SeenForm()
    form.seen.data = found.seen
    return CheckPage(
        line=found.line,
        choice=found.choice,
        chosen=candidate_views(found.line, (found.chosen,)) if found.chosen else (),
        two_needed=found.two_needed,
        changed=changed,
        form=form,
        new=new,
    )


def _queue_page(found: Queue) -> QueuePage:
    said = request.args.get("said", "")
    return QueuePage(
        said=said if said in _SAID else "",
        lines=found.lines,
        lists=tuple(ListView(number=number, lines=lines) for number, lines in found.counts),
        waiting=sum(lines for _, lines in found.counts),
        chosen=found.chosen,
        page=found.page,
        first=(found.page - 1) * PAGE_LENGTH,
        has_more=found.has_more,
        decides_pairs=found.decides_pairs,
    )


_SAID = {*Choice, "asked", "gone", "merged", "agreed", "declined", "taken_back"}


def _choice(word: str) -> Choice:
    try:
        choice = Choice(word.replace("-", "_"))
    except ValueError:
        raise NotFound from None
    if choice not in {Choice.THIS_PERSON, Choice.NOT_THIS_PERSON}:
        raise NotFound
    return choice


def _rows(line: DisclosedWaiting, person: DisclosedCandidate) -> tuple[RowView, ...]:
    expected = f"expected {day(person.expected)}" if person.expected else ""
    said = {
        "name": (line.names, person.names),
        "birth": ((day(line.birth),), (day(person.birth) or expected,)),
        "address": (line.addresses, person.addresses),
        "nhs_number": (line.nhs_numbers, person.nhs_numbers),
        "pupil_number": ((), ()),
    }
    rows = (
        RowView(
            kind=kind,
            line="; ".join(each for each in ours if each),
            person="; ".join(each for each in theirs if each),
            why=tuple(each for each in person.why if _kind(each) == kind),
            differs=tuple(each for each in person.differs if _kind(each) == kind),
        )
        for kind, (ours, theirs) in said.items()
    )
    return tuple(each for each in rows if each.kind != "pupil_number" or each.why or each.differs)


def _kind(reason: str) -> str:
    """Return of which kind of evidence a reason speaks."""
    first = reason.partition("_")[0]
    return next((kind for kind, words in _KINDS.items() if first in words), "name")
