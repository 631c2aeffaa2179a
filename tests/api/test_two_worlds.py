"""Whoever a line is about, its sender is answered alike, by the same statements and rows."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event
from werkzeug.test import TestResponse

from directory.domain.vocabulary import Service
from tests.api.programmes import Programme, programme, take
from tests.api.test_sent_lines import KIT
from tests.town import Town
from tests.web.canary import PEOPLE
from tests.web.rows_written import count_rows, rows_since
from tests.web.test_restrictions_pairs import worlds

_SUPPORT = re.compile(r'"support_id": "[0-9a-f]{12}"')
ISOLDE = PEOPLE["isolde"]


def line(**differing: str) -> Mapping[str, str]:
    """Return a line about Isolde, whom an order hides, or about nobody ever known."""
    day, month, year = ISOLDE["date_of_birth"].split("/")
    said = {name: ISOLDE[name] for name in ("forenames", "surname", "house", "street", "postcode")}
    born = {"date_of_birth": f"{year}-{month}-{day}", "team_reference": "T-9"}
    return said | born | differing


LINES: tuple[Mapping[str, str], ...] = (
    line(),
    line(),
    line(nhs_number=ISOLDE["nhs_number"]),
    line(house="1", street="Elsewhere Road", postcode="NX4 2AB"),
    line(surname="Other", nhs_number=ISOLDE["nhs_number"]),
    line(surname=ISOLDE["former_surname"]),
    line(surname="7"),
)


@contextmanager
def statements(town: Town) -> Iterator[list[str]]:
    """Yield every statement that the database is asked meanwhile."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    engine = town.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def answered(answer: TestResponse) -> str:
    """Return an answer whole, but for its support id."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    return _SUPPORT.sub('"support_id": ""', f"{answer.status}\n{headers}\n{answer.text}")


def sent(town: Town) -> list[tuple[str, list[str], Mapping[str, int]]]:
    """Return what each line about her was answered, asked and wrote, before and after a take."""
    client = programme(town, service=Service.HOUSING)
    client.put_json("practitioners/P-9", KIT)
    count_rows(town)
    found: list[tuple[str, list[str], Mapping[str, int]]] = []
    for number, said in enumerate((*LINES, *LINES)):
        if number == len(LINES):
            take(town)
            rows_since(town)
        with statements(town) as asked:
            answer = _put(client, f"involvements/ISO/{number % len(LINES) // 2}", said)
        found.append((answered(answer), asked, rows_since(town)))
    return found


def _put(client: Programme, path: str, said: Mapping[str, str]) -> TestResponse:
    return client.put_json(path, said)


def test_a_line_about_somebody_hidden_is_answered_as_one_about_nobody(tmp_path: Path) -> None:
    with worlds(tmp_path) as (one, two):
        first, second = sent(one), sent(two)

    assert first == second
    assert [answer[:3] for answer, _, _ in first] == [
        "201", "200", "201", "200", "201", "200", "422",
        "200", "200", "200", "200", "200", "200", "422",
    ]  # fmt: skip


def test_only_what_takes_the_line_afterwards_tells_the_two_apart(tmp_path: Path) -> None:
    both: list[Mapping[str, int]] = []
    with worlds(tmp_path) as (one, two):
        for town in (one, two):
            client = programme(town, service=Service.HOUSING)
            client.put_json("practitioners/P-9", KIT)
            _put(client, "involvements/ISO/1", line())
            count_rows(town)
            take(town)
            both.append(rows_since(town))

    assert both[0] != both[1]
    assert both[0]["waiting_line"] == 1
