"""Whether a sweep has anything to do is asked through the door, by whoever may sweep."""

from pathlib import Path

import pytest

from directory.ledger.door import AuditUnavailable, NotForThisRole
from directory.policy.permissions import Action
from directory.store.engine import Database
from tests import engines
from tests.ledger.doors import OPERATOR, door, signed_in


def test_a_search_for_people_is_due_and_nothing_else_that_is_set_aside(database: Database) -> None:
    here, asha = door(database), signed_in(database)
    before = here.ledger.is_call_due(OPERATOR, action=Action.CALLS_SWEEP)

    here.ledger.set_aside(asha, "half a form", action=Action.SESSION_HOLD)
    beside = here.ledger.is_call_due(OPERATOR, action=Action.CALLS_SWEEP)
    here.ledger.set_aside(asha, "Blake, Ewan", action=Action.PEOPLE_FIND)

    assert (before, beside) == (False, False)
    assert here.ledger.is_call_due(OPERATOR, action=Action.CALLS_SWEEP)


def test_nobody_else_is_told_whether_a_sweep_is_due(database: Database) -> None:
    here, asha = door(database), signed_in(database)

    with pytest.raises(NotForThisRole):
        here.ledger.is_call_due(asha, action=Action.CALLS_SWEEP)


def test_without_a_database_a_sweep_does_nothing(tmp_path: Path) -> None:
    with engines.empty(engines.SQLITE, tmp_path) as place, engines.opened(place.url) as database:
        here = door(database)

        with pytest.raises(AuditUnavailable):
            here.ledger.is_call_due(OPERATOR, action=Action.CALLS_SWEEP)
        with pytest.raises(AuditUnavailable):
            here.ledger.is_order_due(OPERATOR, action=Action.PROTECTION_COMPLETE)
