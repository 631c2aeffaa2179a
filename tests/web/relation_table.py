"""Ask every route about a person as each role in each relation; and write down how it answers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from flask import Flask
from werkzeug.test import TestResponse

from tests.town import Town
from tests.web.canary import references, standing
from tests.web.checking import CheckingClient
from tests.web.route_table import outcome, routes
from tests.web.test_restrictions_pairs import hide_isolde
from tests.web.walks import (
    ASHA,
    BETHAN,
    CALLUM,
    DECLAN,
    GRACE,
    IMRAN,
    MARIE,
    PRIYA,
    RUTH,
    TOMASZ,
    allow_all,
    browser,
    say_why,
    sought,
)

ROLES = {
    "childrens_social_worker": CALLUM,
    "family_help_lead": BETHAN,
    "front_door": PRIYA,
    "out_of_hours": DECLAN,
    "team_manager": GRACE,
    "adult_social_worker": RUTH,
    "service_lead": MARIE,
    "police_liaison": IMRAN,
    "volunteer": TOMASZ,
}
RELATIONS = ("own", "another's", "restricted since", "restricted", "absent")
"""Whose family, search and person an address names: the user's own; of another user's session;
of a family that was hidden after the user opened it; of somebody hidden; of nobody."""

_ABOUT_A_PERSON = ("/search/<", "/families/<", "/families/mine/<uuid:person>")
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_HEAD = """How every route about a person answers each role in each relation to that person.
Compared by tests/web/test_relations.py, which also holds "restricted" to "absent". After a change
that is meant: python -m tests.web.relation_table, and read the diff.
own: one's own family. another's: of another user's session. restricted since: hidden after one had
opened the family. restricted: hidden before one asked. absent: nobody ever.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an address names: a search's results, the family opened from it and the person."""

    look_up: str
    viewing: str
    person: str

    def address(self, rule: str) -> str:
        """Return the address of `rule` that names these."""
        words = {
            "reference": self.look_up,
            "viewing": self.viewing,
            "person": self.person,
            "consent": str(UUID(int=404)),
            "service": "school" if rule.endswith("/wrong") else "police",
        }
        if rule.startswith("/families/") and "/add/" in rule:
            words["reference"] = str(UUID(int=405))
        return _PART.sub(lambda part: words[part[1]], rule)


def about_a_person(app: Flask) -> list[tuple[str, str]]:
    """Return the routes whose address names a person, their family or a search for them."""
    return [each for each in routes(app) if each[0].startswith(_ABOUT_A_PERSON)]


def nobody() -> Named:
    """Return references that nobody was given."""
    return Named(look_up=str(uuid4()), viewing=str(uuid4()), person=str(uuid4()))


def opened(client: CheckingClient, town: Town, email: str, key: str) -> Named:
    """Search for somebody and open their family, as far as this user may."""
    who = references(town)[key]
    results = sought(client, key, exactly=True)
    client.get(results)
    answer = say_why(client, f"{results}/{who}", email)
    viewing = answer.location.split("/")[-1] if answer.status_code == 303 else str(uuid4())
    return Named(look_up=results.split("/")[2], viewing=viewing, person=str(who))


def prepared(town: Town, email: str, client: CheckingClient) -> Mapping[str, Named]:
    """Return what each relation names for one user, with Isolde hidden once they had opened her."""
    own = opened(client, town, email, "odalys" if email in {MARIE, RUTH} else "wrenna")
    other = ASHA if email != ASHA else CALLUM
    theirs = opened(allow_all(browser(town.app, other)), town, other, "wrenna")
    since = opened(client, town, email, "isolde")
    return {"own": own, "another's": theirs, "restricted since": since}


def after_hiding(town: Town, client: CheckingClient) -> Mapping[str, Named]:
    """Return what the other relations name: each a search that found nobody."""
    found = {}
    for relation, person in (
        ("restricted", str(references(town)["isolde"])),
        ("absent", str(uuid4())),
    ):
        results = sought(client, "isolde", exactly=True)
        client.get(results)
        look_up = results.split("/")[2]
        found[relation] = Named(look_up=look_up, viewing=str(uuid4()), person=person)
    return found


def told(town: Town) -> Iterator[tuple[tuple[str, str], str, str, TestResponse]]:
    """Yield each route, role and relation with the answer."""
    clients = {role: allow_all(browser(town.app, email)) for role, email in ROLES.items()}
    named = {role: prepared(town, ROLES[role], clients[role]) for role in ROLES}
    hide_isolde(town)
    for role, client in clients.items():
        every = {**named[role], **after_hiding(town, client)}
        for relation in RELATIONS:
            for rule, method in about_a_person(town.app):
                token = {"csrf_token": client.token} if method == "POST" else None
                address = every[relation].address(rule)
                yield (
                    (rule, method),
                    role,
                    relation,
                    client.open(address, method=method, data=token),
                )


def render(town: Town) -> str:
    """Return the whole table: one block a route, all who are answered alike on one line."""
    found: dict[tuple[str, str], dict[str, dict[str, list[str]]]] = {}
    for route, role, relation, answer in told(town):
        line = found.setdefault(route, {}).setdefault(relation, {})
        line.setdefault(outcome(answer), []).append(role)
        answer.close()
    blocks = [_HEAD]
    for rule, method in sorted(found):
        lines = [
            f"  {relation} {answered}: {', '.join(roles)}"
            for relation, each in found[rule, method].items()
            for answered, roles in each.items()
        ]
        blocks.append("\n".join([f"{method} {rule}", *lines]))
    return "\n".join(blocks) + "\n"


def write(render_it: Callable[[Town], str] = render) -> None:
    """Write the table anew."""
    Flask.test_client_class = CheckingClient
    with TemporaryDirectory() as folder, standing(Path(folder) / "council") as town:
        Path(__file__).with_name("relations.txt").write_text(render_it(town))


if __name__ == "__main__":
    write()
