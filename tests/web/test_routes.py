"""Every route has a written answer for everybody, and no GET changes anything."""

from hashlib import sha256
from pathlib import Path

from sqlalchemy import text

from directory.store.tables import TABLES
from tests.town import Town
from tests.web.canary import references
from tests.web.route_table import address, answers, everybody, render, routes
from tests.web.walks import ASHA, allow_all, browser, looked_at, sought

TABLE = Path(__file__).with_name("routes.txt")
MAY_GROW = {"audit_entry", "audit_subject", "audit_head", "seal_key", "session"}
"""What every look writes: its entry, and that the session was seen."""


def digests(town: Town) -> dict[str, str]:
    """Return the digest of each table that no GET may change.

    Of a search only its key counts: the row gains its sealed results when they are first shown.
    """
    found = {}
    with town.database.reading() as connection:
        for table in TABLES.tables.keys() - MAY_GROW:
            columns = "id, session, at" if table == "look_up" else "*"
            rows = connection.execute(text(f"select {columns} from {table}"))  # noqa: S608 - our own
            found[table] = sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    return found


def test_every_route_answers_everybody_as_it_is_written(canary: Town) -> None:
    assert render(canary) == TABLE.read_text()


def test_a_method_that_a_route_does_not_know_is_refused(canary: Town) -> None:
    client = browser(canary.app, ASHA)
    known = set(routes(canary.app))
    paths = sorted({rule for rule, _ in known} - {"/static/<path:filename>"})

    answered = {
        (
            method,
            client.open(address(path), method=method, data={"csrf_token": client.token}).status,
        )
        for path in paths
        for method in ("PUT", "PATCH", "DELETE")
        if (path, method) not in known
    }

    assert {status for _, status in answered} == {"405 METHOD NOT ALLOWED"}


def test_no_get_of_what_is_not_there_changes_anything(canary: Town) -> None:
    asked = [route for route in routes(canary.app) if route[1] == "GET"]
    for who in ("childrens_social_worker", "ig_lead", "administrator"):
        before = digests(canary)

        list(answers(everybody(canary)[who], asked))

        assert digests(canary) == before


def test_no_get_of_a_whole_journey_changes_anything(canary: Town) -> None:
    who, client = references(canary), allow_all(browser(canary.app, ASHA))
    results = sought(client, "wrenna")
    board = looked_at(client, ASHA, "wrenna", who["wrenna"])
    before = digests(canary)

    for path in (
        results, results, f"{results}/change", f"{results}/{who['wrenna']}", board, f"{board}/add",
        f"{board}/{who['odalys']}/housing", "/families/mine", f"/families/mine/{who['wrenna']}",
    ):  # fmt: skip
        assert client.get(path).status_code in {200, 303}

    assert digests(canary) == before
