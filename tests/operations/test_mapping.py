"""What a service's own headings stand for changes what a file says, and nothing else."""

from dataclasses import replace

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.extracts import ExtractOutcome
from directory.domain.vocabulary import Role, Service
from directory.operations import mapping
from directory.store.engine import Database
from tests.factories import NOON
from tests.operations.extracts_world import LAST_WEEK, OPERATOR, World, file_of, many, world

LEAD = Access(at=NOON, role=Role.SERVICE_LEAD, service=Service.HOUSING)
OWN = [
    {"Tenancy no": each["source_reference"], "Other no": f"X/{number}", **each}
    for number, each in enumerate(many(30))
]


def renamed() -> bytes:
    lines = [dict(each) for each in OWN]
    for each in lines:
        del each["source_reference"]
    return file_of(*lines)


def say(here: World, heading: str, access: Access = LEAD) -> None:
    mapping.say_meaning(
        here.ledger, access, service=Service.HOUSING, heading=heading, column="source_reference"
    )


def test_the_same_bytes_under_another_meaning_are_another_file(database: Database) -> None:
    here = world(database)
    say(here, "Tenancy no")
    first = here.take(renamed(), as_of=LAST_WEEK)
    say(here, "Other no")

    second = here.take(renamed())

    assert (first.new, second.known) == (30, 0)
    assert first.number != second.number
    assert second.outcome is ExtractOutcome.TAKEN
    assert "X/0" in {each.source_reference for each in here.seen()}


def test_a_heading_of_the_contract_means_itself_whatever_was_said(database: Database) -> None:
    here = world(database)
    say(here, "Tenancy no")

    report = here.check(file_of(*many(30)))

    assert report.outcome is ExtractOutcome.CHECKED


def test_two_headings_for_one_column_refuse_the_file(database: Database) -> None:
    here = world(database)
    say(here, "Tenancy no")

    report = here.check(file_of(*OWN))

    assert [each.reason for each in report.refused] == ["stands in the header twice"]


def test_the_newest_word_on_a_column_holds(database: Database) -> None:
    here = world(database)
    say(here, "Tenancy no")
    say(here, "Other no", OPERATOR)

    found = mapping.list_meanings(here.ledger, LEAD, service=Service.HOUSING)

    assert found == {"other_no": "source_reference"}


def test_nobody_says_or_reads_it_for_another_service(database: Database) -> None:
    here, stranger = world(database), replace(LEAD, service=Service.SCHOOL)

    with pytest.raises(Refused):
        say(here, "Tenancy no", stranger)
    with pytest.raises(Refused):
        mapping.list_meanings(here.ledger, stranger, service=Service.HOUSING)
    with pytest.raises(NotFound):
        mapping.forget_meaning(here.ledger, LEAD, service=Service.HOUSING, heading="Tenancy no")
