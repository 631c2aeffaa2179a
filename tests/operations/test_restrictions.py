"""Who is protected is known by name and age alone, or to nobody but those an order names."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from directory.domain.access import Access, NotFound, Refused
from directory.domain.looking import Answer
from directory.domain.restrictions import (
    ForGood,
    InterestKind,
    NotYet,
    OrderKind,
    SameOrganisation,
    SamePerson,
    TooManyNamed,
)
from directory.domain.traces import interests_in
from directory.domain.vocabulary import Role, Service, State
from directory.operations import families, lifting, restrictions
from directory.operations.sessions import FactorStale
from directory.store.interests import InterestStore
from directory.store.restrictions import RestrictionStore
from tests.factories import ASHAS_TEAM, EWAN, LEAH, NOON, days_ago, name
from tests.operations.accounts_world import World, sealer, settle
from tests.operations.audit_world import asha
from tests.operations.family_world import (
    MIA,
    TEAM,
    allocate,
    keep_line,
    members,
    search,
    viewing,
    worker,
)
from tests.operations.restrictions_world import (
    OPTIONAL,
    guard,
    guarded_council,
    hidden,
    officer,
    seen,
)

BEGINS_WITH = guarded_council
NOBODY: tuple[Answer, list[tuple[str, str]]] = (Answer.NONE, [])
A_DAY_LATER = NOON + timedelta(hours=25)


def board(here: World, access: Access) -> families.Board:
    found = search(here, access, name="Blake, Ewan").reference
    where = viewing(here, access, person=EWAN, look_up=found)
    return families.view_board(here.ledger, access, viewing=where)


def test_members_of_a_family_one_looks_at_are_protected_at_once(here: World) -> None:
    access = asha(here)
    where = board(here, access).viewing

    order = restrictions.ask(here.ledger, access, viewing=where, people=frozenset({EWAN}))

    again = families.view_board(here.ledger, access, viewing=where)
    ewans, leahs = ({line.state for line in each.lines} for each in again.board.members)
    assert ewans == {State.CONTACT_THROUGH_BROKER}
    assert State.CONTACT_THROUGH_BROKER not in leahs
    assert [each.order for each in restrictions.list_orders(here.ledger, officer(here))] == [order]


def test_nobody_is_asked_for_who_is_not_on_the_board(here: World) -> None:
    access = asha(here)
    where = board(here, access).viewing

    for people in (frozenset[UUID](), frozenset({MIA})):
        with pytest.raises(NotFound):
            restrictions.ask(here.ledger, access, viewing=where, people=people)


def test_whoever_is_behind_a_broker_is_found_by_name_without_an_address(here: World) -> None:
    access = asha(here)
    before = seen(search(here, access, name="Blake, Ewan"))

    guard(here, officer(here), EWAN)

    assert ("Ewan Blake", "NX4") in before[1]
    assert ("Ewan Blake", "") in seen(search(here, access, name="Blake, Ewan"))[1]


def test_an_address_finds_nobody_who_is_behind_a_broker(here: World) -> None:
    keep_line(here, 11, MIA, called="Mia Stone", birth=date(2015, 2, 3))
    access = asha(here)
    guard(here, officer(here), EWAN, LEAH)

    found = search(here, access, name="Ewan", postcode="NX4 2AB")

    assert all(part == "" for _name, part in seen(found)[1])


def test_a_search_for_somebody_hidden_ends_as_one_for_nobody(here: World) -> None:
    hidden(here, officer(here), EWAN, LEAH)
    access = asha(here)

    assert seen(search(here, access, name="Blake, Ewan")) == NOBODY
    assert seen(search(here, access, name="Zed, Unknown")) == NOBODY


def test_results_and_boards_that_stand_open_show_nobody_hidden(here: World) -> None:
    access = asha(here)
    found = search(here, access, name="Blake, Ewan").reference
    where = viewing(here, access, person=EWAN, look_up=found)

    hidden(here, officer(here), EWAN)

    with pytest.raises(NotFound):
        families.view_board(here.ledger, access, viewing=where)


def test_a_family_s_board_lacks_a_member_who_is_hidden(here: World) -> None:
    hidden(here, officer(here), LEAH)

    access = asha(here)

    assert members(board(here, access)) == [EWAN]


def test_those_an_order_names_find_whom_it_hides(here: World) -> None:
    una, access = officer(here), asha(here)
    order = hidden(here, una, EWAN, LEAH)

    restrictions.name(
        here.ledger, una, order=order, email="Asha.Rahman@council.example ", rule=OPTIONAL
    )

    assert ("Ewan Blake", "NX4") in seen(search(here, access, name="Blake, Ewan"))[1]
    assert members(board(here, access)) == [EWAN, LEAH]
    assert access.account is not None
    restrictions.unname(here.ledger, una, order=order, account=access.account)
    assert seen(search(here, access, name="Blake, Ewan")) == NOBODY


def test_who_is_named_finds_others_beside(here: World) -> None:
    una, access = officer(here), asha(here)
    keep_line(here, 11, MIA, called="Ewan Blakey")
    order = hidden(here, una, EWAN)
    restrictions.name(
        here.ledger, una, order=order, email="asha.rahman@council.example", rule=OPTIONAL
    )

    found = seen(search(here, access, name="Ewan Blake"))[1]

    assert {each for each, _ in found} == {"Ewan Blake", "Ewan Blakey"}
    assert seen(search(here, access, name="Leah Blake"))[1] == [("Leah Blake", "NX4")]


def test_an_order_names_five_users_and_nobody_unknown(here: World) -> None:
    una = officer(here)
    order = hidden(here, una, EWAN)
    for each in range(5):
        settle(here, email=f"w{each}@council.example", display_name=f"W {each}")
        restrictions.name(
            here.ledger, una, order=order, email=f"w{each}@council.example", rule=OPTIONAL
        )

    restrictions.name(here.ledger, una, order=order, email="w1@council.example", rule=OPTIONAL)
    with pytest.raises(TooManyNamed):
        restrictions.name(
            here.ledger, una, order=order, email="asha.rahman@council.example", rule=OPTIONAL
        )
    with pytest.raises(NotFound):
        restrictions.name(
            here.ledger, una, order=order, email="nobody@council.example", rule=OPTIONAL
        )


def test_the_allocated_worker_and_the_team_s_manager_still_find(here: World) -> None:
    allocate(here, 21, EWAN, practitioner=ASHAS_TEAM, since=days_ago(9))
    hidden(here, officer(here), EWAN)
    allocated = replace(asha(here), practitioner=ASHAS_TEAM)
    manager = replace(worker(here, Role.TEAM_MANAGER), team=TEAM)
    colleague = replace(allocated, practitioner=None, team=TEAM)

    for who in (allocated, manager):
        assert ("Ewan Blake", "NX4") in seen(search(here, who, name="Blake, Ewan"))[1]
    assert seen(search(here, colleague, name="Blake, Ewan")) == NOBODY


def test_the_contributing_service_s_own_desk_still_finds(here: World) -> None:
    hidden(here, officer(here), EWAN)
    lead = replace(worker(here, Role.SERVICE_LEAD), service=Service.CHILDRENS_SOCIAL_CARE)
    other = replace(lead, service=Service.HOUSING)

    assert ("Ewan Blake", "NX4") in seen(search(here, lead, name="Blake, Ewan"))[1]
    assert seen(search(here, other, name="Blake, Ewan")) == NOBODY


def test_a_duplicate_of_somebody_protected_is_protected_with_them(here: World) -> None:
    keep_line(here, 11, LEAH, called="Leah Blake", birth=date(1993, 8, 21))
    keep_line(here, 12, MIA, called="Lea Blake", birth=date(1993, 8, 21))

    order = hidden(here, officer(here), LEAH)

    with here.database.reading() as connection:
        kept = RestrictionStore(connection).order(order)
    assert kept is not None
    assert set(kept.people) == {LEAH, MIA}
    assert seen(search(here, asha(here), name="Lea Blake", birth=date(1993, 8, 21))) == NOBODY


def test_an_order_is_lifted_by_two_of_two_organisations_after_a_day(here: World) -> None:
    una = officer(here)
    order = hidden(here, una, EWAN)
    lifting.ask_lifting(here.ledger, una, order=order)
    lifting.ask_lifting(here.ledger, una, order=order)

    piotr = officer(here, "piotr")
    with pytest.raises(NotYet):
        lifting.agree(here.ledger, piotr, order=order, rule=OPTIONAL)
    later = {who: officer(here, who, at=A_DAY_LATER) for who in ("una", "noor", "piotr")}
    for who, fault in (("una", SamePerson), ("noor", SameOrganisation)):
        with pytest.raises(fault):
            lifting.agree(here.ledger, later[who], order=order, rule=OPTIONAL)
    lifting.agree(here.ledger, later["piotr"], order=order, rule=OPTIONAL)

    assert ("Ewan Blake", "NX4") in seen(search(here, asha(here), name="Blake, Ewan"))[1]
    with pytest.raises(NotFound):
        restrictions.view_order(here.ledger, later["una"], order=order)


def test_what_is_declined_leaves_the_order_in_force(here: World) -> None:
    una, piotr = officer(here), officer(here, "piotr")
    order = hidden(here, una, EWAN)
    lifting.ask_lifting(here.ledger, una, order=order)

    lifting.decline(here.ledger, piotr, order=order)

    with pytest.raises(NotFound):
        lifting.decline(here.ledger, piotr, order=order)
    with pytest.raises(NotFound):
        lifting.agree(here.ledger, piotr, order=order, rule=OPTIONAL)
    assert seen(search(here, asha(here), name="Blake, Ewan")) == NOBODY


def test_a_director_lifts_a_wrongful_order_at_once_and_another_countersigns(here: World) -> None:
    una, dilys = officer(here), officer(here, "dilys")
    order = hidden(here, una, EWAN)

    lifting.lift_at_once(here.ledger, dilys, order=order, rule=OPTIONAL)

    assert ("Ewan Blake", "NX4") in seen(search(here, asha(here), name="Blake, Ewan"))[1]
    [listed] = restrictions.list_orders(here.ledger, una)
    assert (listed.ended, listed.countersign_by is not None) == (True, True)
    lifting.countersign(here.ledger, una, order=order)
    assert restrictions.list_orders(here.ledger, una) == ()


def test_nothing_is_countersigned_that_nobody_lifted(here: World) -> None:
    una = officer(here)
    order = hidden(here, una, EWAN)

    with pytest.raises(NotFound):
        lifting.countersign(here.ledger, una, order=order)


def test_a_director_is_told_of_orders_and_not_of_people(here: World) -> None:
    una = officer(here)
    order = guard(here, una, EWAN)
    restrictions.name(
        here.ledger, una, order=order, email="asha.rahman@council.example", rule=OPTIONAL
    )

    [told] = restrictions.list_orders(here.ledger, officer(here, "dilys"))
    shown = restrictions.view_order(here.ledger, una, order=order)

    assert (told.people, told.named) == ((), ())
    assert [each.name for each in shown.people] == ["Ewan Blake"]
    assert [each.name for each in shown.named] == ["Asha Rahman"]


def test_an_adoption_severs_for_good(here: World) -> None:
    una = officer(here)
    order = guard(here, una, EWAN)
    restrictions.hide(here.ledger, una, order=order, kind=OrderKind.ADOPTION, rule=OPTIONAL)
    restrictions.name(
        here.ledger, una, order=order, email="asha.rahman@council.example", rule=OPTIONAL
    )

    assert seen(search(here, asha(here), name="Blake, Ewan")) == NOBODY
    with pytest.raises(ForGood):
        lifting.ask_lifting(here.ledger, una, order=order)
    with pytest.raises(ForGood):
        lifting.lift_at_once(here.ledger, officer(here, "dilys"), order=order, rule=OPTIONAL)


def test_an_order_is_hidden_on_some_ground(here: World) -> None:
    una = officer(here)
    order = guard(here, una, EWAN)

    with pytest.raises(Refused):
        restrictions.hide(here.ledger, una, order=order, kind=OrderKind.UNDER_REVIEW, rule=OPTIONAL)


def test_a_review_is_due_again_in_six_months(here: World) -> None:
    una = officer(here)
    order = guard(here, una, EWAN)
    late = replace(una, at=NOON + timedelta(days=200))
    before = restrictions.view_order(here.ledger, late, order=order)

    restrictions.review(here.ledger, late, order=order)

    after = restrictions.view_order(here.ledger, late, order=order)
    assert (before.overdue, after.overdue) == (True, False)
    assert after.review_due == late.at + timedelta(days=183)


def test_completing_again_changes_nothing(here: World) -> None:
    una = officer(here)
    order = guard(here, una, EWAN)
    before = restrictions.view_order(here.ledger, una, order=order)

    restrictions.complete(here.ledger, una, order=order)

    assert restrictions.view_order(here.ledger, una, order=order) == before


def test_nothing_is_completed_that_nobody_asked_for(here: World) -> None:
    with pytest.raises(NotFound):
        restrictions.complete(here.ledger, officer(here), order=MIA)


def test_an_order_is_not_lifted_at_once_twice(here: World) -> None:
    order, dilys = hidden(here, officer(here), EWAN), officer(here, "dilys")
    lifting.lift_at_once(here.ledger, dilys, order=order, rule=OPTIONAL)

    with pytest.raises(NotFound):
        lifting.lift_at_once(here.ledger, dilys, order=order, rule=OPTIONAL)


def test_a_grave_act_needs_a_fresh_second_factor(here: World) -> None:
    una, dilys = officer(here), officer(here, "dilys")
    order = guard(here, una, EWAN)

    with pytest.raises(FactorStale):
        restrictions.hide(here.ledger, una, order=order, kind=OrderKind.SAFETY)
    with pytest.raises(FactorStale):
        restrictions.name(here.ledger, una, order=order, email="asha.rahman@council.example")
    lifting.ask_lifting(here.ledger, una, order=order)
    with pytest.raises(FactorStale):
        lifting.agree(here.ledger, officer(here, "piotr"), order=order)
    with pytest.raises(FactorStale):
        lifting.lift_at_once(here.ledger, dilys, order=order)


def test_who_may_be_asked_for_is_who_is_seen_on_the_board(here: World) -> None:
    access = asha(here)
    where = board(here, access).viewing
    hidden(here, officer(here), LEAH)

    listed = restrictions.list_members(here.ledger, access, viewing=where)

    assert [(each.person, each.name) for each in listed] == [(EWAN, "Ewan Blake")]


def test_somebody_in_whom_a_user_declared_an_interest_is_hidden_from_that_user(
    here: World,
) -> None:
    keep_line(here, 11, MIA, called="Mia Stone", birth=date(2015, 2, 3))
    access, other = asha(here), worker(here, Role.FRONT_DOOR)
    assert access.account is not None
    texts = interests_in([name("MIA", "stone")], date(2015, 2, 3))
    with here.database.writing() as connection:
        store = InterestStore(connection, sealer())
        for _ in range(2):
            store.declare(access.account, InterestKind.RELATIVE, texts, NOON)
            store.meet({MIA: texts})
        counted = store.counts(access.account)

    assert counted == {InterestKind.RELATIVE: 1}
    assert seen(search(here, access, name="Mia Stone")) == NOBODY
    assert seen(search(here, other, name="Mia Stone"))[1] == [("Mia Stone", "")]


def test_an_interest_is_met_when_a_line_first_says_who_somebody_is(here: World) -> None:
    access = asha(here)
    assert access.account is not None
    texts = interests_in([name("Mia", "Stone")], date(2015, 2, 3))
    with here.database.writing() as connection:
        InterestStore(connection, sealer()).declare(
            access.account, InterestKind.HOUSEHOLD, texts, NOON
        )

    keep_line(here, 11, MIA, called="Mia Stone", birth=date(2015, 2, 3))

    assert seen(search(here, access, name="Mia Stone")) == NOBODY
