"""The API describes itself, and every route performs a named action."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.api import errors, v1
from directory.api.endpoints import ACTION_MARK, ENDPOINTS, OPEN
from directory.ledger.door import AuditUnavailable
from directory.policy.permissions import Action, opens
from tests.api.programmes import programme
from tests.architecture.test_banned_names import is_never_held
from tests.town import Town


def names_in(schema: object) -> set[str]:
    """Return every property that a schema names."""
    if isinstance(schema, list):
        return {name for each in schema for name in names_in(each)}
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties", {})
    inner = {name for each in schema.values() for name in names_in(each)}
    return inner | (set(own) if isinstance(own, dict) else set())


def test_every_route_of_the_api_is_described_and_performs_its_action(canary: Town) -> None:
    api = canary.app.config["API"]
    marks = {
        rule.rule: getattr(api.view_functions[rule.endpoint], ACTION_MARK)
        for rule in api.url_map.iter_rules()
    }

    assert marks.pop("/api/v1/openapi.json") == OPEN
    assert marks == {f"{v1.PREFIX}{each.path}": each.action for each, _ in ENDPOINTS}
    assert set(map(type, marks.values())) == {Action}
    assert all(opens(frozenset({each.scope}), each.action) for each, _ in ENDPOINTS)


def test_what_is_described_is_openapi_and_names_nothing_that_is_never_held(canary: Town) -> None:
    described = json.loads(programme(canary).get("/api/v1/openapi.json").text)

    assert described["openapi"] == "3.1.0"
    names = names_in(described)
    assert "date_of_birth" in names
    assert {each for each in names if is_never_held(each)} == set()
    assert all(
        operation["operationId"] and operation["summary"]
        for path in described["paths"].values()
        for operation in path.values()
    )


def test_a_route_that_nobody_was_named_for_stops_the_start() -> None:
    app = Flask("stray")
    app.add_url_rule("/stray", view_func=lambda: "")

    with pytest.raises(v1.UnlistedRoute):
        v1.install(app)


def test_what_was_not_foreseen_is_one_fixed_problem() -> None:
    app = Flask("broken", static_folder=None)
    errors.install(app)

    @app.get("/broken")
    def broken() -> str:
        raise ZeroDivisionError("Wrenna Quillfeather")

    @app.get("/teapot")
    def teapot() -> str:
        app.aborter(418)
        return ""

    @app.get("/unwritten")
    def unwritten() -> str:
        raise AuditUnavailable

    client = FlaskClient(app)
    told = [client.get(f"/{each}") for each in ("broken", "teapot", "unwritten")]

    assert [each.status_code for each in told] == [500, 500, 503]
    assert {each.mimetype for each in told} == {"application/problem+json"}
    assert "Wrenna" not in told[0].text
