"""The services of the one person whom a logged investigation names, and of nobody else."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from directory.domain.access import Access, NotFound, Refused
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role, Service, State
from directory.operations.audit import read_person
from directory.operations.investigated import (
    NamesAnother,
    name_person,
    open_service,
    view_services,
)
from directory.operations.investigations import close
from directory.policy.gates import OrganisationSuspended
from directory.store.agency_tables import OrganisationRow
from directory.store.sharing_tables import AgreementRow
from tests.factories import EWAN, LEAH, NOON, days_ago, reference
from tests.operations.accounts_world import World, at_work, settle
from tests.operations.audit_world import asha, entries, found, ines, investigated, look
from tests.operations.family_world import CARE, allocate

OTHER = "odd.lead@council.example"
Looking = Callable[[World, Access, UUID], object]


def naming(here: World, access: Access, investigation: UUID, person: UUID = EWAN) -> None:
    look_up = found(here, access, investigation, "Blake")
    name_person(here.ledger, access, investigation=investigation, look_up=look_up, person=person)


LOOKS: list[Looking] = [
    lambda here, access, investigation: view_services(
        here.ledger, access, investigation=investigation
    ),
    lambda here, access, investigation: open_service(
        here.ledger, access, investigation=investigation, service=CARE
    ),
    naming,
]
NAMES = ["services", "a card", "naming"]
on_every_look = pytest.mark.parametrize("looking", LOOKS, ids=NAMES)


def named(here: World, access: Access) -> UUID:
    allocate(here, 21, EWAN, practitioner=None, since=days_ago(30))
    investigation = investigated(here, access)
    naming(here, access, investigation)
    return investigation


def test_the_named_person_s_lead_is_shown_and_no_full_dates(here: World) -> None:
    access = ines(here)
    investigation = named(here, access)

    seen = view_services(here.ledger, access, investigation=investigation)
    card = open_service(here.ledger, access, investigation=investigation, service=CARE)

    assert (seen.matter, seen.person.name) == ("IG-2026-014", "Ewan Blake")
    assert [(each.service, each.state, each.opens) for each in seen.lines] == [
        (Service.CHILDRENS_SOCIAL_CARE, State.INVOLVED, True),
        (Service.HOUSING, State.NONE_FOUND, False),
    ]
    (contact,) = card.contacts
    assert (contact.team, contact.started, contact.source_reference) == (
        "Assessment team",
        None,
        "",
    )


def test_a_look_is_entered_with_the_investigation_as_its_relationship(here: World) -> None:
    access = ines(here)
    investigation = named(here, access)

    view_services(here.ledger, access, investigation=investigation)
    open_service(here.ledger, access, investigation=investigation, service=CARE)

    chose, viewed, opened = (entries(here)[each] for each in (-3, -2, -1))
    assert [each.event for each in (chose, viewed, opened)] == [
        Event.PERSON_CHOSEN,
        Event.BOARD_VIEWED,
        Event.CARD_OPENED,
    ]
    assert len({each.subjects for each in (chose, viewed, opened)}) == 1
    for each in (chose, viewed, opened):
        assert (each.occasion, each.relationship) == (investigation, "investigation")
        assert (each.purpose, each.agreements) == ("investigation", ())
    assert (opened.service, "team" in opened.fields) == (CARE, True)


def test_the_look_itself_is_read_in_the_audit_of_the_person(here: World) -> None:
    access = ines(here)
    investigation = named(here, access)
    view_services(here.ledger, access, investigation=investigation)
    look_up = found(here, access, investigation)

    reading = read_person(
        here.ledger, access, investigation=investigation, look_up=look_up, person=EWAN
    )

    assert reading.named == EWAN
    assert Event.BOARD_VIEWED in [each.event for each in reading.reading.entries]


def test_no_agreement_is_needed_to_account_for_a_look(here: World) -> None:
    access = ines(here)
    investigation = named(here, access)
    with here.database.writing() as connection:
        connection.execute(update(AgreementRow).values(end_day=days_ago(0)))

    seen = view_services(here.ledger, access, investigation=investigation)

    assert seen.lines[0].state is State.INVOLVED


def test_a_suspended_organisation_s_lead_sees_nobody(here: World) -> None:
    access = ines(here)
    investigation = named(here, access)
    with here.database.writing() as connection:
        connection.execute(update(OrganisationRow).values(suspended=True))

    with pytest.raises(OrganisationSuspended):
        view_services(here.ledger, access, investigation=investigation)
    with pytest.raises(OrganisationSuspended):
        open_service(here.ledger, access, investigation=investigation, service=CARE)


def test_nobody_s_services_are_shown_before_the_investigation_names_a_person(
    here: World,
) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    found(here, access, investigation)

    with pytest.raises(NotFound):
        view_services(here.ledger, access, investigation=investigation)

    assert here.events()[-1] == (Event.BOARD_VIEWED, Outcome.REFUSED)


def test_an_investigation_names_one_person_for_good(here: World) -> None:
    access = ines(here)
    investigation = named(here, access)
    naming(here, access, investigation)

    with pytest.raises(NamesAnother):
        naming(here, access, investigation, LEAH)

    assert view_services(here.ledger, access, investigation=investigation).person.person == EWAN
    assert here.events()[-2] == (Event.PERSON_CHOSEN, Outcome.REFUSED)


def test_nobody_is_named_who_was_not_found_inside_the_investigation(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)
    look_up = found(here, access, investigation, "Quillon Xystus")

    with pytest.raises(NotFound):
        name_person(here.ledger, access, investigation=investigation, look_up=look_up, person=EWAN)


def test_a_service_that_is_not_set_up_has_no_card(here: World) -> None:
    access = ines(here)
    investigation = named(here, access)

    with pytest.raises(NotFound):
        open_service(here.ledger, access, investigation=investigation, service=Service.POLICE)


@on_every_look
def test_nothing_is_shown_in_a_closed_investigation(here: World, looking: Looking) -> None:
    access = ines(here)
    investigation = named(here, access)
    close(here.ledger, access, investigation=investigation)

    with pytest.raises(NotFound):
        looking(here, access, investigation)


@on_every_look
@pytest.mark.parametrize("another", [True, False], ids=["another lead's", "nobody's"])
def test_nothing_is_shown_in_an_investigation_of_somebody_else(
    here: World, looking: Looking, another: object
) -> None:
    investigation = named(here, ines(here)) if another else reference(404)
    settle(here, email=OTHER, display_name="Odd Lead", roles=frozenset({Role.IG_LEAD}))
    access = at_work(here, at=NOON + timedelta(hours=1), role=Role.IG_LEAD, email=OTHER)

    with pytest.raises(NotFound):
        looking(here, access, investigation)


@on_every_look
def test_nothing_is_shown_to_another_role(here: World, looking: Looking) -> None:
    investigation = named(here, ines(here))
    access = asha(here)
    look(here, access)

    with pytest.raises(Refused):
        looking(here, access, investigation)
