"""Grants: what agreements, compiled, open to whom, and the laws they keep."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.agreements import Missing, Part
from directory.domain.sharing import EVERY_FIELD, Agreement, ContactField, Course
from directory.domain.vocabulary import (
    LegalPower,
    Level,
    Purpose,
    Relationship,
    Role,
    Service,
    State,
)
from directory.policy.basis import Grant, compiled, lacking, opening
from directory.policy.disclosed import DisclosedContact
from directory.policy.disclosure import disclose_card, disclose_line, disclose_person
from directory.policy.foreseen import disclose_foreseen
from directory.policy.modifiers import Question, decide
from directory.policy.permissions import POWERS
from tests.domain.laws import LAW
from tests.factories import (
    COUNCIL,
    HOMES,
    TODAY,
    access,
    agreement,
    days_ago,
    draft,
    feed,
    grants,
    involvement,
    party,
    person,
    question,
    reference,
    viewer,
)
from tests.policy.questions import IN_FORCE, MASKED, questions

ACCESS = access()
EWAN = disclose_person(ACCESS, person())
SOME_FIELDS = frozenset({ContactField.TEAM, ContactField.DUTY_LINE})

agreements = st.builds(
    agreement,
    reference=st.sampled_from(["ISA-1", "ISA-2", "ISA-3"]),
    powers=st.sets(st.sampled_from(LegalPower)).map(frozenset),
    purposes=st.sets(st.sampled_from(Purpose)).map(frozenset),
    services=st.sets(st.sampled_from(Service)).map(frozenset),
    fields=st.sets(st.sampled_from(ContactField)).map(frozenset),
    start=st.sampled_from([days_ago(400), days_ago(0), days_ago(-1)]),
    end=st.sampled_from([days_ago(-400), days_ago(-1), days_ago(0)]),
    review=st.sampled_from([days_ago(-200), days_ago(30), days_ago(31)]),
)
days = st.dates(days_ago(30), days_ago(-30))


def under(*held: Agreement, asked: Question | None = None) -> Question:
    """Return what is asked of housing, with these agreements."""
    base = asked or question(involvements=(involvement(),))
    found = grants(*held)
    return replace(base, grants=opening(found, base.service, base.viewer.purpose))


def answer(asked: Question) -> object:
    return disclose_line(ACCESS, EWAN, asked), disclose_card(ACCESS, EWAN, asked)


@LAW
@given(each=agreements, day=days)
def test_a_draft_grants_nothing(each: Agreement, day: date) -> None:
    never = replace(each, course=Course())

    assert compiled([never], audience=COUNCIL, holidays={day}) == ()


@LAW
@given(each=agreements)
def test_an_agreement_grants_nothing_to_who_is_no_party(each: Agreement) -> None:
    assert grants(each, audience=reference(9)) == grants(each, audience=None) == ()


@LAW
@given(each=agreements, day=days)
def test_a_grant_holds_just_while_its_agreement_is_in_force(each: Agreement, day: date) -> None:
    assert all(grant.holds(day) is each.in_force(day) for grant in grants(each))


@LAW
@given(held=st.lists(agreements, max_size=3), asked=questions())
def test_an_agreement_that_is_over_equals_no_agreement(
    held: list[Agreement], asked: Question
) -> None:
    living = [each for each in held if each.in_force(asked.today)]

    assert answer(under(*held, asked=asked)) == answer(under(*living, asked=asked))


@LAW
@given(asked=questions(), more=st.sampled_from([IN_FORCE, MASKED]))
def test_another_agreement_never_lowers_what_one_grants(asked: Question, more: Grant) -> None:
    before, after = decide(asked), decide(replace(asked, grants=(*asked.grants, more)))

    covered = before.state is not State.NOT_COVERED
    assert after.level >= before.level
    assert not covered or (after.state is before.state and after.visible == before.visible)
    assert not before.agreements or after.fields >= before.fields


@LAW
@given(each=agreements)
def test_a_grant_opens_no_more_than_its_agreement_says(each: Agreement) -> None:
    for grant in grants(each):
        assert grant.services <= each.services
        assert grant.purposes <= each.purposes
        assert grant.fields == each.fields
        assert {POWERS[purpose] for purpose in grant.purposes} <= each.powers
        assert grant.ceiling is Level.L5


@pytest.mark.parametrize(("passed", "state"), [(0, State.INVOLVED), (1, State.NOT_COVERED)])
def test_access_closes_at_the_midnight_its_term_ends(passed: int, state: State) -> None:
    tuesday = days_ago(0)
    last = agreement(end=tuesday + timedelta(days=1))
    day = tuesday + timedelta(days=passed)
    fresh = replace(under(last), today=day, feed=feed(as_of=day))

    assert decide(fresh).state is state


@pytest.mark.parametrize(
    ("role", "relationship", "purpose"),
    [
        (Role.CHILDRENS_SOCIAL_WORKER, Relationship.ALLOCATED, Purpose.CHILD_PROTECTION),
        (Role.FRONT_DOOR, Relationship.ENQUIRY, Purpose.TRIAGE),
        (Role.OUT_OF_HOURS, Relationship.ENQUIRY, Purpose.CHILD_PROTECTION),
        (Role.OUT_OF_HOURS, Relationship.ENQUIRY, Purpose.TRIAGE),
    ],
)
@pytest.mark.parametrize("service", Service)
def test_a_closed_agreement_leaves_child_protection_triage_and_the_night_the_common_line(
    role: Role, relationship: Relationship, purpose: Purpose, service: Service
) -> None:
    asked = question(service, viewer=viewer(role, relationship=relationship, purpose=purpose))

    line = disclose_line(ACCESS, EWAN, replace(asked, grants=()))

    assert line is not None
    assert line.state is State.NOT_COVERED
    assert (line.common_line, line.out_of_hours_line) == ("01632 960001", "01632 960002")


@LAW
@given(asked=questions())
def test_closing_every_agreement_takes_nobody_below_the_common_line(asked: Question) -> None:
    closed = decide(replace(asked, grants=()))

    assert closed.level >= min(decide(asked).level, Level.L1)


def test_a_ceiling_lowers_what_one_grant_opens_and_never_another() -> None:
    low, high = replace(IN_FORCE, ceiling=Level.L2), IN_FORCE
    asked = question(involvements=(involvement(),))

    assert decide(replace(asked, grants=(low,))).level is Level.L2
    assert decide(replace(asked, grants=(low, high))).level is Level.L4


def test_a_field_that_no_agreement_lets_be_shown_is_never_made() -> None:
    masked = agreement(fields=SOME_FIELDS)
    card = disclose_card(ACCESS, EWAN, under(masked))

    assert card is not None
    [contact] = card.contacts
    assert (contact.team, contact.duty_line) == ("Hillside neighbourhood team", "01632 960100")
    assert not any(
        word in repr(contact) for word in ("Kim Doyle", "Housing officer", "960123", "kim.doyle")
    )


def test_two_agreements_show_what_either_lets_be_shown() -> None:
    phone = agreement(reference="ISA-8", fields=frozenset({ContactField.PHONE}))

    verdict = decide(under(agreement(fields=SOME_FIELDS), phone))

    assert verdict.fields == SOME_FIELDS | {ContactField.PHONE}


@pytest.mark.parametrize(
    "asked",
    [
        viewer(
            Role.IG_LEAD, relationship=Relationship.INVESTIGATION, purpose=Purpose.INVESTIGATION
        ),
        viewer(
            Role.SERVICE_LEAD,
            relationship=Relationship.OWN_SERVICE,
            purpose=Purpose.OWN_SERVICE,
            own_service=Service.HOUSING,
        ),
    ],
    ids=["inquiry", "own"],
)
def test_what_stands_on_no_agreement_is_masked_by_none(asked: Any) -> None:
    masked = under(agreement(fields=SOME_FIELDS), asked=replace(question(), viewer=asked))

    assert decide(masked).fields == EVERY_FIELD


def test_a_purpose_without_its_own_power_is_named_before_it_opens_nothing() -> None:
    each = draft(
        powers=frozenset({LegalPower.CHILDREN_ACT_1989_S47}),
        purposes=frozenset({Purpose.CHILD_PROTECTION, Purpose.EARLY_HELP}),
    )

    assert lacking(each, TODAY) == (
        Missing(
            part=Part.PURPOSE_POWER,
            purpose=Purpose.EARLY_HELP,
            power=LegalPower.CHILDREN_ACT_2004_S10,
        ),
    )


def test_a_grant_begins_once_everybody_has_signed() -> None:
    late = agreement(parties=(party(COUNCIL), party(HOMES, signed_on=days_ago(3))))

    assert {each.start for each in grants(late)} == {days_ago(3)}


@LAW
@given(asked=questions())
def test_a_preview_tells_the_answer_its_viewer_gets_and_of_a_contact_its_parts_alone(
    asked: Question,
) -> None:
    line, card = disclose_line(ACCESS, EWAN, asked), disclose_card(ACCESS, EWAN, asked)

    foreseen = disclose_foreseen(ACCESS, asked)

    assert (foreseen is None) is (line is None)
    if foreseen is None or line is None or card is None:
        return
    assert (foreseen.state, foreseen.agreements) == (line.state, card.agreements)
    assert set(foreseen.parts) <= {each.name for each in fields(DisclosedContact)}
    assert bool(foreseen.parts) is bool(card.contacts)
    assert not any(
        word in repr(foreseen)
        for contact in card.contacts
        for word in (contact.practitioner, contact.phone, contact.email, contact.team)
        if word
    )
