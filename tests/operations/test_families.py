"""A family's board and one's own families: who stands there, and who no longer does."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.vocabulary import FamilyRole, Lifecycle, Purpose, Role
from directory.operations import families
from directory.store.people import PeopleStore
from tests.factories import EWAN, LEAH, NOON, days_ago
from tests.operations.accounts_world import World, sealer
from tests.operations.audit_world import asha
from tests.operations.family_world import (
    MIA,
    SOMEBODY,
    TEAM,
    allocate,
    keep_line,
    members,
    search,
    viewing,
    worker,
)

NEXT_WEEK = NOON + timedelta(days=7)


def ewans(here: World, access: Access, purpose: Purpose = Purpose.CHILD_PROTECTION) -> UUID:
    found = search(here, access, name="Blake, Ewan").reference
    return viewing(here, access, person=EWAN, look_up=found, purpose=purpose)


def add_mia(here: World, access: Access, seen: UUID) -> None:
    keep_line(here, 11, MIA, called="Mia Stone")
    found = search(here, access, name="Mia Stone").reference
    families.add_person(
        here.ledger, access, viewing=seen, look_up=found, person=MIA, role=FamilyRole.CARER
    )


def test_somebody_added_stands_on_the_board_of_who_added_them(here: World) -> None:
    access = asha(here)
    seen = ewans(here, access)

    add_mia(here, access, seen)

    board = families.view_board(here.ledger, access, viewing=seen)
    assert members(board) == [EWAN, LEAH, MIA]


def test_somebody_added_leaves_the_board_when_the_claim_on_them_ends(here: World) -> None:
    access = asha(here)
    add_mia(here, access, ewans(here, access))
    later = asha(here, NEXT_WEEK)

    board = families.view_board(here.ledger, later, viewing=ewans(here, later))

    assert members(board) == [EWAN, LEAH]


@pytest.mark.parametrize("lifecycle", [Lifecycle.ARCHIVED, Lifecycle.ADOPTED_SEVERED])
def test_a_member_who_is_no_longer_shown_does_not_stand_on_the_board(
    here: World, lifecycle: Lifecycle
) -> None:
    with here.database.writing() as connection:
        PeopleStore(connection, sealer()).set_lifecycle(LEAH, lifecycle)
    access = asha(here)

    board = families.view_board(here.ledger, access, viewing=ewans(here, access))

    assert members(board) == [EWAN]


def test_a_claim_bears_no_purpose_that_may_not_be_claimed(here: World) -> None:
    access = asha(here)
    ewans(here, access)

    with pytest.raises(Refused):
        ewans(here, access, Purpose.EARLY_HELP)


def test_an_allocation_bears_every_purpose_of_the_role_and_adds_nobody_for_early_help(
    here: World,
) -> None:
    allocate(here, 21, EWAN, practitioner=SOMEBODY, since=days_ago(30))
    access = replace(asha(here), practitioner=SOMEBODY)

    helping = families.view_board(
        here.ledger, access, viewing=ewans(here, access, Purpose.EARLY_HELP)
    )
    protecting = families.view_board(here.ledger, access, viewing=ewans(here, access))

    assert (helping.may_add, protecting.may_add) == (False, True)


def test_ones_own_list_holds_each_person_once_since_the_newest_allocation(here: World) -> None:
    allocate(here, 21, EWAN, practitioner=SOMEBODY, since=days_ago(300))
    allocate(here, 22, EWAN, practitioner=SOMEBODY, since=days_ago(30))
    access = replace(asha(here), practitioner=SOMEBODY)

    mine = families.list_mine(here.ledger, access)

    assert [(each.person.person, each.since) for each in mine.families] == [(EWAN, days_ago(30))]


def test_nobody_is_allocated_to_a_user_who_is_in_no_extract(here: World) -> None:
    allocate(here, 21, EWAN, practitioner=None, since=days_ago(30))
    access = replace(asha(here), practitioner=None, team=None)

    assert families.list_mine(here.ledger, access).families == ()
    with pytest.raises(NotFound):
        families.choose_mine(here.ledger, access, person=EWAN)


def test_a_team_manager_lists_the_teams_own(here: World) -> None:
    allocate(here, 21, EWAN, practitioner=None, since=days_ago(30))
    access = replace(worker(here, Role.TEAM_MANAGER), team=TEAM)

    mine = families.list_mine(here.ledger, access)

    assert [each.person.person for each in mine.families] == [EWAN]
