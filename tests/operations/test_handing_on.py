"""A family is handed on: to a colleague who waits for a manager, to a team, or by its manager."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, Refused
from directory.domain.events import Event
from directory.domain.relationships import SAMPLED_OF, StandingClaim, is_sampled
from directory.domain.vocabulary import Purpose, Relationship, Role
from directory.operations import claims, families, handing_on, letters, sampling
from directory.operations.handing_on import NobodyToReceive
from directory.operations.relationships import ReasonMissing
from directory.policy.permissions import Action
from directory.store.accounts import AccountStore
from tests.factories import EWAN, HOMES, NOON, claim, reference
from tests.operations.accounts_world import World, operator, sealer
from tests.operations.audit_world import asha, entries, ines
from tests.operations.family_world import TEAM, allocate, search, viewing, worker
from tests.operations.restrictions_world import guarded_council, hidden, officer

BEGINS_WITH = guarded_council
HELP, MANAGER, DOOR = Role.FAMILY_HELP_LEAD, Role.TEAM_MANAGER, Role.FRONT_DOOR
WHY = "she moves to our area"


def looked(here: World, access: Access) -> UUID:
    """Return the user's viewing of Ewan's family."""
    found = search(here, access, name="Blake, Ewan").reference
    return viewing(here, access, person=EWAN, look_up=found)


def hand(here: World, access: Access, where: UUID, to: Role, why: str = WHY) -> None:
    """Hand the family on to the colleague in a role."""
    handing_on.hand_on(
        here.ledger, access, viewing=where, email=f"{to}@council.example", reason=why
    )


def mine(here: World, access: Access) -> list[tuple[UUID, Relationship, bool]]:
    """Return what a user's own list says they were given, or claimed."""
    found = families.list_mine(here.ledger, access).claims
    return [(each.person.person, each.kind, each.confirmed) for each in found]


def in_team(here: World, *accesses: Access) -> list[Access]:
    """Return the users as workers of one team."""
    with here.database.writing() as connection:
        for each in accesses:
            connection.exec_driver_sql(
                "update account set team = ? where id = ?",
                (TEAM.bytes, (each.account or TEAM).bytes),
            )
    return [replace(each, team=TEAM) for each in accesses]


def test_a_colleague_sees_the_family_at_once_and_waits_for_a_manager(here: World) -> None:
    access, colleague = asha(here), worker(here, HELP)
    hand(here, access, looked(here, access), HELP)

    assert mine(here, colleague) == [(EWAN, Relationship.CLAIMED, False)]
    (shown,) = families.list_mine(here.ledger, colleague).claims
    assert (WHY in shown.reason, "Asha Rahman" in shown.reason) == (True, True)
    assert shown.purpose is Purpose.CHILD_PROTECTION
    assert families.choose_mine(here.ledger, colleague, person=EWAN).relationship is (
        Relationship.CLAIMED
    )


def test_what_was_handed_on_lapses_after_the_third_working_day(here: World) -> None:
    access, colleague = asha(here), worker(here, HELP)
    hand(here, access, looked(here, access), HELP)

    assert mine(here, replace(colleague, at=NOON + timedelta(days=7))) == []


def test_the_front_door_refers_to_a_manager_who_gives_it_to_their_own_worker(here: World) -> None:
    door = worker(here, DOOR)
    manager, theirs = in_team(here, worker(here, MANAGER), worker(here, HELP))
    hand(here, door, looked(here, door), MANAGER)
    referred = mine(here, manager)

    where = families.give_purpose(
        here.ledger, manager, person=EWAN, look_up=None, purpose=Purpose.CHILD_IN_NEED, reason=""
    )
    hand(here, manager, where, HELP)

    assert referred == [(EWAN, Relationship.TEAM, False)]
    assert mine(here, theirs) == [(EWAN, Relationship.CLAIMED, True)]


def test_a_manager_s_word_confirms_for_nobody_of_another_team(here: World) -> None:
    manager, other = worker(here, MANAGER), worker(here, HELP)
    (manager,) = in_team(here, manager)
    allocate(here, 900, EWAN, practitioner=None, since=NOON.date())
    hand(here, manager, looked(here, manager), HELP)

    assert mine(here, other) == [(EWAN, Relationship.CLAIMED, False)]


@pytest.mark.parametrize("to", [Role.VOLUNTEER, Role.CHILDRENS_SOCIAL_WORKER, Role.IG_LEAD])
def test_nobody_who_cannot_take_a_family_on_is_given_one(here: World, to: Role) -> None:
    access = asha(here)
    where = looked(here, access)
    if to is Role.VOLUNTEER:
        worker(here, to)

    with pytest.raises(NobodyToReceive):
        hand(here, access, where, to)
    with pytest.raises(NobodyToReceive):
        handing_on.hand_on(
            here.ledger, access, viewing=where, email="asha.rahman@council.example", reason=WHY
        )


def test_nobody_of_another_organisation_and_nobody_switched_off_is_given_one(here: World) -> None:
    access, colleague = asha(here), worker(here, HELP)
    where = looked(here, access)

    with pytest.raises(NobodyToReceive):
        hand(here, replace(access, organisation=HOMES), where, HELP)
    assert colleague.account is not None
    with here.database.writing() as connection:
        AccountStore(connection, sealer()).switch_off(colleague.account)
    with pytest.raises(NobodyToReceive):
        hand(here, access, where, HELP)


def test_it_is_handed_on_with_a_reason_and_on_a_ground(here: World) -> None:
    access = asha(here)
    where = looked(here, access)
    worker(here, HELP)

    with pytest.raises(ReasonMissing):
        hand(here, access, where, HELP, why=" ")
    (own,) = claims_of(here, access)
    claims.give_up(here.ledger, access, claim=own)
    with pytest.raises(Refused):
        hand(here, access, where, HELP)


def claims_of(here: World, access: Access) -> list[UUID]:
    """Return the references of the user's claims."""
    return [each.claim for each in families.list_mine(here.ledger, access).claims]


def test_who_is_hidden_from_a_colleague_stays_hidden_though_handed_on(here: World) -> None:
    access, colleague = asha(here), worker(here, HELP)
    where = looked(here, access)
    hand(here, access, where, HELP)

    hidden(here, officer(here), EWAN)

    assert mine(here, colleague) == []


def test_the_colleague_is_told_by_a_letter_that_names_nobody(here: World) -> None:
    access = asha(here)
    worker(here, HELP)
    hand(here, access, looked(here, access), HELP)

    taken = letters.take_letters(here.ledger, operator())

    assert [(each.to, each.subject) for each in taken] == [
        (f"{HELP}@council.example", "A family was handed on to you")
    ]
    assert not any(word in each.words for each in taken for word in ("Ewan", "Blake", WHY))


def test_handing_on_is_entered_with_whose_family_and_to_whom(here: World) -> None:
    access, colleague = asha(here), worker(here, HELP)
    hand(here, access, looked(here, access), HELP)

    acts = [each for each in entries(here) if each.event is Event.FAMILY_HANDED_ON]
    assert [each.outcome for each in acts] == ["done"]
    assert colleague.account


def test_one_claim_in_twenty_is_shown_to_the_ig_lead_without_the_person(here: World) -> None:
    with here.ledger.entry(asha(here), Event.BOARD_VIEWED, action=Action.FAMILY_OPEN) as work:
        for number in range(1, 2 * SAMPLED_OF + 1):
            work.relationships.keep_claim(
                reference(number), claim(account=work.access.account, person=EWAN)
            )

    lead = ines(here)
    found = sampling.list_sample(here.ledger, lead)

    assert sorted(each.claim for each in found) == [reference(20), reference(40)]
    assert {(each.user, each.confirmed) for each in found} == {("Asha Rahman", False)}
    assert sampling.list_sample(here.ledger, replace(lead, at=NOON + timedelta(days=31))) == ()


@pytest.mark.parametrize("number", [1, 19, 20, 21, 40])
def test_the_sample_is_drawn_by_the_reference(number: int) -> None:
    drawn = is_sampled(StandingClaim(reference=reference(number), claim=claim()))

    assert drawn is (number in {20, 40})
