from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.brake import too_many_refused
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
)
from directory.domain.people import Address, Birth, Identity
from directory.domain.vocabulary import FamilyRole, Service, TieKind
from tests.domain.laws import LAW
from tests.factories import EWAN, address, identifier, name

SAID = Line(
    number=2,
    kind=LineKind.INVOLVEMENT,
    source_reference="TEN/1",
    identity=Identity(
        names=(name(),),
        birth=Birth(day=date(2017, 3, 27)),
        address=address(),
        identifiers=(identifier(),),
    ),
    team="T1",
    started=date(2024, 2, 1),
)


def identity(**differing: object) -> Identity:
    """Return Ewan's identity, but for what differs."""
    assert SAID.identity is not None
    return replace(SAID.identity, **differing)  # type: ignore[arg-type]  # checked by Identity


@pytest.mark.parametrize(("lines", "most"), [(1, 0), (19, 0), (20, 1), (39, 1), (100_000, 5_000)])
def test_more_than_one_line_in_twenty_is_too_many(lines: int, most: int) -> None:
    assert not too_many_refused(refused=most, lines=lines)
    assert too_many_refused(refused=most + 1, lines=lines)


def test_a_practitioner_has_the_same_reference_before_the_first_extract() -> None:
    assert practitioner_id(Service.HOUSING, "P1") == UUID("4c77b22f-55e2-5c5e-afd8-ba194af8e9d0")


@LAW
@given(st.sampled_from(Service), st.sampled_from(Service), st.text(max_size=9), st.text(max_size=9))
def test_references_of_two_services_teams_or_practitioners_never_meet(
    service: Service, other: Service, one: str, two: str
) -> None:
    made = {(service, one), (other, two)}

    assert len({team_id(*each) for each in made} | {practitioner_id(*each) for each in made}) == (
        2 * len(made)
    )


@pytest.mark.parametrize(
    "changed",
    [
        replace(SAID, source_reference="TEN/2"),
        replace(SAID, kind=LineKind.PERSON),
        replace(SAID, team="T2"),
        replace(SAID, practitioner="P1"),
        replace(SAID, started=None, last_involved=date(2024, 2, 1)),
        replace(SAID, ended=date(2024, 2, 1)),
        replace(SAID, family="F", family_role=FamilyRole.CHILD),
        replace(SAID, person_reference="A"),
        replace(SAID, tie=TieKind.PARENT_OF, other_reference="B"),
    ],
)
def test_a_line_that_says_something_else_of_its_involvement_differs_there(changed: Line) -> None:
    assert changed.other_words != SAID.other_words
    assert changed.identity_words == SAID.identity_words


@pytest.mark.parametrize(
    "changed",
    [
        identity(names=(name("Euan"),)),
        identity(names=(name(), name("Owen"))),
        identity(birth=None),
        identity(address=None),
        identity(address=Address(street="14", house="Mill Lane")),
        identity(identifiers=()),
    ],
)
def test_a_line_that_says_something_else_of_its_person_differs_there(changed: Identity) -> None:
    found = replace(SAID, identity=changed)

    assert found.identity_words != SAID.identity_words
    assert found.other_words == SAID.other_words


def test_a_line_without_an_identity_says_nothing_of_one() -> None:
    assert replace(SAID, identity=None).identity_words == ""


def test_a_line_names_the_people_of_other_lines() -> None:
    tie = replace(SAID, person_reference="A", other_reference="B")

    assert (tie.named, SAID.named) == (("A", "B"), ())


def test_where_a_line_stands_in_its_file_means_nothing() -> None:
    moved = replace(SAID, number=99)

    assert (moved.identity_words, moved.other_words) == (SAID.identity_words, SAID.other_words)


@LAW
@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
def test_the_identity_can_be_told_from_a_digest(own: bytes, other: bytes) -> None:
    digest = digest_of(own, other)

    assert (len(digest), identity_digest(digest)) == (16, own[:8])


def test_a_line_without_a_person_waits() -> None:
    found = [Settled(line=SAID, digest=b"", person=each).state for each in (EWAN, None)]

    assert found == [LineState.LINKED, LineState.WAITING]


def test_every_line_that_was_not_refused_was_taken() -> None:
    report = Report(
        service=Service.HOUSING,
        as_of=date(2026, 11, 23),
        outcome=ExtractOutcome.TAKEN,
        lines=20,
        refused_lines=1,
    )

    assert report.taken == 19
