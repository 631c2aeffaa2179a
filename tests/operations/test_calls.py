"""A search that missed somebody hidden pages an officer, and tells nobody about whom."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from directory.domain.access import Access, NotFound
from directory.domain.calls import CallKind
from directory.domain.emergency import EmergencyReason
from directory.domain.events import Event
from directory.domain.restrictions import InterestKind
from directory.domain.vocabulary import Role
from directory.operations import calls, emergency, interests, letters, restrictions, rota
from directory.operations.interests import Interest
from directory.operations.rota import TurnFault
from tests.factories import EWAN, NOON, days_ago, reference
from tests.operations.accounts_world import World, operator
from tests.operations.audit_world import ASHA_EMAIL, asha, entries, ines, look
from tests.operations.family_world import MIA, keep_line, search, worker
from tests.operations.restrictions_world import OPTIONAL, guarded_council, hidden, officer

BEGINS_WITH = guarded_council
SOON, TEN = NOON + timedelta(seconds=30), timedelta(minutes=10)
HOUR = timedelta(hours=1)
MISSED = "Blake, Ewan"


def sweep(here: World, at: datetime = SOON) -> int:
    """Sweep at the moment `at`, and return how many were paged."""
    return calls.sweep(here.ledger, replace(operator(), at=at))


def told(here: World, at: datetime = SOON) -> list[tuple[str, str, str]]:
    """Take the letters that go at the moment `at`: to whom, under what subject, in what words."""
    taken = letters.take_letters(here.ledger, replace(operator(), at=at))
    return [(each.to.partition("@")[0], each.subject, each.words) for each in taken]


def on_duty(here: World, by: Access, *who: str, start: datetime = NOON) -> None:
    """Let officers take turns of an hour, one after another."""
    officers = {name: each for each, name in rota.list_rota(here.ledger, by).officers.items()}
    for number, each in enumerate(who):
        begins = start + number * HOUR
        rota.add_turn(
            here.ledger, by, officer=officers[each.title()], start=begins, end=begins + HOUR
        )


def missed(here: World, una: Access) -> Access:
    """Hide Ewan, and let Asha search for him in vain; return her access."""
    hidden(here, una, EWAN)
    access = asha(here)
    assert not search(here, access, name=MISSED).hits
    return access


def test_a_search_that_missed_somebody_hidden_pages_whoever_is_on_duty(here: World) -> None:
    una = officer(here)
    on_duty(here, una, "piotr", "noor")
    missed(here, una)

    assert sweep(here) == 1
    ((to, subject, words),) = told(here)

    assert (to, subject) == ("piotr", "Ring a colleague now")
    assert ("Asha Rahman" in words, "12:00 on 24/11/2026" in words) == (True, True)
    assert not {"Ewan", "Blake", str(EWAN), "order"} & set(words.replace(",", " ").split())


def test_the_next_person_is_paged_after_ten_minutes_until_somebody_rang(here: World) -> None:
    una = officer(here)
    on_duty(here, una, "piotr", "noor")
    missed(here, una)
    sweep(here)

    early = sweep(here, SOON + TEN - timedelta(seconds=1))
    late = sweep(here, SOON + TEN)
    noor = officer(here, "noor", at=SOON + TEN)
    (call,) = calls.list_calls(here.ledger, noor)
    calls.answer(here.ledger, noor, call=call.call)

    assert (early, late) == (0, 1)
    assert [to for to, *_ in told(here, SOON + TEN)] == ["piotr", "noor"]
    assert (sweep(here, SOON + 2 * TEN), calls.list_calls(here.ledger, noor)) == (0, ())


def test_without_a_rota_every_officer_is_paged(here: World) -> None:
    missed(here, officer(here))

    assert sweep(here) == 3
    assert {to for to, *_ in told(here)} == {"noor", "piotr", "una"}


@pytest.mark.parametrize("sought", ["Zzyzx, Quorra", "Blake, Leah"])
def test_a_search_that_missed_nobody_hidden_pages_nobody(here: World, sought: str) -> None:
    hidden(here, officer(here), EWAN)
    search(here, asha(here), name=sought)

    assert (sweep(here), told(here)) == (0, [])


def test_a_search_of_somebody_whom_the_order_names_pages_nobody(here: World) -> None:
    una = officer(here)
    order = hidden(here, una, EWAN)
    access = asha(here)
    restrictions.name(here.ledger, una, order=order, email=ASHA_EMAIL, rule=OPTIONAL)
    assert search(here, access, name=MISSED).hits

    assert sweep(here) == 0


def test_a_role_that_finds_exactly_is_rung_about_an_exact_search_alone(here: World) -> None:
    keep_line(here, 90, EWAN, called="Ewan Blake", birth=days_ago(3_300))
    hidden(here, officer(here), EWAN)
    access = worker(here, Role.POLICE_LIAISON)

    search(here, access, name=MISSED)
    loosely = sweep(here)
    search(here, access, name=MISSED, birth=days_ago(3_300))

    assert (loosely, sweep(here)) == (0, 3)


def test_a_search_by_a_service_s_own_reference_that_missed_somebody_pages_too(here: World) -> None:
    hidden(here, officer(here), EWAN)
    search(here, asha(here), references=("P1",))

    assert sweep(here) == 3


def test_several_searches_of_one_user_are_one_call_until_somebody_rang(here: World) -> None:
    una = officer(here)
    access = missed(here, una)
    search(here, access, name="Ewan Blake")
    sweep(here)
    search(here, access, name="Blake, Ewan")
    sweep(here, SOON + timedelta(seconds=20))

    (call,) = calls.list_calls(here.ledger, una)
    calls.answer(here.ledger, una, call=call.call)
    search(here, access, name="Blake, Ewan")

    assert sweep(here, SOON + timedelta(seconds=40)) == 3
    with pytest.raises(NotFound):
        calls.answer(here.ledger, una, call=call.call)


def test_a_search_is_compared_once(here: World) -> None:
    una = officer(here)
    missed(here, una)
    sweep(here)
    (call,) = calls.list_calls(here.ledger, una)
    calls.answer(here.ledger, una, call=call.call)

    assert [sweep(here, SOON + each * TEN) for each in (1, 2)] == [0, 0]


def test_a_look_for_somebody_one_declared_tells_the_ig_lead_once_without_a_name(
    here: World,
) -> None:
    keep_line(here, 11, MIA, called="Mia Stone", birth=days_ago(3_300))
    access = asha(here)
    mia = Interest(
        kind=InterestKind.RELATIVE, forenames="Mia", surname="Stone", birth=days_ago(3_300)
    )
    interests.declare(here.ledger, access, interest=mia)
    search(here, access, name="Mia Stone")

    paged = [sweep(here), sweep(here, SOON + TEN)]
    ((to, subject, words),) = told(here)
    lead = ines(here, NOON)
    (call,) = calls.list_calls(here.ledger, lead)

    assert (paged, to, subject) == ([1, 0], "ines.grant", "A search to look into")
    assert ("Asha Rahman" in words, "Stone" in words, "Mia" in words) == (True, False, False)
    assert (call.kind, call.name) == (CallKind.INTEREST, "Asha Rahman")
    assert calls.list_calls(here.ledger, officer(here)) == ()


def test_emergency_access_is_told_to_its_reviewers_within_the_sweep(here: World) -> None:
    access = asha(here)
    viewing = look(here, access)
    emergency.open_emergency(
        here.ledger,
        access,
        viewing=viewing,
        reason=EmergencyReason.RISK_TO_LIFE,
        words="who can reach her",
        rule=OPTIONAL,
    )

    ((to, subject, words),) = told(here)

    assert (to, subject) == ("ines.grant", "Emergency access was opened")
    assert ("Asha Rahman" in words, "reach" in words) == (True, False)


def test_a_letter_is_taken_once_and_again_when_it_did_not_go(here: World) -> None:
    missed(here, officer(here))
    sweep(here)
    first = letters.take_letters(here.ledger, replace(operator(), at=SOON))
    letters.note_sent(
        here.ledger, replace(operator(), at=SOON), pages=[each.page for each in first[:1]]
    )

    meanwhile = told(here, SOON + timedelta(seconds=119))
    later = told(here, SOON + timedelta(seconds=120))

    assert (len(first), meanwhile) == (3, [])
    assert [to for to, *_ in later] == [each.to.partition("@")[0] for each in first[1:]]


def test_a_sweep_with_nothing_to_do_enters_nothing(here: World) -> None:
    before = len(entries(here))

    assert (sweep(here), told(here), len(entries(here))) == (0, [], before)


def test_no_entry_of_a_sweep_says_about_whom(here: World) -> None:
    missed(here, officer(here))
    sweep(here)

    kept = [each for each in entries(here) if each.event is Event.CALLS_SWEPT]
    assert [(each.outcome, each.occasion, each.actor) for each in kept] == [("done", None, None)]


def test_each_desk_is_shown_its_own_calls(here: World) -> None:
    una = officer(here)
    missed(here, una)
    sweep(here)

    (call,) = calls.list_calls(here.ledger, una)

    assert (call.kind, call.name) == (CallKind.HIDDEN, "Asha Rahman")
    assert calls.list_calls(here.ledger, ines(here)) == ()


Bounds = tuple[timedelta, timedelta]


@pytest.mark.parametrize(
    "bounds",
    [(HOUR, HOUR), (-2 * HOUR, -HOUR), (HOUR, timedelta()), (HOUR, timedelta(days=32))],
)
def test_a_turn_that_cannot_be_is_refused(here: World, bounds: Bounds) -> None:
    una = officer(here)
    assert una.account is not None

    with pytest.raises(TurnFault):
        rota.add_turn(
            here.ledger, una, officer=una.account, start=NOON + bounds[0], end=NOON + bounds[1]
        )


def test_only_an_officer_takes_a_turn_and_it_can_be_taken_off(here: World) -> None:
    una = officer(here)
    on_duty(here, una, "noor")
    (turn,) = rota.list_rota(here.ledger, una).turns

    with pytest.raises(TurnFault):
        rota.add_turn(here.ledger, una, officer=reference(404), start=NOON, end=NOON + HOUR)
    rota.remove_turn(here.ledger, una, turn=turn.turn)

    assert (turn.name, turn.now, rota.list_rota(here.ledger, una).turns) == ("Noor", True, ())
    with pytest.raises(NotFound):
        rota.remove_turn(here.ledger, una, turn=turn.turn)
