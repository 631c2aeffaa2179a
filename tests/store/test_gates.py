"""Gates as the database keeps them, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager

from directory.domain.gates import Gate
from directory.store.engine import Database
from directory.store.gates import GateStore
from tests.factories import ASHA, days_ago, held_gate, reference
from tests.store.holders import account, accounts


@contextmanager
def kept(database: Database) -> Iterator[GateStore]:
    with accounts(database) as users:
        users.create(account())
    with database.writing() as connection:
        yield GateStore(connection)


def test_a_gate_is_read_as_it_was_given(database: Database) -> None:
    with kept(database) as store:
        store.give(ASHA, held_gate())

        assert store.held(ASHA) == (held_gate(),)
        assert store.held(reference(99)) == ()


def test_a_renewed_gate_takes_the_place_of_the_old_one(database: Database) -> None:
    with kept(database) as store:
        renewed = held_gate(end=days_ago(-700), evidence="LMS-5")
        store.give(ASHA, held_gate())

        store.give(ASHA, renewed)

        assert store.held(ASHA) == (renewed,)


def test_a_withdrawn_gate_is_held_no_more(database: Database) -> None:
    with kept(database) as store:
        store.give(ASHA, held_gate())
        store.give(ASHA, held_gate(gate=Gate.VETTING))

        store.withdraw(ASHA, Gate.TRAINING)

        assert store.held(ASHA) == (held_gate(gate=Gate.VETTING),)
