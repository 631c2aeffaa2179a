"""Every route about a person has a written answer for each role in each relation to them."""

from pathlib import Path

from tests.town import Town
from tests.web.relation_table import RELATIONS, render

TABLE = Path(__file__).with_name("relations.txt")


def answers(table: str, relation: str) -> list[str]:
    """Return what a table says of one relation, each line under its route."""
    found, route = [], ""
    for line in table.splitlines():
        if line.startswith(("GET ", "POST ")):
            route = line
        elif line.startswith(f"  {relation} ") and line[len(relation) + 3].isdigit():
            found.append(f"{route}: {line.removeprefix(f'  {relation} ')}")
    return found


def test_every_route_answers_every_role_in_every_relation_as_it_is_written(canary: Town) -> None:
    assert render(canary) == TABLE.read_text()


def test_the_table_answers_somebody_restricted_as_nobody() -> None:
    table = TABLE.read_text()

    assert answers(table, "restricted") == answers(table, "absent") != []


def test_only_one_s_own_family_is_ever_shown() -> None:
    table = TABLE.read_text()
    board = "GET /families/<uuid:viewing>: 200"

    shown = {each for each in RELATIONS if any(map(board.__eq__, _status(table, each)))}

    assert shown == {"own"}


def _status(table: str, relation: str) -> list[str]:
    """Return each route with its status, without the roles."""
    return [each.rpartition(": ")[0] for each in answers(table, relation)]
