"""The page of calls: whom to ring."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue

from directory.domain.calls import CallKind
from directory.operations import calls as operations
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.pages import Page, Shown, render
from directory.web.phones import Phone, phone

blueprint = capability("calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView(Shown):
    """Whom to ring, and since when."""

    call: UUID
    kind: CallKind
    name: str
    email: str
    ring: Phone | None
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsPage(Page):
    """Whom the user is to ring."""

    template: ClassVar[str] = "calls/list.html"
    calls: tuple[CallView, ...]
    said: str


@blueprint.get("/calls")
@performs(Action.CALLS_ANSWER)
def show() -> ResponseReturnValue:
    """Show whom to ring."""
    found = operations.list_calls(ledger(), current_access())
    calls = tuple(
        CallView(
            call=each.call,
            kind=each.kind,
            name=each.name,
            email=each.email,
            ring=phone(each.phone),
            organisation=each.organisation,
            at=each.at,
        )
        for each in found
    )
    return render(CallsPage(calls=calls, said="rung" if request.args.get("said") else ""))


@blueprint.post("/calls/<uuid:call>")
@performs(Action.CALLS_ANSWER)
def answer(call: UUID) -> ResponseReturnValue:
    """Take that the user rang."""
    operations.answer(ledger(), current_access(), call=call)
    return redirect("/calls?said=rung", 303)
