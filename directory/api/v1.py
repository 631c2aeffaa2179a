"""The API: its endpoints joined, every route checked, and its description."""

from flask import Blueprint, Flask, Response

from directory.api import errors, involvements, practitioners
from directory.api.describing import description
from directory.api.endpoints import ACTION_MARK, OPEN

PREFIX = "/api/v1"
LARGEST_BODY_BYTES = 2 * 1024 * 1024

blueprint = Blueprint("description", __name__)


class UnlistedRoute(Exception):
    """A route neither performs a named action nor is open to all; the build fails."""


def _describe() -> Response:
    """Return what the API is, as OpenAPI 3.1."""
    return Response(description(PREFIX), mimetype="application/json")


setattr(_describe, ACTION_MARK, OPEN)
blueprint.add_url_rule(
    "/openapi.json", view_func=_describe, methods=["GET"], provide_automatic_options=False
)
_BLUEPRINTS = (blueprint, involvements.blueprint, practitioners.blueprint)


def install(app: Flask) -> None:
    """Serve the API by `app`, or raise UnlistedRoute for a route nobody was named for."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY_BYTES
    errors.install(app)
    for each in _BLUEPRINTS:
        app.register_blueprint(each, url_prefix=PREFIX)
    for rule in app.url_map.iter_rules():
        if not hasattr(app.view_functions[rule.endpoint], ACTION_MARK):
            raise UnlistedRoute(f"{rule.rule} ({rule.endpoint})")
