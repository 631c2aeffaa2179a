from dataclasses import replace
from typing import Any

import pytest

from directory.domain.agencies import Feed
from directory.domain.sharing import Agreement
from directory.domain.vocabulary import (
    LegalPower,
    Level,
    Lifecycle,
    Purpose,
    Relationship,
    Role,
    Service,
    State,
)
from directory.policy.basis import opening
from directory.policy.modifiers import (
    Question,
    Verdict,
    decide,
    is_fresh,
    lowered,
    newest_first,
)
from tests.factories import (
    NOON,
    TODAY,
    agreement,
    days_ago,
    draft,
    feed,
    grants,
    involvement,
    months_ago,
    party,
    profile,
    question,
    viewer,
)

NOTHING = Verdict(level=Level.L0)
LIVE = involvement()
OWN = viewer(
    Role.SERVICE_LEAD,
    relationship=Relationship.OWN_SERVICE,
    purpose=Purpose.OWN_SERVICE,
    own_service=Service.HOUSING,
)
INVESTIGATOR = viewer(
    Role.IG_LEAD, relationship=Relationship.INVESTIGATION, purpose=Purpose.INVESTIGATION
)


def asked(service: Service = Service.HOUSING, **differing: Any) -> Question:
    """Return a question of which one live row is the answer, but for what differs."""
    return replace(question(service, involvements=(involvement(service),)), **differing)


def told(each: Question) -> tuple[Level, State | None]:
    verdict = decide(each)
    return verdict.level, verdict.state


def test_a_live_row_is_involvement_at_the_level_of_the_cell() -> None:
    assert decide(asked()) == Verdict(
        level=Level.L4, state=State.INVOLVED, visible=(LIVE,), agreements=("ISA-01 v2",)
    )


@pytest.mark.parametrize("service", Service)
def test_a_suspended_viewer_is_told_of_no_service(service: Service) -> None:
    assert decide(asked(service, viewer=viewer(suspended=True))) == NOTHING


def test_a_suspended_service_lead_is_not_told_of_their_own_service() -> None:
    assert decide(asked(viewer=replace(OWN, suspended=True))) == NOTHING


@pytest.mark.parametrize("service", Service)
def test_without_a_relationship_there_is_nothing_but_the_hit(service: Service) -> None:
    assert decide(asked(service, viewer=viewer(relationship=Relationship.NONE))) == NOTHING


@pytest.mark.parametrize("each", [viewer(), OWN, INVESTIGATOR], ids=["worker", "own", "inquiry"])
def test_before_a_purpose_there_is_nothing_but_the_hit(each: Any) -> None:
    assert decide(asked(viewer=replace(each, purpose=Purpose.LOCATING))) == NOTHING


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(
    "closed",
    [
        asked(viewer=viewer(suspended=True)),
        asked(viewer=viewer(relationship=Relationship.NONE)),
        asked(viewer=viewer(purpose=Purpose.LOCATING)),
        asked(lifecycle=Lifecycle.ARCHIVED),
    ],
    ids=["suspended", "no relationship", "no purpose", "archived"],
)
def test_what_closes_a_service_closes_it_from_every_level(closed: Question, level: Level) -> None:
    assert lowered(closed, level) == NOTHING


@pytest.mark.parametrize("level", [Level.L1, Level.L2, Level.L5])
def test_a_sensitive_service_is_reached_by_its_broker_from_every_level(level: Level) -> None:
    verdict = lowered(asked(Service.SENSITIVE), level)

    assert (verdict.level, verdict.state) == (Level.L1, State.CONTACT_THROUGH_BROKER)


@pytest.mark.parametrize(
    "ground",
    [
        (),
        (agreement(end=days_ago(0)),),
        (agreement(start=days_ago(-1)),),
        (agreement(review=days_ago(31)),),
        (agreement(parties=(party(signed_on=None),)),),
        (draft(),),
    ],
    ids=["none", "expired", "to come", "review overdue", "unsigned", "draft"],
)
def test_without_an_agreement_in_force_a_service_does_not_answer(
    ground: tuple[Agreement, ...],
) -> None:
    assert decide(asked(grants=grants(*ground))) == Verdict(level=Level.L2, state=State.NOT_COVERED)


def test_every_agreement_in_force_is_named_once_in_order() -> None:
    grounds = (
        agreement(reference="ISA-09"),
        agreement(reference="ISA-02"),
        agreement(reference="ISA-05", end=days_ago(0)),
    )

    assert decide(asked(grants=grants(*grounds))).agreements == ("ISA-02 v2", "ISA-09 v2")


@pytest.mark.parametrize(
    ("each", "level"), [(OWN, Level.L5), (INVESTIGATOR, Level.L4)], ids=["own", "inquiry"]
)
def test_own_lines_and_an_investigation_stand_on_no_agreement(each: Any, level: Level) -> None:
    assert told(asked(viewer=each, grants=())) == (level, State.INVOLVED)


def test_the_lines_of_other_services_need_an_agreement_from_a_service_lead() -> None:
    elsewhere = asked(Service.POLICE, viewer=OWN, grants=())

    assert told(elsewhere) == (Level.L1, State.NOT_COVERED)


@pytest.mark.parametrize("each", [viewer(), OWN, INVESTIGATOR], ids=["worker", "own", "inquiry"])
@pytest.mark.parametrize("held", [None, profile(covered_since=None)], ids=["none", "contributes"])
def test_a_service_that_contributes_nothing_says_so_to_everybody(each: Any, held: Any) -> None:
    verdict = decide(asked(viewer=each, profile=held))

    assert verdict == Verdict(level=Level.L2, state=State.NOT_COVERED)


@pytest.mark.parametrize(
    ("each", "state"),
    [
        (viewer(), State.CONTACT_THROUGH_BROKER),
        (INVESTIGATOR, State.CONTACT_THROUGH_BROKER),
        (replace(OWN, own_service=Service.SENSITIVE), State.CONTACT_THROUGH_BROKER),
    ],
    ids=["worker", "inquiry", "own"],
)
def test_a_sensitive_service_is_reached_through_its_broker_by_everybody(
    each: Any, state: State
) -> None:
    assert told(asked(Service.SENSITIVE, viewer=each)) == (Level.L1, state)


def test_a_cell_of_the_first_level_is_the_broker_whatever_age_and_feed() -> None:
    police = viewer(Role.POLICE_LIAISON, relationship=Relationship.CLAIMED)

    assert told(asked(viewer=police, age=3, feed=None)) == (
        Level.L1,
        State.CONTACT_THROUGH_BROKER,
    )


@pytest.mark.parametrize(
    ("age", "state"),
    [(15, State.NOT_SHOWN_BY_RULE), (16, State.INVOLVED), (None, State.INVOLVED)],
)
def test_outside_its_ages_a_service_is_not_shown_by_rule(age: int | None, state: State) -> None:
    assert decide(asked(age=age)).state is state


def test_the_age_rule_is_told_even_while_the_feed_fails() -> None:
    assert told(asked(age=3, feed=None)) == (Level.L2, State.NOT_SHOWN_BY_RULE)


@pytest.mark.parametrize(
    ("delivered", "fresh"),
    [
        (feed(as_of=days_ago(0)), True),
        (feed(as_of=days_ago(2)), True),
        (feed(as_of=days_ago(3)), False),
        (feed(as_of=None), False),
        (feed(failed_at=NOON), False),
        (None, False),
    ],
    ids=["today", "in time", "late", "empty", "failed", "never"],
)
def test_a_feed_is_fresh_inside_its_cycle_and_unless_it_failed(
    delivered: Feed | None, *, fresh: bool
) -> None:
    state = State.INVOLVED if fresh else State.COULD_NOT_BE_CHECKED

    assert is_fresh(delivered, profile(), TODAY) is fresh
    assert decide(asked(feed=delivered)).state is state


def test_a_feed_of_a_service_that_is_not_set_up_is_never_fresh() -> None:
    assert not is_fresh(feed(), None, TODAY)


@pytest.mark.parametrize("each", [viewer(), OWN], ids=["worker", "own"])
@pytest.mark.parametrize(
    "lifecycle", [Lifecycle.ARCHIVED, Lifecycle.ADOPTED_SEVERED, Lifecycle.MERGED]
)
def test_a_person_who_is_gone_is_not_shown(each: Any, lifecycle: Lifecycle) -> None:
    assert decide(asked(viewer=each, lifecycle=lifecycle)) == NOTHING


@pytest.mark.parametrize("lifecycle", [Lifecycle.LIVE, Lifecycle.UNBORN, Lifecycle.DECEASED])
def test_a_person_who_is_not_gone_is_shown(lifecycle: Lifecycle) -> None:
    assert told(asked(lifecycle=lifecycle)) == (Level.L4, State.INVOLVED)


@pytest.mark.parametrize(
    ("lifecycle", "told_of"),
    [
        (Lifecycle.ARCHIVED, (Level.L4, State.INVOLVED)),
        (Lifecycle.ADOPTED_SEVERED, (Level.L0, None)),
        (Lifecycle.MERGED, (Level.L0, None)),
    ],
)
def test_an_investigation_reaches_an_archived_person_and_no_severed_one(
    lifecycle: Lifecycle, told_of: tuple[Level, State | None]
) -> None:
    assert told(asked(viewer=INVESTIGATOR, lifecycle=lifecycle)) == told_of


def test_no_row_is_none_found() -> None:
    assert told(question()) == (Level.L4, State.NONE_FOUND)


def test_a_row_of_another_service_is_no_row() -> None:
    assert decide(question(involvements=(involvement(Service.POLICE),))).state is State.NONE_FOUND


def test_a_live_row_hides_the_ended_ones() -> None:
    ended = involvement(source_reference="HH/2", ended=days_ago(5))

    assert decide(asked(involvements=(ended, LIVE))).visible == (LIVE,)


def test_an_ended_row_is_previous_involvement() -> None:
    ended = involvement(ended=days_ago(5))

    verdict = decide(asked(involvements=(ended,)))

    assert (verdict.state, verdict.visible) == (State.PREVIOUSLY_INVOLVED, (ended,))


def test_a_long_ended_row_lowers_the_level_to_its_month() -> None:
    ended = involvement(ended=months_ago(13))

    assert told(asked(involvements=(ended,))) == (Level.L3, State.PREVIOUSLY_INVOLVED)


def test_a_long_ended_row_is_not_shown_with_the_contact_of_a_later_one() -> None:
    long_ended = involvement(source_reference="HH/2", ended=months_ago(13))
    ended = involvement(ended=months_ago(2))

    verdict = decide(asked(involvements=(long_ended, ended)))

    assert (verdict.level, verdict.visible) == (Level.L4, (ended,))


def test_a_forgotten_row_is_none_found() -> None:
    forgotten = involvement(last_involved=months_ago(61))

    assert told(asked(involvements=(forgotten,))) == (Level.L4, State.NONE_FOUND)


def test_the_newest_row_comes_first_and_an_undated_one_last() -> None:
    undated = involvement(source_reference="HH/9", started=None, last_involved=None)
    older = involvement(source_reference="HH/8", last_involved=days_ago(60))
    same_day = involvement(source_reference="HH/2000")

    assert newest_first((undated, older, LIVE, same_day)) == (same_day, LIVE, older, undated)


@pytest.mark.parametrize("level", Level)
def test_a_verdict_starts_at_the_level_it_is_given(level: Level) -> None:
    verdict = lowered(asked(), level)

    assert verdict.level is level


@pytest.mark.parametrize(
    ("lacking", "kept"),
    [
        ({}, True),
        ({"services": frozenset({Service.POLICE})}, False),
        ({"purposes": frozenset({Purpose.TRIAGE})}, False),
        ({"powers": frozenset({LegalPower.CHILDREN_ACT_1989_S17})}, False),
    ],
    ids=["nothing", "service", "purpose", "power"],
)
def test_an_agreement_must_name_the_service_the_purpose_and_its_power(
    lacking: dict[str, Any], *, kept: bool
) -> None:
    found = opening(grants(agreement(**lacking)), Service.HOUSING, Purpose.CHILD_PROTECTION)

    assert bool(found) is kept


@pytest.mark.parametrize("service", Service)
def test_the_duty_of_direct_care_opens_health_and_adult_care_alone(service: Service) -> None:
    found = opening(grants(agreement()), service, Purpose.DIRECT_CARE)

    assert bool(found) is (service in {Service.HEALTH, Service.ADULT_SOCIAL_CARE})
