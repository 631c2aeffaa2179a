"""The pages of wrong contacts: to report one, to answer for one's own service, to oversee."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, HiddenField, RadioField
from wtforms.validators import InputRequired

from directory.domain.access import NotFound
from directory.domain.corrections import Answer, Wrong
from directory.domain.vocabulary import Service
from directory.operations import corrections as operations
from directory.operations.corrections import Overdue, Own, Place, ToReport
from directory.policy.corrections import DisclosedCorrection
from directory.policy.disclosed import DisclosedContact, DisclosedPerson
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number, asked_reference
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render
from directory.web.wording import ROLE_NAMES, SERVICE_NAMES

blueprint = capability("corrections")

_WRONG: Mapping[Wrong, str] = {
    Wrong.NUMBER: "The number is wrong, or nobody answers it",
    Wrong.EMAIL: "The e-mail came back",
    Wrong.LEFT: "The practitioner has left",
    Wrong.OTHER_LEADS: "Another practitioner leads now",
    Wrong.NOT_INVOLVED: "This service is no longer involved",
}
_ANSWERS: Mapping[Answer, str] = {
    Answer.MENDED: "Mended",
    Answer.RIGHT: "It is right as it is",
    Answer.PASSED_ON: "Passed on to whoever can mend it",
}


class WrongForm(Form):
    """What is wrong with a contact."""

    wrong = RadioField(
        "What is wrong?", [InputRequired(message="Choose what is wrong")], choices=choices(_WRONG)
    )
    contact = HiddenField()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongPage(Page):
    """Asks what is wrong with one contact."""

    template: ClassVar[str] = "corrections/wrong.html"
    back: str
    title: str
    member: DisclosedPerson
    contact: DisclosedContact
    form: WrongForm


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView(Shown):
    """One report to answer, in words."""

    correction: DisclosedCorrection
    wrong: str
    reporter_role: str
    mend_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """What a service is to answer."""

    template: ClassVar[str] = "corrections/list.html"
    corrections: tuple[CorrectionView, ...]
    page: int
    has_more: bool
    has_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueView(Shown):
    """One report that nobody answered in time."""

    service: str
    wrong: str
    reported_at: datetime
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueCount(Shown):
    """How many reports one service has not answered in time."""

    service: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverduePage(Page):
    """What no service answered in time."""

    template: ClassVar[str] = "corrections/overdue.html"
    counts: tuple[OverdueCount, ...]
    reports: tuple[OverdueView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView(Shown):
    """One report of the user's own; `answer` is empty while it waits."""

    service: str
    wrong: str
    reported_at: datetime
    answer_by: date
    overdue: bool
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage(Page):
    """What the user reported."""

    template: ClassVar[str] = "corrections/mine.html"
    reports: tuple[OwnView, ...]


@blueprint.get("/families/<uuid:viewing>/<uuid:person>/<service>/wrong")
@performs(Action.CONTACT_REPORT)
def begin(viewing: UUID, person: UUID, service: str) -> ResponseReturnValue:
    """Ask what is wrong with a contact."""
    place = Place(
        viewing=viewing,
        person=person,
        service=_service(service),
        contact=asked_reference("contact"),
    )
    found = operations.begin(ledger(), current_access(), place=place)
    return _wrong_page(place, found, WrongForm(contact=str(found.contact.about)), 200)


@blueprint.post("/families/<uuid:viewing>/<uuid:person>/<service>/wrong")
@performs(Action.CONTACT_REPORT)
def report(viewing: UUID, person: UUID, service: str) -> ResponseReturnValue:
    """Report what is wrong with a contact."""
    form = WrongForm(request.form)
    place = Place(
        viewing=viewing,
        person=person,
        service=_service(service),
        contact=_reference(form.contact.data or ""),
    )
    if not form.validate():
        found = operations.begin(ledger(), current_access(), place=place)
        return _wrong_page(place, found, form, 422)
    operations.report(ledger(), current_access(), place=place, wrong=Wrong(form.wrong.data))
    return redirect(f"{_card(place)}?said=reported", 303)


@blueprint.get("/corrections")
@performs(Action.CORRECTIONS_ANSWER)
def show() -> ResponseReturnValue:
    """Show what the user's own service is to answer."""
    page = asked_number("page") or 1
    found = operations.list_waiting(ledger(), current_access(), page=page)
    return render(
        ListPage(
            corrections=tuple(map(_view, found.corrections)),
            page=page,
            has_more=found.more,
            has_answered=request.args.get("said") == "answered",
        )
    )


@blueprint.post("/corrections/<uuid:correction>")
@performs(Action.CORRECTIONS_ANSWER)
def answer(correction: UUID) -> ResponseReturnValue:
    """Take what the service answers."""
    said = request.form.get("answer", "")
    if said not in set(Answer):
        abort(400)
    operations.answer(ledger(), current_access(), correction=correction, answer=Answer(said))
    return redirect("/corrections?said=answered", 303)


@blueprint.get("/corrections/overdue")
@performs(Action.CORRECTIONS_OVERSEE)
def overdue() -> ResponseReturnValue:
    """Show what no service answered in time."""
    found = operations.list_overdue(ledger(), current_access())
    counts = Counter(each.service for each in found)
    return render(
        OverduePage(
            counts=tuple(
                OverdueCount(service=SERVICE_NAMES[service], reports=reports)
                for service, reports in counts.most_common()
            ),
            reports=tuple(map(_overdue_view, found)),
        )
    )


@blueprint.get("/corrections/mine")
@performs(Action.CONTACT_REPORT)
def mine() -> ResponseReturnValue:
    """Show what the user reported, and what was answered."""
    found = operations.list_mine(ledger(), current_access())
    return render(MinePage(reports=tuple(map(_own_view, found))))


def _service(name: str) -> Service:
    if name not in set(Service):
        raise NotFound
    return Service(name)


def _reference(text: str) -> UUID | None:
    """Return the contact that a form names, None for none; raises NotFound for nonsense."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


def _card(place: Place) -> str:
    return f"/families/{place.viewing}/{place.person}/{place.service}"


def _wrong_page(place: Place, found: ToReport, form: WrongForm, status: int) -> ResponseReturnValue:
    form.wrong.choices = choices({each: _WRONG[each] for each in found.offered})
    page = WrongPage(
        back=_card(place),
        title=found.title,
        member=found.member,
        contact=found.contact,
        form=form,
    )
    return render(page, status)


def _view(correction: DisclosedCorrection) -> CorrectionView:
    return CorrectionView(
        correction=correction,
        wrong=_WRONG[correction.wrong],
        reporter_role=ROLE_NAMES[correction.reporter_role],
        mend_href=_mend_href(correction),
    )


def _mend_href(correction: DisclosedCorrection) -> str:
    """Return where it is mended: one involvement, else a practitioner's, else the service's."""
    if correction.line is not None:
        return f"/upkeep/{correction.line}"
    if correction.practitioner_name:
        return f"/practitioners/{correction.practitioner}"
    if correction.practitioner is not None:  # no list of the service names them any more
        return f"/upkeep?lead={correction.practitioner}"
    return "/upkeep"


def _overdue_view(each: Overdue) -> OverdueView:
    return OverdueView(
        service=SERVICE_NAMES[each.service],
        wrong=_WRONG[each.wrong],
        reported_at=each.reported_at,
        days=each.days,
    )


def _own_view(each: Own) -> OwnView:
    return OwnView(
        service=SERVICE_NAMES[each.service],
        wrong=_WRONG[each.wrong],
        reported_at=each.reported_at,
        answer_by=each.answer_by,
        overdue=each.overdue,
        answer=_ANSWERS[each.answer] if each.answer else "",
        answered_at=each.answered_at,
    )
