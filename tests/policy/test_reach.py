"""What each role reaches, with an agreement and without it."""

from dataclasses import replace

from directory.domain.sharing import EVERY_FIELD, ContactField
from directory.domain.vocabulary import Level, Purpose, Relationship, Role, Service
from directory.policy.matrix import MATRIX, level
from directory.policy.permissions import purposes_on
from directory.policy.reach import Change, Reached, Spot, changes, reached, spots
from tests.factories import TODAY, agreement, days_ago, grants

ALL = grants(agreement())
ASHA_ASKS_POLICE = Spot(
    role=Role.CHILDRENS_SOCIAL_WORKER,
    relationship=Relationship.ALLOCATED,
    purpose=Purpose.CHILD_PROTECTION,
    service=Service.POLICE,
)


def test_every_ground_and_purpose_of_the_matrix_is_a_spot_once() -> None:
    found = list(spots())

    pairs = sum(len(purposes_on(role, ground)) for role, ground in MATRIX)
    assert len(found) == len(set(found)) == pairs * len(Service)


def test_with_every_agreement_a_spot_reaches_the_matrix_s_own_level() -> None:
    for spot, found in reached(ALL, TODAY).items():
        cell = level(spot.role, spot.relationship, spot.service, own=None)
        assert found == Reached(level=cell, fields=EVERY_FIELD)


def test_without_agreements_own_lines_and_investigations_alone_are_reached() -> None:
    found = reached((), TODAY)

    assert {spot.relationship for spot in found} == {
        Relationship.OWN_SERVICE,
        Relationship.INVESTIGATION,
        Relationship.ALLOCATED,
        Relationship.CLAIMED,
    }
    assert {
        (spot.role, spot.service)
        for spot in found
        if spot.relationship is not Relationship.INVESTIGATION
    } == {
        (Role.ADULT_SOCIAL_WORKER, Service.ADULT_SOCIAL_CARE),
        (Role.POLICE_LIAISON, Service.POLICE),
        (Role.SCHOOL_SAFEGUARDING_LEAD, Service.SCHOOL),
        (Role.HEALTH_PRACTITIONER, Service.HEALTH),
    }


def test_an_agreement_of_one_service_and_purpose_changes_nothing_else() -> None:
    one = grants(
        agreement(
            services=frozenset({Service.POLICE}), purposes=frozenset({Purpose.CHILD_PROTECTION})
        )
    )

    found = changes((), one, TODAY)

    assert {(each.spot.service, each.spot.purpose) for each in found} == {
        (Service.POLICE, Purpose.CHILD_PROTECTION)
    }
    assert (
        Change(
            spot=ASHA_ASKS_POLICE,
            before=Reached(level=Level.L0, fields=frozenset()),
            after=Reached(level=Level.L4, fields=EVERY_FIELD),
        )
        in found
    )


def test_fewer_fields_are_a_change_at_the_same_level() -> None:
    mask = EVERY_FIELD - {ContactField.PHONE}
    masked = tuple(replace(each, fields=mask) for each in ALL)

    [found] = [each for each in changes(ALL, masked, TODAY) if each.spot == ASHA_ASKS_POLICE]

    assert found.before.level is found.after.level is Level.L4
    assert found.before.fields - found.after.fields == {ContactField.PHONE}


def test_what_is_over_on_the_day_changes_nothing() -> None:
    over = grants(agreement(end=days_ago(0)))

    assert changes((), over, TODAY) == ()
