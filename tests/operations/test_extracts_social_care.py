"""Stories of children's social care's extract: people, families, allocations and ties."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from directory.domain.extracts import Report, practitioner_id
from directory.domain.people import Family, Identifier, Tie
from directory.domain.vocabulary import FamilyRole, IdentifierKind, Service, TieKind
from directory.store.engine import Database
from directory.store.involvement import InvolvementStore
from directory.store.people import PeopleStore
from tests.factories import TODAY
from tests.operations.extracts_world import (
    LAST_WEEK,
    Cells,
    World,
    allocation,
    faults,
    file_of,
    line,
    many,
    person,
    reasons,
    sealer,
    tie,
    world,
)

SOCIAL_CARE = Service.CHILDRENS_SOCIAL_CARE
EWAN = person(
    "CSC/1",
    forenames="Ewan James",
    date_of_birth="2017-02-14",
    family_role="anchor_child",
    nhs_number="999 000 0018",
)
LEAH = person("CSC/2", former_surname="Marsh")
ASHAS = allocation("ALL/1", "CSC/1", practitioner_reference="CSC-P1")
MOTHER = tie("CSC/2", "parent_of", "CSC/1")
BLAKES = (EWAN, LEAH, ASHAS, MOTHER)
NOT_ALONE = tuple(
    person(f"CSC/{100 + number}", family_reference=f"FAM/{100 + number}", **_identity)
    for number, _identity in enumerate(
        {name: cells[name] for name in ("forenames", "surname", "date_of_birth", "postcode")}
        for cells in many(30)
    )
)


def take(here: World, *lines: Cells, **differing: Any) -> Report:
    return here.take(file_of(*lines), service=SOCIAL_CARE, **differing)


def whose(here: World, forename: str) -> UUID:
    """Return the one person who is seen and has this forename."""
    [found] = [each for each in here.people() if each.name.forenames.startswith(forename)]
    return found.reference


def family_of(here: World, forename: str) -> Family:
    with here.database.reading() as connection:
        return PeopleStore(connection, sealer()).family(whose(here, forename))


def ties_of(here: World) -> tuple[Tie, ...]:
    with here.database.reading() as connection:
        store = PeopleStore(connection, sealer())
        return store.ties([each.reference for each in here.people()])


def test_people_come_as_a_family_with_their_ties(database: Database) -> None:
    here = world(database)

    take(here, *NOT_ALONE, *BLAKES)

    ewan, leah = whose(here, "Ewan"), whose(here, "Leah")
    assert [(each.person, each.role) for each in family_of(here, "Leah").members] == [
        (ewan, FamilyRole.ANCHOR_CHILD),
        (leah, FamilyRole.PARENT),
    ]
    assert ties_of(here) == (Tie(source=leah, kind=TieKind.PARENT_OF, target=ewan),)


def test_an_allocation_makes_its_worker_and_team_work_with_the_child(database: Database) -> None:
    here = world(database)

    take(here, *NOT_ALONE, *BLAKES)

    with here.database.reading() as connection:
        store = InvolvementStore(connection)
        asha = practitioner_id(SOCIAL_CARE, "CSC-P1")
        found = store.allocations(practitioner=asha, team=None, day=TODAY, most=9)
    assert [each for each, _ in found] == [whose(here, "Ewan")]


def test_identifiers_are_kept_for_the_search_and_nowhere_in_plain(database: Database) -> None:
    here = world(database)

    take(here, *NOT_ALONE, EWAN)

    [ewan] = [each for each in here.described() if each.name.forenames == "Ewan James"]
    assert ewan.identifiers == (Identifier(kind=IdentifierKind.NHS_NUMBER, value="9990000018"),)


def test_another_service_meets_the_family_that_social_care_sent(database: Database) -> None:
    here = world(database)
    take(here, *NOT_ALONE, *BLAKES)

    report = here.take(file_of(line(surname="Blake")))

    assert (report.linked, len(here.people())) == (1, 32)


def test_lines_may_name_people_of_an_earlier_file(database: Database) -> None:
    here = world(database)
    take(here, *NOT_ALONE, EWAN, LEAH, as_of=LAST_WEEK)

    report = take(here, *NOT_ALONE, ASHAS, MOTHER)

    assert (report.linked, report.refused_lines) == (2, 0)
    assert len(ties_of(here)) == 1


def test_a_line_that_names_nobody_is_refused(database: Database) -> None:
    here = world(database)

    report = take(here, *NOT_ALONE, MOTHER, EWAN, LEAH, ASHAS, allocation("ALL/2", "CSC/9"))

    assert faults(report) == {(32, "person_reference"), (36, "person_reference")}
    assert reasons(report) == "; ".join(["names a person of whom no line stands before"] * 2)


def test_a_line_that_names_somebody_whose_line_was_refused_is_refused_with_it(
    database: Database,
) -> None:
    here = world(database)
    spoilt = {**EWAN, "surname": ""}

    report = take(here, *NOT_ALONE, spoilt, LEAH, tie("CSC/1", "sibling_of", "CSC/2"))

    assert {number for number, _ in faults(report)} == {32, 34}


def test_an_allocation_is_no_person_to_name(database: Database) -> None:
    here = world(database)
    take(here, *NOT_ALONE, *BLAKES, as_of=LAST_WEEK)

    report = take(here, *NOT_ALONE, *BLAKES, allocation("ALL/2", "ALL/1"))

    assert faults(report) == {(36, "person_reference")}


def test_what_is_said_of_somebody_who_waits_waits_with_them(database: Database) -> None:
    here = world(database)
    unsure = {**EWAN, "date_of_birth": ""}

    report = take(here, *NOT_ALONE, unsure, LEAH, ASHAS, MOTHER)

    assert (report.waiting, here.seen(), ties_of(here)) == (3, (), ())


def test_all_of_it_is_linked_once_they_are_known(database: Database) -> None:
    here = world(database)
    unsure = {**EWAN, "date_of_birth": ""}
    take(here, *NOT_ALONE, unsure, LEAH, ASHAS, MOTHER, as_of=LAST_WEEK)

    report = take(here, *NOT_ALONE, *BLAKES)

    assert (report.waiting, report.new, report.linked) == (0, 1, 2)
    assert (len(here.seen()), len(ties_of(here))) == (1, 1)


def test_twins_of_one_file_are_two_people_with_their_own_workers(database: Database) -> None:
    here = world(database)
    twin = {**EWAN, "source_reference": "CSC/3", "forenames": "Ngozi", "nhs_number": "9990000026"}
    twin["family_role"] = "child"

    report = take(here, *NOT_ALONE, EWAN, twin, ASHAS, allocation("ALL/2", "CSC/3"))

    assert (report.new, report.linked, report.waiting) == (32, 2, 0)
    assert len({each.person for each in here.seen()}) == 2


def test_a_check_foresees_who_waits_and_who_waits_with_them(database: Database) -> None:
    here = world(database)
    lines = (*NOT_ALONE, {**EWAN, "date_of_birth": ""}, LEAH, ASHAS, MOTHER)

    foreseen = here.check(file_of(*lines), service=SOCIAL_CARE)

    assert (foreseen.new, foreseen.waiting) == (31, 3)
    assert replace(take(here, *lines), outcome=foreseen.outcome) == foreseen


def test_an_allocation_follows_the_child_it_names(database: Database) -> None:
    here = world(database)
    mia = person("CSC/3", forenames="Mia", date_of_birth="2023-05-30", family_role="child")
    take(here, *NOT_ALONE, EWAN, mia, ASHAS, as_of=LAST_WEEK)

    report = take(here, *NOT_ALONE, EWAN, mia, {**ASHAS, "person_reference": "CSC/3"})

    [involvement] = here.seen()
    assert (report.changed, involvement.person) == (1, whose(here, "Mia"))


def test_a_tie_of_two_lines_about_one_person_ties_nobody(database: Database) -> None:
    here = world(database)
    twin_line = {**LEAH, "source_reference": "CSC/4"}

    report = take(here, *NOT_ALONE, LEAH, twin_line, tie("CSC/2", "partner_of", "CSC/4"))

    assert (report.waiting, ties_of(here)) == (0, ())


@pytest.mark.parametrize("again", [BLAKES, (EWAN, LEAH)])
def test_the_same_family_again_writes_nothing(database: Database, again: tuple[Cells, ...]) -> None:
    here = world(database)
    take(here, *NOT_ALONE, *BLAKES, as_of=LAST_WEEK)
    before = here.count("line")

    report = take(here, *NOT_ALONE, *again)

    assert (report.known, report.absent) == (30 + len(again), 4 - len(again))
    assert (here.count("line"), len(ties_of(here))) == (before, 1)
