"""Agreements are kept whole on either engine, and no two hands are one."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from directory.domain.lawfulness import Country, LawfulBasis
from directory.domain.sharing import EVERY_FIELD, Agreement, ContactField, Course
from directory.store.agencies import AgencyStore
from directory.store.engine import Database
from directory.store.sharing import SharingStore
from tests.factories import (
    COUNCIL,
    HOMES,
    NOON,
    agreement,
    days_ago,
    draft,
    grants,
    party,
    reference,
)
from tests.store.holders import account, accounts

ADA, BEN = reference(71), reference(72)
KEPT = reference(51)


def keep(database: Database, *held: Agreement) -> None:
    with database.writing() as connection:
        for organisation, known_as in ((COUNCIL, "NS"), (HOMES, "HH")):
            AgencyStore(connection).keep_organisation(organisation, known_as=known_as, name="Body")
        for number, each in enumerate(held):
            SharingStore(connection).keep(UUID(int=KEPT.int + number), each)


def register(database: Database) -> list[Agreement]:
    with database.reading() as connection:
        return list(SharingStore(connection).register().values())


@pytest.mark.parametrize(
    "each",
    [
        agreement(),
        draft(),
        agreement(parties=()),
        agreement(parties=(party(COUNCIL, signed_on=None, signed_by=""), party(HOMES))),
        agreement(
            country=Country.WALES,
            bases=frozenset(LawfulBasis),
            special=frozenset(),
            schedule=frozenset(),
            policy_document="",
            confidentiality=None,
            dpia="",
            fields=frozenset({ContactField.TEAM}),
        ),
        agreement(fields=frozenset()),
        agreement(
            course=Course(
                activated_at=NOON,
                ended_from=days_ago(1),
                superseded_from=days_ago(2),
            )
        ),
    ],
    ids=["whole", "draft", "no party", "unsigned", "little", "no field", "over"],
)
def test_an_agreement_is_read_as_it_was_kept(database: Database, each: Agreement) -> None:
    keep(database, each)

    assert register(database) == [each]


def test_versions_are_read_by_agreement_the_oldest_first(database: Database) -> None:
    keep(
        database,
        agreement(reference="ISA-2", version=1),
        agreement(reference="ISA-1", version=10),
        agreement(reference="ISA-1", version=9),
    )

    assert [each.label for each in register(database)] == ["ISA-1 v9", "ISA-1 v10", "ISA-2 v1"]


def test_what_is_kept_again_stands_in_the_place_of_what_was(database: Database) -> None:
    keep(database, agreement())

    with database.writing() as connection:
        SharingStore(connection).keep(KEPT, draft(title="Anew", parties=(party(HOMES),)))

    assert register(database) == [draft(title="Anew", parties=(party(HOMES),))]


def test_a_version_moves_on_and_says_what_it_said(database: Database) -> None:
    keep(database, agreement())
    further = replace(agreement().course, superseded_from=days_ago(-3))

    with database.writing() as connection:
        SharingStore(connection).move_on(KEPT, further)

    assert register(database) == [agreement(course=further)]


def test_the_database_refuses_one_pair_of_hands(database: Database) -> None:
    with accounts(database) as store:
        for each in (ADA, BEN):
            store.create(account(reference=each, email=f"{each}@council.example"))
    both = Course(edited_by=ADA, edited_at=NOON, activated_by=ADA, activated_at=NOON)

    with pytest.raises(IntegrityError, match="four_eyes"):
        keep(database, agreement(course=both))

    keep(database, agreement(course=replace(both, activated_by=BEN)))
    assert register(database)[0].course.activated_by == BEN


def test_a_row_of_before_shows_every_field_and_is_england_s(database: Database) -> None:
    keep(database, agreement())
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE agreement SET fields = NULL, country = NULL")

    [found] = register(database)
    assert (found.fields, found.country) == (EVERY_FIELD, Country.ENGLAND)


OVER = agreement().course
BINDING = {
    "in force": (agreement(), True),
    "of others": (agreement(parties=(party(HOMES),)), False),
    "a draft": (draft(), False),
    "ended today": (agreement(course=replace(OVER, ended_from=days_ago(0))), False),
    "ending tomorrow": (agreement(course=replace(OVER, ended_from=days_ago(-1))), True),
    "superseded": (agreement(course=replace(OVER, superseded_from=days_ago(0))), False),
    "superseded tomorrow": (agreement(course=replace(OVER, superseded_from=days_ago(-1))), True),
    "of tomorrow": (agreement(start=days_ago(-1)), False),
    "past its term": (agreement(end=days_ago(1)), True),
    "unsigned": (agreement(parties=(party(COUNCIL, signed_on=None), party(HOMES))), True),
    "unsigned by others": (agreement(parties=(party(), party(HOMES, signed_on=None))), True),
    "signed later": (agreement(parties=(party(), party(HOMES, signed_on=days_ago(-3)))), True),
    "signed before": (agreement(parties=(party(), party(HOMES, signed_on=days_ago(900)))), True),
}


@pytest.mark.parametrize("how", BINDING)
def test_what_may_bind_an_organisation_is_read_and_nothing_else(
    database: Database, how: str
) -> None:
    kept, may_bind = BINDING[how]
    keep(database, kept)

    with database.reading() as connection:
        found = SharingStore(connection).binding(COUNCIL, days_ago(0))

    assert [replace(each, parties=kept.parties) for each in found] == ([kept] if may_bind else [])
    assert grants(*found) == (grants(kept) if may_bind else ())


@pytest.mark.parametrize("how", BINDING)
def test_what_is_left_out_opens_nothing_that_day(how: str) -> None:
    kept, may_bind = BINDING[how]

    opened = [each for each in grants(kept) if each.holds(days_ago(0))]

    assert may_bind or not opened


def test_nothing_binds_nobody(database: Database) -> None:
    keep(database, agreement())

    with database.reading() as connection:
        assert SharingStore(connection).binding(None, days_ago(0)) == ()
