"""A service's own desk mends, confirms and hands over its involvements, and no other's."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.extracts import practitioner_id, team_id
from directory.domain.upkeep import ChangedMeanwhile, Lead, Said, UpkeepFault
from directory.domain.vocabulary import Role, Service
from directory.operations import upkeep
from directory.policy.disclosed import DisclosedKept
from tests.factories import NOON, TODAY
from tests.operations.extracts_world import Cells, line, many
from tests.operations.matching_world import Desk, desk

BEGINS_WITH = desk
HOUSING, POLICE = Service.HOUSING, Service.POLICE
KIT: Cells = {
    "practitioner_reference": "P2",
    "practitioner_name": "Kit Marsh",
    "practitioner_email": "kit.marsh@homes.example",
}
KITS = Lead(team=team_id(HOUSING, "T1"), practitioner=practitioner_id(HOUSING, "P2"))
YESTERDAY = TODAY - timedelta(days=1)


def listed(here: Desk, **asked: UUID) -> dict[str, DisclosedKept]:
    """Return the service's involvements by its own references, in the order of the list."""
    found = upkeep.list_own(here.ledger, here.lead(), lead=asked.get("lead"), page=1)
    return {each.source_reference: each for each in found.involvements}


def saying(of: DisclosedKept, **differing: Lead | date | None) -> Said:
    now = {
        "lead": Lead(team=of.team, practitioner=of.practitioner),
        "last_involved": of.last_involved,
        "ended": of.ended,
    }
    return Said(**(now | differing))  # type: ignore[arg-type]  # the parts of what is said


def mend(here: Desk, of: DisclosedKept, **differing: Lead | date | None) -> None:
    upkeep.change(
        here.ledger, here.lead(), line=of.line, revision=of.revision, said=saying(of, **differing)
    )


def two(here: Desk, **differing: str) -> None:
    """Let the service send Leah's tenancy, and another that Kit leads."""
    [other] = many(1)
    here.take(line(**differing), other | KIT)


def test_the_longest_not_heard_of_is_listed_first(here: Desk) -> None:
    days = {"TEN/1": "01/10/2026", "TEN/1000": "03/03/2026", "TEN/1001": "02/02/2026"}
    whole = [line(), *many(2)]

    here.take(*(each | {"last_involved": days[each["source_reference"]]} for each in whole))

    assert list(listed(here)) == ["TEN/1001", "TEN/1000", "TEN/1"]


def test_what_is_mended_is_told_to_everybody_at_once(here: Desk) -> None:
    two(here)
    before = listed(here)["TEN/1"]

    mend(here, before, lead=KITS, last_involved=YESTERDAY)

    after = listed(here)["TEN/1"]
    assert (after.practitioner_name, after.last_involved) == ("Kit Marsh", YESTERDAY)
    assert (after.as_of, after.revision) == (TODAY, before.revision + 1)


def test_what_ended_is_listed_no_more(here: Desk) -> None:
    two(here)

    mend(here, listed(here)["TEN/1"], ended=TODAY)

    assert list(listed(here)) == ["TEN/1000"]


@pytest.mark.parametrize(("days_before", "leads"), [(1, "Kit Marsh"), (2, "Kim Doyle")])
def test_the_newer_of_a_file_and_a_mended_line_holds(
    here: Desk, days_before: int, leads: str
) -> None:
    two(here)
    of, then = listed(here)["TEN/1"], here.lead()
    upkeep.change(
        here.ledger, replace(then, at=NOON - timedelta(days=days_before)), line=of.line,
        revision=of.revision, said=saying(of, lead=KITS),
    )  # fmt: skip

    two(here)

    assert listed(here)["TEN/1"].practitioner_name == leads


def test_what_a_newer_file_says_of_another_part_is_taken(here: Desk) -> None:
    two(here)
    mend(here, listed(here)["TEN/1"], lead=KITS)

    two(here, last_involved="20/11/2026")

    after = listed(here)["TEN/1"]
    assert (after.practitioner_name, after.last_involved) == ("Kit Marsh", date(2026, 11, 20))


def test_of_two_who_mend_the_same_the_later_is_told(here: Desk) -> None:
    two(here)
    seen = listed(here)["TEN/1"]
    mend(here, seen, last_involved=YESTERDAY)

    with pytest.raises(ChangedMeanwhile):
        mend(here, seen, lead=KITS)
    mend(here, listed(here)["TEN/1"], lead=KITS)

    after = listed(here)["TEN/1"]
    assert (after.practitioner_name, after.last_involved) == ("Kit Marsh", YESTERDAY)


def test_many_are_confirmed_and_those_changed_meanwhile_are_left(here: Desk) -> None:
    two(here)
    seen = {each.line: each.revision for each in listed(here).values()}
    mend(here, listed(here)["TEN/1"], last_involved=YESTERDAY)

    done = upkeep.confirm(here.ledger, here.lead(), seen=seen)

    after = listed(here)
    assert (done, after["TEN/1"].confirmed_on) == (1, None)
    assert after["TEN/1000"].confirmed_on == TODAY


def test_many_are_handed_over(here: Desk) -> None:
    two(here)
    seen = {each.line: each.revision for each in listed(here).values()}

    done = upkeep.hand_over(here.ledger, here.lead(), seen=seen, to=KITS)

    assert done == 2
    assert KITS.practitioner is not None
    assert set(listed(here, lead=KITS.practitioner)) == {"TEN/1", "TEN/1000"}


def test_nobody_else_s_involvement_is_seen_or_mended(here: Desk) -> None:
    two(here)
    own, other = listed(here)["TEN/1"], here.lead(POLICE)

    assert upkeep.list_own(here.ledger, other, lead=None, page=1).involvements == ()
    with pytest.raises(NotFound):
        upkeep.view_own(here.ledger, other, line=own.line)
    with pytest.raises(NotFound):
        upkeep.change(
            here.ledger, other, line=own.line, revision=own.revision, said=saying(own, ended=TODAY)
        )
    assert upkeep.confirm(here.ledger, other, seen={own.line: own.revision}) == 0


def test_nobody_of_another_service_is_made_to_lead(here: Desk) -> None:
    two(here)
    stranger = Lead(team=team_id(POLICE, "T1"), practitioner=None)

    seen = {each.line: each.revision for each in listed(here).values()}

    with pytest.raises(UpkeepFault):
        mend(here, listed(here)["TEN/1"], lead=stranger)
    with pytest.raises(UpkeepFault):
        upkeep.hand_over(here.ledger, here.lead(), seen=seen, to=stranger)


def test_a_desk_without_a_service_and_a_tick_of_nothing_do_nothing(here: Desk) -> None:
    nowhere = Access(at=NOON, role=Role.SERVICE_LEAD, account=here.accounts["olwen"])

    with pytest.raises(Refused):
        upkeep.list_own(here.ledger, nowhere, lead=None, page=1)
    with pytest.raises(Refused):
        upkeep.confirm(here.ledger, here.lead(), seen={})


def test_an_involvement_is_found_by_its_own_service_s_reference_alone(here: Desk) -> None:
    two(here)
    police = here.lead(POLICE)

    found = upkeep.find_own(here.ledger, here.lead(), reference="TEN/1")

    assert found == listed(here)["TEN/1"].line
    for who, reference in ((police, "TEN/1"), (here.lead(), "TEN/2")):
        with pytest.raises(NotFound):
            upkeep.find_own(here.ledger, who, reference=reference)
