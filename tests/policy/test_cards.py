from datetime import date
from typing import Any

import pytest

from directory.domain.involvement import Involvement
from directory.domain.rules import ServiceRule
from directory.domain.vocabulary import (
    DatePrecision,
    Service,
    State,
)
from directory.policy import contacts
from directory.policy.disclosed import (
    SEAL,
    DisclosedCard,
    DisclosedContact,
)
from directory.policy.disclosure import (
    disclose_card,
    disclose_person,
    viewer_of,
)
from tests.factories import (
    access,
    days_ago,
    involvement,
    months_ago,
    person,
    practitioner,
    profile,
    question,
    team,
)

ACCESS = access()
MARK = viewer_of(ACCESS)
SHOWN_EWAN = disclose_person(ACCESS, person())
SCHOOL = Service.SCHOOL


def card_of(held: Involvement, **differing: Any) -> DisclosedCard:
    """Return housing's card to an allocated worker, L4."""
    card = disclose_card(ACCESS, SHOWN_EWAN, question(involvements=(held,), **differing))
    assert card is not None
    return card


def contact_at_school(held: Involvement) -> DisclosedContact:
    """Return the contact at school that an allocated worker sees, L5."""
    asked = question(SCHOOL, age=9, involvements=(held,))
    card = disclose_card(ACCESS, SHOWN_EWAN, asked)
    assert card is not None
    return card.contacts[0]


def test_a_card_at_the_fourth_level_gives_whom_to_ring() -> None:
    card = card_of(involvement(last_involved=date(2026, 6, 12), as_of=days_ago(3)))

    assert card.contacts == (
        DisclosedContact(
            viewer=MARK,
            seal=SEAL,
            organisation="Hillside Homes",
            team="Hillside neighbourhood team",
            duty_line="01632 960100",
            out_of_hours_line="01632 960199",
            practitioner="Kim Doyle",
            role="Housing officer",
            phone="01632 960123",
            email="kim.doyle@homes.example",
            last_involved=date(2026, 6, 12),
            precision=DatePrecision.DAY,
            as_of=days_ago(3),
            about=practitioner().reference,
        ),
    )
    assert card.agreements == ("ISA-01 v2",)
    assert card.date_meaning == "The last day an officer spoke with the household."


def test_a_card_at_the_fifth_level_adds_days_and_reference() -> None:
    contact = contact_at_school(involvement(SCHOOL, ended=days_ago(4), started=days_ago(300)))

    assert (contact.started, contact.last_day, contact.source_reference) == (
        days_ago(300),
        days_ago(5),
        "HH/1001",
    )


def test_an_involvement_that_goes_on_has_no_last_day() -> None:
    assert contact_at_school(involvement(SCHOOL)).last_day is None


def test_a_card_names_every_live_involvement_the_newest_first() -> None:
    older = involvement(source_reference="HH/2", last_involved=days_ago(99), team=None, lead=None)
    card = disclose_card(ACCESS, SHOWN_EWAN, question(involvements=(older, involvement())))

    assert card is not None
    assert [(each.practitioner, each.team) for each in card.contacts] == [
        ("Kim Doyle", "Hillside neighbourhood team"),
        ("", ""),
    ]


def test_a_card_of_a_long_ended_involvement_names_nobody() -> None:
    card = card_of(involvement(ended=months_ago(13)))

    assert (card.line.state, card.line.opens, card.contacts) == (
        State.PREVIOUSLY_INVOLVED,
        False,
        (),
    )
    assert card.line.month is not None


def test_a_leaver_is_not_shown_and_the_team_is() -> None:
    card = card_of(involvement(lead=practitioner(left_on=days_ago(0))))

    contact = card.contacts[0]
    assert contact.left
    assert (contact.practitioner, contact.role, contact.phone, contact.email) == ("", "", "", "")
    assert (contact.team, contact.duty_line) == (team().name, team().duty_line)


def test_somebody_who_leaves_tomorrow_can_still_be_rung() -> None:
    contact = card_of(involvement(lead=practitioner(left_on=days_ago(-1)))).contacts[0]

    assert (contact.practitioner, contact.left) == ("Kim Doyle", False)


def test_a_service_that_names_its_team_only_shows_no_leaver_either() -> None:
    gone = involvement(lead=practitioner(left_on=days_ago(0)))

    contact = card_of(gone, profile=profile(team_only=True)).contacts[0]

    assert (contact.practitioner, contact.phone, contact.left) == ("", "", False)
    assert contact.duty_line == "01632 960100"


@pytest.mark.parametrize(
    ("precision", "full", "day"),
    [
        (DatePrecision.DAY, False, date(2026, 6, 12)),
        (DatePrecision.MONTH, False, date(2026, 6, 1)),
        (DatePrecision.MONTH, True, date(2026, 6, 12)),
    ],
)
def test_a_service_may_agree_to_months_below_the_fifth_level(
    precision: DatePrecision, day: date, *, full: bool
) -> None:
    rule = ServiceRule(precision=precision)

    assert contacts._precise(date(2026, 6, 12), rule, full=full) == day
    assert contacts._precise(None, rule, full=full) is None
