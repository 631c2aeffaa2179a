"""The register of agreements: drafted, signed, made active by another, followed and ended."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import event

from directory.domain.access import Access, Refused
from directory.domain.accounts import SecondFactor
from directory.domain.agreements import Part
from directory.domain.audit import Outcome
from directory.domain.events import Event
from directory.domain.sharing import Status
from directory.domain.vocabulary import Service, State
from directory.operations import families, involvement, sharing_acts
from directory.operations.sessions import FactorStale
from directory.operations.sharing_acts import (
    ChangedMeanwhile,
    Incomplete,
    NotOpenToChange,
    ReferenceTaken,
    SameHands,
)
from directory.policy.permissions import POLICY_VERSION
from tests.factories import COUNCIL, EWAN, HOMES, days_ago, party, reference
from tests.operations.accounts_world import World
from tests.operations.audit_world import asha, entries, ines, look
from tests.operations.sharing_world import (
    activate,
    dele,
    drafted,
    held,
    register,
    seen,
    signed,
    status,
    whole,
)

BEGINS_WITH = register
STANDING = reference(51)
STATEMENTS_OF_A_CARD = 27
Act = Callable[[World, Access, UUID], object]


def last_act(here: World) -> tuple[Event, Outcome]:
    return here.events()[-1]


def end(here: World, access: Access, agreement: UUID = STANDING) -> None:
    sharing_acts.end_now(here.ledger, access, reference=agreement, rule=SecondFactor.OPTIONAL)


def test_a_draft_is_signed_and_made_active_by_somebody_else(here: World) -> None:
    lead, officer = ines(here), dele(here)
    agreement = drafted(here, lead)
    signed(here, lead, agreement)

    activate(here, officer, agreement)

    course = held(here, agreement).course
    assert (course.edited_by, course.activated_by) == (lead.account, officer.account)
    assert status(here, lead, agreement) is Status.ACTIVE
    assert [each.event for each in entries(here) if each.agreements == ("ISA-9 v1",)][:5] == [
        Event.AGREEMENT_DRAFTED,
        Event.AGREEMENT_SIGNED,
        Event.AGREEMENT_SIGNED,
        Event.AGREEMENT_ACTIVATED,
        Event.AGREEMENT_VIEWED,
    ]


def test_whoever_changed_it_last_cannot_make_it_active(here: World) -> None:
    lead = ines(here)
    agreement = drafted(here, lead)
    signed(here, lead, agreement)

    with pytest.raises(SameHands):
        activate(here, lead, agreement)

    assert not held(here, agreement).is_activated
    assert last_act(here) == (Event.AGREEMENT_ACTIVATED, Outcome.REFUSED)


def test_each_missing_part_is_named_and_nothing_is_made_active(here: World) -> None:
    agreement = drafted(here, ines(here), dpia="", confidentiality=None, powers=frozenset())

    with pytest.raises(Incomplete) as refused:
        activate(here, dele(here), agreement)

    assert [each.part for each in refused.value.parts] == [
        Part.SIGNATURE,
        Part.SIGNATURE,
        Part.POWER,
        Part.CONFIDENTIALITY,
        Part.DPIA,
    ]
    assert {each.organisation for each in refused.value.parts[:2]} == {COUNCIL, HOMES}
    assert not held(here, agreement).is_activated


def test_a_second_factor_must_be_fresh(here: World) -> None:
    lead = ines(here)
    agreement = drafted(here, lead)
    signed(here, lead, agreement)

    with pytest.raises(FactorStale):
        sharing_acts.activate(
            here.ledger,
            dele(here),
            reference=agreement,
            seen=seen(here, agreement),
            rule=SecondFactor.REQUIRED,
        )

    assert not held(here, agreement).is_activated


def test_a_change_takes_the_signatures_out(here: World) -> None:
    lead = ines(here)
    agreement = drafted(here, lead)
    signed(here, lead, agreement)
    said = replace(held(here, agreement), title="Other words", reference="OTHER", version=7)

    sharing_acts.change(
        here.ledger, lead, reference=agreement, agreement=said, seen=seen(here, agreement)
    )

    now = held(here, agreement)
    assert (now.title, now.label) == ("Other words", "ISA-9 v1")
    assert {each.signed_on for each in now.parties} == {None}


ACTS: dict[str, Act] = {
    "change": lambda here, access, agreement: sharing_acts.change(
        here.ledger, access, reference=agreement, agreement=whole(), seen="before"
    ),
    "sign": lambda here, access, agreement: sharing_acts.sign(
        here.ledger, access, reference=agreement, party=party(HOMES), seen="before"
    ),
    "activate": lambda here, access, agreement: sharing_acts.activate(
        here.ledger,
        access,
        reference=agreement,
        seen="before",
        rule=SecondFactor.OPTIONAL,
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_changed_since_it_was_seen_is_left_alone(here: World, act: str) -> None:
    lead = ines(here)
    agreement = drafted(here, lead)
    before = held(here, agreement)
    access = dele(here) if act == "activate" else lead

    with pytest.raises(ChangedMeanwhile):
        ACTS[act](here, access, agreement)

    assert held(here, agreement) == before


@pytest.mark.parametrize("act", ACTS)
def test_an_active_version_never_changes(here: World, act: str) -> None:
    before = held(here, STANDING)
    access = dele(here) if act == "activate" else ines(here)

    with pytest.raises(NotOpenToChange):
        ACTS[act](here, access, STANDING)

    assert held(here, STANDING) == before


def test_a_signature_of_no_party_or_of_tomorrow_is_refused(here: World) -> None:
    lead = ines(here)
    agreement = drafted(here, lead)

    for wrong in (party(reference(9)), party(HOMES, signed_on=days_ago(-1))):
        with pytest.raises(Refused):
            sharing_acts.sign(
                here.ledger, lead, reference=agreement, party=wrong, seen=seen(here, agreement)
            )

    assert {each.signed_on for each in held(here, agreement).parties} == {None}


def test_a_reference_belongs_to_one_agreement(here: World) -> None:
    lead = ines(here)

    with pytest.raises(ReferenceTaken):
        drafted(here, lead, reference="ISA-01")


def test_the_next_version_supersedes_from_its_start_day(here: World) -> None:
    lead, officer = ines(here), dele(here)
    following = sharing_acts.begin_version(here.ledger, lead, reference=STANDING)
    begun = held(here, following)
    said = replace(
        begun,
        start=days_ago(-10),
        parties=(party(COUNCIL, signed_on=None), party(HOMES, signed_on=None)),
    )
    sharing_acts.change(
        here.ledger, lead, reference=following, agreement=said, seen=seen(here, following)
    )
    signed(here, lead, following)

    activate(here, officer, following)

    standing, begun = held(here, STANDING), held(here, following)
    assert begun.label == "ISA-01 v3"
    assert [standing.in_force(days_ago(each)) for each in (0, -9, -10)] == [True, True, False]
    assert [begun.in_force(days_ago(each)) for each in (0, -9, -10)] == [False, False, True]
    assert standing.course.superseded_from == days_ago(-10)


def test_one_next_version_is_drafted_at_a_time(here: World) -> None:
    lead = ines(here)
    sharing_acts.begin_version(here.ledger, lead, reference=STANDING)

    with pytest.raises(NotOpenToChange):
        sharing_acts.begin_version(here.ledger, lead, reference=STANDING)


def test_an_agreement_that_is_ended_closes_its_services_at_once(here: World) -> None:
    worker = asha(here)
    viewing = look(here, worker)
    end(here, dele(here))

    board = families.view_board(here.ledger, worker, viewing=viewing)

    assert {each.state for each in board.board.leading} == {State.NOT_COVERED}
    assert board.board.agreements == ()


def test_what_is_over_cannot_be_ended_again(here: World) -> None:
    officer = dele(here)
    end(here, officer)

    with pytest.raises(NotOpenToChange):
        end(here, officer)


def test_every_disclosure_names_its_agreement_and_the_policy_version(here: World) -> None:
    look(here, asha(here))

    told = [each for each in entries(here) if each.event in {Event.BOARD_VIEWED, Event.CARD_OPENED}]

    assert {each.agreements for each in told} == {("ISA-01 v2",)}
    assert {each.policy_version for each in told} == {POLICY_VERSION}


def test_a_card_makes_a_constant_number_of_statements_whatever_agreements_there_are(
    here: World,
) -> None:
    worker = asha(here)
    viewing = look(here, worker)

    before = statements(here, worker, viewing)
    lead = ines(here)
    for number in range(5):
        drafted(here, lead, reference=f"ISA-2{number}")

    assert statements(here, worker, viewing) == before == STATEMENTS_OF_A_CARD


def statements(here: World, worker: Access, viewing: UUID) -> int:
    """Return how many statements one card makes."""
    counted: list[object] = []

    def count(*given: object) -> None:
        counted.append(given)

    event.listen(here.database.engine, "before_cursor_execute", count)
    involvement.open_card(
        here.ledger, worker, viewing=viewing, person=EWAN, service=Service.HOUSING
    )
    event.remove(here.database.engine, "before_cursor_execute", count)
    return len(counted)
