"""One's own sign-ins: seen, kept open, ended."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from directory.domain.access import Refused
from directory.operations import sessions as operations
from directory.policy.permissions import Action, allows
from directory.web.access import (
    capability,
    current_access,
    ledger,
    open_to_all,
    performs,
    session_access,
    sign_out_session,
)
from directory.web.pages import Page, Shown, render
from directory.web.visit import current_visit

blueprint = capability("sessions")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Shown):
    """One of the user's sessions."""

    started: datetime
    seen: datetime
    is_this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsPage(Page):
    """Lists the user's sessions, and offers to end them all."""

    template: ClassVar[str] = "accounts/sessions.html"
    sign_ins: tuple[SignIn, ...]
    has_other_roles: bool
    has_second_factor: bool
    may_declare: bool


@blueprint.get("/session")
@performs(Action.SESSION_OWN)
def mine() -> ResponseReturnValue:
    """List the user's sessions."""
    access, account = current_access(), current_visit().account
    found = operations.my_sessions(ledger(), access)
    page = SessionsPage(
        sign_ins=tuple(
            SignIn(started=each.started, seen=each.seen, is_this=each.token_hash == access.session)
            for each in found
        ),
        has_other_roles=account is not None and len(account.roles) > 1,
        has_second_factor=account is not None and account.has_second_factor,
        may_declare=allows(access.role, Action.INTERESTS_DECLARE),
    )
    return render(page)


@blueprint.post("/session/stay")
@performs(Action.SESSION_OWN)
def stay() -> ResponseReturnValue:
    """Say that the session is open still; recognising it has noted that it was seen."""
    return Response(status=204)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    """End this session, open or locked."""
    if current_visit().session is not None:
        with suppress(Refused):  # it was ended elsewhere a moment ago
            operations.sign_out(ledger(), session_access())
    return _signed_out()


@blueprint.post("/session/end")
@performs(Action.SESSION_OWN)
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of the user."""
    operations.sign_out_everywhere(ledger(), current_access())
    return _signed_out()


def _signed_out() -> ResponseReturnValue:
    sign_out_session()
    response = redirect("/sign-in?signed-out", 303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
