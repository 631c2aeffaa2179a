"""Ask every route, by every method, as everybody; and write down how each answers."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask
from werkzeug.test import TestResponse

from directory.demo import PASSWORD
from directory.domain.accounts import IDLE_LOCK, SecondFactor
from directory.domain.gates import Gate
from directory.operations import accounts, gates
from tests.api.programmes import programme
from tests.town import Town
from tests.web.canary import standing
from tests.web.checking import CheckingClient
from tests.web.walks import (
    ASHA,
    BETHAN,
    DECLAN,
    DILYS,
    GRACE,
    HELEN,
    IMRAN,
    MARIE,
    NADIA,
    OLWEN,
    OWEN,
    PRIYA,
    RUTH,
    SAM,
    TOMASZ,
    UNA,
    browser,
)

ROLES = {
    "childrens_social_worker": ASHA,
    "family_help_lead": BETHAN,
    "front_door": PRIYA,
    "out_of_hours": DECLAN,
    "team_manager": GRACE,
    "adult_social_worker": RUTH,
    "service_lead": MARIE,
    "police_liaison": IMRAN,
    "volunteer": TOMASZ,
    "ig_lead": HELEN,
    "restriction_officer": UNA,
    "siro": DILYS,
    "dpo": OWEN,
    "matching_steward": OLWEN,
    "administrator": SAM,
}
_WORDS = {"gate": "vetting",
    "token": "no-such-token", "role": "front_door", "renewal": "forgotten", "service": "housing",
    "day": "2026-11-23", "place": "school", "rule": "oldest",
    "choice": "this-person", "line": "999999", "filename": "css/directory.css",
    "source_reference": "NOBODY/1",
}  # fmt: skip
_OWN_LEADS = frozenset(
    f"{of}: {what}" for of in ("housing", "too young too") for what in ("name", "team")
)
_OWN_COLLEAGUES = frozenset(
    f"{of}: {what}"
    for of in ("housing", "too young too")
    for what in ("name", "team", "phone", "email")
)
_OWN_LINES = frozenset(
    f"{of}: {what}"
    for of in ("housing", "too young too")
    for what in ("organisation", "duty", "out_of_hours")
)
_OWN_DESK = {
    "/confirmations": frozenset({"care: reference", "wrenna: name"}),
    "/practitioners": _OWN_COLLEAGUES,
    "/practitioners/add": _OWN_LEADS,
    "/teams": _OWN_LEADS | _OWN_LINES,
    "/upkeep": _OWN_LEADS | {"odalys: name", "wrenna: name"},
    "/upkeep/add": _OWN_LEADS,
    "/upkeep/add/check": _OWN_LEADS,
}
"""What housing's own desk reads on its list; every other page tells of Wrenna at most, who is
on her worker's list of families."""
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_REFERENCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HEAD = """How every route answers everybody, asked for references that nobody was given.
Compared by tests/web/test_routes.py; a route that is not listed fails. After a change that is
meant: python -m tests.web.route_table, and read the diff.
anonymous: not signed in. no role: signed in, none of two roles chosen. locked: idle too long.
lapsed: a family help lead without training. switched off: after they had signed in.
programme: housing's own system, whose key opens everything; its key is no sign-in.
"""
SESSION_ENDS = ("/sign-out", "/session/end")


def routes(app: Flask) -> list[tuple[str, str]]:
    """Return every rule with each of its methods, sorted; those that end a session come last."""
    found = {
        (rule.rule, method)
        for served in (app, app.config["API"])
        for rule in served.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    return sorted(found, key=lambda route: (route[0] in SESSION_ENDS, route))


def address(rule: str) -> str:
    """Return an address of the rule with a reference that nobody was given."""
    return _PART.sub(lambda part: str(uuid4()) if part[1] == "uuid" else _WORDS[part[2]], rule)


def everybody(town: Town) -> dict[str, Callable[[], CheckingClient]]:
    """Return who may ask, each with the way to sit down as them."""

    def nobody_yet() -> CheckingClient:
        client = browser(town.app)
        client.get("/sign-in")
        return client

    def without_a_role() -> CheckingClient:
        client = nobody_yet()
        client.send("/sign-in", email=NADIA, password=PASSWORD)
        client.get("/role")
        return client

    def locked() -> CheckingClient:
        client = browser(town.app, ASHA)
        town.clock.pass_by(IDLE_LOCK + timedelta(minutes=1))
        client.get("/search")
        return client

    def signed_in(email: str) -> Callable[[], CheckingClient]:
        return lambda: browser(town.app, email)

    acting = {role: signed_in(email) for role, email in ROLES.items()}
    return {
        "anonymous": nobody_yet, "no role": without_a_role, **acting, "locked": locked,
        "lapsed": lambda: lapsed(town), "switched off": lambda: switched_off(town),
        "programme": lambda: programme(town),
    }  # fmt: skip


def lapsed(town: Town) -> CheckingClient:
    """Return a browser whose user's training is withdrawn."""
    client = browser(town.app, BETHAN)
    gates.withdraw_gate(
        town.ledger,
        town.operator(),
        account=accounts.find_account(town.ledger, town.operator(), email=BETHAN),
        gate=Gate.TRAINING,
        rule=SecondFactor.OPTIONAL,
    )
    return client


def switched_off(town: Town) -> CheckingClient:
    """Return a browser whose user's account is switched off after they signed in."""
    found = accounts.find_account(town.ledger, town.operator(), email=DECLAN)
    accounts.enable_account(town.ledger, town.operator(), account=found)
    client = browser(town.app, DECLAN)
    accounts.disable_account(town.ledger, town.operator(), account=found)
    return client


def answers(
    sit_down: Callable[[], CheckingClient], asked: list[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield how each route answers, sitting down again once a route has ended the session."""
    client = sit_down()
    for rule, method in asked:
        client.allowed = _OWN_DESK.get(rule, frozenset({"wrenna: name"}))
        token = {"csrf_token": client.token} if method == "POST" else None
        answer = client.open(address(rule), method=method, data=token)
        yield (rule, method), outcome(answer)
        answer.close()
        if rule in SESSION_ENDS:
            client = sit_down()


def outcome(answer: TestResponse) -> str:
    """Return the status of an answer, and where it leads."""
    if answer.location is None:
        return str(answer.status_code)
    path = _REFERENCE.sub("…", urlsplit(answer.location).path)
    return f"{answer.status_code} {path}"


def render(town: Town) -> str:
    """Return the whole table: one block a route, everybody who is answered alike on one line."""
    asked = routes(town.app)
    found: dict[tuple[str, str], dict[str, list[str]]] = {route: {} for route in asked}
    for who, sit_down in everybody(town).items():
        for route, told in answers(sit_down, asked):
            found[route].setdefault(told, []).append(who)
    blocks = [_HEAD]
    for rule, method in sorted(found):
        lines = found[rule, method].items()
        blocks.append(
            "\n".join([f"{method} {rule}", *(f"  {told}: {', '.join(who)}" for told, who in lines)])
        )
    return "\n".join(blocks) + "\n"


def _write() -> None:
    """Write the table anew."""
    Flask.test_client_class = CheckingClient
    with TemporaryDirectory() as folder, standing(Path(folder) / "council") as town:
        Path(__file__).with_name("routes.txt").write_text(render(town))


if __name__ == "__main__":
    _write()
