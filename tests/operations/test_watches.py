"""A user who watches a family is told that something changed, once, and by nobody's name."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, insert, update

from directory.domain.access import Access, NotFound, Refused
from directory.domain.emergency import EmergencyReason
from directory.domain.events import Event
from directory.domain.relationships import ClaimDecision, ClaimOutcome
from directory.domain.vocabulary import NameKind, Purpose, Role
from directory.domain.watches import MOST_WATCHES, WATCHED_FOR, TooManyWatched, Watch
from directory.ledger.work import Work
from directory.operations import emergency, families, watches
from directory.policy.permissions import Action
from directory.store.account_tables import AccountRow
from directory.store.accounts import AccountStore
from directory.store.agency_tables import OrganisationRow
from directory.store.line_tables import FeedRow, LineNameRow, LineRow
from directory.store.people import PeopleStore
from directory.store.watch_tables import WatchRow
from tests.factories import EWAN, LEAH, NOON, days_ago, reference
from tests.operations.accounts_world import World, sealer
from tests.operations.audit_world import ASHA_EMAIL, asha, entries, look
from tests.operations.family_world import CARE, MIA, allocate, search, viewing, worker
from tests.operations.restrictions_world import OPTIONAL
from tests.operations.watches_world import (
    HOUR,
    KIM,
    LEAHS,
    NAOMI,
    SOON,
    change,
    hold,
    housed,
    let,
    moved,
    sweep,
    told,
    watched,
    watching,
)

BEGINS_WITH = housed
LAPSED = NOON.replace(day=28, hour=0)


def decided(here: World, access: Access, outcome: ClaimOutcome, by: UUID) -> None:
    """Let the claim on Ewan be ended."""
    with here.ledger.entry(access, Event.CLAIM_DECIDED, action=Action.FAMILIES_MINE) as work:
        held = work.claims.of(access.account, access.at)
        work.claims.decide(held, ClaimDecision(outcome=outcome, by=by, at=access.at))


@pytest.mark.parametrize(
    "said",
    [{"practitioner": NAOMI}, {"ended": days_ago(2)}, {"last_involved": days_ago(1)}],
    ids=["another lead", "an end", "another last day"],
)
def test_what_a_service_says_otherwise_is_told_once(here: World, said: dict[str, Any]) -> None:
    access, _ = watching(here)
    change(here, **said)

    first, again = sweep(here), sweep(here, SOON + HOUR)

    assert (first, again) == (1, 0)
    assert told(here, access) == [(EWAN, True)]


def test_an_involvement_that_begins_with_anybody_of_the_family_is_told(here: World) -> None:
    access, _ = watching(here)
    let(here, LEAH)

    assert sweep(here) == 1
    assert told(here, access) == [(EWAN, True)]


def test_a_list_that_says_the_same_tells_nobody(here: World) -> None:
    access, _ = watching(here)
    with here.database.writing() as connection:
        connection.execute(update(FeedRow).values(as_of=days_ago(0)))
    moved(here)

    assert (sweep(here), told(here, access)) == (0, [])


def test_nothing_is_entered_where_nothing_is_due(here: World) -> None:
    watching(here)
    before = len(entries(here))

    assert sweep(here, NOON + timedelta(minutes=59)) == 0
    assert len(entries(here)) == before


def test_a_sweep_is_one_entry_about_nobody(here: World) -> None:
    watching(here)
    change(here)
    before = len(entries(here))

    sweep(here)

    [made] = entries(here)[before:]
    assert (made.event, made.role, made.actor) == (Event.WATCHES_COMPARED, Role.OPERATOR, None)
    assert (made.subjects, made.fields) == ((), ())
    assert here.told()[-1].words == "1 boards"


def test_what_its_user_sees_on_the_board_is_news_no_more(here: World) -> None:
    access, where = watching(here)
    change(here)

    families.view_board(here.ledger, replace(access, at=NOON + timedelta(minutes=1)), viewing=where)

    assert (sweep(here), told(here, access)) == (0, [])


def test_a_notice_is_opened_with_the_board_and_what_changes_then_is_another(here: World) -> None:
    access, where = watching(here)
    change(here)
    sweep(here)
    families.view_board(here.ledger, replace(access, at=SOON), viewing=where)
    change(here, practitioner=KIM)

    assert sweep(here, SOON + HOUR) == 1
    assert told(here, access) == [(EWAN, True), (EWAN, False)]


def test_a_board_seen_for_another_reason_opens_the_notice_and_is_compared_all_the_same(
    here: World,
) -> None:
    access, _ = watching(here)
    change(here)
    found = search(here, access, name="Blake, Ewan").reference
    other = viewing(here, access, person=EWAN, look_up=found, purpose=Purpose.CHILD_IN_NEED)

    families.view_board(here.ledger, access, viewing=other)

    assert sweep(here) == 1


def test_the_board_says_until_when_a_family_is_watched(here: World) -> None:
    access = asha(here)
    where = look(here, access)
    before = families.view_board(here.ledger, access, viewing=where)

    watches.watch(here.ledger, access, viewing=where)
    watches.watch(here.ledger, access, viewing=where)

    after = families.view_board(here.ledger, access, viewing=where)
    assert (before.may_watch, before.watched_until) == (True, None)
    assert after.watched_until == days_ago(-90)
    assert watched(here, access) == ["Ewan Blake"]


def test_a_watch_ends_after_ninety_days_and_may_be_begun_again(here: World) -> None:
    allocate(here, 70, EWAN, practitioner=reference(88), since=days_ago(1))
    with here.database.writing() as connection:
        mine = AccountRow.email == ASHA_EMAIL
        connection.execute(update(AccountRow).where(mine).values(practitioner=reference(88)))
    access = replace(asha(here), practitioner=reference(88))
    _, where = watching(here, access)
    over = replace(access, at=NOON + WATCHED_FOR)
    with here.database.writing() as connection:
        connection.execute(update(FeedRow).values(as_of=over.today))
    change(here)

    ended = families.view_board(here.ledger, over, viewing=where).watched_until
    assert (sweep(here, over.at), watched(here, over), ended) == (0, [], None)

    watches.watch(here.ledger, over, viewing=where)
    assert watched(here, over) == ["Ewan Blake"]


@pytest.mark.parametrize("outcome", [ClaimOutcome.NOT_WORKING, ClaimOutcome.GIVEN_UP])
def test_a_watch_ends_with_the_claim_it_stands_on(here: World, outcome: ClaimOutcome) -> None:
    access, _ = watching(here)
    change(here)
    sweep(here)
    mina = worker(here, Role.TEAM_MANAGER)
    by = access.account if outcome is ClaimOutcome.GIVEN_UP else mina.account
    assert by is not None

    decided(here, access, outcome, by)
    change(here, practitioner=KIM)

    assert (told(here, access), watched(here, access)) == ([], [])
    assert sweep(here, SOON + HOUR) == 0


def test_a_watch_ends_where_the_ground_that_is_left_does_not_bear_its_purpose(here: World) -> None:
    access, _ = watching(here)
    with here.database.writing() as connection:
        connection.execute(update(WatchRow).values(purpose=Purpose.EARLY_HELP))
    change(here)

    assert (sweep(here), watched(here, access)) == (0, [])


def test_a_claim_made_again_brings_no_watch_back_that_was_over(here: World) -> None:
    access, _ = watching(here)
    assert sweep(here, LAPSED) == 0

    later = replace(access, at=LAPSED)
    look(here, later)

    assert watched(here, later) == []


def test_whoever_acts_in_the_role_no_more_is_told_nothing(here: World) -> None:
    access, _ = watching(here)
    change(here)
    with here.database.writing() as connection:
        assert access.account is not None
        AccountStore(connection, sealer()).switch_off(access.account)

    assert sweep(here) == 0

    with here.database.writing() as connection:
        AccountStore(connection, sealer()).switch_on(access.account)
    assert watched(here, access) == []


def test_what_changes_while_nothing_may_be_seen_is_no_news_afterwards(here: World) -> None:
    access, _ = watching(here)
    for suspended in (True, False):
        with here.database.writing() as connection:
            connection.execute(update(OrganisationRow).values(suspended=suspended))
        change(here, practitioner=NAOMI if suspended else KIM)

        assert sweep(here, SOON if suspended else SOON + HOUR) == 0

    assert (told(here, access), watched(here, access)) == ([], ["Ewan Blake"])


def test_a_line_that_is_held_and_comes_back_as_it_was_is_no_news(here: World) -> None:
    watching(here)
    hold(here)
    held = sweep(here)
    hold(here, person=EWAN)

    assert (held, sweep(here, SOON + HOUR)) == (0, 0)


def test_a_family_that_is_not_on_ones_own_list_is_not_watched(here: World) -> None:
    access = worker(here, Role.ADULT_SOCIAL_WORKER)
    access = replace(access, at=NOON)
    here_now = look(here, asha(here))

    with pytest.raises(NotFound):
        watches.watch(here.ledger, access, viewing=here_now)


def test_a_whole_team_s_family_is_watched_by_its_manager_and_not_by_each_worker(
    here: World,
) -> None:
    from_team = reference(31)
    allocate(here, 70, EWAN, practitioner=None, since=days_ago(1))
    access = replace(asha(here), team=from_team)
    with here.database.writing() as connection:
        connection.execute(update(AccountRow).values(team=from_team))
    where = look(here, access)

    assert not families.view_board(here.ledger, access, viewing=where).may_watch
    with pytest.raises(Refused):
        watches.watch(here.ledger, access, viewing=where)


def test_in_an_emergency_nobody_begins_to_watch_and_nothing_is_compared(here: World) -> None:
    access, where = watching(here)
    watch_of(here, access)
    emergency.open_emergency(
        here.ledger, access, viewing=where, reason=EmergencyReason.RISK_TO_LIFE, words="now",
        rule=OPTIONAL,
    )  # fmt: skip
    change(here)
    board = families.view_board(here.ledger, access, viewing=where)

    assert (sweep(here), board.may_watch) == (0, False)
    assert sweep(here, SOON + HOUR) == 1


def watch_of(here: World, access: Access) -> Watch:
    """Return the user's one watch."""
    with here.ledger.entry(access, Event.NOTICES_LISTED, action=Action.FAMILY_WATCH) as work:
        [found] = work.watches.of(access.account, access.role)
        return found


def test_one_watches_so_many_families_at_most(here: World) -> None:
    access = asha(here)
    where = look(here, access)
    people = [reference(5_000 + each) for each in range(MOST_WATCHES)]
    with here.database.writing() as connection:
        PeopleStore(connection, sealer()).new(people, NOON)
        for number, each in enumerate(people, 5_000):
            keep_named(connection, number, each)
    with here.ledger.entry(access, Event.FAMILY_WATCHED, action=Action.FAMILY_WATCH) as work:
        for each in people:
            claim_and_watch(work, access, each)

    with pytest.raises(TooManyWatched):
        watches.watch(here.ledger, access, viewing=where)


def keep_named(connection: Connection, number: int, person: UUID) -> None:
    """Keep a line that names somebody."""
    line = {
        "id": number, "service": CARE, "source_reference": f"N{number}", "visible_from": 1,
        "kind": "person", "digest": b"", "person": person, "state": "linked",
    }  # fmt: skip
    named = {"forenames": "Zed", "surname": "Zo", "kind": NameKind.CURRENT}
    connection.execute(insert(LineRow).values(line))
    connection.execute(insert(LineNameRow).values(line=number, position=0, **named))


def claim_and_watch(work: Work, access: Access, person: UUID) -> None:
    """Let the user say that they work with somebody, and watch them."""
    assert access.account is not None
    [mine, *_] = work.claims.of(access.account, access.at)
    work.relationships.keep_claim(work.new_reference(), replace(mine.claim, person=person))
    work.watches.keep(
        Watch(
            reference=work.new_reference(), account=access.account, role=access.role,
            person=person, purpose=mine.claim.purpose, started=access.at, compared_at=access.at,
            marks={},
        )
    )  # fmt: skip


def test_what_is_stopped_tells_nothing_more_and_is_nobody_else_s_to_stop(here: World) -> None:
    access, _ = watching(here)
    change(here)
    sweep(here)
    mine = watch_of(here, access).reference
    other = worker(here, Role.POLICE_LIAISON)

    for who, which in ((other, mine), (access, reference(404))):
        with pytest.raises(NotFound):
            watches.stop(here.ledger, who, watch=which)
    watches.stop(here.ledger, access, watch=mine)

    assert (told(here, access), watched(here, access)) == ([], [])


def test_another_member_s_change_is_told_where_nobody_else_changed(here: World) -> None:
    access, _ = watching(here)
    change(here, LEAHS)

    assert (sweep(here), told(here, access)) == (1, [(EWAN, True)])
    assert MIA not in {person for person, _ in told(here, access)}
