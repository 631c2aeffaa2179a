"""What an agreement would change is foreseen: by the matrix, last month's looks, one preview."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from directory.domain.access import NotFound, Refused
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.sharing import EVERY_FIELD, ContactField
from directory.domain.vocabulary import Level, Purpose, Relationship, Role, Service, State
from directory.operations.investigated import name_person
from directory.operations.preview import AsIf, begin, preview, ways_to_look
from directory.operations.sharing_effect import Tried, compare, try_out
from tests.factories import COUNCIL, EWAN, HOMES, NOON, days_ago, party, reference
from tests.operations.accounts_world import World
from tests.operations.audit_world import asha, entries, found, ines, investigated, look
from tests.operations.family_world import allocate
from tests.operations.sharing_world import dele, drafted, register, rewritten

BEGINS_WITH = register
WORKER = Role.CHILDRENS_SOCIAL_WORKER
SIGHT = AsIf(role=WORKER, organisation=COUNCIL, purpose=Purpose.CHILD_PROTECTION)


def test_a_draft_that_adds_a_party_opens_services_to_it_alone(here: World) -> None:
    agreement = drafted(here, ines(here))

    found = compare(here.ledger, dele(here), reference=agreement)

    assert found.label == "ISA-9 v1"
    assert {whose for _, whose in found.changes} == {("Hillside Homes",)}
    assert all(each.before.level is Level.L0 for each, _ in found.changes)


def test_a_draft_of_what_is_shared_already_changes_nothing_for_the_council(here: World) -> None:
    parties = (party(COUNCIL, signed_on=None),)
    agreement = drafted(here, ines(here), parties=parties)

    assert compare(here.ledger, dele(here), reference=agreement).changes == ()


def test_a_next_version_with_less_takes_services_and_fields_away(here: World) -> None:
    lead = ines(here)
    agreement = drafted(
        here,
        lead,
        reference="ISA-01-next",
        services=frozenset({Service.HOUSING}),
    )
    rewritten(
        here,
        agreement,
        reference="ISA-01",
        version=3,
        fields=EVERY_FIELD - {ContactField.PHONE},
    )

    found = compare(here.ledger, dele(here), reference=agreement)

    ours = [each for each, whose in found.changes if "Northshire" in whose]
    police = [each for each in ours if each.spot.service is Service.POLICE]
    housing = [each for each in ours if each.spot.service is Service.HOUSING]
    assert police
    assert all(each.after.level is Level.L0 for each in police)
    assert housing
    assert {each.before.fields - each.after.fields for each in housing} == {
        frozenset({ContactField.PHONE})
    }


def test_last_month_s_looks_are_counted_by_role_and_service(here: World) -> None:
    look(here, asha(here))
    lead = ines(here)
    narrowed = drafted(here, lead, services=frozenset({Service.POLICE}))
    rewritten(here, narrowed, reference="ISA-01", version=3)

    found = try_out(here.ledger, dele(here), reference=narrowed)

    told = {(each.role, each.service): (each.opened, each.closed) for each in found.tried}
    assert found.looks == 2
    assert told[WORKER, Service.HOUSING] == (0, 2)
    assert told[WORKER, Service.SCHOOL] == (0, 1)
    assert (WORKER, Service.POLICE) not in told
    assert (WORKER, Service.SENSITIVE) not in told


def test_what_opens_more_is_counted_too(here: World) -> None:
    rewritten(here, reference(51), services=frozenset({Service.HOUSING}))
    look(here, asha(here))
    agreement = drafted(here, ines(here), services=frozenset({Service.POLICE}))

    found = try_out(here.ledger, dele(here), reference=agreement)

    assert found.tried == (Tried(role=WORKER, service=Service.POLICE, opened=1, closed=0),)


def test_looks_of_more_than_a_month_ago_do_not_count(here: World) -> None:
    look(here, asha(here))
    later = NOON + timedelta(days=32)
    agreement = drafted(here, ines(here, later))

    assert try_out(here.ledger, dele(here, later), reference=agreement).looks == 0


def named(here: World) -> Any:
    """Return Ines and her investigation that names Ewan."""
    access = ines(here)
    investigation = investigated(here, access)
    look_up = found(here, access, investigation)
    name_person(here.ledger, access, investigation=investigation, look_up=look_up, person=EWAN)
    return access, investigation


def test_a_preview_tells_states_levels_and_parts_and_no_contact(here: World) -> None:
    access, investigation = named(here)
    allocate(here, 30, EWAN, practitioner=None, since=days_ago(90))

    seen = preview(here.ledger, access, investigation=investigation, as_if=SIGHT)

    grounds = dict(seen.grounds)
    assert set(grounds) == {Relationship.ALLOCATED, Relationship.TEAM, Relationship.CLAIMED}
    [care] = [
        each
        for each in grounds[Relationship.ALLOCATED]
        if each.service is Service.CHILDRENS_SOCIAL_CARE
    ]
    assert (care.state, care.level) == (State.INVOLVED, "L5")
    assert {"team", "started", "source_reference"} <= set(care.parts)
    assert care.agreements == ("ISA-01 v2",)
    [claimed] = [
        each
        for each in grounds[Relationship.CLAIMED]
        if each.service is Service.CHILDRENS_SOCIAL_CARE
    ]
    assert claimed.level == "L4"
    assert "started" not in claimed.parts


def test_a_preview_at_an_organisation_without_agreement_says_not_covered(here: World) -> None:
    access, investigation = named(here)

    seen = preview(
        here.ledger,
        access,
        investigation=investigation,
        as_if=replace(SIGHT, organisation=HOMES),
    )

    assert {each.state for _, answers in seen.grounds for each in answers} == {State.NOT_COVERED}


def test_a_preview_is_entered_with_whose_sight_it_was(here: World) -> None:
    access, investigation = named(here)

    preview(here.ledger, access, investigation=investigation, as_if=SIGHT)

    told, entry = here.told()[-1], entries(here)[-1]
    assert (told.event, told.outcome) == (Event.SIGHT_PREVIEWED, Outcome.DONE)
    assert told.words == "as childrens_social_worker at Northshire for child_protection"
    assert (entry.occasion, len(entry.subjects)) == (investigation, 1)


def test_nobody_is_previewed_outside_an_investigation_that_names_them(here: World) -> None:
    access = ines(here)
    investigation = investigated(here, access)

    with pytest.raises(NotFound):
        begin(here.ledger, access, investigation=investigation)
    with pytest.raises(NotFound):
        preview(here.ledger, access, investigation=investigation, as_if=SIGHT)


def test_a_sight_that_nobody_has_is_not_previewed(here: World) -> None:
    access, investigation = named(here)
    wrong = replace(SIGHT, purpose=Purpose.DIRECT_CARE)

    with pytest.raises(Refused):
        preview(here.ledger, access, investigation=investigation, as_if=wrong)
    assert all(purpose is not Purpose.INVESTIGATION for _, purpose in ways_to_look())
