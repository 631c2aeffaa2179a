"""Ask the API as every client, with requests that fit its description and requests that do not.

`make api-fuzz` asks 5,000 times and reports; tests/api/test_fuzzing.py asks a few times.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from directory.api.limits import Limits
from directory.domain.vocabulary import Scope, Service
from directory.operations import programmes
from tests.api.programmes import programme, take
from tests.api.test_sent_lines import KIT
from tests.town import Town
from tests.web.canary import standing
from tests.web.checking import CheckingClient

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
_KNOWN = {"team_reference": "T-9", "practitioner_reference": "P-9"}
_WITHOUT_END = 10**6


def clients(town: Town) -> Mapping[str, str]:
    """Return the key that each client sends, by what the client is."""
    whole, ended, disabled = (programme(town) for _ in range(3))
    whole.put_json("practitioners/P-9", KIT)
    access = town.operator()
    kept = programmes.view_programme(town.ledger, access, programme=ended.reference)
    [key] = kept.keys
    programmes.end_key(town.ledger, access, programme=ended.reference, key=key.reference)
    programmes.disable_programme(town.ledger, access, programme=disabled.reference)
    alone = {str(each): programme(town, scopes=frozenset({each})).key for each in Scope}
    care = programme(town, service=Service.CHILDRENS_SOCIAL_CARE).key
    return {
        "whole": whole.key, "ended": ended.key, "disabled": disabled.key, "care": care,
        "none": "", "malformed": "dk_x", **alone,
    }  # fmt: skip


def fuzz(town: Town, *, most: int) -> Counter[tuple[str, int]]:
    """Ask about `most` times in all, and return how often each client was answered how."""
    town.app.config["API"].config["LIMITS"] = Limits(_WITHOUT_END)
    keys = clients(town)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", town.app)
    operations = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    rounds = [
        Round(who=who, key=key, operation=operation, mode=mode)
        for who, key in keys.items()
        for operation in operations
        for mode in GenerationMode
    ]
    found: Counter[tuple[str, int]] = Counter()
    for number, each in enumerate(rounds):
        each.ask(number, most=max(1, most // len(rounds)), found=found)
        take(town)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One client's requests of one operation, which fit its description or do not."""

    who: str
    key: str
    operation: APIOperation[Any, Any, Any, Any]
    mode: GenerationMode

    def ask(self, number: int, *, most: int, found: Counter[tuple[str, int]]) -> None:
        """Ask up to `most` times, drawn from the seed `number`, and count the answers."""

        @seed(number)
        @settings(
            max_examples=most,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=self.operation.as_strategy(generation_mode=self.mode))
        def asked(case: Case[Any]) -> None:
            if isinstance(case.body, dict):
                _know(case.body)
            headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)
            found[self.who, answer.status_code] += 1

        asked()


def _know(body: dict[str, Any]) -> None:
    """Name whom the council knows, so that some of what is sent is taken."""
    for one in _lines(body):
        for name, value in _KNOWN.items():
            if isinstance(one.get(name), str) and "forenames" in one:
                one[name] = value


def _lines(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    lines = body.get("lines")
    yield body
    if isinstance(lines, list):
        yield from (each for each in lines if isinstance(each, dict))


def _report(most: int) -> None:
    Flask.test_client_class = CheckingClient
    with TemporaryDirectory() as folder, standing(Path(folder) / "council") as town:
        found = fuzz(town, most=most)
    lines = [f"{who:22} {status} {times:6}" for (who, status), times in sorted(found.items())]
    failed = sum(times for (_, status), times in found.items() if status >= 500)
    lines.append(f"{found.total()} requests, {failed} answers of 500 or more")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    _report(int(sys.argv[1]))
