"""The lock page: after an idle time only the password leads on, and nothing typed is lost."""

import json
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form, HiddenField, PasswordField
from wtforms.validators import InputRequired

from directory.domain.access import NotFound
from directory.domain.accounts import SessionState
from directory.operations.sign_in import NotProven, TooManyAttempts, unlock
from directory.policy.permissions import Action
from directory.web.access import (
    capability,
    in_session,
    ledger,
    new_token,
    open_to_all,
    session_access,
    sign_in_session,
)
from directory.web.pages import Page, Shown, render
from directory.web.sign_in import TOO_MANY, attempt, local
from directory.web.visit import current_visit

blueprint = capability("lock")

_KEPT = "typed while locked"
_NEVER_KEPT = frozenset({"csrf_token", "password", "code"})
_STAY = "/session/stay"


class UnlockForm(Form):
    """The password, and where its user was."""

    password = PasswordField("Password", [InputRequired(message="Enter your password")])
    back = HiddenField()
    kept = HiddenField()


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedPage(Page):
    """Asks for the password of whoever is signed in; it shows nothing else."""

    template: ClassVar[str] = "accounts/locked.html"
    form: UnlockForm
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField(Shown):
    """One thing that was typed."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage(Page):
    """Offers to send what was typed while the session was locked."""

    template: ClassVar[str] = "accounts/kept.html"
    action: str
    fields: tuple[KeptField, ...]


def lock_page() -> ResponseReturnValue:
    """Answer any request of a locked session, keeping what it sent."""
    form = UnlockForm(back=request.full_path.rstrip("?"), kept="")
    if request.method == "POST" and request.path != _STAY:
        form.kept.data = str(
            ledger().set_aside(session_access(), _written(), action=Action.SESSION_HOLD)
        )
    return _locked(form, 403)


@blueprint.post("/session/unlock")
@open_to_all
def open_again() -> ResponseReturnValue:
    """Open the session again, and lead back to where its user was."""
    visit, form = current_visit(), UnlockForm(request.form)
    if visit.session is None or visit.account is None:
        return redirect("/sign-in", 303)
    if visit.session.state(visit.at) is SessionState.OPEN:
        return redirect(_way_back(form), 303)
    if not form.validate():
        return _locked(form, 422)
    token = new_token()
    try:
        session = unlock(
            ledger(),
            session_access(),
            attempt=attempt(visit.account.email, form.password.data or ""),
            passwords=current_app.config["PASSWORDS"],
            token=token,
        )
    except TooManyAttempts:
        form.password.errors = [TOO_MANY]
        return _locked(form, 429)
    except NotProven:
        form.password.errors = ["Password is not right"]
        return _locked(form, 422)
    sign_in_session(token, session, visit.account)
    return redirect(_way_back(form), 303)


@blueprint.get("/session/kept/<uuid:reference>")
@in_session
def kept(reference: UUID) -> ResponseReturnValue:
    """Offer to send what was typed while the session was locked."""
    words = ledger().taken_up(session_access(), reference, action=Action.SESSION_HOLD)
    return render(_read(words or ""))


def _locked(form: UnlockForm, status: int) -> Response:
    account = current_visit().account
    return render(LockedPage(form=form, name=account.display_name if account else ""), status)


def _way_back(form: UnlockForm) -> str:
    try:
        return f"/session/kept/{UUID(form.kept.data or '')}"
    except ValueError:
        return local(form.back.data)


def _written() -> str:
    sent = [pair for pair in request.form.items(multi=True) if pair[0] not in _NEVER_KEPT]
    return json.dumps({"kind": _KEPT, "action": request.full_path.rstrip("?"), "fields": sent})


def _read(words: str) -> KeptPage:
    """Return the page of what was kept; searches are kept in the same place, and are not it."""
    try:
        found = json.loads(words)
    except ValueError:
        raise NotFound from None
    if not isinstance(found, dict) or found.get("kind") != _KEPT:
        raise NotFound
    fields = tuple(KeptField(name=name, value=value) for name, value in found["fields"])
    return KeptPage(action=local(found["action"]), fields=fields)
