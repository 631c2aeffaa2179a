"""A service's desk keeps its practitioners true: how they are reached, and who has left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.domain.access import Access, NotFound
from directory.domain.extracts import practitioner_id, team_id
from directory.domain.involvement import Involvement
from directory.domain.practitioners import Contact, ContactChanged
from directory.domain.upkeep import Lead, UpkeepFault
from directory.domain.vocabulary import Service
from directory.operations import agencies, practitioners, undoing, upkeep
from directory.policy.practitioners import DisclosedColleague
from tests.factories import NOON, TODAY
from tests.operations.accounts_world import operator
from tests.operations.extracts_world import line, many
from tests.operations.matching_world import Desk, desk

BEGINS_WITH = desk
HOUSING, POLICE = Service.HOUSING, Service.POLICE
KIM, KIT = practitioner_id(HOUSING, "P1"), practitioner_id(HOUSING, "P2")
KITS = Lead(team=team_id(HOUSING, "T1"), practitioner=KIT)
AS_SENT = Contact(phone="01632 960123", email="kim.doyle@homes.example")
BY_HAND = Contact(phone="01632 960777", email="")
KIT_SENT = {
    "practitioner_reference": "P2",
    "practitioner_name": "Kit Marsh",
    "practitioner_email": "kit.marsh@homes.example",
}


def two(here: Desk, **differing: str) -> None:
    """Let the service send two tenancies, one led by Kim and one by Kit."""
    [other] = many(1)
    here.take(line(**differing), other | KIT_SENT)


def kim(here: Desk) -> DisclosedColleague:
    return practitioners.view_colleague(here.ledger, here.lead(), practitioner=KIM)


def reach(here: Desk, who: Access | None = None, seen: Contact = AS_SENT) -> None:
    practitioners.reach(
        here.ledger, who or here.lead(), practitioner=KIM, seen=seen, contact=BY_HAND
    )


def told(here: Desk) -> Involvement:
    """Return Leah's tenancy as a reader is told of it."""
    [found] = [each for each in here.here.seen() if each.source_reference == "TEN/1"]
    return found


def test_practitioners_are_listed_by_name_and_who_left_with_work_undone_first(here: Desk) -> None:
    two(here)
    practitioners.say_left(here.ledger, here.lead(), practitioner=KIT)

    found = practitioners.list_colleagues(here.ledger, here.lead(), page=1)

    assert [(each.name, each.leads, each.has_left) for each in found.colleagues] == [
        ("Kit Marsh", 1, True), ("Kim Doyle", 1, False),
    ]  # fmt: skip
    assert not found.more


def test_how_somebody_is_reached_is_told_to_everybody_at_once(here: Desk) -> None:
    two(here)

    reach(here)

    found = told(here).lead
    assert found is not None
    assert (found.phone, found.email) == (BY_HAND.phone, BY_HAND.email)


@pytest.mark.parametrize(("days_before", "phone"), [(1, BY_HAND.phone), (2, AS_SENT.phone)])
def test_the_newer_of_a_file_and_a_desk_says_how_somebody_is_reached(
    here: Desk, days_before: int, phone: str
) -> None:
    two(here)
    reach(here, replace(here.lead(), at=NOON - timedelta(days=days_before)))

    two(here)

    assert kim(here).phone == phone


def test_a_contact_said_by_hand_is_kept_by_a_file_that_names_another_role(here: Desk) -> None:
    two(here)
    reach(here)

    two(here, practitioner_role="Senior housing officer")

    assert (kim(here).role, kim(here).phone) == ("Senior housing officer", BY_HAND.phone)


def test_a_contact_said_by_hand_outlives_a_file_that_is_taken_back(here: Desk) -> None:
    two(here)
    two(here, practitioner_role="Senior housing officer")
    reach(here)

    undoing.undo(here.ledger, operator(), service=HOUSING)

    assert (kim(here).role, kim(here).phone) == ("Housing officer", BY_HAND.phone)


def test_of_two_who_change_a_contact_the_later_is_told(here: Desk) -> None:
    two(here)
    reach(here)

    with pytest.raises(ContactChanged):
        reach(here)
    reach(here, seen=BY_HAND)

    assert kim(here).phone == BY_HAND.phone


def test_who_has_left_gives_way_to_the_team_and_may_come_back(here: Desk) -> None:
    two(here)

    practitioners.say_left(here.ledger, here.lead(), practitioner=KIM)
    left = told(here).lead
    practitioners.say_here(here.ledger, here.lead(), practitioner=KIM)
    back = told(here).lead

    assert left is not None
    assert back is not None
    assert (left.works_on(TODAY), back.works_on(TODAY)) == (False, True)


def test_everything_of_a_leaver_is_handed_over_at_once(here: Desk) -> None:
    here.take(line(), *many(130), many(131)[130] | KIT_SENT)
    practitioners.say_left(here.ledger, here.lead(), practitioner=KIM)

    done = practitioners.hand_all_over(here.ledger, here.lead(), practitioner=KIM, to=KITS)
    nothing = practitioners.hand_all_over(here.ledger, here.lead(), practitioner=KIM, to=KITS)
    itself = practitioners.hand_all_over(here.ledger, here.lead(), practitioner=KIT, to=KITS)

    assert (done, nothing, itself) == (131, 0, 0)
    assert kim(here).leads == 0
    assert practitioners.view_colleague(here.ledger, here.lead(), practitioner=KIT).leads == 132


def test_what_cannot_be_handed_over_is_left(here: Desk) -> None:
    two(here)
    with here.here.database.writing() as connection:
        connection.exec_driver_sql("update organisation set needs_consent = true")

    done = practitioners.hand_all_over(here.ledger, here.lead(), practitioner=KIM, to=KITS)

    assert done == 0


def test_nobody_of_another_service_is_shown_changed_or_made_to_lead(here: Desk) -> None:
    two(here)
    police, stranger = here.lead(POLICE), Lead(team=team_id(POLICE, "T1"), practitioner=None)

    for act in (practitioners.view_colleague, practitioners.say_left, practitioners.say_here):
        with pytest.raises(NotFound):
            act(here.ledger, police, practitioner=KIM)
    with pytest.raises(NotFound):
        reach(here, police)
    with pytest.raises(UpkeepFault):
        practitioners.hand_all_over(here.ledger, here.lead(), practitioner=KIM, to=stranger)
    assert practitioners.list_colleagues(here.ledger, police, page=1).colleagues == ()
    assert upkeep.list_leads(here.ledger, police) == {}


def test_an_engineer_s_word_that_somebody_left_is_the_desk_s_to_take_back(here: Desk) -> None:
    two(here)
    agencies.deactivate(here.ledger, operator(), service=HOUSING, source_reference="P1")
    assert kim(here).may_come_back

    practitioners.say_here(here.ledger, here.lead(), practitioner=KIM)

    assert not kim(here).has_left
