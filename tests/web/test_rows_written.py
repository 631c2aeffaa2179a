"""As many rows are written about somebody hidden as about one never known, in every table."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.town import Town
from tests.web.canary import feeds, standing
from tests.web.rows_written import (
    asked_about_isolde,
    count_rows,
    investigated_isolde,
    rows_since,
)
from tests.web.test_restrictions_pairs import worlds
from tests.web.walks import CALLUM, MARIE, TOMASZ

WRITTEN_TO = {
    "look_up", "look_up_due", "audit_entry", "audit_subject", "audit_head", "seal_key", "claim",
    "emergency", "call", "call_page", "interest", "person", "interest_person",
}  # fmt: skip


@pytest.mark.parametrize("email", [CALLUM, MARIE, TOMASZ])
def test_somebody_hidden_writes_as_many_rows_as_nobody(email: str, tmp_path: Path) -> None:
    with worlds(tmp_path) as (one, two):
        first, second = asked_about_isolde(one, email), asked_about_isolde(two, email)

    assert first == second
    assert len(first) == 99


def test_an_investigation_writes_as_many_rows_about_somebody_hidden(tmp_path: Path) -> None:
    with worlds(tmp_path) as (one, two):
        first, second = investigated_isolde(one), investigated_isolde(two)

    assert first == second
    assert len(first) == 12


def test_the_requests_reach_what_they_could_write_to(tmp_path: Path) -> None:
    with worlds(tmp_path) as (one, _two):
        done = asked_about_isolde(one, CALLUM)

    assert {table for each in done for table in each.rows} == WRITTEN_TO


def test_somebody_who_is_not_hidden_writes_other_rows(tmp_path: Path) -> None:
    with ExitStack() as stack:
        one = stack.enter_context(standing(tmp_path / "one"))
        two = stack.enter_context(standing(tmp_path / "two", feeds(without=("isolde",))))
        first, second = asked_about_isolde(one, CALLUM), asked_about_isolde(two, CALLUM)

    assert first != second


def test_each_row_is_counted_once_whatever_is_done_to_it(canary: Town) -> None:
    count_rows(canary)
    with canary.database.writing() as connection:
        made = "INSERT INTO instance (name, value) VALUES ('one', 'a'), ('two', 'b')"
        connection.exec_driver_sql(made)
        connection.exec_driver_sql("UPDATE instance SET value = 'c' WHERE name = 'one'")
        connection.exec_driver_sql("DELETE FROM instance WHERE name IN ('one', 'two')")

    assert (rows_since(canary), rows_since(canary)) == ({"instance": 5}, {})
