"""Whom a card names while the lead practitioner is away, and which e-mail it calls secure."""

from dataclasses import replace
from typing import Any

import pytest

from directory.domain.agencies import Practitioner
from directory.domain.availability import Availability, Away, Weekday
from directory.domain.mail_domains import MailTrust
from directory.domain.sharing import ContactField
from directory.policy.contacts import Beside
from directory.policy.disclosed import DisclosedContact
from directory.policy.disclosure import disclose_card, disclose_person
from tests.factories import (
    TODAY,
    access,
    agreement,
    days_ago,
    grants,
    involvement,
    person,
    practitioner,
    profile,
    question,
    reference,
    team,
)

KIT = practitioner(
    reference=reference(38),
    name="Kit Marsh",
    role="Clerk",
    phone="01632 960777",
    email="k@x.example",
)


def away(start: int = 1, end: int | None = -7) -> Availability:
    """Return that of somebody away from `start` to `end` days ago."""
    back = None if end is None else days_ago(end)
    return Availability(away=Away(start=days_ago(start), end=back, cover=KIT.reference))


def contact(lead: Practitioner, beside: Beside | None = None, **differing: Any) -> DisclosedContact:
    """Return the one contact of housing's card about what `lead` leads."""
    asked = question(involvements=(involvement(lead=lead),), **differing)
    given = (beside,) if beside else ()
    card = disclose_card(access(), disclose_person(access(), person()), asked, *given)
    assert card is not None
    return card.contacts[0]


def test_whoever_stands_in_is_shown_instead_of_who_is_away() -> None:
    shown = contact(practitioner(availability=away(), cover=KIT))

    assert (shown.practitioner, shown.role, shown.phone, shown.email) == (
        "Kit Marsh", "Clerk", "01632 960777", "k@x.example",
    )  # fmt: skip
    assert (shown.stands_in_for, shown.back_on, shown.away) == ("Kim Doyle", days_ago(-7), False)


@pytest.mark.parametrize(
    "cover",
    [None, replace(KIT, left_on=TODAY), replace(KIT, availability=away(0, None))],
    ids=["nobody", "who has left", "who is away as well"],
)
def test_who_is_away_without_anybody_to_stand_in_is_named_without_a_contact(
    cover: Practitioner | None,
) -> None:
    shown = contact(practitioner(availability=away(), cover=cover))

    assert (shown.practitioner, shown.phone, shown.email) == ("Kim Doyle", "", "")
    assert (shown.away, shown.stands_in_for, shown.back_on) == (True, "", days_ago(-7))
    assert shown.duty_line == team().duty_line


@pytest.mark.parametrize("days", [(-1, None), (7, 0)], ids=["not yet", "no more"])
def test_who_is_here_is_shown_as_ever(days: tuple[int, int | None]) -> None:
    shown = contact(practitioner(availability=away(*days), cover=KIT))

    assert (shown.practitioner, shown.phone) == ("Kim Doyle", "01632 960123")
    assert (shown.away, shown.stands_in_for, shown.back_on) == (False, "", None)


def test_nobody_stands_in_for_a_leaver() -> None:
    shown = contact(practitioner(availability=away(), cover=KIT, left_on=days_ago(2)))

    assert (shown.practitioner, shown.stands_in_for, shown.left) == ("", "", True)


def test_a_team_that_is_named_alone_shows_nobody_who_stands_in() -> None:
    shown = contact(practitioner(availability=away(), cover=KIT), profile=profile(team_only=True))

    assert (shown.practitioner, shown.stands_in_for, shown.away) == ("", "", False)
    assert (shown.back_on, shown.works) == (None, ())


def test_an_agreement_that_names_no_practitioner_tells_nothing_of_who_is_away() -> None:
    fields = frozenset({ContactField.TEAM, ContactField.DUTY_LINE})
    lead = practitioner(
        availability=replace(away(), weekdays=frozenset({Weekday.MONDAY})), cover=KIT
    )

    shown = contact(lead, grants=grants(agreement(fields=fields)))

    assert (shown.practitioner, shown.stands_in_for, shown.away) == ("", "", False)
    assert (shown.back_on, shown.works) == (None, ())


def test_a_card_tells_on_which_days_whoever_is_named_works() -> None:
    days = frozenset({Weekday.TUESDAY, Weekday.MONDAY})

    shown = contact(practitioner(availability=Availability(weekdays=days)))

    assert shown.works == (Weekday.MONDAY, Weekday.TUESDAY)


@pytest.mark.parametrize("trust", [MailTrust.SECURE, MailTrust.NOT_SECURE])
def test_a_card_tells_what_was_judged_of_the_address_it_shows(trust: MailTrust) -> None:
    shown = contact(practitioner(), Beside(judged={"homes.example": trust}))

    assert shown.email_trust is trust


def test_nothing_is_told_of_an_address_that_is_not_shown() -> None:
    judged = Beside(judged={"homes.example": MailTrust.SECURE})

    shown = contact(practitioner(email=""), judged)

    assert shown.email_trust is MailTrust.NOT_JUDGED
