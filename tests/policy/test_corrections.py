"""Which contacts say that they may be wrong, which may be reported, and what a desk is told."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest

from directory.domain.access import Access
from directory.domain.corrections import About, Correction, Named, Wrong
from directory.domain.involvement import Involvement
from directory.domain.restrictions import Protection
from directory.domain.sharing import EVERY_FIELD, ContactField
from directory.domain.upkeep import Kept
from directory.domain.vocabulary import Relationship, Role, Service
from directory.policy.contacts import Beside
from directory.policy.corrections import DisclosedCorrection, disclose_correction
from directory.policy.disclosed import DisclosedContact, NotDisclosed
from directory.policy.disclosure import disclose_card, disclose_person, viewer_of
from directory.policy.modifiers import Urgency
from tests.factories import (
    EWAN,
    LEAH,
    NOON,
    TODAY,
    access,
    agreement,
    correction,
    days_ago,
    grants,
    involvement,
    person,
    practitioner,
    profile,
    question,
    team,
    viewer,
)

HOUSING = Service.HOUSING
KIM, TEAM = practitioner().reference, team().reference
OF_TEAM = correction(about=About(service=HOUSING, practitioner=None, team=TEAM))
LEAD = Access(at=NOON, role=Role.SERVICE_LEAD, service=HOUSING)
NAMED = Named(
    correction=correction(), practitioner="Kim Doyle", team="Hillside", organisation="Northshire"
)
KEPT = Kept(
    line=7,
    revision=1,
    person=EWAN,
    service=HOUSING,
    source_reference="TEN/1",
    as_of=NOON.date(),
)
OF_INVOLVEMENT = replace(
    NAMED,
    correction=correction(wrong=Wrong.OTHER_LEADS, about=replace(correction().about, person=EWAN)),
)


def contact(
    held: Involvement | None = None,
    *,
    reports: Collection[Correction] = (),
    who: Access | None = None,
    **differing: Any,
) -> DisclosedContact:
    """Return the one contact of housing's card."""
    reader = who or access()
    asked = question(involvements=(held or involvement(),), **differing)
    card = disclose_card(reader, disclose_person(reader, person()), asked, Beside(reports=reports))
    assert card is not None
    return card.contacts[0]


@pytest.mark.parametrize(
    ("role", "ground"),
    [
        (Role.CHILDRENS_SOCIAL_WORKER, Relationship.ALLOCATED),
        (Role.TEAM_MANAGER, Relationship.TEAM),
        (Role.FRONT_DOOR, Relationship.ENQUIRY),
    ],
)
def test_everybody_who_is_shown_a_reported_contact_reads_the_same(
    role: Role, ground: Relationship
) -> None:
    shown = contact(
        reports=[correction()],
        who=access(role),
        viewer=viewer(role, relationship=ground),
    )

    assert (shown.practitioner, shown.reported_on, shown.about) == ("Kim Doyle", TODAY, KIM)


def test_a_contact_that_nobody_reported_says_nothing() -> None:
    assert contact(reports=[OF_TEAM]).reported_on is None


def test_a_team_is_what_is_reported_where_nobody_is_named() -> None:
    masked = grants(agreement(fields=EVERY_FIELD - {ContactField.PRACTITIONER}))
    gone = involvement(lead=practitioner(left_on=days_ago(0)))

    for shown in (
        contact(reports=[OF_TEAM], profile=profile(team_only=True)),
        contact(reports=[OF_TEAM], grants=masked),
        contact(gone, reports=[OF_TEAM]),
    ):
        assert (shown.about, shown.reported_on) == (TEAM, TODAY)


def test_who_is_not_shown_a_practitioner_is_not_told_that_they_were_reported() -> None:
    assert contact(reports=[correction()], profile=profile(team_only=True)).reported_on is None


@pytest.mark.parametrize("team_of_it", [None, team()])
def test_a_contact_that_shows_nobody_is_not_reported(team_of_it: object) -> None:
    neither = EVERY_FIELD - {ContactField.PRACTITIONER, ContactField.TEAM}
    masked = grants(agreement(fields=neither))

    shown = contact(involvement(team=team_of_it, lead=None), reports=[OF_TEAM], grants=masked)

    assert (shown.about, shown.reported_on) == (None, None)


def test_another_person_s_card_does_not_tell_of_this_one_s_involvement() -> None:
    report = OF_INVOLVEMENT.correction

    assert contact(reports=[report]).reported_on == TODAY
    assert contact(involvement(person=LEAH), reports=[report]).reported_on is None


@pytest.mark.parametrize(
    "differing",
    [
        {"protection": Protection.BROKERED, "service": Service.POLICE},
        {"service": Service.SENSITIVE},
    ],
)
def test_what_an_emergency_alone_shows_is_not_reported(differing: dict[str, Any]) -> None:
    service = differing["service"]
    held = involvement(service)
    told = correction(service)

    shown = contact(
        held,
        reports=[told],
        viewer=viewer(urgency=Urgency.EMERGENCY, relationship=Relationship.CLAIMED),
        profile=profile(service),
        **differing,
    )

    assert (shown.practitioner, shown.about, shown.reported_on) == ("Kim Doyle", None, TODAY)


def test_nobody_behind_a_broker_has_a_contact_to_report() -> None:
    asked = question(involvements=(involvement(),), protection=Protection.BROKERED)

    card = disclose_card(
        access(), disclose_person(access(), person()), asked, Beside(reports=[correction()])
    )

    assert card is not None
    assert card.contacts == ()


def test_a_desk_is_told_who_reported_by_role_and_organisation_alone() -> None:
    told = disclose_correction(LEAD, NAMED, person=None, kept=None)

    assert (told.reporter_role, told.reporter_organisation) == (
        Role.CHILDRENS_SOCIAL_WORKER,
        "Northshire",
    )
    assert (told.practitioner_name, told.practitioner, told.person) == ("Kim Doyle", KIM, None)
    assert (told.reported_on, told.answer_by, told.overdue) == (TODAY, days_ago(-2), False)


def test_a_desk_is_told_whose_involvement_is_wrong_and_where_to_mend_it() -> None:
    told = disclose_correction(LEAD, OF_INVOLVEMENT, person=person(), kept=KEPT)

    assert told.person is not None
    assert (told.person.person, told.line) == (EWAN, 7)


@pytest.mark.parametrize(
    "other",
    [replace(LEAD, service=Service.POLICE), replace(LEAD, role=Role.CHILDRENS_SOCIAL_WORKER)],
)
def test_no_other_desk_is_told(other: Access) -> None:
    with pytest.raises(NotDisclosed):
        disclose_correction(other, NAMED, person=None, kept=None)


@pytest.mark.parametrize(
    ("named", "whose", "kept"),
    [
        (NAMED, person(), KEPT),
        (NAMED, person(), None),
        (NAMED, None, KEPT),
        (OF_INVOLVEMENT, None, KEPT),
        (OF_INVOLVEMENT, person(), None),
    ],
)
def test_only_of_an_involvement_is_it_told_whose_it_is(
    named: Named, whose: Any, kept: Kept | None
) -> None:
    with pytest.raises(NotDisclosed):
        disclose_correction(LEAD, named, person=whose, kept=kept)


def test_no_report_is_told_but_by_policy() -> None:
    told = disclose_correction(LEAD, NAMED, person=None, kept=None)
    with pytest.raises(NotDisclosed):
        replace(told, seal=object())

    assert isinstance(told, DisclosedCorrection)
    assert told.viewer == viewer_of(LEAD)
