"""The pages on which the right person is found and chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from directory.domain.access import Access
from directory.domain.identifiers import holds_nhs_number
from directory.domain.looking import Answer
from directory.domain.vocabulary import Findability, Purpose, Relationship
from directory.operations import families as family_operations
from directory.operations import people as operations
from directory.operations.people import Chosen, Freshness, LookUp
from directory.operations.relationships import ReasonMissing
from directory.policy.disclosed import DisclosedHit, DisclosedPerson
from directory.policy.permissions import FINDABLE, Action, purposes_for
from directory.policy.shielding import ALWAYS_HEEDS_CONSENT
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render
from directory.web.phones import Phone, phone
from directory.web.search_forms import SearchForm, asked_terms, filled_form, is_in_doubt
from directory.web.wording import PURPOSE_NAMES

blueprint = capability("people")

_REASON_LENGTH = 200


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
        if holds_nhs_number(field.data or ""):
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
    by_consent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage(Page):
    """Who may be the one sought, or the same no-match page for every reason."""

    template: ClassVar[str] = "people/results.html"
    terms: tuple[str, ...]
    unread: tuple[str, ...]
    in_doubt: bool
    answer: Answer
    hits: tuple[DisclosedHit, ...]
    feeds: tuple[FeedLine, ...]
    ring: Phone | None
    advice: str
    base: str
    again: str
    findability: Findability
    own_only: bool
    by_consent: bool
    exact: bool


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


def search_page(form: SearchForm, access: Access) -> SearchPage:
    """Return the page of a search form."""
    by_consent = access.role in ALWAYS_HEEDS_CONSENT
    return SearchPage(form=form, findability=FINDABLE[access.role], by_consent=by_consent)


def results_page(found: LookUp, *, base: str, again: str) -> ResultsPage:
    """Return the page of a search's results."""
    settings = current_app.config["SETTINGS"]
    findability = FINDABLE[current_access().role]
    exact = findability is Findability.EXACT
    heeded = found.sought.heeded
    return ResultsPage(
        terms=asked_terms(heeded),
        unread=heeded.unread,
        in_doubt=is_in_doubt(found.sought),
        answer=found.answer,
        hits=found.hits,
        feeds=tuple(_feed_line(each) for each in found.feeds),
        ring=phone(settings.always_answered),
        advice=found.advice,
        base=base,
        again=again,
        findability=findability,
        own_only=findability is Findability.OWN or (exact and not found.sought.exact),
        by_consent=found.by_consent,
        exact=exact and bool(found.sought.exact),
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
            reason=(form.reason.data or "").strip(),
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
