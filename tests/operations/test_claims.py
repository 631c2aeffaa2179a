"""A claim goes on only if somebody else confirms it, and ends at once if they decline it."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from directory.domain.access import Access, NotFound, Refused
from directory.domain.audit import Outcome
from directory.domain.dates import end_of_working_day
from directory.domain.events import Event
from directory.domain.relationships import (
    CONFIRMED_FOR,
    ClaimDecision,
    ClaimOutcome,
    confirmation,
)
from directory.domain.vocabulary import FamilyRole, Purpose, Role
from directory.ledger.work import Work
from directory.operations import claims, families
from directory.operations.relationships import claim, claimed
from directory.policy.permissions import Action
from directory.store.account_tables import AccountRow
from directory.store.people import PeopleStore
from tests.factories import EWAN, HOMES, LEAH, NOON, reference
from tests.operations.accounts_world import WORKER, World, at_work, sealer, settle
from tests.operations.audit_world import ASHA_EMAIL, asha
from tests.operations.family_world import MIA, TEAM, keep_line, search, viewing
from tests.operations.restrictions_world import guarded_council, hidden, officer

BEGINS_WITH = guarded_council
LAPSES = NOON.replace(day=28, hour=0)  # Wednesday, Thursday, Friday
OTHER_TEAM = UUID(int=77)


def at_desk(here: World, email: str, **of: object) -> None:
    """Say where the account of `email` works."""
    with here.database.writing() as connection:
        mine = AccountRow.email == email
        connection.execute(update(AccountRow).where(mine).values(**of))


def claiming(here: World, *, team: UUID | None = TEAM) -> tuple[Access, UUID]:
    """Return Asha of `team`, and the family of Ewan that she said she works with."""
    access = asha(here)
    at_desk(here, ASHA_EMAIL, team=team)
    found = search(here, access, name="Blake, Ewan").reference
    return access, viewing(here, access, person=EWAN, look_up=found)


def manager(here: World, who: str = "mina", *, team: UUID | None = TEAM) -> Access:
    email = f"{who}@council.example"
    settle(here, email=email, display_name=who.title(), roles=frozenset({Role.TEAM_MANAGER}))
    at_desk(here, email, team=team)
    return replace(at_work(here, role=Role.TEAM_MANAGER, email=email), team=team)


def listed(here: World, access: Access, *, page: int = 1) -> list[UUID]:
    found = claims.list_to_confirm(here.ledger, access, page=page)
    return [each.claim for each in found.claims]


def may_look(here: World, access: Access, where: UUID, at: datetime) -> bool:
    try:
        families.view_board(here.ledger, replace(access, at=at), viewing=where)
    except Refused:
        return False
    return True


def decide(here: World, access: Access, outcome: ClaimOutcome) -> None:
    [waiting] = listed(here, access)
    claims.decide(here.ledger, access, claim=waiting, outcome=outcome)


def test_the_manager_reads_who_claims_whom_why_and_until_when(here: World) -> None:
    claiming(here)

    [told] = claims.list_to_confirm(here.ledger, manager(here), page=1).claims

    assert (told.claimant, told.person.name) == ("Asha Rahman", "Ewan Blake")
    assert (told.reason, told.purpose, told.ends) == ("duty call 4411", "child_protection", LAPSES)
    assert (told.person.also_known_as, told.confirmed) == ((), False)


def test_a_confirmed_claim_goes_on_for_three_months_and_no_longer(here: World) -> None:
    access, where = claiming(here)

    decide(here, manager(here), ClaimOutcome.CONFIRMED)

    until = NOON + CONFIRMED_FOR
    assert may_look(here, access, where, LAPSES)
    assert may_look(here, access, where, until - timedelta(microseconds=1))
    assert not may_look(here, access, where, until)
    [mine] = families.list_mine(here.ledger, access).claims
    assert (mine.confirmed, mine.ends) == (True, until)


def test_a_claim_nobody_confirms_lapses(here: World) -> None:
    access, where = claiming(here)
    mina = manager(here)

    assert may_look(here, access, where, LAPSES - timedelta(microseconds=1))
    assert not may_look(here, access, where, LAPSES)
    assert listed(here, replace(mina, at=LAPSES)) == []


def test_what_the_manager_declines_ends_at_once_and_is_told_without_a_name(here: World) -> None:
    access, where = claiming(here)
    mina = manager(here)

    decide(here, mina, ClaimOutcome.NOT_WORKING)

    assert not may_look(here, access, where, NOON)
    mine = families.list_mine(here.ledger, access)
    assert (mine.claims, mine.declined) == ((), (NOON,))
    assert listed(here, mina) == []
    week = replace(access, at=NOON + timedelta(days=7, seconds=1))
    assert families.list_mine(here.ledger, week).declined == ()


def test_a_decision_stands_in_the_audit_with_its_words(here: World) -> None:
    access, _ = claiming(here)

    decide(here, manager(here), ClaimOutcome.NOT_WORKING)

    told = here.told()[-1]
    assert (told.event, told.words) == (
        Event.CLAIM_DECIDED, f"not_working: claim of account {access.account}",
    )  # fmt: skip


def test_who_ends_their_own_claim_sees_no_more(here: World) -> None:
    access, where = claiming(here)
    decide(here, manager(here), ClaimOutcome.CONFIRMED)
    [mine] = families.list_mine(here.ledger, access).claims

    claims.give_up(here.ledger, access, claim=mine.claim)

    assert not may_look(here, access, where, NOON)
    assert families.list_mine(here.ledger, access) == families.Mine(
        claims=(), families=(), declined=()
    )
    with pytest.raises(NotFound):
        claims.give_up(here.ledger, access, claim=mine.claim)


def test_nobody_ends_anothers_claim_as_their_own(here: World) -> None:
    claiming(here)
    mina = manager(here)
    [waiting] = listed(here, mina)

    with pytest.raises(NotFound):
        claims.give_up(here.ledger, mina, claim=waiting)


def test_a_claimed_family_is_reached_from_ones_own_list(here: World) -> None:
    access, where = claiming(here)

    chosen = families.choose_mine(here.ledger, access, person=EWAN)

    assert chosen.viewing == where
    with pytest.raises(NotFound):
        families.choose_mine(here.ledger, replace(access, at=LAPSES), person=EWAN)


def test_nobody_confirms_their_own_claim(here: World) -> None:
    access, _ = claiming(here)
    [waiting] = listed(here, manager(here))
    same = replace(access, role=Role.TEAM_MANAGER, team=TEAM, session=None)

    assert listed(here, same) == []
    with pytest.raises(NotFound):
        claims.decide(here.ledger, same, claim=waiting, outcome=ClaimOutcome.CONFIRMED)


def test_another_teams_manager_neither_reads_nor_decides(here: World) -> None:
    claiming(here)
    [waiting] = listed(here, manager(here))
    other = manager(here, "olga", team=OTHER_TEAM)

    assert listed(here, other) == []
    assert listed(here, replace(other, team=None)) == []
    with pytest.raises(NotFound):
        claims.decide(here.ledger, other, claim=waiting, outcome=ClaimOutcome.CONFIRMED)


@pytest.mark.parametrize("team", [None, OTHER_TEAM], ids=["no team", "no manager"])
def test_where_a_team_has_no_manager_the_organisations_decide(
    here: World, team: UUID | None
) -> None:
    claiming(here, team=team)
    mina = manager(here)

    assert len(listed(here, mina)) == 1
    assert listed(here, replace(mina, organisation=HOMES)) == []


def test_who_manages_alone_leaves_it_to_the_organisations(here: World) -> None:
    claiming(here)
    with here.database.writing() as connection:
        connection.exec_driver_sql(
            "insert into account_role (account, role) select id, 'team_manager' from account"
            " where email = 'asha.rahman@council.example'"
        )

    assert len(listed(here, manager(here, "olga", team=OTHER_TEAM))) == 1


def test_a_manager_gives_nobody_up_for_them(here: World) -> None:
    claiming(here)

    with pytest.raises(Refused):
        decide(here, manager(here), ClaimOutcome.GIVEN_UP)


def test_the_claim_on_somebody_hidden_is_as_one_never_made(here: World) -> None:
    claiming(here)
    mina = manager(here)
    [waiting] = listed(here, mina)
    hidden(here, officer(here), EWAN)

    assert claims.list_to_confirm(here.ledger, mina, page=1) == claims.ToConfirm(
        claims=(), more=False
    )
    with pytest.raises(NotFound):
        claims.decide(here.ledger, mina, claim=waiting, outcome=ClaimOutcome.CONFIRMED)
    assert here.events()[-1] == (Event.CLAIM_DECIDED, Outcome.REFUSED)


def test_a_second_page_begins_where_the_first_ends(here: World) -> None:
    access, _ = claiming(here)
    for number in range(claims.AT_ONCE):
        with here.ledger.entry(access, Event.PURPOSE_GIVEN, action=Action.FAMILY_OPEN) as work:
            [first] = work.claims.of(access.account, NOON)[:1]
            work.relationships.keep_claim(
                UUID(int=number), replace(first.claim, person=LEAH if number % 2 else EWAN)
            )
    mina = manager(here)

    pages = [claims.list_to_confirm(here.ledger, mina, page=each) for each in (1, 2)]

    assert [(len(each.claims), each.more) for each in pages] == [(20, True), (1, False)]


def test_declining_ends_every_claim_on_the_same_person(here: World) -> None:
    access, where = claiming(here)
    with here.ledger.entry(access, Event.PURPOSE_GIVEN, action=Action.FAMILY_OPEN) as work:
        [first] = work.claims.of(access.account, NOON)
        work.relationships.keep_claim(UUID(int=5), first.claim)
    mina = manager(here)
    waiting, *_ = listed(here, mina)

    claims.decide(here.ledger, mina, claim=waiting, outcome=ClaimOutcome.NOT_WORKING)

    assert not may_look(here, access, where, NOON)
    assert listed(here, mina) == []


def test_adding_is_refused_when_it_begins_once_the_claim_is_over(here: World) -> None:
    access, where = claiming(here)
    keep_line(here, 11, MIA, called="Mia Stone")
    families.begin_adding(here.ledger, access, viewing=where)
    found = search(here, access, name="Mia Stone").reference
    families.add_person(
        here.ledger, access, viewing=where, look_up=found, person=MIA, role=FamilyRole.CARER
    )

    with pytest.raises(Refused):
        families.begin_adding(here.ledger, replace(access, at=LAPSES), viewing=where)


ACTS = st.lists(st.sampled_from(("claim", "wait", *ClaimOutcome)), max_size=8)
NEW_PEOPLE = count(9_000)
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def does(work: Work, act: str, person: UUID, *, manager: UUID) -> None:
    """Let the user claim, or let what is held of `person` be decided."""
    account, at = work.access.account, work.access.at
    assert account is not None
    held = [each for each in work.claims.of(account, at) if each.claim.person == person]
    if act == "claim":
        claim(work, work.access, person, purpose=Purpose.TRIAGE, reason="duty")
    elif act == ClaimOutcome.CONFIRMED:
        fresh = [each for each in held if each.until is None]
        work.claims.decide(fresh, confirmation(manager, at))
    elif act != "wait":
        outcome = ClaimOutcome(act)
        by = account if outcome is ClaimOutcome.GIVEN_UP else manager
        work.claims.decide(held, ClaimDecision(outcome=outcome, by=by, at=at))


@FEW
@given(acts=ACTS)
def test_a_claim_never_outlives_its_end_and_an_ended_one_is_none(
    here: World, acts: list[str]
) -> None:
    begun = Access(at=NOON, role=WORKER, account=here.account().reference)
    person = reference(next(NEW_PEOPLE))
    somebody = here.account("una@council.example").reference
    with here.database.writing() as connection:
        PeopleStore(connection, sealer()).new([person], NOON)
    at, until = NOON, NOON
    for act in acts:
        at += timedelta(days=2) if act == "wait" else timedelta(minutes=1)
        access = replace(begun, at=at)
        with here.ledger.entry(access, Event.PURPOSE_GIVEN, action=Action.FAMILY_OPEN) as work:
            was = bool(claimed(work, access, [person]))
            does(work, act, person, manager=somebody)
            holds = bool(claimed(work, access, [person]))
        until = {
            "claim": max(until, end_of_working_day(at, days=3, holidays=())),
            "confirmed": at + CONFIRMED_FOR if was else until,
            "wait": until,
        }.get(act, at)
        assert holds == (at < until)
