"""Count the rows that each request writes, table by table, as the database itself counts them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from werkzeug.test import TestResponse

from directory.domain.emergency import EmergencyReason
from tests.factories import reference
from tests.town import Town
from tests.web.canary import references
from tests.web.checking import CheckingClient
from tests.web.relation_table import Named, about_a_person, opened
from tests.web.walks import GRACE, HELEN, MARIE, PURPOSES, REASON, RUTH, allow_all, browser

NEVER_KNOWN = reference(7_777)
SEARCHES: tuple[dict[str, str], ...] = (
    {"name": "Isolde Farrowmere", "born": "21/10/1979"},
    {"nhs_number": "9994242458"},
    {"box": "isolde farrowmere 21/10/1979 nx75"},
)
_INTEREST = {
    "kind": "relative", "forenames": "Isolde", "surname": "Farrowmere", "born": "21/10/1979",
}  # fmt: skip
_CONSENT = {"manner": "at_home", "answer": "yes", "giver": "person", "term": "365"}
_PLACE = {"role": "parent"}
_OFFERED = re.compile(r'name="organisations"[^>]*value="([^"]+)"')
_COUNTED = "rows_written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A request, its status, and how many rows of which table it wrote."""

    what: str
    status: int
    rows: Mapping[str, int]


def count_rows(town: Town) -> None:
    """Let the database note every row that is inserted, changed or deleted from now on."""
    with town.database.writing() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        tables = [name for (name,) in names]
        connection.exec_driver_sql(f"CREATE TABLE {_COUNTED} (of_table TEXT)")
        for table in tables:
            for act in ("INSERT", "UPDATE", "DELETE"):
                note = f"INSERT INTO {_COUNTED} VALUES ('{table}')"  # noqa: S608 - its own tables
                name = f'"{_COUNTED}_{table}_{act}"'
                connection.exec_driver_sql(
                    f'CREATE TRIGGER {name} AFTER {act} ON "{table}" BEGIN {note}; END'
                )


def rows_since(town: Town) -> Counter[str]:
    """Return how many rows of which table were written since this was last asked."""
    with town.database.writing() as connection:
        noted = connection.exec_driver_sql(f"SELECT of_table FROM {_COUNTED}")  # noqa: S608 - our own constant word
        found = Counter(table for (table,) in noted)
        connection.exec_driver_sql(f"DELETE FROM {_COUNTED}")  # noqa: S608 - our own constant word
    return found


@dataclass(slots=True, kw_only=True)
class Counting:
    """A user's browser that keeps what each request wrote."""

    town: Town
    client: CheckingClient
    done: list[Done] = field(default_factory=list)

    def get(self, path: str) -> TestResponse:
        """Ask for a page."""
        return self._kept(f"GET {path}", self.client.get(path))

    def send(self, path: str, **typed: str) -> str:
        """Send a form, and return where it leads."""
        return self._kept(f"POST {path}", self.client.send(path, **typed)).location or ""

    def _kept(self, what: str, answer: TestResponse) -> TestResponse:
        rows = rows_since(self.town)
        self.done.append(Done(what=_plain(what), status=answer.status_code, rows=rows))
        return answer


def _plain(what: str) -> str:
    """Return a request without its references."""
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…", what)


def asked_about_isolde(town: Town, email: str) -> tuple[Done, ...]:
    """Return what every request about Isolde wrote, or about one never known in her place."""
    town.app.config["CANARIES"] = ()  # what pages tell is tested elsewhere, and takes long
    client, isolde = allow_all(browser(town.app, email)), isolde_in(town)
    own = opened(client, town, email, "odalys" if email in {MARIE, RUTH} else "wrenna")
    organisation = _OFFERED.search(client.get(f"/families/{own.viewing}/consent/{own.person}").text)
    count_rows(town)
    counting = Counting(town=town, client=client)
    look_up = _searched(counting, isolde, email)
    asked = _CONSENT | {"organisations": organisation[1] if organisation else ""}
    for viewing in (own.viewing, str(uuid4())):
        named = Named(look_up=look_up, viewing=viewing, person=str(isolde))
        for path, method, typed in _every_route(town, named, email, asked):
            counting.get(path) if method == "GET" else counting.send(path, **typed)
    _added(counting, own.viewing, isolde)
    for _ in range(2):
        counting.send("/interests", **_INTEREST)
    counting.get("/interests?said=declared")
    _searched(counting, isolde, email)
    return tuple(counting.done)


def investigated_isolde(town: Town) -> tuple[Done, ...]:
    """Return what an investigation wrote that looks for her, and names whom it may not find."""
    town.app.config["CANARIES"] = ()  # what pages tell is tested elsewhere, and takes long
    client, isolde = allow_all(browser(town.app, HELEN)), isolde_in(town)
    client.get("/investigations")
    inside = client.send("/investigations", matter="IG-1", reason="a complaint").location
    client.get(inside)
    count_rows(town)
    counting = Counting(town=town, client=client)
    for typed in SEARCHES:
        found = counting.send(f"{inside}/people", **typed)
        counting.get(found)
        counting.get(f"{found}/{isolde}")
        counting.send(f"{found}/{isolde}/name")
    return tuple(counting.done)


def isolde_in(town: Town) -> UUID:
    """Return Isolde's reference, or one that nobody was given."""
    return references(town).get("isolde", NEVER_KNOWN)


def _searched(counting: Counting, isolde: UUID, email: str) -> str:
    """Search for her in each way, choose her and say why; return the last search."""
    results = ""
    for typed in SEARCHES:
        results = counting.send("/search", **typed)
        for path in (results, results, f"{results}/change", f"{results}/{isolde}"):
            counting.get(path)
        counting.send(f"{results}/{isolde}", purpose=PURPOSES[email], reason=REASON)
    return results.split("/")[2]


def _added(counting: Counting, viewing: str, isolde: UUID) -> None:
    """Look for her to add her to one's own family, and add her."""
    results = counting.send(f"/families/{viewing}/add", **SEARCHES[0])
    for path in (results, f"{results}/change"):
        counting.get(path)
    counting.send(f"{results}/{isolde}", **_PLACE)


def _every_route(
    town: Town, named: Named, email: str, asked: Mapping[str, str]
) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield every route about a person that names these, with a form that is filled in."""
    forms: Mapping[str, Mapping[str, str]] = {
        "/add": SEARCHES[0],
        "/hand-on": {"email": GRACE, "reason": REASON},
        "/emergency": {"reason": next(iter(EmergencyReason)), "words": REASON},
        "/wrong": {"wrong": "number"},
        "/protect": {"people": named.person},
        "/consent/<uuid:person>": asked,
        "/consent/<uuid:person>/<uuid:consent>": asked,
        "/add/<uuid:reference>/<uuid:person>": _PLACE,
    }
    for rule, method in about_a_person(town.app):
        typed = next((form for end, form in forms.items() if rule.endswith(end)), {})
        said = {"purpose": PURPOSES[email], "reason": REASON}
        yield named.address(rule), method, typed or said
