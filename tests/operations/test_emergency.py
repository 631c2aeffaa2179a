"""Emergency access opens one family for half an hour, and somebody else reviews it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound
from directory.domain.accounts import SecondFactor
from directory.domain.emergency import EmergencyReason, OwnOccasion, ReviewOutcome
from directory.domain.events import Event
from directory.domain.vocabulary import Role, Service, State
from directory.operations import emergency, families, involvement
from directory.operations.families import Board
from directory.operations.relationships import ReasonMissing
from directory.operations.sessions import FactorStale
from directory.policy.permissions import Action
from tests.factories import EWAN, NOON, TODAY
from tests.operations.accounts_world import World, at_work, settle
from tests.operations.audit_world import asha, entries
from tests.operations.family_world import TEAM, search, viewing
from tests.operations.restrictions_world import guard, guarded_council, officer

BEGINS_WITH = guarded_council
WORDS = "who can reach the mother now"


def ewans(here: World, access: Access) -> UUID:
    found = search(here, access, name="Blake, Ewan").reference
    return viewing(here, access, person=EWAN, look_up=found)


def opened(here: World, access: Access, where: UUID, *, words: str = WORDS) -> datetime:
    return emergency.open_emergency(
        here.ledger,
        access,
        viewing=where,
        reason=EmergencyReason.RISK_TO_LIFE,
        words=words,
        rule=SecondFactor.OPTIONAL,
    )


def states(board: Board) -> set[State]:
    """Return what services answer about Ewan."""
    [ewan] = [each for each in board.board.members if each.person.person == EWAN]
    return {line.state for line in ewan.lines}


def manager(here: World) -> Access:
    email = "mina@council.example"
    settle(here, email=email, display_name="Mina", roles=frozenset({Role.TEAM_MANAGER}))
    return replace(at_work(here, role=Role.TEAM_MANAGER, email=email), team=TEAM)


def test_it_opens_what_stands_behind_a_broker_for_half_an_hour(here: World) -> None:
    access = asha(here)
    guard(here, officer(here), EWAN)
    where = ewans(here, access)

    until = opened(here, access, where)

    assert until == NOON + timedelta(minutes=30)
    just_before = replace(access, at=until - timedelta(seconds=1))
    during = families.view_board(here.ledger, just_before, viewing=where)
    after = families.view_board(here.ledger, replace(access, at=until), viewing=where)
    assert (during.emergency_until, after.emergency_until) == (until, None)
    assert states(after) == {State.CONTACT_THROUGH_BROKER}
    assert states(during) != states(after)


def test_each_look_meanwhile_says_so_in_the_audit(here: World) -> None:
    access = asha(here)
    where = ewans(here, access)
    opened(here, access, where)

    involvement.open_card(here.ledger, access, viewing=where, person=EWAN, service=Service.HOUSING)

    told = here.told()[-2:]
    assert [(each.event, each.words) for each in told] == [
        (Event.EMERGENCY_OPENED, f"risk_to_life: {WORDS}"),
        (Event.CARD_OPENED, "emergency access"),
    ]


def test_opening_it_again_is_the_same_occasion(here: World) -> None:
    access = asha(here)
    where = ewans(here, access)
    until = opened(here, access, where)

    again = opened(here, replace(access, at=NOON + timedelta(minutes=9)), where)

    assert again == until
    assert len(emergency.list_to_review(here.ledger, reviewer(here))) == 1


def reviewer(here: World) -> Access:
    return at_work(here, role=Role.IG_LEAD, email="ines.grant@council.example")


def test_a_sentence_is_needed(here: World) -> None:
    access = asha(here)
    where = ewans(here, access)

    with pytest.raises(ReasonMissing):
        opened(here, access, where, words=" ")


def test_a_stale_second_factor_is_asked_for_again(here: World) -> None:
    access = asha(here)
    where = ewans(here, access)

    with pytest.raises(FactorStale):
        emergency.open_emergency(
            here.ledger,
            replace(access, at=NOON + timedelta(minutes=14)),
            viewing=where,
            reason=EmergencyReason.MISSING_CHILD,
            words=WORDS,
            rule=SecondFactor.REQUIRED,
        )


def test_nobody_opens_it_on_a_family_they_do_not_look_at(here: World) -> None:
    access = asha(here)

    with pytest.raises(NotFound):
        opened(here, access, EWAN)


def test_the_ig_lead_reviews_it_and_is_told_of_nobody(here: World) -> None:
    access = asha(here)
    opened(here, access, ewans(here, access))
    ines = reviewer(here)
    [told] = emergency.list_to_review(here.ledger, ines)

    emergency.review(here.ledger, ines, occasion=told.reference, outcome=ReviewOutcome.JUSTIFIED)

    assert (told.user, told.words, told.own, told.overdue) == ("Asha Rahman", WORDS, False, False)
    assert (told.review_due.date() - TODAY).days == 3  # the end of the second working day
    assert emergency.list_to_review(here.ledger, ines) == ()
    with pytest.raises(NotFound):
        emergency.review(
            here.ledger, ines, occasion=told.reference, outcome=ReviewOutcome.FOLLOW_UP
        )
    assert entries(here)[-3].event is Event.EMERGENCY_REVIEWED


def test_a_manager_reviews_what_the_own_team_opened(here: World) -> None:
    access = asha(here)
    where = ewans(here, access)
    opened(here, replace(access, team=TEAM), where)
    mina = manager(here)

    assert len(emergency.list_to_review(here.ledger, mina)) == 1
    assert emergency.list_to_review(here.ledger, replace(mina, team=EWAN)) == ()
    assert emergency.list_to_review(here.ledger, replace(mina, team=None)) == ()


def test_nobody_reviews_their_own_occasion(here: World) -> None:
    access = asha(here)
    opened(here, access, ewans(here, access))
    [told] = emergency.list_to_review(here.ledger, reviewer(here))
    same = replace(access, role=Role.IG_LEAD, session=None)

    [own] = emergency.list_to_review(here.ledger, same)
    with pytest.raises(OwnOccasion):
        emergency.review(
            here.ledger, same, occasion=told.reference, outcome=ReviewOutcome.JUSTIFIED
        )

    assert own.own


def test_a_third_occasion_within_thirty_days_is_marked(here: World) -> None:
    access = asha(here)
    opened(here, access, ewans(here, access))
    ines = replace(reviewer(here), at=NOON + timedelta(days=9))
    with here.ledger.entry(ines, Event.EMERGENCIES_LISTED, action=Action.EMERGENCY_REVIEW) as work:
        [first] = work.emergencies.to_review(None)
        earlier = first.account, NOON + timedelta(days=29)
        work.emergencies.keep(replace(first, reference=EWAN, earlier=2))
        counted = work.emergencies.earlier(*earlier)

    told = emergency.list_to_review(here.ledger, ines)

    assert counted == 2
    assert sorted(each.repeated for each in told) == [False, True]
    assert all(each.overdue for each in told)
