"""The pages on which a user signs in and chooses what to act as."""

import ipaddress
import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from flask import Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import EmailField, Form, HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from directory.domain.access import Access
from directory.domain.accounts import Account, SecondFactor, Session
from directory.domain.vocabulary import Role
from directory.operations import sessions as session_operations
from directory.operations import sign_in as operations
from directory.operations.sign_in import Attempt, NotProven, TooManyAttempts
from directory.web.access import (
    capability,
    held_by,
    in_session,
    ledger,
    new_token,
    now,
    open_to_all,
    session_access,
    sign_in_session,
)
from directory.web.choices import choices
from directory.web.frame import frame_for
from directory.web.pages import Page, Shown, render
from directory.web.visit import current_visit
from directory.web.wording import ROLE_NAMES

blueprint = capability("sign_in")

NOT_PROVEN = "E-mail address, password or code is not right"
TOO_MANY = "Too many tries went wrong. Wait 15 minutes, then try again"
_LOCAL = re.compile(r"/(?![/\\])[A-Za-z0-9/_.~?=&%+-]*")
_NETWORK_BITS = 64  # one household or office has that much of IPv6 to itself
_LONGEST = 254


class SignInForm(Form):
    """Who signs in, and what proves it."""

    email = EmailField(
        "E-mail address",
        [
            InputRequired(message="Enter your e-mail address"),
            Length(max=_LONGEST, message="E-mail address is too long"),
        ],
    )
    password = PasswordField("Password", [InputRequired(message="Enter your password")])
    code = StringField("Code from your phone")
    next = HiddenField()


class RoleForm(Form):
    """What a user with several roles acts as."""

    role = RadioField(
        "What are you working as?", [InputRequired(message="Choose what you are working as")]
    )
    next = HiddenField()

    def offer(self, roles: frozenset[Role]) -> None:
        """Offer the roles the user holds, in the field's order."""
        self.role.choices = choices({role: ROLE_NAMES[role] for role in Role if role in roles})


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationAccount(Shown):
    """An account of the demonstration, as its sign-in page offers it."""

    email: str
    display_name: str
    roles: str
    password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(Page):
    """Asks for e-mail, password and code."""

    template: ClassVar[str] = "accounts/sign_in.html"
    form: SignInForm
    password_set: bool
    signed_out: bool
    demonstration: tuple[DemonstrationAccount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePage(Page):
    """Asks which role to act in."""

    template: ClassVar[str] = "accounts/role.html"
    form: RoleForm


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlacesPage(Page):
    """Says that the role has no pages yet."""

    template: ClassVar[str] = "accounts/no_places.html"


@blueprint.get("/")
@in_session
def home() -> ResponseReturnValue:
    """Lead to the first page of the role."""
    access = current_visit().access
    if access is None:
        return redirect("/role", 303)
    places = frame_for(access, current_app.config["SETTINGS"]).navigation
    first = next((place.href for place in places if place.href != "/session"), None)
    return redirect(first, 303) if first else render(NoPlacesPage())


@blueprint.get("/sign-in")
@open_to_all
def ask() -> ResponseReturnValue:
    """Show the sign-in form."""
    if current_visit().session is not None:
        return redirect(local(request.args.get("next")), 303)
    return _sign_in_page(SignInForm(next=local(request.args.get("next"))), 200)


@blueprint.post("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Sign in, or say the same whatever was wrong."""
    form = SignInForm(request.form)
    if current_visit().session is not None:
        return redirect(local(form.next.data), 303)
    if not form.validate():
        return _sign_in_page(form, 422)
    token = new_token()
    try:
        session, account = operations.sign_in(
            ledger(),
            Access(at=now(), role=Role.VISITOR),
            attempt=attempt(form.email.data or "", form.password.data or "", form.code.data or ""),
            passwords=current_app.config["PASSWORDS"],
            token=token,
        )
    except TooManyAttempts:
        form.email.errors = [TOO_MANY]
        return _sign_in_page(form, 429)
    except NotProven:
        form.email.errors = [NOT_PROVEN]
        return _sign_in_page(form, 422)
    return go_on(token, session, account, target=local(form.next.data))


@blueprint.get("/role")
@in_session
def ask_role() -> ResponseReturnValue:
    """Ask which of their roles the user acts in."""
    access, account = session_access(), _account()
    target = local(request.args.get("next"))
    if not session_operations.may_act(account, second_factor_rule()):
        return redirect(_with_target("/second-factor", target), 303)
    form = RoleForm(role=access.role, next=target)
    form.offer(account.roles)
    return render(RolePage(form=form))


@blueprint.post("/role")
@in_session
def choose_role() -> ResponseReturnValue:
    """Act in the role that was chosen."""
    account, form = _account(), RoleForm(request.form)
    form.offer(account.roles)
    if not form.validate():
        return render(RolePage(form=form), 422)
    act_as(session_access(), account, Role(form.role.data))
    return redirect(local(form.next.data), 303)


def go_on(token: str, session: Session, account: Account, *, target: str) -> ResponseReturnValue:
    """Give the browser its new session, and lead on to what it still lacks, or to `target`."""
    sign_in_session(token, session, account)
    if not session_operations.may_act(account, second_factor_rule()):
        return redirect(_with_target("/second-factor", target), 303)
    if session.acting_as is None and len(account.roles) > 1:
        return redirect(_with_target("/role", target), 303)
    if session.acting_as is None:
        (role,) = account.roles
        act_as(held_by(session, account, now()), account, role)
    return redirect(target, 303)


def act_as(access: Access, account: Account, role: Role) -> None:
    """Act in `role`, and give the browser the token that goes with it."""
    token = new_token()
    session = session_operations.choose_role(
        ledger(), access, role=role, token=token, rule=second_factor_rule()
    )
    sign_in_session(token, session, account)


def second_factor_rule() -> SecondFactor:
    """Return whether a second factor is required: everywhere but in the demonstration."""
    training = current_app.config["SETTINGS"].training
    return SecondFactor.OPTIONAL if training else SecondFactor.REQUIRED


def attempt(email: str, password: str, code: str = "") -> Attempt:
    """Return what was typed, with the network it came from."""
    return Attempt(email=email, password=password, code=code, address=_network())


def local(target: str | None) -> str:
    """Return `target` if it is a path of ours, else the home page."""
    return target if target and _LOCAL.fullmatch(target) else "/"


def _network() -> str:
    """Return the sender's address, or for IPv6 the network that is theirs alone."""
    try:
        sender = ipaddress.ip_address((request.remote_addr or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(sender, ipaddress.IPv4Address):
        return str(sender)
    mapped = sender.ipv4_mapped
    return str(mapped or ipaddress.ip_network(f"{sender}/{_NETWORK_BITS}", strict=False))


def _with_target(page: str, target: str) -> str:
    return page if target == "/" else f"{page}?{urlencode({'next': target})}"


def _account() -> Account:
    account = current_visit().account
    if account is None:
        raise LookupError("the guard lets nobody here without an account")
    return account


def _sign_in_page(form: SignInForm, status: int) -> Response:
    form.code.data = ""
    is_training = current_app.config["SETTINGS"].training
    page = SignInPage(
        form=form,
        password_set="password-set" in request.args,
        signed_out="signed-out" in request.args,
        demonstration=current_app.config["DEMO_ACCOUNTS"] if is_training else (),
    )
    return render(page, status)
