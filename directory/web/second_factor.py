"""The page on which a user sets up their second factor."""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import ClassVar

import segno
from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from wtforms import Form, HiddenField, StringField
from wtforms.validators import InputRequired

from directory.domain.access import NotFound
from directory.domain.accounts import Account
from directory.operations.second_factor import enrolment_address
from directory.operations.sessions import CodeWrong, set_second_factor
from directory.web.access import (
    capability,
    in_session,
    ledger,
    new_token,
    session_access,
    session_token,
)
from directory.web.pages import Page, render
from directory.web.sign_in import go_on, local
from directory.web.visit import current_visit

blueprint = capability("second_factor")

_KEY_BYTES = 20  # 160 bits, as RFC 4226 recommends
_GROUP = 4


class SecondFactorForm(Form):
    """The first code, which proves that the key arrived."""

    code = StringField(
        "Code from your phone", [InputRequired(message="Enter the six digits your phone shows")]
    )
    next = HiddenField()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorPage(Page):
    """Shows the key, and asks for the first code."""

    template: ClassVar[str] = "accounts/second_factor.html"
    form: SecondFactorForm
    key: str
    email: str


@blueprint.get("/second-factor")
@in_session
def show() -> ResponseReturnValue:
    """Show the key of a second factor that is still to be set up."""
    account = _without_factor()
    form = SecondFactorForm(next=local(request.args.get("next")))
    return _page(form, account, 200)


@blueprint.get("/second-factor/code.svg")
@in_session
def picture() -> ResponseReturnValue:
    """Return the key as a QR code."""
    account = _without_factor()
    settings = current_app.config["SETTINGS"]
    address = enrolment_address(
        _key(), account=account.email, issuer=settings.product_name.replace(":", " ")
    )
    drawn = BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=5, dark="#000", light="#fff", xmldecl=False
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/second-factor")
@in_session
def take() -> ResponseReturnValue:
    """Keep the second factor once its first code is right."""
    account, form = _without_factor(), SecondFactorForm(request.form)
    if not form.validate():
        return _page(form, account, 422)
    token = new_token()
    try:
        session, account = set_second_factor(
            ledger(), session_access(), key=_key(), code=form.code.data or "", token=token
        )
    except CodeWrong:
        form.code.errors = ["Code is not right. Wait for the next one, and check the phone’s clock"]
        return _page(form, account, 422)
    return go_on(token, session, account, target=local(form.next.data))


def _page(form: SecondFactorForm, account: Account, status: int) -> Response:
    key = _key()
    grouped = " ".join(key[start : start + _GROUP] for start in range(0, len(key), _GROUP))
    form.code.data = ""
    return render(SecondFactorPage(form=form, key=grouped, email=account.email), status)


def _without_factor() -> Account:
    """Return whose second factor is to be set up; one that is set is never shown or replaced."""
    account = current_visit().account
    if account is None or account.has_second_factor:
        raise NotFound
    return account


def _key() -> str:
    """Return the key this session offers: the same on every page of it, unknown outside it."""
    secret = current_app.config["CSRF_KEY"]
    made = hmac.digest(secret, f"second factor {session_token()}".encode(), sha256)
    return b32encode(made[:_KEY_BYTES]).decode()
