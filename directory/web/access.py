"""From a request to an Access: who is signed in, what a route performs, and refusal by default."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from flask import Blueprint, Flask, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user

from directory.domain.access import Access
from directory.domain.accounts import Account, Session, SessionState
from directory.domain.vocabulary import Role
from directory.ledger.door import Ledger
from directory.policy.permissions import Action, allows
from directory.web.arriving import let_file_in
from directory.web.cookies import csrf_holds
from directory.web.visit import current_visit

P = ParamSpec("P")
R = TypeVar("R")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_TOKEN_BYTES = 32
ACTION_MARK = "directory_action"
OPEN = "open to all"
IN_SESSION = "open to anybody signed in, in a role or not yet in one"


class UnlistedRoute(Exception):
    """A route neither performs a named action nor is open to all; the build fails."""


class SignedIn:
    """Who Flask-Login says is signed in; its id is the session's token."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, session: Session, account: Account) -> None:
        """Stand for `account` in `session`, opened by `token`."""
        self.token = token
        self.session = session
        self.account = account

    def get_id(self) -> str:
        """Return the token that the session table knows the hash of."""
        return self.token


def performs(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view as performing `action`; whoever may not is refused before it runs."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, ACTION_MARK, action)
        return view

    return mark


def open_to_all(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as open to anybody, signed in or not."""
    setattr(view, ACTION_MARK, OPEN)
    return view


def in_session(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as open to anybody signed in, even before they act in a role."""
    setattr(view, ACTION_MARK, IN_SESSION)
    return view


def now() -> datetime:
    """Return the moment of this request: one for all it does."""
    return current_visit().at


def system_clock() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def ledger() -> Ledger:
    """Return the door to what is kept."""
    return cast("Ledger", current_app.config["LEDGER"])


def current_access() -> Access:
    """Return who acts in this request; the guard has made sure somebody does."""
    access = current_access_or_none()
    if access is None:
        abort(403)
    return access


def current_access_or_none() -> Access | None:
    """Return who acts in this request, None for a visitor or one with no role chosen yet."""
    return current_visit().access


def session_access() -> Access:
    """Return who holds this request's session, locked or not, as a visitor until a role is chosen.

    It serves to go on with the session, or to end it; it may do no action.
    """
    visit = current_visit()
    if visit.session is None or visit.account is None:
        abort(403)
    return held_by(visit.session, visit.account, visit.at)


def access_of(session: Session, account: Account, at: datetime) -> Access | None:
    """Return the access of an open session, None until a role is chosen."""
    role = session.acting_as
    if role is None or role not in account.roles:
        return None
    return held_by(session, account, at)


def held_by(session: Session, account: Account, at: datetime) -> Access:
    """Return the access of whoever holds `session`, as a visitor until a role is chosen."""
    return Access(
        at=at,
        role=session.acting_as or Role.VISITOR,
        account=account.reference,
        name=account.display_name,
        organisation=account.organisation,
        practitioner=account.practitioner,
        team=account.team,
        service=account.service,
        session=session.token_hash,
        version=session.version,
    )


def _load(token: str) -> SignedIn | None:
    found = ledger().recognise(token, now()) if token else None
    if found is None:
        return None
    session, account = found
    valid = not account.disabled and account.version == session.version
    over = session.state(now()) is SessionState.OVER
    return SignedIn(token, session, account) if valid and not over else None


def install(app: Flask) -> None:
    """Make every request of `app` pass the guard."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(_load)
    app.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    mark = getattr(view, ACTION_MARK, None)
    if request.endpoint == "static":
        return None
    visit = current_visit()
    user = current_user if current_user.is_authenticated else None
    if user is not None:
        visit.session, visit.account = user.session, user.account
        if user.session.state(visit.at) is SessionState.OPEN:
            visit.access = access_of(user.session, user.account, visit.at)
    is_open = view is None or mark == OPEN
    if visit.session is None and not is_open:
        return redirect(f"/sign-in{way_back()}", 303)
    if visit.access is not None and isinstance(mark, Action) and allows(visit.access.role, mark):
        let_file_in(view)
    if any("\0" in value for value in request.form.values()):
        abort(400)
    if request.method not in _SAFE_METHODS and not csrf_holds():
        abort(400)
    return None if is_open else _admit(mark)


def _admit(mark: object) -> ResponseReturnValue | None:
    """Let the request on if whoever is signed in may; send others where they can mend it."""
    visit = current_visit()
    if visit.session is not None and visit.session.state(visit.at) is SessionState.LOCKED:
        return cast("ResponseReturnValue", current_app.config["LOCK_PAGE"]())
    if mark == IN_SESSION:
        return None
    access = visit.access
    if access is None:
        return redirect(f"/role{way_back()}", 303)
    if not isinstance(mark, Action) or not allows(access.role, mark):
        abort(403)
    return None


def way_back() -> str:
    """Return the query by which a page that was asked for is reached after signing in.

    Addresses hold random references alone, so it tells nothing about anybody.
    """
    asked = request.full_path.rstrip("?")
    return "" if request.method != "GET" or asked == "/" else f"?{urlencode({'next': asked})}"


def check_routes(app: Flask) -> None:
    """Raise UnlistedRoute if a route of `app` carries no mark: refused by default."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint != "static" and not hasattr(view, ACTION_MARK):
            raise UnlistedRoute(f"{rule.rule} ({rule.endpoint})")


def new_token() -> str:
    """Return a fresh unguessable token for a session."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def session_token() -> str:
    """Return the token of this request's session."""
    return str(current_user.get_id())


def sign_in_session(token: str, session: Session, account: Account) -> None:
    """Give the browser the new session's token."""
    login_user(SignedIn(token, session, account))


def sign_out_session() -> None:
    """Take the session's token from the browser."""
    logout_user()


def capability(name: str) -> Blueprint:
    """Return the blueprint of one capability."""
    return Blueprint(name, f"directory.web.{name}")
