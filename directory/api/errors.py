"""Faults as problems (RFC 9457): a kind, a title, a support id, and nothing that was sent."""

import json
import logging
import secrets
import traceback
from collections.abc import Mapping, Sequence

from flask import Flask, Response
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException

from directory.domain.access import NotFound, Refused
from directory.domain.sent_lines import NotSentSo, SentOtherwise
from directory.ledger.door import AuditUnavailable
from directory.policy.gates import GatesClosed, OrganisationSuspended

_log = logging.getLogger("directory")
MEDIA_TYPE = "application/problem+json"
_TITLES: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "A key is needed that opens this",
    403: "This key, or this user, may not do that",
    404: "Nothing is there",
    405: "That is not done here",
    409: "That stands for something else already",
    412: "It was changed since you saw it",
    413: "That is too much at once",
    415: "Send JSON",
    422: "Something in it cannot be so",
    429: "Too many requests: wait, and try again",
    500: "Something went wrong here",
    503: "Nothing can be written or shown just now: try again",
}
_UNEXPECTED = 500


class FieldFault(BaseModel):
    """What is wrong with one field; it repeats nothing that was sent."""

    model_config = ConfigDict(frozen=True)

    field: str
    reason: str


class ProblemBody(BaseModel):
    """A fault, as RFC 9457 has it; the support id lets the council's engineers find it."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="`about:blank`, or the kind of the fault as a URN.")
    title: str
    status: int
    support_id: str
    faults: tuple[FieldFault, ...] = ()


class Problem(Exception):
    """A fault to be answered with `status`; `kind` tells it from others of the same status."""

    def __init__(
        self,
        status: int,
        kind: str = "",
        *,
        faults: Sequence[FieldFault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Say what is wrong."""
        super().__init__(_TITLES[status])
        self.status = status
        self.kind = kind
        self.faults = tuple(faults)
        self.headers = dict(headers or {})


def install(app: Flask) -> None:
    """Turn every expected fault of `app` into its problem, and every other into one fixed one."""
    app.register_error_handler(Problem, answered)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(NotFound, lambda _: answered(Problem(404)))
    app.register_error_handler(Refused, _of_refusal)
    app.register_error_handler(AuditUnavailable, lambda _: answered(Problem(503)))
    app.register_error_handler(Exception, _unexpected)


def answered(problem: Problem, support_id: str = "") -> Response:
    """Return the answer that a problem is."""
    body = ProblemBody(
        type=f"urn:directory:{problem.kind}" if problem.kind else "about:blank",
        title=str(problem),
        status=problem.status,
        support_id=support_id or secrets.token_hex(6),
        faults=problem.faults,
    )
    left_out = set() if problem.faults else {"faults"}
    text = json.dumps(body.model_dump(exclude=left_out), ensure_ascii=False)
    return Response(text, problem.status, problem.headers, mimetype=MEDIA_TYPE)


def _of_refusal(refusal: Refused) -> Response:
    """Return the problem of a refusal: like nothing there, but for what is about the sender."""
    told = (
        (SentOtherwise, Problem(409, "key-used-otherwise")),
        (NotSentSo, Problem(403, "by-file-alone")),
        (OrganisationSuspended, Problem(403, "organisation-suspended")),
        (GatesClosed, Problem(403, "gates-closed")),
    )
    return answered(next((problem for kind, problem in told if isinstance(refusal, kind)), _GONE))


_GONE = Problem(404)


def _of_http(error: HTTPException) -> Response:
    status = error.code if error.code in _TITLES else _UNEXPECTED
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return answered(Problem(status or _UNEXPECTED, headers=headers))


def _unexpected(error: Exception) -> Response:
    support_id = secrets.token_hex(6)
    place = traceback.extract_tb(error.__traceback__)[-1]
    _log.error("fault %s: %s at %s:%s", support_id, type(error).__name__, place.name, place.lineno)
    return answered(Problem(_UNEXPECTED), support_id)
