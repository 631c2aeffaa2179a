"""Faults as pages: the same words whoever the person was, a support id, and nothing else."""

import logging
import secrets
import traceback
from dataclasses import dataclass
from typing import ClassVar

from flask import Flask, Response
from typing_extensions import override
from werkzeug.exceptions import HTTPException

from directory.domain.access import NotFound, Refused
from directory.ledger.door import AuditUnavailable
from directory.web.pages import Page, render
from directory.web.visit import current_visit

_log = logging.getLogger("directory")
_PAGES = frozenset({400, 403, 404, 405, 413, 429, 500, 503})


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """A page that says what to do next, and an id by which support can find the fault."""

    template: ClassVar[str] = "errors/500.html"
    status: int
    support_id: str

    @override
    def template_name(self) -> str:
        """Return the template of this page's status."""
        return f"errors/{self.status}.html"


def error_page(status: int) -> Response:
    """Return the page for `status`, or the one for an unexpected fault."""
    shown = status if status in _PAGES else 500
    return render(ErrorPage(status=shown, support_id=secrets.token_hex(6)), status)


def install(app: Flask) -> None:
    """Turn every expected fault of `app` into its page, and every other into one fixed page."""
    app.register_error_handler(HTTPException, _expected)
    app.register_error_handler(Refused, _not_found)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(AuditUnavailable, _unavailable)
    app.register_error_handler(Exception, _unexpected)


def _expected(error: HTTPException) -> Response:
    return error_page(error.code or 500)


def _not_found(_error: Refused | NotFound) -> Response:
    return error_page(404)


def _unavailable(_error: AuditUnavailable) -> Response:
    _forget_viewer()
    return error_page(503)


def _unexpected(error: Exception) -> Response:
    support_id = secrets.token_hex(6)
    place = traceback.extract_tb(error.__traceback__)[-1]
    _log.error("fault %s: %s at %s:%s", support_id, type(error).__name__, place.name, place.lineno)
    return render(ErrorPage(status=500, support_id=support_id), 500)


def _forget_viewer() -> None:
    """Leave out of the page everything that would need the database again."""
    current_visit().access = None
