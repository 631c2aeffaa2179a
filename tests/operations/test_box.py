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


def test_what_stands_in_a_box_of_its_own_goes_before() -> None:
    sought = read_box("ewan NX4 aged 9", beside=Sought(postcode="NX9"))

    assert sought == Sought(name="ewan", age=9, postcode="NX9", unread=("NX4",))


def test_a_date_box_by_box_takes_the_place_of_any_date_in_the_box() -> None:
    sought = read_box("ewan 12/3/2015", beside=Sought(birth_year=2016))

    assert (sought.birth, sought.birth_year, sought.unread) == (None, 2016, ("2015-03-12",))


def test_a_phone_is_read_and_not_searched_by() -> None:
    assert read_box("ewan +44 7700 900123", beside=Sought()).unread == ("07700900123",)


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
