"""The two cookies: a signed-in session's opaque token, and a visitor's mark for their forms."""

import hmac
import secrets
from hashlib import sha256

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SessionInterface, SessionMixin
from typing_extensions import override

from directory.web.visit import current_visit

SESSION_KEY = "_user_id"  # the name under which Flask-Login keeps what get_id() returns
_VISITOR_BYTES = 18


class TokenSession(dict[str, object], SessionMixin):
    """What Flask calls the session: nothing but the token that the session table knows."""

    modified = True


class TokenSessionInterface(SessionInterface):
    """Keeps only the opaque token in the cookie; the rest is in its table."""

    @override
    def open_session(self, app: Flask, request: Request) -> TokenSession:
        """Return the session the request's cookie names; nothing is trusted yet."""
        token = request.cookies.get(session_cookie(app), "")
        return TokenSession({SESSION_KEY: token} if token else {})

    @override
    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie to the session's token, or clear it."""
        name = session_cookie(app)
        token = session.get(SESSION_KEY)
        sent = request.cookies.get(name)
        if isinstance(token, str) and token and token != sent:
            _set(app, response, name, token)
        elif not token and sent:
            response.delete_cookie(
                name, path="/", secure=is_secure(app), httponly=True, samesite="Lax"
            )
        _keep_visitor(app, response)


def is_secure(app: Flask) -> bool:
    """Return whether users reach the application over HTTPS."""
    return bool(app.config["SETTINGS"].behind_https)


def session_cookie(app: Flask) -> str:
    """Return the session cookie's name; __Host- needs HTTPS, which a loopback demo lacks."""
    return "__Host-directory" if is_secure(app) else "directory"


def _visitor_cookie(app: Flask) -> str:
    return "__Host-directory-visitor" if is_secure(app) else "directory-visitor"


def _visitor() -> str:
    """Return this browser's mark, made on the first form it is shown."""
    visit = current_visit()
    sent = request.cookies.get(_visitor_cookie(current_app), "")
    visit.mark = visit.mark or sent or secrets.token_urlsafe(_VISITOR_BYTES)
    return visit.mark


def _keep_visitor(app: Flask, response: Response) -> None:
    mark = current_visit().mark
    if mark and mark != request.cookies.get(_visitor_cookie(app)):
        _set(app, response, _visitor_cookie(app), mark)


def _set(app: Flask, response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, path="/", secure=is_secure(app), httponly=True, samesite="Lax")


def csrf_token() -> str:
    """Return the token every form of this session, or of this visitor, must carry."""
    token = request.cookies.get(session_cookie(current_app), "")
    whose = f"session {token}" if current_visit().session else f"visitor {_visitor()}"
    key = current_app.config["CSRF_KEY"]
    return hmac.new(key, whose.encode(), sha256).hexdigest()


def csrf_holds() -> bool:
    """Return whether the form that was sent came from one of our own pages."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    # A browser that was told to send no referrer says "null" even for our own forms.
    origin = request.headers.get("Origin", "null")
    if origin != "null" and origin.partition("://")[2] != request.host:
        return False
    sent = request.form.get("csrf_token", "")
    return hmac.compare_digest(sent.encode(), csrf_token().encode())
