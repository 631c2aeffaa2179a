"""The page on which a user declares whom they must not look up."""

from dataclasses import dataclass
from typing import ClassVar

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from directory.domain.dates import MalformedDate, parse_day
from directory.domain.restrictions import InterestKind
from directory.operations import interests as operations
from directory.operations.interests import Interest
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices
from directory.web.pages import Page, Shown, render

blueprint = capability("interests")

_LONGEST = 120
_KINDS = {
    InterestKind.SELF: "Myself",
    InterestKind.RELATIVE: "A relative, or a former partner",
    InterestKind.HOUSEHOLD: "Somebody who lives with me",
    InterestKind.COLLEAGUE: "A colleague, or a close friend",
}


class InterestForm(Form):
    """Whom the user must not look up."""

    kind = RadioField(
        "Who are they to you?",
        [InputRequired(message="Choose who they are to you")],
        choices=choices(_KINDS),
    )
    forenames = StringField(
        "First name",
        [
            InputRequired(message="Enter their first name"),
            Length(max=_LONGEST, message=f"First name must be {_LONGEST} characters or fewer"),
        ],
    )
    surname = StringField(
        "Surname",
        [
            InputRequired(message="Enter their surname"),
            Length(max=_LONGEST, message=f"Surname must be {_LONGEST} characters or fewer"),
        ],
    )
    born = StringField(
        "Date of birth",
        [InputRequired(message="Enter their date of birth"), Length(max=20)],
        description="For example, 27/3/1988.",
    )

    def validate_born(self, field: StringField) -> None:
        """Refuse what is no day, or one that is still to come."""
        try:
            day = parse_day(field.data or "")
        except MalformedDate as fault:
            raise ValidationError(f"Date of birth {fault}") from None
        if day > current_access().today:
            raise ValidationError("Date of birth must be in the past")

    def interest(self) -> Interest:
        """Return what was declared, in a valid form."""
        return Interest(
            kind=InterestKind(self.kind.data),
            forenames=(self.forenames.data or "").strip(),
            surname=(self.surname.data or "").strip(),
            birth=parse_day(self.born.data or ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Shown):
    """How many of one kind the user declared."""

    kind: InterestKind
    many: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestsPage(Page):
    """How many the user declared, and the form that declares another; never whom."""

    template: ClassVar[str] = "restrictions/interests.html"
    declared: tuple[Declared, ...]
    said: str
    form: InterestForm


@blueprint.get("/interests")
@performs(Action.INTERESTS_DECLARE)
def show() -> ResponseReturnValue:
    """Show how many the user declared."""
    return _page(InterestForm(), said="declared" if request.args.get("said") else "")


@blueprint.post("/interests")
@performs(Action.INTERESTS_DECLARE)
def declare() -> ResponseReturnValue:
    """Let the user find somebody no longer; whether there is anybody is never said."""
    form = InterestForm(request.form)
    if not form.validate():
        return _page(form, status=422)
    operations.declare(ledger(), current_access(), interest=form.interest())
    return redirect("/interests?said=declared", 303)


def _page(form: InterestForm, *, said: str = "", status: int = 200) -> Response:
    counts = operations.list_declared(ledger(), current_access())
    declared = tuple(
        Declared(kind=kind, many=counts[kind]) for kind in InterestKind if kind in counts
    )
    return render(InterestsPage(declared=declared, said=said, form=form), status)
