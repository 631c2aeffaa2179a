"""The pages on which an administrator looks after accounts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import EmailField, Form, SelectField
from wtforms.validators import InputRequired

from directory.domain.access import NotFound
from directory.domain.accounts import Account, Renewal
from directory.domain.vocabulary import Role
from directory.operations import accounts as operations
from directory.operations.accounts import (
    PAGE,
    AccountsPage,
    NoRole,
    RolesConflict,
)
from directory.policy.permissions import Action
from directory.web.access import capability, current_access, ledger, performs
from directory.web.choices import choices, grouped_choices
from directory.web.fresh_factor import freshly_proven
from directory.web.new_accounts import CONFLICT, GRANTABLE_NAMES, grantable
from directory.web.pages import Page, Shown, render
from directory.web.sign_in import second_factor_rule
from directory.web.wording import ROLE_NAMES

blueprint = capability("accounts")

_LAST_PAGE = 10_000


class FindForm(Form):
    """The e-mail address of the account that is sought."""

    email = EmailField(
        "E-mail address", [InputRequired(message="Enter the e-mail address of the account")]
    )


class GrantForm(Form):
    """A role to be granted."""

    role = SelectField(
        "Add a role",
        [InputRequired(message="Choose the role to add")],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole(Shown):
    """A role an account holds."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine(Shown):
    """One account, as its administrator sees it."""

    reference: UUID
    name: str
    email: str
    organisation: str
    roles: tuple[HeldRole, ...]
    state: str
    disabled: bool
    waits: bool
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """Lists accounts by name."""

    template: ClassVar[str] = "accounts/list.html"
    form: FindForm
    accounts: tuple[AccountLine, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage(Page):
    """Shows one account, and what can be done with it."""

    template: ClassVar[str] = "accounts/account.html"
    form: GrantForm
    account: AccountLine


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLinkPage(Page):
    """Shows a one-time link, this once."""

    template: ClassVar[str] = "accounts/new_link.html"
    account: AccountLine
    address: str


@blueprint.get("/accounts")
@performs(Action.ACCOUNTS_MANAGE)
def show_all() -> ResponseReturnValue:
    """List the accounts."""
    return _list_page(FindForm(), 200)


@blueprint.post("/accounts/find")
@performs(Action.ACCOUNTS_MANAGE)
def find() -> ResponseReturnValue:
    """Lead to the account of an e-mail address."""
    form = FindForm(request.form)
    if not form.validate():
        return _list_page(form, 422)
    try:
        found = operations.find_account(ledger(), current_access(), email=form.email.data or "")
    except NotFound:
        form.email.errors = ["Nobody has this e-mail address"]
        return _list_page(form, 422)
    return redirect(f"/accounts/{found}", 303)


@blueprint.get("/accounts/<uuid:account>")
@performs(Action.ACCOUNTS_MANAGE)
def show(account: UUID) -> ResponseReturnValue:
    """Show one account."""
    return _account_page(GrantForm(), account, 200)


@blueprint.post("/accounts/<uuid:account>/roles")
@performs(Action.ACCOUNTS_MANAGE)
@freshly_proven
def grant(account: UUID) -> ResponseReturnValue:
    """Grant a role."""
    form = GrantForm(request.form)
    form.role.choices = choices(GRANTABLE_NAMES)
    if not form.validate():
        return _account_page(form, account, 422)
    try:
        operations.grant_role(
            ledger(),
            current_access(),
            account=account,
            role=Role(form.role.data),
            rule=second_factor_rule(),
        )
    except RolesConflict:
        form.role.errors = [CONFLICT]
        return _account_page(form, account, 422)
    return redirect(f"/accounts/{account}", 303)


@blueprint.post("/accounts/<uuid:account>/roles/<role>/remove")
@performs(Action.ACCOUNTS_MANAGE)
def remove(account: UUID, role: str) -> ResponseReturnValue:
    """Take a role away."""
    if role not in GRANTABLE_NAMES:
        raise NotFound
    try:
        operations.remove_role(ledger(), current_access(), account=account, role=Role(role))
    except NoRole:
        form = GrantForm()
        form.role.errors = ["Add another role first: an account needs at least one"]
        return _account_page(form, account, 422)
    return redirect(f"/accounts/{account}", 303)


@blueprint.post("/accounts/<uuid:account>/disable")
@performs(Action.ACCOUNTS_MANAGE)
def disable(account: UUID) -> ResponseReturnValue:
    """Let nobody sign in to the account."""
    operations.disable_account(ledger(), current_access(), account=account)
    return redirect(f"/accounts/{account}", 303)


@blueprint.post("/accounts/<uuid:account>/enable")
@performs(Action.ACCOUNTS_MANAGE)
def enable(account: UUID) -> ResponseReturnValue:
    """Let the account be signed in to again."""
    operations.enable_account(ledger(), current_access(), account=account)
    return redirect(f"/accounts/{account}", 303)


@blueprint.post("/accounts/<uuid:account>/link/<renewal>")
@performs(Action.ACCOUNTS_MANAGE)
def link(account: UUID, renewal: str) -> ResponseReturnValue:
    """Make a one-time link, and show it this once: it stands at no address that can be reopened."""
    if renewal not in set(Renewal):
        raise NotFound
    access = current_access()
    token = operations.make_link(ledger(), access, account=account, renewal=Renewal(renewal))
    found = operations.show_account(ledger(), access, account=account)
    address = f"{request.host_url}link/{token}"
    return render(NewLinkPage(account=_line(found, found.accounts[0]), address=address))


def _list_page(form: FindForm, status: int) -> Response:
    number = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    found = operations.list_accounts(ledger(), current_access(), page=number)
    page = ListPage(
        form=form,
        accounts=tuple(_line(found, each) for each in found.accounts),
        count=found.count,
        page=number,
        pages=max(-(-found.count // PAGE), 1),
    )
    return render(page, status)


def _account_page(form: GrantForm, account: UUID, status: int) -> Response:
    found = operations.show_account(ledger(), current_access(), account=account)
    shown = found.accounts[0]
    left = grantable([each for each in GRANTABLE_NAMES if each not in shown.roles])
    form.role.choices = choices({}, unchosen="Choose one") + grouped_choices(left)
    return render(AccountPage(form=form, account=_line(found, shown)), status)


def _line(found: AccountsPage, account: Account) -> AccountLine:
    return AccountLine(
        reference=account.reference,
        name=account.display_name,
        email=account.email,
        organisation=found.organisations.get(account.organisation, ""),
        roles=tuple(
            HeldRole(role=role, name=ROLE_NAMES[role]) for role in Role if role in account.roles
        ),
        state=_state(account),
        disabled=account.disabled,
        waits=not account.has_password and not account.disabled,
        is_mine=account.reference == current_access().account,
    )


def _state(account: Account) -> str:
    """Return what stands between the account's user and signing in, in words."""
    if account.disabled:
        return "Disabled"
    if not account.has_password:
        return "Waiting for its one-time link"
    return "In use" if account.has_second_factor else "No second factor yet"
