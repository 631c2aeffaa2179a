"""The pages on which the right person is found and chosen."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from typing_extensions import override
from wtforms import Form, RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from directory.domain.access import Access
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.identifiers import Malformed, NhsNumber, holds_nhs_number
from directory.domain.looking import Answer, Sought
from directory.domain.vocabulary import Findability, Purpose, Relationship
from directory.operations import families as family_operations
from directory.operations import people as operations
from directory.operations.people import Chosen, Freshness, LookUp
from directory.operations.relationships import ReasonMissing
from directory.policy.disclosed import DisclosedHit, DisclosedPerson
from directory.policy.permissions import FINDABLE, Action, purposes_for
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render
from directory.web.phones import Phone, phone
from directory.web.wording import PURPOSE_NAMES, day

blueprint = capability("people")

_LONGEST = 120
_MONTH = re.compile(r"(?:(0?[1-9]|1[0-2])[/.\- ])?((?:19|20)\d{2})")
_AGE = re.compile(r"(about|around|abt|c\.?)?\s*(\d{1,3})", re.IGNORECASE)
_POSTCODE = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]?(\s*\d[A-Za-z]{2})?")
_OLDEST = 120
_BORN_FAULT = (
    "Date of birth must be a real day such as 27/3/2015, a month such as 3/2015, or a year; "
    "write the year with four digits"
)
_REASON_LENGTH = 200


class SearchForm(Form):
    """What is known of the person sought; any part may be left out."""

    name = StringField(
        "Name", [Length(max=_LONGEST, message=f"Name must be {_LONGEST} characters or fewer")]
    )
    born = StringField("Date of birth", [Length(max=20)])
    age = StringField("Age", [Length(max=20)])
    postcode = StringField("Postcode", [Length(max=12, message="Postcode is too long")])
    nhs_number = StringField("NHS number", [Length(max=20, message="NHS number is too long")])

    @override
    def validate(self, extra_validators: Mapping[str, object] | None = None) -> bool:
        """Check each part, and that something is given at all."""
        if not super().validate():
            return False
        parts = [self.name, self.born, self.age, self.postcode, self.nhs_number]
        if not any((each.data or "").strip() for each in parts):
            self.name.errors = ["Enter a name, or an NHS number"]
        elif not _text(self.name) and not _text(self.nhs_number) and not _text(self.postcode):
            self.name.errors = ["Enter a name as well: a date or an age alone fits many people"]
        return not self.errors

    def validate_born(self, field: StringField) -> None:
        """Refuse what is neither a day, a month nor a year."""
        text = _text(field)
        if text and not _MONTH.fullmatch(text):
            try:
                parse_day(text)
            except MalformedDate:
                raise ValidationError(_BORN_FAULT) from None

    def validate_age(self, field: StringField) -> None:
        """Refuse what is not an age."""
        text = _text(field)
        match = _AGE.fullmatch(text)
        if text and (match is None or int(match[2]) > _OLDEST):
            raise ValidationError("Age must be a number of years, such as 9 or about 9")

    def validate_postcode(self, field: StringField) -> None:
        """Refuse what is neither a postcode nor its first part."""
        text = _text(field)
        if text and not _POSTCODE.fullmatch(text):
            raise ValidationError("Postcode must be whole, such as NX4 2AB, or its first part, NX4")

    def validate_nhs_number(self, field: StringField) -> None:
        """Refuse an NHS number that cannot be right, unless a name may correct it."""
        text = _text(field)
        if text and not (_text(self.name) or _text(self.born)):
            try:
                NhsNumber.parse(text)
            except Malformed as fault:
                raise ValidationError(f"NHS number {fault}") from None

    def lies_ahead(self, today: date) -> bool:
        """Return whether the date of birth, in a valid form, is later than `today`; say so."""
        sought = self.sought()
        part = date(sought.birth_year, sought.birth_month or 1, 1) if sought.birth_year else today
        if (sought.birth or part) <= today:
            return False
        self.born.errors = ["Date of birth must be in the past"]
        return True

    def sought(self) -> Sought:
        """Return what is sought, once the form is valid."""
        born = _text(self.born)
        part = _MONTH.fullmatch(born)
        age = _AGE.fullmatch(_text(self.age))
        return Sought(
            name=_text(self.name),
            birth=parse_day(born) if born and not part else None,
            birth_year=int(part[2]) if part else None,
            birth_month=int(part[1]) if part and part[1] else None,
            age=int(age[2]) if age else None,
            age_is_about=bool(age and age[1]),
            postcode="".join(_text(self.postcode).split()).upper(),
            nhs_number="".join(_text(self.nhs_number).split()),
        )


def _text(field: StringField) -> str:
    return (field.data or "").strip()


class PurposeForm(Form):
    """Why a user looks at a family, and on what ground."""

    purpose = RadioField(
        "Why are you looking at this family?",
        [InputRequired(message="Choose why you are looking at this family")],
    )
    reason = StringField(
        "Your reason",
        [
            Length(
                max=_REASON_LENGTH, message=f"Reason must be {_REASON_LENGTH} characters or fewer"
            )
        ],
    )

    def offer(self, purposes: tuple[Purpose, ...]) -> None:
        """Offer the purposes open to the user."""
        self.purpose.choices = choices({each: PURPOSE_NAMES[each] for each in purposes})

    def validate_reason(self, field: StringField) -> None:
        """Refuse a reason that carries an NHS number: reasons are read by others."""
        if holds_nhs_number(_text(field)):
            raise ValidationError("Take the NHS number out of your reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine(Shown):
    """How fresh one service's feed is."""

    title: str
    as_of: date | None
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """The search form."""

    template: ClassVar[str] = "people/search.html"
    form: SearchForm
    findability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage(Page):
    """Who may be the one sought, or the same no-match page for every reason."""

    template: ClassVar[str] = "people/results.html"
    terms: tuple[str, ...]
    answer: Answer
    hits: tuple[DisclosedHit, ...]
    feeds: tuple[FeedLine, ...]
    ring: Phone | None
    base: str
    again: str
    own_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPage(Page):
    """Asks why the user looks at the chosen person's family."""

    template: ClassVar[str] = "people/chosen.html"
    form: PurposeForm
    person: DisclosedPerson
    relationship: Relationship
    claim: Relationship | None
    may_look: bool
    back: str


@blueprint.get("/search")
@performs(Action.PEOPLE_FIND)
def search() -> ResponseReturnValue:
    """Show the search form."""
    return render(search_page(SearchForm(), current_access()))


@blueprint.post("/search")
@performs(Action.PEOPLE_FIND)
def ask() -> ResponseReturnValue:
    """Take what is sought, and lead to its results."""
    form, access = SearchForm(request.form), current_access()
    if not form.validate() or form.lies_ahead(access.today):
        return render(search_page(form, access), 422)
    reference = operations.ask(ledger(), access, sought=form.sought())
    return redirect(f"/search/{reference}", 303)


@blueprint.get("/search/<uuid:reference>")
@performs(Action.PEOPLE_FIND)
def results(reference: UUID) -> ResponseReturnValue:
    """Show who may be the one sought."""
    found = operations.look_up(ledger(), current_access(), reference=reference)
    base = f"/search/{reference}"
    return render(results_page(found, base=base, again=f"{base}/change"))


@blueprint.get("/search/<uuid:reference>/change")
@performs(Action.PEOPLE_FIND)
def change(reference: UUID) -> ResponseReturnValue:
    """Show the search form again with what was typed."""
    access = current_access()
    form = filled_form(operations.asked(ledger(), access, reference=reference))
    return render(search_page(form, access))


@blueprint.get("/search/<uuid:reference>/<uuid:person>")
@performs(Action.FAMILY_OPEN)
def choose(reference: UUID, person: UUID) -> ResponseReturnValue:
    """Ask why the user looks at the person they chose."""
    chosen = operations.choose(ledger(), current_access(), look_up=reference, person=person)
    return answer_choice(chosen, back=f"/search/{reference}")


@blueprint.post("/search/<uuid:reference>/<uuid:person>")
@performs(Action.FAMILY_OPEN)
def give_purpose(reference: UUID, person: UUID) -> ResponseReturnValue:
    """Take why the user looks, and lead to the family's board."""

    def again() -> Chosen:
        return operations.choose(ledger(), current_access(), look_up=reference, person=person)

    return take_purpose(again, person=person, look_up=reference, back=f"/search/{reference}")


def filled_form(sought: Sought) -> SearchForm:
    """Return the search form as it was typed."""
    month = f"{sought.birth_month}/" if sought.birth_month else ""
    part = f"{month}{sought.birth_year}" if sought.birth_year else ""
    about = "about " if sought.age_is_about else ""
    return SearchForm(
        data={
            "name": sought.name,
            "born": f"{sought.birth:%d/%m/%Y}" if sought.birth else part,
            "age": f"{about}{sought.age}" if sought.age is not None else "",
            "postcode": sought.postcode,
            "nhs_number": sought.nhs_number,
        }
    )


def search_page(form: SearchForm, access: Access) -> SearchPage:
    """Return the page of a search form."""
    return SearchPage(form=form, findability=FINDABLE[access.role])


def results_page(found: LookUp, *, base: str, again: str) -> ResultsPage:
    """Return the page of a search's results."""
    settings = current_app.config["SETTINGS"]
    exact = FINDABLE[current_access().role] is Findability.EXACT
    return ResultsPage(
        terms=_terms(found.sought),
        answer=found.answer,
        hits=found.hits,
        feeds=tuple(_feed_line(each) for each in found.feeds),
        ring=phone(settings.always_answered),
        base=base,
        again=again,
        own_only=exact and not found.sought.is_exact,
    )


def answer_choice(chosen: Chosen, *, back: str) -> ResponseReturnValue:
    """Lead to the board where the purpose is known already, else ask for it."""
    if chosen.viewing is not None and chosen.relationship is not Relationship.NONE:
        return redirect(f"/families/{chosen.viewing}", 303)
    return _chosen_page(PurposeForm(), chosen, back=back)


def take_purpose(
    again: Callable[[], Chosen], *, person: UUID, look_up: UUID | None, back: str
) -> ResponseReturnValue:
    """Take the purpose form, and lead to the board, or `again` to the question with its fault."""
    access, form = current_access(), PurposeForm(request.form)
    form.offer(purposes_for(access.role))
    if not form.validate():
        return _chosen_page(form, again(), back=back, status=422)
    try:
        viewing = family_operations.give_purpose(
            ledger(),
            access,
            person=person,
            look_up=look_up,
            purpose=Purpose(form.purpose.data),
            reason=_text(form.reason),
        )
    except ReasonMissing:
        form.reason.errors = ["Enter your reason, such as the referral or enquiry reference"]
        return _chosen_page(form, again(), back=back, status=422)
    return redirect(f"/families/{viewing}", 303)


def _chosen_page(form: PurposeForm, chosen: Chosen, *, back: str, status: int = 200) -> Response:
    form.offer(chosen.purposes)
    page = ChosenPage(
        form=form,
        person=chosen.person,
        relationship=chosen.relationship,
        claim=chosen.claim,
        may_look=chosen.relationship is not Relationship.NONE or chosen.claim is not None,
        back=back,
    )
    return render(page, status)


def _feed_line(each: Freshness) -> FeedLine:
    return FeedLine(title=each.title, as_of=each.as_of, failed=each.failed)


def _doubt(sought: Sought) -> str:
    try:
        NhsNumber.parse(sought.nhs_number)
    except Malformed:
        return " (which cannot be right: check each digit)"
    return ""


def _terms(sought: Sought) -> tuple[str, ...]:
    """Return what was searched for, in words."""
    if sought.birth:
        born = f"born {day(sought.birth)}"
    elif sought.birth_year:
        month = f"{sought.birth_month}/" if sought.birth_month else ""
        born = f"born {month}{sought.birth_year}"
    else:
        born = ""
    about = "about " if sought.age_is_about else ""
    age = f"aged {about}{sought.age}" if sought.age is not None else ""
    number = f"NHS number {sought.nhs_number}{_doubt(sought)}" if sought.nhs_number else ""
    parts = (sought.name and f"“{sought.name}”", born, age, sought.postcode, number)
    return tuple(part for part in parts if part)
