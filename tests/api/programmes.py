"""Programmes at work: each is a client that carries a key, and checks every answer."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import override
from werkzeug.test import TestResponse

from directory.domain.accounts import SecondFactor
from directory.domain.vocabulary import Scope, Service
from directory.operations import programmes, sent_taken
from directory.operations.programmes import ProgrammePlan
from tests.town import Town
from tests.web.checking import CheckingClient

ALL = frozenset(Scope)
COUNCIL, HILLSIDE = "NSC", "HILLSIDE"


class Programme(CheckingClient):
    """A client that sends JSON with its key, and holds every answer to JSON."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = ""
        self.reference = UUID(int=0)

    @override
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request with the key."""
        headers = dict(kwargs.pop("headers", None) or {})
        if self.key:
            headers.setdefault("Authorization", f"Bearer {self.key}")
        answer = super().open(*args, headers=headers, **kwargs)
        if answer.request.path.startswith("/api/"):
            assert answer.headers.getlist("Set-Cookie") == []
            assert answer.mimetype == (
                "application/json" if answer.status_code < 400 else "application/problem+json"
            ), answer.text
        return answer

    def put_json(self, path: str, body: object, **headers: str) -> TestResponse:
        """Put a body at an address of the API; a header's underscores stand for hyphens."""
        return self.put(f"/api/v1/{path}", **_sent(body, headers))

    def post_json(self, path: str, body: object, **headers: str) -> TestResponse:
        """Post a body to an address of the API."""
        return self.post(f"/api/v1/{path}", **_sent(body, headers))


def told(answer: TestResponse) -> Any:
    """Return what an answer says."""
    return json.loads(answer.text)


def programme(
    town: Town,
    *,
    service: Service | None = Service.HOUSING,
    scopes: frozenset[Scope] = ALL,
    organisation: str = COUNCIL,
) -> Programme:
    """Return a new programme's client, with its first key."""
    access = town.operator()
    plan = ProgrammePlan(
        name=f"System of {service}", organisation=organisation, scopes=scopes, service=service
    )
    rule = SecondFactor.REQUIRED
    made = programmes.make_programme(town.ledger, access, plan=plan, rule=rule)
    client = Programme(town.app, town.app.response_class)
    client.key = programmes.make_key(town.ledger, access, programme=made, rule=rule)
    client.reference = made
    client.allowed = frozenset()
    return client


def take(town: Town) -> int:
    """Take what programmes sent, as the sweep does."""
    return sent_taken.take_sent(town.ledger, town.operator())


def _sent(body: object, headers: Mapping[str, str]) -> dict[str, Any]:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"data": data, "content_type": "application/json", "headers": named}
