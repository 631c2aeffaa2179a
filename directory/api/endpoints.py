"""Endpoints: each is named once, and that is what guards it, reads it and describes it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar

from flask import Blueprint, Response, request
from pydantic import BaseModel, ValidationError

from directory.api.errors import FieldFault, Problem
from directory.api.guard import admitted
from directory.domain.vocabulary import Scope
from directory.policy.permissions import Action

ACTION_MARK = "directory_action"
OPEN = "open to all"
BodyModel = TypeVar("BodyModel", bound=BaseModel)
_ENTITY_TAG = re.compile(r'"([0-9a-f]{1,64})"', re.ASCII)
_IDEMPOTENCY_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
_REASONS: Mapping[str, str] = {
    "missing": "must be given",
    "extra_forbidden": "has a property that is not known",
    "string_too_long": "is too long",
    "too_long": "has too many",
}
_ELSE = "is not of the form that is described"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header that an endpoint reads."""

    name: str
    pattern: str
    description: str
    required: bool = False


IF_MATCH = Header(
    name="If-Match",
    pattern=_ENTITY_TAG.pattern,
    description="The revision at which you saw it; 412 where it is another by now.",
)
IF_NONE_MATCH = Header(
    name="If-None-Match",
    pattern=r"\*",
    description="Take it only where nothing stands under the reference; 412 otherwise.",
)
IDEMPOTENCY_KEY = Header(
    name="Idempotency-Key",
    pattern=_IDEMPOTENCY_KEY.pattern,
    description="Your own key for this act. Sent again within 24 hours with the same body, it is "
    "answered alike and done once; with another body it is refused.",
    required=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """What is done at an address, by whom, with what body, and how it may be answered.

    `answers` are the good ones; `faults` the statuses of problems beside those of every endpoint.
    """

    path: str
    method: str
    action: Action
    scope: Scope
    name: str
    answers: Mapping[int, type[BaseModel]]
    body: type[BaseModel] | None = None
    headers: tuple[Header, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[int, ...] = ()

    def serve(
        self, blueprint: Blueprint
    ) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
        """Put a view at the address, behind the guard."""

        def put(view: Callable[..., Response]) -> Callable[..., Response]:
            @wraps(view)
            def guarded(**named: str) -> Response:
                return view(admitted(self.scope), **named)

            setattr(guarded, ACTION_MARK, self.action)
            ENDPOINTS.append((self, (view.__doc__ or "").strip()))
            blueprint.add_url_rule(
                self.path,
                endpoint=self.name,
                view_func=guarded,
                methods=[self.method],
                provide_automatic_options=False,
            )
            return guarded

        return put


ENDPOINTS: list[tuple[Endpoint, str]] = []
"""Every endpoint with what it does, in the order in which the modules name them."""


def body_of(model: type[BodyModel]) -> BodyModel:
    """Return the request's body, or raise the Problem of one that cannot be read."""
    if request.mimetype != "application/json":
        raise Problem(415)
    try:
        return model.model_validate_json(request.get_data(), strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    if any(each["type"] == "json_invalid" for each in found):
        raise Problem(400, "not-json")
    inside = {each["loc"][:length] for each in found for length in range(len(each["loc"]))}
    faults = (
        FieldFault(
            field=_place(each["loc"], each["type"]), reason=_REASONS.get(each["type"], _ELSE)
        )
        for each in found
        if each["loc"] not in inside
    )
    raise Problem(422, faults=tuple(dict.fromkeys(faults))[:_MOST_FAULTS])


_MOST_FAULTS = 100


def seen_at() -> str:
    """Return the revision that the sender saw: `0` for nothing, empty where it does not matter."""
    match, none_match = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    if match is None and none_match is None:
        return ""
    if match is None:
        if none_match != "*":
            raise Problem(400, "if-none-match")
        return "0"
    tag = _ENTITY_TAG.fullmatch(match)
    if tag is None or none_match is not None:
        raise Problem(400, "if-match")
    return tag[1]


def idempotency_key() -> str:
    """Return the sender's own key for the act, or raise Problem."""
    key = request.headers.get(IDEMPOTENCY_KEY.name, "")
    if not _IDEMPOTENCY_KEY.fullmatch(key):
        raise Problem(400, "idempotency-key")
    return key


def answer(body: BaseModel, status: int = 200, *, revision: str = "") -> Response:
    """Return the answer that `body` is, with its revision as an entity tag."""
    headers = {"ETag": f'"{revision}"'} if revision else {}
    return Response(body.model_dump_json(), status, headers, mimetype="application/json")


def _place(loc: tuple[int | str, ...], kind: str) -> str:
    """Return where a fault is; a property that is not known is not named, for it was sent."""
    known = loc[:-1] if kind == "extra_forbidden" else loc
    return ".".join(map(str, known)) or "body"
