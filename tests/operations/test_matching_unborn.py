"""Somebody entered before their birth is joined with the born child by a steward alone."""

from pathlib import Path
from uuid import UUID

import pytest

from directory.domain.matching import ActState, Choice
from directory.domain.vocabulary import Lifecycle, Service
from directory.operations import matching, matching_acts, matching_decisions
from directory.operations.matching_decisions import Decision
from tests import engines
from tests.factories import NOON
from tests.operations.extracts_world import line
from tests.operations.matching_world import Desk, desk, leah, town

BEGINS_WITH = desk
POLICE = Service.POLICE


def take_back(here: Desk) -> None:
    """Take the newest act back."""
    acts = matching_acts.list_acts(here.ledger, here.steward(), state=ActState.DONE, page=1).acts
    matching_acts.take_back(here.ledger, here.steward("jonah"), act=acts[0].act)


def test_an_unborn_child_is_known_by_what_is_said_and_the_day_expected(here: Desk) -> None:
    baby = unborn(here)

    people = {each.reference: each for each in here.here.people()}

    assert people[baby].name.full == "Baby Blake"
    assert people[baby].lifecycle is Lifecycle.UNBORN


def unborn(here: Desk) -> UUID:
    """Return somebody who was entered before the birth."""
    here.take(*town())
    here.take(line("HEA/1", forenames="Baby", date_of_birth=""), service=Service.HEALTH)
    line_ = here.waiting()[0]
    seen = matching.check(
        here.ledger, here.steward(), waiting=line_, choice=Choice.NEW_PERSON, person=None
    ).seen
    matching_decisions.decide(
        here.ledger,
        here.steward(),
        decision=Decision(
            waiting=line_, choice=Choice.NEW_PERSON, person=None, seen=seen,
            expected=NOON.date(),
        ),
    )  # fmt: skip
    baby = here.whose("HEA/1")
    assert baby is not None
    return baby


def test_a_born_child_s_line_waits_for_a_steward_to_join_it(here: Desk) -> None:
    baby = unborn(here)
    born = line("CH/9", forenames="Robin", date_of_birth=f"{NOON.date():%d/%m/%Y}")

    report = here.take({**born, "date_of_birth": "20/11/2026"}, service=POLICE)

    assert report.waiting == 1
    assert baby in here.candidates(here.waiting()[0])


def test_a_born_child_is_joined_by_the_steward_and_parted_again(here: Desk) -> None:
    baby = unborn(here)
    born = line("CH/9", forenames="Robin", date_of_birth="20/11/2026")
    here.take(born, service=POLICE)
    before = here.rows("person", "expected_birth", "line")

    here.decide(here.waiting()[0], Choice.THIS_PERSON, baby, access=here.steward(minutes=5))

    people = {each.reference: each for each in here.here.people()}
    assert people[baby].lifecycle is Lifecycle.LIVE
    assert "Robin Blake" in {each.full for each in people[baby].names}
    take_back(here)
    assert here.rows("person", "expected_birth", "line") == before


def test_nobody_s_line_is_linked_to_an_unborn_child_by_itself(here: Desk) -> None:
    baby = unborn(here)

    here.take(line("ADU/1", forenames="Baby", date_of_birth=""), service=Service.ADULT_SOCIAL_CARE)

    assert here.whose("ADU/1") != baby


@pytest.mark.postgres
def test_postgresql_heeds_markers_and_the_unborn_the_same(tmp_path: Path) -> None:
    with desk(tmp_path, engines.POSTGRESQL) as here:
        baby = unborn(here)
        here.take(leah("CH/9", forenames="Robin", date_of_birth="20/11/2026"), service=POLICE)
        line_ = here.waiting()[0]
        here.decide(line_, Choice.NOT_THIS_PERSON, baby)

        here.take(leah("CH/9", forenames="Robin", date_of_birth="21/11/2026"), service=POLICE)

        assert here.candidates(here.waiting()[0]) == []
