"""The pages on which a service lead sends their service's list, reads its report and takes it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from flask import Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import FileField, Form, HiddenField, StringField
from wtforms.validators import ValidationError

from directory.domain.access import NotFound
from directory.domain.dates import MalformedDate, parse_day
from directory.domain.extracts import AsOfRefused, FeedUnknown
from directory.domain.sending import NotSoNow, Sent, SentBusy, SentState, SentWork
from directory.operations import refused_lines, sending
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.arriving import FILE_ROUTE, has_file, keep_file, sent_folder, takes_file
from directory.web.days import check_past, typed_day
from directory.web.pages import Page, Shown, render
from directory.web.sending_report import ReportView, report_view

blueprint = capability("sending")

_SAID = frozenset({"thrown_away", "not_so_now", "busy"})
_DIGITS = 6


class SendForm(Form):
    """A file, and the day it speaks of."""

    as_of = StringField("Which day does it speak of?")
    file = FileField("The file")

    def validate_as_of(self, field: StringField) -> None:
        """Refuse no day, and one to come."""
        if not (field.data or "").strip():
            raise ValidationError("Enter the day the list speaks of")
        check_past(field, current_access().today, "The day it speaks of")

    def validate_file(self, field: FileField) -> None:
        """Refuse no file."""
        if not has_file(field.name):
            raise ValidationError("Choose the file")


class NumberForm(Form):
    """The number of a file that is meant although it takes much away."""

    number = StringField("Its number")

    def given(self) -> int:
        """Return the number, 0 where none was typed."""
        text = (self.number.data or "").replace(" ", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) == _DIGITS else 0


class UndoForm(Form):
    """Of which day the extract is that is to be taken back, as it was seen."""

    seen = HiddenField()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentView(Shown):
    """One file that was sent lately; `is_stopped` where it waits and may not be taken plainly."""

    reference: UUID
    sent_at: datetime
    as_of: date
    work: SentWork
    state: SentState
    is_stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """What is seen of the service's own lists; `as_of` is None where nothing was taken."""

    template: ClassVar[str] = "sending/list.html"
    as_of: date | None
    taken_at: datetime | None
    lines: int
    refused: int
    unmatched: bool
    sent: tuple[SentView, ...]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPage(Page):
    """The form for a file."""

    template: ClassVar[str] = "sending/send.html"
    form: SendForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage(Page):
    """How far a file is; `percent` is None while it is not known."""

    template: ClassVar[str] = "sending/progress.html"
    sent: SentView
    percent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Page):
    """What came of a file."""

    template: ClassVar[str] = "sending/report.html"
    sent: SentView
    fault: str
    report: ReportView | None
    may_be_taken: bool
    may_be_meant: bool
    has_refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeantPage(Page):
    """The second choice for a file that takes much away."""

    template: ClassVar[str] = "sending/although.html"
    sent: SentView
    report: ReportView
    form: NumberForm


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPage(Page):
    """The extract that would be taken back."""

    template: ClassVar[str] = "sending/undo.html"
    as_of: date
    taken_at: datetime
    lines: int
    form: UndoForm


@blueprint.get("/extracts")
@performs(Action.EXTRACT_SEND)
def list_page() -> ResponseReturnValue:
    """Show the service's last list, and what was sent lately."""
    found = sending.list_sent(ledger(), current_access())
    said, taken = request.args.get("said", ""), found.taken
    page = ListPage(
        as_of=taken.as_of if taken else None,
        taken_at=taken.taken_at if taken else None,
        lines=taken.lines if taken else 0,
        refused=taken.refused if taken else 0,
        unmatched=found.unmatched,
        sent=tuple(map(_sent_view, found.sent)),
        said=said if said in _SAID else "",
    )
    return render(page)


@blueprint.get(FILE_ROUTE)
@performs(Action.EXTRACT_SEND)
def send_page() -> ResponseReturnValue:
    """Show the form for a file."""
    return render(SendPage(form=SendForm()))


@blueprint.post(FILE_ROUTE)
@performs(Action.EXTRACT_SEND)
@takes_file
def send() -> ResponseReturnValue:
    """Keep a file, to be checked at once beside the requests."""
    form = SendForm(request.form)
    if not form.validate():
        return render(SendPage(form=form), 422)
    as_of = typed_day(form.as_of)
    try:
        reference = sending.send(
            ledger(),
            current_access(),
            as_of=as_of or current_access().today,
            keep=keep_file,
            remove=sent_folder().remove,
        )
    except AsOfRefused as fault:
        form.as_of.errors = [f"{fault}".capitalize()]
        return render(SendPage(form=form), 422)
    except SentBusy:
        return redirect("/extracts?said=busy", 303)
    except FeedUnknown:
        raise NotFound from None
    current_app.config["WAKE"]()
    return redirect(f"/extracts/{reference}", 303)


@blueprint.get("/extracts/<uuid:sent>")
@performs(Action.EXTRACT_SEND)
def view(sent: UUID) -> ResponseReturnValue:
    """Show how far a file is, or what came of it."""
    access = current_access()
    going = ledger().how_far(access, sent, action=Action.EXTRACT_SEND)
    if going is not None:
        return render(ProgressPage(sent=_sent_view(going), percent=_percent(sent)))
    return _report_page(sending.view_sent(ledger(), access, reference=sent))


@blueprint.post("/extracts/<uuid:sent>/take")
@performs(Action.EXTRACT_SEND)
def take(sent: UUID) -> ResponseReturnValue:
    """Have a file taken that takes little away."""
    return _asked(sent, 0)


@blueprint.get("/extracts/<uuid:sent>/although")
@performs(Action.EXTRACT_SEND)
def although_page(sent: UUID) -> ResponseReturnValue:
    """Ask whether a file is meant although it takes much away."""
    return _meant_page(sent, NumberForm())


@blueprint.post("/extracts/<uuid:sent>/although")
@performs(Action.EXTRACT_SEND)
def although(sent: UUID) -> ResponseReturnValue:
    """Have a file taken although it takes much away, by its number."""
    form = NumberForm(request.form)
    found = sending.view_sent(ledger(), current_access(), reference=sent)
    if found.may_be_meant and found.report and form.given() != found.report.number:
        form.number.errors = ["Type the number as it stands above"]
        return _meant_page(sent, form, 422)
    return _asked(sent, form.given())


@blueprint.post("/extracts/<uuid:sent>/away")
@performs(Action.EXTRACT_SEND)
def throw_away(sent: UUID) -> ResponseReturnValue:
    """Let a file go that was checked."""
    try:
        sending.throw_away(ledger(), current_access(), reference=sent, remove=sent_folder().remove)
    except NotSoNow:
        return redirect("/extracts?said=not_so_now", 303)
    return redirect("/extracts?said=thrown_away", 303)


@blueprint.get("/extracts/<uuid:sent>/refused")
@performs(Action.EXTRACT_SEND)
def refused(sent: UUID) -> ResponseReturnValue:
    """Send back the refused lines, each with why."""
    text = refused_lines.read_refused(
        ledger(), current_access(), reference=sent, folder=sent_folder()
    )
    headers = {"Content-Disposition": 'attachment; filename="refused-lines.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


@blueprint.get("/extracts/undo")
@performs(Action.EXTRACT_SEND)
def undo_page() -> ResponseReturnValue:
    """Ask whether the last extract is to be taken back."""
    taken = sending.list_sent(ledger(), current_access()).taken
    if taken is None:
        raise NotFound
    page = UndoPage(
        as_of=taken.as_of,
        taken_at=taken.taken_at,
        lines=taken.lines,
        form=UndoForm(seen=taken.as_of.isoformat()),
    )
    return render(page)


@blueprint.post("/extracts/undo")
@performs(Action.EXTRACT_SEND)
def undo() -> ResponseReturnValue:
    """Have the last extract taken back, if it is the one that was seen."""
    try:
        seen = parse_day(UndoForm(request.form).seen.data or "")
        reference = sending.ask_undo(ledger(), current_access(), seen=seen)
    except (NotSoNow, MalformedDate):
        return redirect("/extracts?said=not_so_now", 303)
    except SentBusy:
        return redirect("/extracts?said=busy", 303)
    current_app.config["WAKE"]()
    return redirect(f"/extracts/{reference}", 303)


def _asked(sent: UUID, number: int) -> ResponseReturnValue:
    try:
        sending.ask_taken(ledger(), current_access(), reference=sent, number=number)
    except NotSoNow:
        return redirect("/extracts?said=not_so_now", 303)
    current_app.config["WAKE"]()
    return redirect(f"/extracts/{sent}", 303)


def _meant_page(sent: UUID, form: NumberForm, status: int = 200) -> Response:
    found = sending.view_sent(ledger(), current_access(), reference=sent)
    if not found.may_be_meant or found.report is None:
        raise NotFound
    page = MeantPage(sent=_sent_view(found), report=report_view(found.report), form=form)
    return render(page, status)


def _report_page(found: Sent) -> Response:
    report = found.report
    page = ReportPage(
        sent=_sent_view(found),
        fault=found.fault,
        report=report_view(report) if report else None,
        may_be_taken=found.may_be_taken,
        may_be_meant=found.may_be_meant,
        has_refused=found.keeps_file and any(each.line for each in report.refused)
        if report
        else False,
    )
    return render(page)


def _sent_view(found: Sent) -> SentView:
    return SentView(
        reference=found.reference,
        sent_at=found.sent_at,
        as_of=found.as_of,
        work=found.work,
        state=found.state,
        is_stopped=found.is_stopped,
    )


def _percent(sent: UUID) -> int | None:
    done, whole = sent_folder().told(sent)
    return min(100, 100 * done // whole) if whole > 1 else None
