"""A service's desk keeps the lines on which its teams answer, and adds teams."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.extracts import team_id
from directory.domain.teams import AlreadyKept, Lines, LinesChanged
from directory.domain.upkeep import Lead
from directory.domain.vocabulary import Service
from directory.operations import teams, undoing, upkeep
from directory.policy.teams import DisclosedTeam
from tests.factories import NOON
from tests.operations.accounts_world import operator
from tests.operations.extracts_world import line
from tests.operations.matching_world import Desk, desk

BEGINS_WITH = desk
HOUSING, POLICE = Service.HOUSING, Service.POLICE
TEAM = team_id(HOUSING, "T1")
BY_HAND = Lines(duty_line="01632 960555", out_of_hours_line="01632 960556")


def shown(here: Desk, team: UUID = TEAM) -> DisclosedTeam:
    return teams.view_team(here.ledger, here.lead(), team=team)


def lines(here: Desk) -> Lines:
    found = shown(here)
    return Lines(duty_line=found.duty_line, out_of_hours_line=found.out_of_hours_line)


def say(here: Desk, who: Access | None = None, seen: Lines | None = None) -> None:
    teams.say_lines(
        here.ledger, who or here.lead(), team=TEAM, seen=seen or lines(here), lines=BY_HAND
    )


def make(here: Desk, reference: str = "T9", access: Access | None = None) -> UUID:
    return teams.make_team(
        here.ledger,
        access or here.lead(),
        source_reference=reference,
        name="Tenancies North",
        lines=BY_HAND,
    )


def test_the_lines_of_a_team_are_told_to_everybody_at_once(here: Desk) -> None:
    here.take(line())

    say(here)

    [told] = [each.team for each in here.here.seen()]
    assert told is not None
    assert (told.duty_line, told.out_of_hours_line) == (
        BY_HAND.duty_line, BY_HAND.out_of_hours_line,
    )  # fmt: skip


@pytest.mark.parametrize(("days_before", "by_hand"), [(1, True), (2, False)])
def test_the_newer_of_a_file_and_a_desk_says_the_lines(
    here: Desk, days_before: int, *, by_hand: bool
) -> None:
    here.take(line())
    before = lines(here)
    say(here, replace(here.lead(), at=NOON - timedelta(days=days_before)))

    here.take(line())

    assert lines(here) == (BY_HAND if by_hand else before)


def test_lines_said_by_hand_are_kept_by_a_file_that_renames_the_team(here: Desk) -> None:
    here.take(line())
    say(here)

    here.take(line(team_name="Hillside team"))

    assert (shown(here).name, lines(here)) == ("Hillside team", BY_HAND)


def test_lines_said_by_hand_outlive_a_file_that_is_taken_back(here: Desk) -> None:
    here.take(line())
    here.take(line(team_name="Hillside team"))
    say(here)

    undoing.undo(here.ledger, operator(), service=HOUSING)

    assert (shown(here).name != "Hillside team", lines(here)) == (True, BY_HAND)


def test_of_two_who_change_the_lines_the_later_is_told(here: Desk) -> None:
    here.take(line())
    before = lines(here)
    say(here)

    with pytest.raises(LinesChanged):
        say(here, seen=before)
    say(here, seen=BY_HAND)

    assert lines(here) == BY_HAND


def test_teams_are_listed_with_what_they_lead_and_those_without_a_line_first(here: Desk) -> None:
    here.take(line())
    teams.make_team(
        here.ledger,
        here.lead(),
        source_reference="T9",
        name="Zeta team",
        lines=Lines(duty_line="", out_of_hours_line=""),
    )

    found = teams.list_teams(here.ledger, here.lead())

    assert [(each.name, each.leads) for each in found] == [
        ("Zeta team", 0), (shown(here).name, 1),
    ]  # fmt: skip


def test_a_team_that_no_file_names_yet_can_lead_at_once(here: Desk) -> None:
    here.take(line())

    made = make(here)

    assert Lead(team=made, practitioner=None) in upkeep.list_leads(here.ledger, here.lead())
    assert (shown(here, made).name, shown(here, made).duty_line) == (
        "Tenancies North", BY_HAND.duty_line,
    )  # fmt: skip


def test_a_team_is_made_before_the_first_file(here: Desk) -> None:
    made = make(here)

    assert [each.team for each in teams.list_teams(here.ledger, here.lead())] == [made]


@pytest.mark.parametrize("reference", ["T1", "T9"])
def test_no_team_is_made_under_a_reference_that_is_taken(here: Desk, reference: str) -> None:
    here.take(line())
    make(here)

    with pytest.raises(AlreadyKept):
        make(here, reference)


def test_a_team_is_of_somebody_s_organisation(here: Desk) -> None:
    with pytest.raises(Refused):
        make(here, access=replace(here.lead(), organisation=None))


def test_no_team_of_another_service_is_shown_or_changed(here: Desk) -> None:
    here.take(line())
    police = here.lead(POLICE)

    with pytest.raises(NotFound):
        teams.view_team(here.ledger, police, team=TEAM)
    with pytest.raises(NotFound):
        say(here, police, lines(here))
    assert teams.list_teams(here.ledger, police) == ()
