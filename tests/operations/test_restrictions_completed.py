"""An order takes in whoever lives with its people, whenever more is told of those."""

from uuid import UUID

from sqlalchemy import delete

from directory.domain.events import Event
from directory.domain.matching import Choice
from directory.domain.restrictions import OrderAct
from directory.domain.vocabulary import Service
from directory.operations import lifting, restrictions
from directory.policy.permissions import Action
from directory.store.restriction_tables import ProtectedRow
from directory.store.restrictions import RestrictionStore
from tests.operations.accounts_world import World, at_work, operator, settle
from tests.operations.extracts_world import Cells, line
from tests.operations.matching_world import Desk
from tests.operations.restrictions_world import DIRECTOR, OPTIONAL
from tests.operations.test_restrictions_intake import known_town, leah

POLICE, SCHOOL = Service.POLICE, Service.SCHOOL
BEGINS_WITH = known_town
ROB: Cells = {"forenames": "Rob", "surname": "Stone", "date_of_birth": "05/01/1980"}
KATHERINE: Cells = {
    "forenames": "Katherine", "surname": "Stone", "date_of_birth": "03/02/1985",
}  # fmt: skip
SWAPPED: Cells = {
    "forenames": "Stone", "surname": "Katherine", "date_of_birth": "02/03/1985",
}  # fmt: skip
LEAH_ELSEWHERE: Cells = {
    "forenames": "Gwen", "surname": "Blake", "date_of_birth": "21/08/1993",
}  # fmt: skip
KIM: Cells = {"forenames": "Kim", "surname": "Doyle", "date_of_birth": "09/07/1971"}
HIGH_STREET: Cells = {"house": "2", "street": "High Street", "postcode": "NX9 9ZZ"}
MILL_LANE: Cells = {"house": "7", "street": "Mill Lane", "postcode": "NX8 8AA"}


def known(here: Desk, reference: str) -> UUID:
    found = here.whose(reference)
    assert found is not None
    return found


def protected(here: Desk, order: UUID) -> set[UUID]:
    with here.here.database.reading() as connection:
        kept = RestrictionStore(connection).order(order)
    assert kept is not None
    return set(kept.people)


def lift(here: Desk, order: UUID) -> None:
    """Let a director lift the order at once."""
    staff = World(ledger=here.ledger, database=here.here.database)
    email = "dilys@council.example"
    settle(staff, email=email, organisation="NSC", roles=frozenset({DIRECTOR}))
    dilys = at_work(staff, role=DIRECTOR, email=email)
    lifting.lift_at_once(here.ledger, dilys, order=order, rule=OPTIONAL)


def test_whoever_lives_where_somebody_protected_moves_to_is_taken_in(here: Desk) -> None:
    here.take(line("POL/1", **ROB, **HIGH_STREET), service=POLICE)
    order = here.guard(leah(here))
    assert known(here, "POL/1") not in protected(here, order)

    here.take(line("TEN/1", **HIGH_STREET))

    assert known(here, "POL/1") in protected(here, order)


def test_it_is_no_user_s_act_when_a_file_takes_somebody_in(here: Desk) -> None:
    here.take(line("POL/1", **ROB, **HIGH_STREET), service=POLICE)
    order = here.guard(leah(here))

    here.take(line("TEN/1", **HIGH_STREET))

    [added] = [
        each
        for each in restrictions.view_order(here.ledger, here.officer(), order=order).events
        if each.act is OrderAct.PERSON_ADDED
    ]
    assert added.actor == ""


def test_a_second_entry_of_somebody_who_is_taken_in_is_taken_in_too(here: Desk) -> None:
    here.take(line("POL/1", **KATHERINE), line("POL/2", **SWAPPED, **HIGH_STREET), service=POLICE)
    assert known(here, "POL/1") != known(here, "POL/2")

    order = here.guard(leah(here))

    assert {known(here, "POL/1"), known(here, "POL/2")} <= protected(here, order)


def test_other_homes_of_somebody_who_is_taken_in_lead_to_nobody(here: Desk) -> None:
    here.take(line("POL/1", **ROB), line("POL/2", **KIM, **HIGH_STREET), service=POLICE)
    here.take(line("SCH/1", **ROB, **HIGH_STREET), service=SCHOOL)

    order = here.guard(leah(here))

    assert known(here, "POL/2") not in protected(here, order)


def test_a_namesake_of_whom_no_birth_is_known_is_taken_in(here: Desk) -> None:
    here.take(
        line("POL/1", date_of_birth="", **MILL_LANE),
        line("POL/2", date_of_birth="03/03/1991", **MILL_LANE | {"house": "9"}),
        service=POLICE,
    )
    for each in here.waiting():
        here.decide(each, Choice.NEW_PERSON)

    order = here.guard(leah(here))

    assert known(here, "POL/1") in protected(here, order)
    assert known(here, "POL/2") not in protected(here, order)


def test_whoever_an_ended_order_protected_is_taken_in_by_one_that_stands(here: Desk) -> None:
    here.take(line("POL/1", **ROB), service=POLICE)
    rob = known(here, "POL/1")
    first = here.guard(rob)
    second = here.guard(leah(here))
    with here.here.database.writing() as connection:
        connection.execute(
            delete(ProtectedRow).where(ProtectedRow.order == second, ProtectedRow.person == rob)
        )

    lift(here, first)

    assert rob in protected(here, second)


def test_whom_one_order_took_in_another_about_the_same_person_keeps(here: Desk) -> None:
    here.take(line("POL/1", **ROB, **HIGH_STREET), service=POLICE)
    here.take(line("TEN/1", **HIGH_STREET))
    first = here.guard(leah(here))
    here.take(line("TEN/1", **MILL_LANE))
    second = here.guard(leah(here))
    assert known(here, "POL/1") not in protected(here, second)

    lift(here, first)

    assert known(here, "POL/1") in protected(here, second)


def test_who_would_tell_an_address_that_was_captured_of_somebody_stays_out_of_sight(
    here: Desk,
) -> None:
    here.take(line("POL/1", **ROB, **HIGH_STREET), service=POLICE)
    here.take(line("TEN/1", **HIGH_STREET))
    rob = known(here, "POL/1")
    about_rob = here.guard(rob)
    here.take(line("TEN/1", **MILL_LANE))
    about_leah = here.guard(leah(here))
    assert rob not in protected(here, about_leah)

    lift(here, about_rob)

    assert rob in protected(here, about_leah)


def test_who_shares_no_more_than_a_postcode_that_was_captured_comes_into_sight(here: Desk) -> None:
    no_house = HIGH_STREET | {"house": "", "street": ""}
    here.take(line("POL/1", **ROB, **(HIGH_STREET | {"house": "9"})), service=POLICE)
    here.take(line("TEN/1", **no_house))
    rob = known(here, "POL/1")
    about_rob, about_leah = here.guard(rob), here.guard(leah(here))

    lift(here, about_rob)

    assert rob not in protected(here, about_leah)


def test_an_order_that_takes_somebody_in_takes_whom_their_own_order_took_in(here: Desk) -> None:
    here.take(line("POL/1", **ROB, **HIGH_STREET), service=POLICE)
    here.take(line("SCH/1", **(LEAH_ELSEWHERE | MILL_LANE)), service=SCHOOL)
    here.decide(here.waiting()[0], Choice.NEW_PERSON)
    here.take(line("TEN/1", **HIGH_STREET))
    about_leah = here.guard(leah(here))
    namesake = known(here, "SCH/1")
    assert namesake in protected(here, about_leah) - {leah(here)}

    about_rob = here.guard(known(here, "POL/1"))

    assert {leah(here), namesake} <= protected(here, about_rob)


def test_a_home_that_an_ended_order_knew_is_new_to_the_next_one(here: Desk) -> None:
    here.take(line("POL/1", **ROB, **HIGH_STREET), service=POLICE)
    here.take(line("TEN/1", **HIGH_STREET))
    lift(here, here.guard(leah(here)))
    here.take(line("TEN/1", **MILL_LANE))
    again = here.guard(leah(here))
    assert known(here, "POL/1") not in protected(here, again)

    here.take(line("TEN/1", **HIGH_STREET))

    assert known(here, "POL/1") in protected(here, again)


def test_an_order_that_nobody_completed_is_completed_once(here: Desk) -> None:
    here.take(line("POL/1", **ROB), service=POLICE)
    una, desk = here.officer(), operator()
    with here.ledger.entry(una, Event.PROTECTION_ASKED, action=Action.PROTECTION_ASK) as work:
        order = restrictions.begin(work, una, people=[leah(here)])

    restrictions.complete_due(here.ledger, desk)
    entries = here.rows("audit_entry")
    restrictions.complete_due(here.ledger, desk)

    assert known(here, "POL/1") in protected(here, order)
    assert here.rows("audit_entry") == entries


def test_whom_an_order_takes_in_late_those_protect_too_that_took_in_whom_it_is_for(
    here: Desk,
) -> None:
    here.take(line("POL/1", **ROB, **HIGH_STREET), service=POLICE)
    here.take(line("TEN/1", **HIGH_STREET))
    about_rob = here.guard(known(here, "POL/1"))
    about_leah = here.guard(leah(here))
    here.take(line("SCH/1", **KATHERINE, **MILL_LANE), service=SCHOOL)
    assert known(here, "SCH/1") not in protected(here, about_rob)

    here.take(line("TEN/1", **MILL_LANE))

    assert known(here, "SCH/1") in protected(here, about_leah) & protected(here, about_rob)
