"""What a card says of a contact that nobody confirmed, and whom a practitioner is asked about."""

from dataclasses import replace
from typing import Any

import pytest

from directory.domain.availability import Availability, Away
from directory.domain.involvement import Involvement
from directory.domain.people import Birth
from directory.domain.rules import SHIPPED
from directory.domain.sharing import ContactField
from directory.domain.upkeep import Kept
from directory.domain.vocabulary import Role, Service
from directory.policy.confirmations import disclose_own_lead
from directory.policy.disclosed import DisclosedContact, NotDisclosed
from directory.policy.disclosure import disclose_card, disclose_person
from tests.factories import (
    TODAY,
    access,
    agreement,
    days_ago,
    grants,
    involvement,
    name,
    person,
    practitioner,
    profile,
    question,
    reference,
)

STALE = involvement(last_involved=days_ago(91))
KIM = reference(32)


def contact(held: Involvement, *, in_family: bool = True, **differing: Any) -> DisclosedContact:
    """Return the one contact of housing's card."""
    asked = replace(question(involvements=(held,), **differing), in_family=in_family)
    card = disclose_card(access(), disclose_person(access(), person()), asked)
    assert card is not None
    return card.contacts[0]


def kept(**differing: Any) -> Kept:
    """Return Ewan's tenancy as its service keeps it."""
    default = Kept(
        line=7,
        revision=1,
        person=reference(1),
        service=Service.HOUSING,
        source_reference="HH/1001",
        as_of=TODAY,
        name=name(),
        birth=Birth(day=days_ago(4_000)),
        lead=practitioner(),
    )
    return replace(default, **differing)


def test_a_card_says_that_nobody_confirmed_who_leads() -> None:
    assert contact(STALE).unconfirmed_days == 90


@pytest.mark.parametrize(
    "held",
    [
        involvement(last_involved=days_ago(90)),
        replace(STALE, confirmed_on=days_ago(5)),
        replace(STALE, ended=days_ago(1)),
        replace(STALE, lead=practitioner(left_on=TODAY)),
        replace(STALE, lead=None),
        replace(
            STALE,
            lead=practitioner(
                availability=Availability(away=Away(start=TODAY, end=None, cover=reference(38))),
                cover=practitioner(reference=reference(38), name="Kit Marsh"),
            ),
        ),
    ],
    ids=["in time", "confirmed", "ended", "has left", "nobody named", "somebody stands in"],
)
def test_nothing_is_said_of_a_contact_that_is_no_stale_lead(held: Involvement) -> None:
    assert contact(held).unconfirmed_days is None


def test_nothing_is_said_outside_of_a_family() -> None:
    assert contact(STALE, in_family=False).unconfirmed_days is None


def test_a_council_says_for_how_long_a_contact_counts() -> None:
    rule = replace(SHIPPED[Service.HOUSING], confirmed_days=365)

    assert contact(STALE, rule=rule).unconfirmed_days is None


@pytest.mark.parametrize("field", [ContactField.PRACTITIONER, ContactField.LAST_INVOLVED])
def test_nothing_is_said_where_neither_name_nor_day_may_be_told(field: ContactField) -> None:
    fields = frozenset(set(ContactField) - {field})

    assert contact(STALE, grants=grants(agreement(fields=fields))).unconfirmed_days is None


def test_nothing_is_said_where_a_service_names_teams_only() -> None:
    assert contact(STALE, profile=profile(team_only=True)).unconfirmed_days is None


def test_a_practitioner_is_shown_what_names_them_by_their_service_s_own_words() -> None:
    shown = disclose_own_lead(access(practitioner=KIM), kept(), None)

    assert (shown.line, shown.revision, shown.name, shown.age) == (7, 1, name().full, 10)


def test_whom_the_line_does_not_name_is_named_as_the_directory_does() -> None:
    shown = disclose_own_lead(access(practitioner=KIM), kept(name=None, birth=None), person())

    assert (shown.name, shown.age) == (person().name.full, person().age(TODAY))


@pytest.mark.parametrize(
    ("given", "who"),
    [
        (kept(lead=None), {}),
        (kept(lead=practitioner(reference=reference(38))), {}),
        (kept(name=None), {}),
        (kept(), {"role": Role.SERVICE_LEAD}),
    ],
    ids=["nobody's", "somebody else's", "about nobody known", "of a role that is not asked"],
)
def test_nothing_else_is_shown(given: Kept, who: dict[str, Any]) -> None:
    with pytest.raises(NotDisclosed):
        disclose_own_lead(access(practitioner=KIM, **who), given, None)


def test_an_age_that_is_not_known_is_none() -> None:
    assert disclose_own_lead(access(practitioner=KIM), kept(birth=None), None).age is None
