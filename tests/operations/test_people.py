"""Whom a role may find, and what a search is told of them."""

from datetime import date

import pytest

from directory.domain.access import NotFound, Refused
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.looking import Answer
from directory.domain.vocabulary import Lifecycle, Purpose, Relationship, Role, Service
from directory.operations import people
from directory.store.people import PeopleStore
from tests.factories import EWAN, LEAH, reference
from tests.operations.accounts_world import World, sealer
from tests.operations.audit_world import asha, entries, found, ines, investigated
from tests.operations.family_world import MIA, chosen, keep_line, search, viewing, worker

BORN = date(2017, 3, 27)


def become(here: World, lifecycle: Lifecycle) -> None:
    with here.database.writing() as connection:
        PeopleStore(connection, sealer()).set_lifecycle(EWAN, lifecycle)


def test_a_service_lead_of_no_service_finds_nobody(here: World) -> None:
    lead = worker(here, Role.SERVICE_LEAD)

    with pytest.raises(Refused):
        search(here, lead, name="Ewan Blake")

    assert here.events()[-1] == (Event.PEOPLE_SEARCHED, Outcome.REFUSED)


def test_somebody_of_ones_own_service_does_not_stand_in_for_the_one_sought(here: World) -> None:
    keep_line(here, 11, MIA, called="Mia Stone", birth=BORN)
    keep_line(here, 12, reference(14), called="Mia Stone", service=Service.POLICE)
    liaison = worker(here, Role.POLICE_LIAISON)

    result = search(here, liaison, name="Mia Stone", birth=BORN)

    assert (result.answer, [each.person for each in result.hits]) == (Answer.STRONG, [MIA])


def test_ones_own_people_are_found_openly(here: World) -> None:
    keep_line(here, 12, MIA, called="Mia Stone", service=Service.POLICE)
    liaison = worker(here, Role.POLICE_LIAISON)

    assert [each.person for each in search(here, liaison, name="Mia Stone").hits] == [MIA]
    assert search(here, liaison, name="Ewan Blake").hits == ()


def test_the_results_of_another_session_are_refused_and_entered(here: World) -> None:
    mine = search(here, asha(here), name="Ewan Blake").reference

    with pytest.raises(NotFound):
        people.look_up(here.ledger, worker(here, Role.FRONT_DOOR), reference=mine)

    assert here.events()[-1] == (Event.RESULTS_SEEN_AGAIN, Outcome.REFUSED)


@pytest.mark.parametrize(
    "lifecycle", [Lifecycle.ARCHIVED, Lifecycle.ADOPTED_SEVERED, Lifecycle.MERGED]
)
def test_who_is_no_longer_shown_is_not_found(here: World, lifecycle: Lifecycle) -> None:
    become(here, lifecycle)

    result = search(here, asha(here), name="Blake, Ewan")

    assert EWAN not in {each.person for each in result.hits}


@pytest.mark.parametrize(("lifecycle", "seen"), [(Lifecycle.ARCHIVED, 1), (Lifecycle.MERGED, 0)])
def test_an_investigation_finds_the_archived(here: World, lifecycle: Lifecycle, seen: int) -> None:
    become(here, lifecycle)
    lead = ines(here)
    investigation = investigated(here, lead)

    found(here, lead, investigation)

    assert here.events()[-1] == (Event.PEOPLE_SEARCHED, Outcome.DONE)
    assert len([each for each in _shown(here) if each == sealer().subject(EWAN.bytes)]) == seen


def test_who_is_no_longer_shown_cannot_be_chosen(here: World) -> None:
    become(here, Lifecycle.ARCHIVED)

    with pytest.raises(NotFound):
        chosen(here, asha(here), EWAN)


def test_a_purpose_for_one_member_opens_no_other_to_a_role_that_finds_one(here: World) -> None:
    keep_line(here, 12, LEAH, called="Leah Blake", birth=date(1993, 8, 21))
    carer = worker(here, Role.ADULT_SOCIAL_WORKER)
    look_up = search(here, carer, name="Leah Blake", birth=date(1993, 8, 21))
    assert [each.person for each in look_up.hits] == [LEAH]
    viewing(here, carer, person=LEAH, purpose=Purpose.ADULT_SAFEGUARDING, look_up=look_up.reference)

    result = chosen(here, carer, EWAN)

    assert (result.viewing, result.relationship) == (None, Relationship.NONE)


def _shown(here: World) -> list[bytes]:
    return [each.reference for each in entries(here)[-1].subjects]
