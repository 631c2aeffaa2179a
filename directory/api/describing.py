"""The API's description, OpenAPI 3.1, made from the endpoints and models themselves."""

import json
import re
from functools import cache

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from directory.api.endpoints import ENDPOINTS, Endpoint, Header
from directory.api.errors import MEDIA_TYPE, ProblemBody

Schema = dict[str, object]

_EVERYWHERE = (400, 401, 403, 404, 422, 429, 503)
_WITH_BODY = (413, 415)
_MEANS = {
    200: "Done.",
    201: "Done; it is new.",
    400: "The request cannot be read.",
    401: "No key, or one that opens nothing.",
    403: "The key’s scopes, the service, the organisation or the user do not allow it.",
    404: "Nothing is there, for whoever asks.",
    409: "The idempotency key stands for another body.",
    412: "It was changed since it was seen.",
    413: "Too much at once.",
    415: "Not JSON.",
    422: "Something cannot be so; the faults name each field.",
    429: "Too often; see Retry-After.",
    503: "Nothing can be written or shown just now.",
}
_PART = re.compile(r"<(?:\w+:)?(\w+)>")


@cache
def description(prefix: str) -> str:
    """Return the description of everything under `prefix`."""
    refs, definitions = models_json_schema(
        [(model, "serialization" if model in _answers() else "validation") for model in _models()],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[object, object] = {model: ref for (model, _), ref in refs.items()}
    paths: dict[str, Schema] = {}
    for endpoint, words in ENDPOINTS:
        path = prefix + _PART.sub(r"{\1}", endpoint.path)
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint, words, schemas)
    whole: Schema = {
        "openapi": "3.1.0",
        "info": {
            "title": "Safeguarding contact directory",
            "version": "1",
            "description": "For programmes of organisations that take part. See docs/api.md.",
        },
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _answers() -> set[type[BaseModel]]:
    return {ProblemBody, *(each for endpoint, _ in ENDPOINTS for each in endpoint.answers.values())}


def _models() -> list[type[BaseModel]]:
    bodies = {endpoint.body for endpoint, _ in ENDPOINTS if endpoint.body}
    return sorted(_answers() | bodies, key=lambda each: each.__name__)


def _operation(endpoint: Endpoint, words: str, schemas: dict[object, object]) -> Schema:
    parameters = [_parameter(name, shape) for name, shape in endpoint.parameters.items()]
    parameters += [_header(each) for each in endpoint.headers]
    problems = (*_EVERYWHERE, *endpoint.faults, *(_WITH_BODY if endpoint.body else ()))
    found: Schema = {
        "operationId": endpoint.name,
        "summary": words,
        "description": f"Needs the scope `{endpoint.scope}`.",
        "parameters": parameters,
        "responses": {
            **{
                str(status): _good(status, schemas[model])
                for status, model in endpoint.answers.items()
            },
            **{str(status): _problem(status, schemas[ProblemBody]) for status in sorted(problems)},
        },
    }
    if endpoint.body:
        content = {"application/json": {"schema": schemas[endpoint.body]}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _parameter(name: str, pattern: str) -> Schema:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": f"^{pattern}$"},
    }


def _header(header: Header) -> Schema:
    return {
        "name": header.name,
        "in": "header",
        "required": header.required,
        "description": header.description,
        "schema": {"type": "string", "pattern": f"^{header.pattern}$"},
    }


def _good(status: int, schema: object) -> Schema:
    return {"description": _MEANS[status], "content": {"application/json": {"schema": schema}}}


def _problem(status: int, schema: object) -> Schema:
    return {"description": _MEANS[status], "content": {MEDIA_TYPE: {"schema": schema}}}
