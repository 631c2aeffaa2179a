"""A protected person's services answer through a broker, and what emergency access lifts."""

from dataclasses import replace
from typing import Any

import pytest

from directory.domain.restrictions import Protection
from directory.domain.vocabulary import (
    Level,
    Lifecycle,
    Relationship,
    Role,
    Service,
    State,
)
from directory.policy.modifiers import Urgency, decide
from tests.factories import agreement, days_ago, grants, viewer
from tests.policy.test_modifiers import NOTHING, OWN, asked, told


@pytest.mark.parametrize("service", [each for each in Service if each is not Service.SENSITIVE])
def test_every_service_of_a_protected_person_answers_through_its_common_line(
    service: Service,
) -> None:
    protected = asked(service, protection=Protection.BROKERED, age=12)

    assert told(protected) == (Level.L1, State.CONTACT_THROUGH_BROKER)


def test_a_protected_person_s_rows_make_no_difference() -> None:
    protected = asked(protection=Protection.BROKERED)

    assert decide(protected) == decide(replace(protected, involvements=()))


def test_a_service_s_own_desk_keeps_its_own_lines_about_a_protected_person() -> None:
    own = asked(viewer=OWN, protection=Protection.BROKERED)

    assert decide(own) == decide(replace(own, protection=None))


URGENT = viewer(urgency=Urgency.EMERGENCY)


def test_emergency_access_lifts_a_protected_record_but_not_where_somebody_is() -> None:
    levels = {
        service: decide(asked(service, viewer=URGENT, protection=Protection.BROKERED, age=17)).level
        for service in Service
    }

    assert levels == {
        Service.SCHOOL: Level.L1,
        Service.HOUSING: Level.L1,
        Service.CHILDRENS_SOCIAL_CARE: Level.L5,
        **dict.fromkeys(
            (
                Service.ADULT_SOCIAL_CARE, Service.POLICE, Service.HEALTH, Service.JUSTICE,
                Service.EARLY_HELP, Service.SENSITIVE,
            ),
            Level.L4,
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "relationship", "level"),
    [
        (Role.CHILDRENS_SOCIAL_WORKER, Relationship.CLAIMED, Level.L4),
        (Role.FRONT_DOOR, Relationship.ENQUIRY, Level.L4),
        (Role.OUT_OF_HOURS, Relationship.ENQUIRY, Level.L4),
        (Role.POLICE_LIAISON, Relationship.CLAIMED, Level.L0),
        (Role.FAMILY_HELP_LEAD, Relationship.CLAIMED, Level.L1),
        (Role.CHILDRENS_SOCIAL_WORKER, Relationship.NONE, Level.L0),
    ],
)
def test_a_sensitive_service_opens_in_an_emergency_to_three_roles_alone(
    role: Role, relationship: Relationship, level: Level
) -> None:
    who = viewer(role, relationship=relationship, urgency=Urgency.EMERGENCY)

    assert decide(asked(Service.SENSITIVE, viewer=who)).level is level


def test_emergency_access_does_not_wait_for_an_agreement() -> None:
    lapsed = asked(grants=grants(agreement(end=days_ago(0))))

    assert told(lapsed) == (Level.L2, State.NOT_COVERED)
    assert told(replace(lapsed, viewer=URGENT)) == (Level.L4, State.INVOLVED)


@pytest.mark.parametrize(
    "differing",
    [
        {"lifecycle": Lifecycle.ARCHIVED},
        {"lifecycle": Lifecycle.ADOPTED_SEVERED},
        {"age": 3},
        {"feed": None},
        {"profile": None},
    ],
)
def test_emergency_access_lifts_nothing_else(differing: dict[str, Any]) -> None:
    plain = asked(**differing)

    assert decide(replace(plain, viewer=URGENT)) == decide(plain)


def test_a_suspended_user_has_no_emergency() -> None:
    assert decide(asked(viewer=replace(URGENT, suspended=True))) == NOTHING
