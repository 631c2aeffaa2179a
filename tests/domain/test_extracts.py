from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from directory.domain.extracts import (
    ExtractOutcome,
    Line,
    LineKind,
    LineState,
    Report,
    Settled,
    digest_of,
    identity_digest,
    practitioner_id,
    team_id,
    too_many_refused,
)
from directory.domain.people import Birth, Identity
from directory.domain.vocabulary import FamilyRole, NameKind, Service, TieKind
from tests.factories import EWAN, TODAY, address, identifier, name

IDENTITY = Identity(
    names=(name(),),
    birth=Birth(day=date(2017, 3, 27)),
    address=address(),
    identifiers=(identifier(),),
)
LINE = Line(number=1, kind=LineKind.INVOLVEMENT, source_reference="HH/1", identity=IDENTITY)


@pytest.mark.parametrize(
    "other",
    [
        {"names": (name("Evan"),)},
        {"names": (name("", "Ewan Blake"),)},
        {"names": (name(kind=NameKind.FORMER),)},
        {"names": (name(), name("Ewan", "Carr", kind=NameKind.FORMER))},
        {"birth": None},
        {"birth": Birth(day=date(2017, 3, 28))},
        {"address": None},
        {"address": address(house="15")},
        {"address": address(street="Mill Row")},
        {"address": address(postcode=None)},
        {"identifiers": ()},
        {"identifiers": (identifier(value="9990000026"),)},
    ],
)
def test_any_other_identity_is_said_in_other_words(other: dict[str, Any]) -> None:
    changed = replace(LINE, identity=replace(IDENTITY, **other))

    assert changed.identity_words != LINE.identity_words
    assert changed.other_words == LINE.other_words


@pytest.mark.parametrize(
    "other",
    [
        {"kind": LineKind.ALLOCATION},
        {"source_reference": "HH/2"},
        {"person_reference": "P/1"},
        {"family": "F/1"},
        {"family_role": FamilyRole.CHILD},
        {"tie": TieKind.PARENT_OF},
        {"other_reference": "P/2"},
        {"team": "T/1"},
        {"practitioner": "W/1"},
        {"started": TODAY},
        {"last_involved": TODAY},
        {"ended": TODAY},
    ],
)
def test_any_other_fact_is_said_in_other_words_of_the_same_person(other: dict[str, Any]) -> None:
    changed = replace(LINE, **other)

    assert changed.other_words != LINE.other_words
    assert changed.identity_words == LINE.identity_words


def test_a_fact_does_not_move_to_the_next_field_unseen() -> None:
    assert replace(LINE, family="F").other_words != replace(LINE, person_reference="F").other_words


def test_a_line_without_an_identity_says_nothing_of_one() -> None:
    assert replace(LINE, identity=None).identity_words == ""


def test_a_line_names_the_people_of_other_lines() -> None:
    tie = replace(LINE, person_reference="P/1", other_reference="P/2")

    assert (tie.named, LINE.named) == (("P/1", "P/2"), ())


def test_a_lines_place_in_the_file_is_no_change() -> None:
    moved = replace(LINE, number=9)

    assert (moved.identity_words, moved.other_words) == (LINE.identity_words, LINE.other_words)


def test_a_digest_tells_who_the_person_is_apart_from_the_rest() -> None:
    before = digest_of(b"identity" * 4, b"otherone" * 4)
    rest_changed = digest_of(b"identity" * 4, b"othertwo" * 4)
    person_changed = digest_of(b"somebody" * 4, b"otherone" * 4)

    assert identity_digest(rest_changed) == identity_digest(before)
    assert identity_digest(person_changed) != identity_digest(before)
    assert len({before, rest_changed, person_changed}) == 3


@pytest.mark.parametrize(
    ("refused", "lines", "stopped"),
    [(0, 0, False), (5, 100, False), (6, 100, True), (1, 20, False), (1, 19, True)],
)
def test_a_file_stops_above_five_in_a_hundred(refused: int, lines: int, *, stopped: bool) -> None:
    assert too_many_refused(refused=refused, lines=lines) is stopped


def test_a_line_waits_until_it_is_known_whose_it_is() -> None:
    waiting = Settled(line=LINE, digest=b"", person=None)

    assert waiting.state is LineState.WAITING
    assert replace(waiting, person=EWAN).state is LineState.LINKED


def test_the_lines_taken_are_those_not_refused() -> None:
    report = Report(
        service=Service.HOUSING,
        as_of=TODAY,
        outcome=ExtractOutcome.TAKEN,
        lines=100,
        refused_lines=3,
    )

    assert report.taken == 97


def test_a_team_and_a_practitioner_keep_their_reference_and_share_it_with_nobody() -> None:
    made = [
        each(service, source)
        for each in (team_id, practitioner_id)
        for service in (Service.HOUSING, Service.POLICE)
        for source in ("1", "2")
    ]

    assert len(set(made)) == len(made)
    assert team_id(Service.HOUSING, "1") == made[0]
