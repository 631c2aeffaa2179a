"""A service's desk says when its practitioners are in, who stands in, and who is new."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.agencies import Practitioner
from directory.domain.availability import AvailabilityFault, Away, Weekday
from directory.domain.extracts import practitioner_id, team_id
from directory.domain.involvement import Involvement
from directory.domain.practitioners import Contact
from directory.domain.teams import AlreadyKept
from directory.domain.upkeep import Lead
from directory.domain.vocabulary import Service
from directory.operations import availability, practitioners, upkeep
from directory.policy.practitioners import DisclosedColleague
from tests.factories import TODAY, days_ago
from tests.operations.extracts_world import line, many
from tests.operations.matching_world import Desk, desk

BEGINS_WITH = desk
HOUSING, POLICE = Service.HOUSING, Service.POLICE
KIM, KIT = practitioner_id(HOUSING, "P1"), practitioner_id(HOUSING, "P2")
TEAM = team_id(HOUSING, "T1")
WEEK = Away(start=TODAY, end=TODAY + timedelta(days=7), cover=KIT)
MONDAYS = frozenset({Weekday.MONDAY})
NEW = ("Nia Moss", "Housing officer")
BY_HAND = Contact(phone="01632 960777", email="nia.moss@homes.example")
KIT_SENT = {
    "practitioner_reference": "P2",
    "practitioner_name": "Kit Marsh",
    "practitioner_email": "kit.marsh@homes.example",
}


def two(here: Desk) -> None:
    """Let the service send two tenancies, one led by Kim and one by Kit."""
    [other] = many(1)
    here.take(line(), other | KIT_SENT)


def kim(here: Desk, who: UUID = KIM) -> DisclosedColleague:
    return practitioners.view_colleague(here.ledger, here.lead(), practitioner=who)


def told(here: Desk) -> Involvement:
    """Return Leah's tenancy as a reader is told of it."""
    [found] = [each for each in here.here.seen() if each.source_reference == "TEN/1"]
    return found


def lead_of(here: Desk) -> Practitioner:
    """Return who leads Leah's tenancy, as a reader is told."""
    found = told(here).lead
    assert found is not None
    return found


def away(here: Desk, absence: Away = WEEK, who: UUID = KIM) -> None:
    availability.say_away(here.ledger, here.lead(), practitioner=who, away=absence)


def make(
    here: Desk, reference: str = "P9", team: UUID = TEAM, access: Access | None = None
) -> UUID:
    return availability.make_practitioner(
        here.ledger,
        access or here.lead(),
        source_reference=reference,
        new=NEW,
        team=team,
        contact=BY_HAND,
    )


def test_readers_are_told_at_once_who_stands_in_and_until_when(here: Desk) -> None:
    two(here)

    away(here)

    lead = lead_of(here)
    assert lead.availability.away == WEEK
    assert lead.cover is not None
    assert (lead.cover.name, lead.cover.email) == ("Kit Marsh", "kit.marsh@homes.example")
    assert (kim(here).is_away, kim(here).back_on, kim(here).covered_by) == (True, WEEK.end, KIT)


def test_what_a_file_sends_leaves_an_absence_as_it_is(here: Desk) -> None:
    two(here)
    away(here)

    here.take(line(practitioner_role="Senior officer"))

    assert (lead_of(here).role, lead_of(here).availability.away) == ("Senior officer", WEEK)


def test_who_stands_in_may_have_left_or_be_away_by_then(here: Desk) -> None:
    two(here)
    away(here)
    away(here, Away(start=TODAY, end=None, cover=None), KIT)
    practitioners.say_left(here.ledger, here.lead(), practitioner=KIT)

    cover = lead_of(here).cover

    assert cover is not None
    assert (cover.left_on, cover.availability.is_away(TODAY)) == (TODAY, True)


def test_who_is_back_is_rung_again_and_keeps_their_days(here: Desk) -> None:
    two(here)
    availability.say_weekdays(here.ledger, here.lead(), practitioner=KIM, weekdays=MONDAYS)
    away(here)
    assert lead_of(here).availability.weekdays == MONDAYS

    availability.say_back(here.ledger, here.lead(), practitioner=KIM)

    lead = lead_of(here)
    assert (lead.availability.away, lead.availability.weekdays, lead.cover) == (None, MONDAYS, None)


def test_an_absence_that_is_over_is_told_to_nobody(here: Desk) -> None:
    two(here)
    away(here)
    later = replace(here.lead(), at=here.lead().at + timedelta(days=8))

    shown = practitioners.view_colleague(here.ledger, later, practitioner=KIM)

    assert (shown.is_away, shown.away_from, shown.covered_by) == (False, None, None)


def test_the_days_somebody_works_may_be_unsaid_again(here: Desk) -> None:
    two(here)
    for days in (MONDAYS, frozenset[Weekday]()):
        availability.say_weekdays(here.ledger, here.lead(), practitioner=KIM, weekdays=days)

    assert kim(here).works == ()


@pytest.mark.parametrize("cover", [practitioner_id(POLICE, "P2"), practitioner_id(HOUSING, "P7")])
def test_nobody_of_another_service_and_nobody_unknown_stands_in(here: Desk, cover: UUID) -> None:
    two(here)

    with pytest.raises(AvailabilityFault, match="a colleague who is here"):
        away(here, replace(WEEK, cover=cover))


def test_nobody_of_another_landlord_stands_in(here: Desk) -> None:
    [other] = many(1)
    elsewhere = {
        "organisation_reference": "KES",
        "organisation_name": "Kestrel Homes",
        "team_reference": "T2",
        "team_name": "Kestrel",
    }
    here.take(line(), other | KIT_SENT | elsewhere)

    assert availability.list_covers(here.ledger, here.lead(), practitioner=KIM) == {}
    with pytest.raises(AvailabilityFault, match="a colleague who is here"):
        away(here)


def test_a_leaver_does_not_stand_in(here: Desk) -> None:
    two(here)
    practitioners.say_left(here.ledger, here.lead(), practitioner=KIT)

    with pytest.raises(AvailabilityFault, match="a colleague who is here"):
        away(here)


def test_nobody_is_away_before_they_begin_to_be(here: Desk) -> None:
    two(here)

    with pytest.raises(AvailabilityFault):
        away(here, Away(start=days_ago(9), end=days_ago(2), cover=None))


def test_nobody_of_another_service_is_made_away(here: Desk) -> None:
    two(here)
    police = here.lead(POLICE)

    with pytest.raises(NotFound):
        availability.say_back(here.ledger, police, practitioner=KIM)
    with pytest.raises(NotFound):
        availability.say_away(here.ledger, police, practitioner=KIM, away=WEEK)


def test_what_is_said_needs_somebody_who_says_it(here: Desk) -> None:
    two(here)
    nobody = replace(here.lead(), account=None)

    with pytest.raises(Refused):
        availability.say_back(here.ledger, nobody, practitioner=KIM)


def test_a_practitioner_whom_no_file_names_yet_can_lead_at_once(here: Desk) -> None:
    two(here)

    made = make(here)

    assert Lead(team=TEAM, practitioner=made) in upkeep.list_leads(here.ledger, here.lead())
    shown = kim(here, made)
    assert (shown.name, shown.role, shown.phone, shown.email) == (
        *NEW,
        BY_HAND.phone,
        BY_HAND.email,
    )


def test_a_file_that_names_them_under_the_same_reference_is_of_the_same_practitioner(
    here: Desk,
) -> None:
    two(here)
    made = make(here)

    here.take(
        line(
            practitioner_reference="P9", practitioner_name="Nia Moss-Bright", practitioner_phone=""
        )
    )

    assert kim(here, made).name == "Nia Moss-Bright"
    assert lead_of(here).reference == made


@pytest.mark.parametrize("reference", ["P1", "P9"])
def test_nobody_is_made_under_a_reference_that_is_taken(here: Desk, reference: str) -> None:
    two(here)
    make(here)

    with pytest.raises(AlreadyKept):
        make(here, reference)


def test_nobody_is_made_in_a_team_of_another_service(here: Desk) -> None:
    two(here)

    with pytest.raises(AvailabilityFault, match="a team of your service"):
        make(here, team=team_id(POLICE, "T1"))
