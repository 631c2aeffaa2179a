"""Ask a user for their second factor again before what needs it fresh, and keep what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ClassVar, ParamSpec

from flask import Response, request
from flask.typing import ResponseReturnValue
from wtforms import Form, StringField
from wtforms.validators import InputRequired

from directory.domain.accounts import Account
from directory.operations.sessions import FactorStale
from directory.operations.sign_in import NotProven, TooManyAttempts, prove_again
from directory.web.access import (
    access_of,
    current_access,
    ledger,
    new_token,
    sign_in_session,
)
from directory.web.lock import KeptField
from directory.web.pages import Page, render
from directory.web.sign_in import TOO_MANY, attempt
from directory.web.visit import current_visit

P = ParamSpec("P")
_NOT_RIGHT = "Code is not right. Wait for the next one: each code works once"
_NEVER_KEPT = frozenset({"csrf_token", "code"})


class CodeForm(Form):
    """The second factor."""

    code = StringField(
        "Code from your phone", [InputRequired(message="Enter the six digits your phone shows")]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(Page):
    """Asks for the second factor, and holds what was typed before."""

    template: ClassVar[str] = "accounts/confirm.html"
    form: CodeForm
    action: str
    fields: tuple[KeptField, ...]


def freshly_proven(
    view: Callable[P, ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Let `view` ask for the second factor where its operation finds it stale."""

    @wraps(view)
    def asked(*given: P.args, **named: P.kwargs) -> ResponseReturnValue:
        account = current_visit().account
        refused = _taken(account) if account and "code" in request.form else None
        if refused is not None:
            return refused
        try:
            return view(*given, **named)
        except FactorStale:
            return _page(CodeForm(), 403)

    return asked


def _taken(account: Account) -> Response | None:
    """Take the code that was sent; return the page that asks again where it is not right."""
    form, visit, token = CodeForm(request.form), current_visit(), new_token()
    if not form.validate():
        return _page(form, 422)
    given = attempt(account.email, "", form.code.data or "")
    try:
        session = prove_again(ledger(), current_access(), attempt=given, token=token)
    except TooManyAttempts:
        form.code.errors = [TOO_MANY]
        return _page(form, 429)
    except NotProven:
        form.code.errors = [_NOT_RIGHT]
        return _page(form, 422)
    sign_in_session(token, session, account)
    visit.session, visit.access = session, access_of(session, account, visit.at)
    return None


def _page(form: CodeForm, status: int) -> Response:
    form.code.data = ""
    fields = tuple(
        KeptField(name=name, value=value)
        for name, value in request.form.items(multi=True)
        if name not in _NEVER_KEPT
    )
    return render(ConfirmPage(form=form, action=request.path, fields=fields), status)
