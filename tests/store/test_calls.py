"""Calls, pages, due searches and the rota as the database keeps them, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from directory.domain.calls import Call, CallKind
from directory.domain.emergency import EmergencyReason, Occasion
from directory.domain.rota import NEXT_AFTER, Turn
from directory.domain.vocabulary import Role
from directory.store.calls import CallStore
from directory.store.emergency import EmergencyStore
from directory.store.engine import Database
from directory.store.people import PeopleStore
from directory.store.relationships import RelationshipStore
from tests.factories import ASHA, ASHAS_TEAM, EWAN, NOON, reference
from tests.store.holders import WORKER, account, accounts, sealer, session

UNA, INES, GRACE = reference(61), reference(62), reference(63)
WAITS = Call(reference=reference(70), kind=CallKind.HIDDEN, caller=ASHA, at=NOON)
MINUTE = timedelta(minutes=1)


@contextmanager
def kept(database: Database) -> Iterator[CallStore]:
    """Yield the store, with Asha, an officer, an IG lead and a manager."""
    with accounts(database) as users:
        users.create(account())
        for who, role in ((UNA, Role.RESTRICTION_OFFICER), (INES, Role.IG_LEAD)):
            users.create(account(reference=who, email=f"{who}@x.example", roles=frozenset({role})))
        users.create(
            account(
                reference=GRACE,
                email="grace@x.example",
                roles=frozenset({Role.TEAM_MANAGER}),
                team=ASHAS_TEAM,
            )
        )
    with database.writing() as connection:
        yield CallStore(connection, sealer())


def test_a_search_is_due_until_it_is_taken_and_is_taken_once(database: Database) -> None:
    with kept(database):
        pass
    with database.writing() as connection:
        RelationshipStore(connection, sealer()).keep_look_up(
            reference(9), session=b"s".ljust(32), at=NOON, words="Blake"
        )
        store = CallStore(connection, sealer())
        store.put_due(reference(9), account=ASHA, role=WORKER, at=NOON)
        (due,) = store.due(most=5)
        before = store.is_anything_due(NOON)

        taken = [store.take_due([reference(9), reference(10)]) for _ in range(2)]

        assert (due.account, due.role, due.words) == (ASHA, WORKER, "Blake")
        assert taken == [{reference(9)}, frozenset()]
        assert (before, store.is_anything_due(NOON)) == (True, False)


def test_a_call_waits_with_whom_it_was_paged_to_until_it_is_answered(database: Database) -> None:
    with kept(database) as store:
        store.keep(WAITS)
        unpaged = store.is_anything_due(NOON)
        store.page(WAITS.reference, [UNA], NOON)
        store.page(WAITS.reference, [INES], NOON + MINUTE)
        (waiting,) = store.waiting(CallKind.HIDDEN)

        assert waiting.paging.paged == {UNA, INES}
        assert waiting.paging.last_at == NOON + MINUTE
        assert store.waiting(CallKind.INTEREST) == ()
        store.answer(WAITS.reference, by=UNA, at=NOON + 2 * MINUTE)
        assert (unpaged, store.waiting(CallKind.HIDDEN)) == (True, ())


def test_a_call_is_due_again_after_ten_minutes(database: Database) -> None:
    with kept(database) as store:
        store.keep(WAITS)
        store.page(WAITS.reference, [UNA], NOON)
        (page,) = store.take_pages(NOON)
        store.sent(page, NOON)

        moments = (NOON + NEXT_AFTER - MINUTE, NOON + NEXT_AFTER)

        assert [store.is_anything_due(each) for each in moments] == [False, True]


def test_a_page_is_taken_for_two_minutes_and_goes_once(database: Database) -> None:
    with kept(database) as store:
        store.keep(WAITS)
        store.page(WAITS.reference, [UNA, INES], NOON)
        first = store.take_pages(NOON)
        store.sent(first[0], NOON)

        taken = [store.take_pages(NOON + each * MINUTE) for each in (1, 2, 3)]

        assert {each.to for each in first} == {UNA, INES}
        assert {(each.kind, each.caller, each.call_at) for each in first} == {
            (CallKind.HIDDEN, ASHA, NOON)
        }
        assert [len(each) for each in taken] == [0, 1, 0]


def test_turns_come_in_their_order_without_those_that_are_over(database: Database) -> None:
    later = Turn(reference=reference(72), account=UNA, start=NOON + MINUTE, end=NOON + 9 * MINUTE)
    now = Turn(reference=reference(71), account=INES, start=NOON, end=NOON + 5 * MINUTE)
    over = Turn(reference=reference(73), account=UNA, start=NOON - MINUTE, end=NOON)
    with kept(database) as store:
        for each in (later, over, now):
            store.keep_turn(each, by=UNA)

        assert store.turns(NOON) == (now, later)
        store.remove_turn(now.reference)
        assert store.turns(NOON) == (later,)


def test_a_session_says_what_waits_for_its_role_alone(database: Database) -> None:
    acting = {
        b"una": (UNA, Role.RESTRICTION_OFFICER),
        b"ines": (INES, Role.IG_LEAD),
        b"grace": (GRACE, Role.TEAM_MANAGER),
        b"asha": (ASHA, WORKER),
    }
    with kept(database) as store:
        store.keep(WAITS)
    with database.writing() as connection:
        PeopleStore(connection, sealer()).new([EWAN], NOON)
        EmergencyStore(connection, sealer()).keep(
            Occasion(
                reference=reference(80), account=ASHA, role=WORKER, team=ASHAS_TEAM, person=EWAN,
                reason=EmergencyReason.RISK_TO_LIFE, words="now", started=NOON,
                ends=NOON + MINUTE, review_due=NOON + MINUTE, earlier=0,
            )
        )  # fmt: skip
    with accounts(database) as users:
        for token, (who, role) in acting.items():
            users.open_session(session(token, account=who, acting_as=role))
        found = {token: users.session(token.ljust(32)) for token in acting}

    waits = {
        token.decode(): (each[0].calls_wait, each[0].reviews_wait)
        for token, each in found.items()
        if each is not None
    }
    assert waits == {
        "una": (True, False), "ines": (False, True), "grace": (False, True),
        "asha": (False, False),
    }  # fmt: skip


def test_who_holds_a_role_or_manages_a_team_and_is_not_switched_off(database: Database) -> None:
    with kept(database):
        pass
    with accounts(database) as users:
        before = (users.holding(Role.IG_LEAD), users.managing(ASHAS_TEAM), users.managing(None))
        users.switch_off(GRACE)

        assert before == (frozenset({INES}), frozenset({GRACE}), frozenset())
        assert users.managing(ASHAS_TEAM) == frozenset()
