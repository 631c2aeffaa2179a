"""The one screen on which a practitioner says which involvements they still lead."""

import re
from dataclasses import dataclass
from typing import ClassVar

from flask import redirect, request
from flask.typing import ResponseReturnValue

from directory.domain.confirmations import Word
from directory.operations import confirmations as operations
from directory.operations.confirmations import Answers
from directory.policy.confirmations import DisclosedOwnLead
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.asked import asked_number
from directory.web.pages import Page, Shown, render

blueprint = capability("confirmations")

_NAME = re.compile(r"line-(\d{1,18})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView(Shown):
    """One involvement to confirm, under the name its answer is sent by."""

    of: DisclosedOwnLead
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage(Page):
    """What a practitioner is asked to confirm."""

    template: ClassVar[str] = "confirmations/list.html"
    asked: tuple[AskedView, ...]
    done: int | None


@blueprint.get("/confirmations")
@performs(Action.CONTACT_CONFIRM)
def show() -> ResponseReturnValue:
    """Show what is to be confirmed."""
    found = operations.list_asked(ledger(), current_access())
    asked = tuple(AskedView(of=each, name=f"line-{each.line}-{each.revision}") for each in found)
    return render(AskedPage(asked=asked, done=asked_number("done", least=0)))


@blueprint.post("/confirmations")
@performs(Action.CONTACT_CONFIRM)
def answer() -> ResponseReturnValue:
    """Keep what was said."""
    answers = _answers()
    done = operations.answer(ledger(), current_access(), answers=answers) if answers else 0
    return redirect(f"/confirmations?done={done}", 303)


def _answers() -> Answers:
    """Return what was said of each line; what is no word, or of no line, is left out."""
    found: dict[int, tuple[int, Word]] = {}
    for name, value in request.form.items():
        line = _NAME.fullmatch(name)
        if line and value in set(Word):
            found[int(line[1])] = (int(line[2]), Word(value))
    return found
