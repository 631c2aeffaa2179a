"""The plan's sentences on what each answer and each level may carry, as sets of fields."""

from dataclasses import fields

import pytest

from directory.domain.vocabulary import Level, State
from directory.policy.disclosed import DisclosedCard, DisclosedContact, DisclosedLine
from tests.policy.tables import YES, Table, contact_fields, line_fields

ALWAYS = {
    "service",
    "title",
    "member",
    "state",
    "common_line",
    "out_of_hours_line",
    "contributes",
}
COVERAGE = {"area", "covered_since", "as_of"}
GRANTED = {
    (State.INVOLVED, Level.L2): COVERAGE,
    (State.INVOLVED, Level.L3): COVERAGE | {"month"},
    (State.INVOLVED, Level.L4): COVERAGE | {"month", "opens"},
    (State.INVOLVED, Level.L5): COVERAGE | {"month", "opens"},
    (State.PREVIOUSLY_INVOLVED, Level.L2): COVERAGE,
    (State.PREVIOUSLY_INVOLVED, Level.L3): COVERAGE | {"month"},
    (State.PREVIOUSLY_INVOLVED, Level.L4): COVERAGE | {"month", "opens"},
    (State.PREVIOUSLY_INVOLVED, Level.L5): COVERAGE | {"month", "opens"},
    (State.NONE_FOUND, Level.L2): COVERAGE | {"unmatched"},
    (State.NONE_FOUND, Level.L3): COVERAGE | {"unmatched"},
    (State.NONE_FOUND, Level.L4): COVERAGE | {"unmatched"},
    (State.NONE_FOUND, Level.L5): COVERAGE | {"unmatched"},
    (State.NOT_SHOWN_BY_RULE, Level.L2): {"ages"},
    (State.NOT_COVERED, Level.L1): set(),
    (State.NOT_COVERED, Level.L2): set(),
    (State.COULD_NOT_BE_CHECKED, Level.L2): {"late_since"},
    (State.CONTACT_THROUGH_BROKER, Level.L1): set(),
}
CONTACT = {
    "organisation",
    "team",
    "duty_line",
    "out_of_hours_line",
    "practitioner",
    "role",
    "phone",
    "email",
    "email_trust",
    "left",
    "away",
    "stands_in_for",
    "back_on",
    "works",
    "unconfirmed_days",
    "last_involved",
    "precision",
    "as_of",
    "about",
    "reported_on",
}
CONTACT_AT = {
    Level.L0: set(),
    Level.L1: set(),
    Level.L2: set(),
    Level.L3: set(),
    Level.L4: CONTACT,
    Level.L5: CONTACT | {"started", "last_day", "source_reference"},
}
LINES, CONTACTS = line_fields(), contact_fields()


def marked(table: Table, row: tuple[str, ...]) -> set[str]:
    """Return the heads under which a row says yes."""
    return {head for head, cell in zip(table.heads, row, strict=True) if cell == YES}


def test_no_answer_stands_at_a_level_that_was_not_thought_of() -> None:
    reached = {(State(row[0]), Level[row[1]]) for row in LINES.rows}

    assert reached == set(GRANTED)


@pytest.mark.parametrize("row", LINES.rows, ids=lambda row: f"{row[0]} {row[1]}")
def test_no_answer_carries_a_field_it_does_not_grant(row: tuple[str, ...]) -> None:
    assert marked(LINES, row) == ALWAYS | GRANTED[State(row[0]), Level[row[1]]]


@pytest.mark.parametrize("level", Level)
def test_no_level_carries_a_contact_it_does_not_grant(level: Level) -> None:
    column = CONTACTS.heads.index(level.name)

    assert {row[0] for row in CONTACTS.rows if row[column] == YES} == CONTACT_AT[level]


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        (DisclosedLine, ALWAYS.union(*GRANTED.values())),
        (DisclosedContact, CONTACT_AT[Level.L5]),
        (DisclosedCard, {"line", "date_meaning", "contacts", "agreements"}),
    ],
    ids=["line", "contact", "card"],
)
def test_every_field_there_is_was_thought_of(kind: type, known: set[str]) -> None:
    assert {each.name for each in fields(kind)} == known | {"viewer"}
