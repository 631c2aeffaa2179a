"""What is typed in the one box, a service's own reference among it, and whom it finds."""

from datetime import date

import pytest

from directory.domain.looking import Answer, Sought
from directory.domain.vocabulary import Lifecycle, Role, Service
from directory.operations.box import read_box
from directory.store.people import PeopleStore
from tests.factories import EWAN
from tests.operations.accounts_world import World, sealer
from tests.operations.audit_world import asha
from tests.operations.family_world import MIA, keep_line, search, worker

BORN = date(2017, 3, 27)


HOME = Sought(house="4", street="High Street", postcode="NX92GG")


def test_what_stands_in_a_box_of_its_own_goes_before() -> None:
    box = read_box("ewan NX4 aged 9", beside=Sought(postcode="NX9"))

    assert box.sought == Sought(name="ewan", age=9, postcode="NX9")
    assert box.overridden == Sought(postcode="NX4")


@pytest.mark.parametrize(
    ("text", "beside", "overridden"),
    [
        ("ewan", Sought(name="Mia"), Sought(name="ewan")),
        ("12/3/2015", Sought(birth_year=2016), Sought(birth=date(2015, 3, 12))),
        ("March 2015", Sought(birth=BORN), Sought(birth_year=2015, birth_month=3)),
        ("about 9", Sought(age=9), Sought(age=9, age_is_about=True)),
        ("999 002 0264", Sought(nhs_number="9990000018"), Sought(nhs_number="9990020264")),
        ("E999200022001", Sought(upn="P999200020005"), Sought(upn="E999200022001")),
        (
            "CSC-1001 CSC-1002",
            Sought(references=("CSC-1003",)),
            Sought(references=("CSC-1001", "CSC-1002")),
        ),
        ("4 High Street NX9 2GG", Sought(street="Low Road"), HOME),
    ],
    ids=["name", "date", "month", "age", "nhs", "upn", "references", "address"],
)
def test_what_stands_otherwise_below_is_not_sought_and_said(
    text: str, beside: Sought, overridden: Sought
) -> None:
    box = read_box(text, beside=beside)

    assert (box.sought, box.overridden) == (beside, overridden)


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("4 High Street", Sought(house="7", street="High Street")),
        ("4 High Street", Sought(street="Low Road", postcode="NX9")),
        ("4 High Street NX9 2GG", Sought(postcode="NX4")),
        ("4 High Street NX9 2GG", Sought(house="7", street="Low Road")),
        ("4 High Street NX9 2GG", Sought(house="7", street="Low Road", postcode="NX92GG")),
    ],
    ids=["house", "street", "postcode", "house and street", "all but the postcode"],
)
def test_an_address_is_of_one_place(text: str, beside: Sought) -> None:
    assert read_box(text, beside=beside).sought == beside


def test_a_postcode_goes_with_a_street_that_stands_elsewhere() -> None:
    box = read_box("NX9 2GG", beside=Sought(house="4", street="High Street"))

    assert (box.sought, box.overridden) == (HOME, Sought())


@pytest.mark.parametrize("street", ["high street", "High  Street"])
def test_what_is_the_same_but_for_capitals_and_spaces_is_not_said(street: str) -> None:
    beside = Sought(name="Ewan", house="4", street=street, postcode="NX92GG")

    box = read_box("ewan, 4 High Street, NX9 2GG", beside=beside)

    assert (box.sought, box.overridden) == (beside, Sought())


def test_a_phone_is_read_and_not_searched_by() -> None:
    assert read_box("ewan +44 7700 900123", beside=Sought()).sought.unread == ("07700900123",)


@pytest.mark.parametrize("typed", ["P12", "p12"])
def test_somebody_is_found_by_their_own_services_reference(here: World, typed: str) -> None:
    keep_line(here, 12, MIA, called="Mia Stone", service=Service.POLICE)
    liaison = worker(here, Role.POLICE_LIAISON)

    result = search(here, liaison, references=(typed,))

    assert (result.answer, [each.person for each in result.hits]) == (Answer.STRONG, [MIA])


def test_a_childrens_social_worker_finds_by_childrens_social_cares_reference(here: World) -> None:
    keep_line(here, 12, MIA, called="Mia Stone")

    result = search(here, asha(here), references=("P12",))

    assert [each.person for each in result.hits] == [MIA]


def test_another_services_reference_finds_nobody(here: World) -> None:
    keep_line(here, 12, MIA, called="Mia Stone", service=Service.POLICE)

    result = search(here, asha(here), references=("P12",))

    assert (result.answer, result.hits) == (Answer.NONE, ())


def test_a_reference_of_somebody_no_longer_shown_finds_nobody(here: World) -> None:
    keep_line(here, 12, MIA, called="Mia Stone")
    with here.database.writing() as connection:
        PeopleStore(connection, sealer()).set_lifecycle(MIA, Lifecycle.ADOPTED_SEVERED)

    result = search(here, asha(here), references=("P12",))

    assert (result.answer, result.hits) == (Answer.NONE, ())


def test_a_reference_that_names_nobody_leaves_the_rest_to_find_by(here: World) -> None:
    result = search(here, asha(here), name="Blake, Ewan", references=("P99999",))

    assert EWAN in {each.person for each in result.hits}


def test_a_reference_beside_a_name_changes_nothing_whoever_has_it(here: World) -> None:
    keep_line(here, 12, MIA, called="Mia Stone")
    practitioner = asha(here)
    shown = search(here, practitioner, name="Blake, Ewan", references=("P12",))
    with here.database.writing() as connection:
        PeopleStore(connection, sealer()).set_lifecycle(MIA, Lifecycle.ADOPTED_SEVERED)
    severed = search(here, practitioner, name="Blake, Ewan", references=("P12",))
    unknown = search(here, practitioner, name="Blake, Ewan", references=("P99",))

    found = [(each.answer, [hit.person for hit in each.hits]) for each in (shown, severed, unknown)]
    assert found == [(Answer.POSSIBLE, [EWAN])] * 3
    heeded = Sought(name="Blake, Ewan", references=("P12",)).heeded
    assert heeded == Sought(name="Blake, Ewan", unread=("P12",))


@pytest.mark.parametrize(
    "guessed",
    [
        {"house": "4", "street": "Cobbler Terrace"},
        {"street": "Harbour Road"},
        {"postcode": "NX42AB"},
        {"postcode": "NX4"},
        {"age": 9},
        {"age": 40, "age_is_about": True},
        {"references": ("P11",)},
        {"unread": ("07700900123",)},
        {"nhs_number": "9990000018"},
        {"upn": "P999200020005"},
    ],
)
def test_a_role_that_finds_exactly_learns_nothing_by_guessing_more(
    here: World, guessed: dict[str, object]
) -> None:
    keep_line(here, 11, MIA, called="Mia Stone", birth=BORN)
    liaison = worker(here, Role.POLICE_LIAISON)

    result = search(here, liaison, name="Mia Stone", birth=BORN, **guessed)

    assert [(each.person, each.why, each.differs) for each in result.hits] == [
        (MIA, ("forename_same", "surname_same", "birth_same"), ())
    ]
