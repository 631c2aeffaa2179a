"""Tell who and what would give protected people away, read on snapshots that hold no lock."""

from collections.abc import Collection
from uuid import UUID

from directory.domain.matching import Desk
from directory.domain.traces import shared_with, shown_of
from directory.ledger.work import Work
from directory.store.households import HouseholdStore
from directory.store.people import PeopleStore

_AT_ONCE = 500


def alike(work: Work, people: Collection[UUID]) -> frozenset[UUID]:
    """Return who lives with `people` as lines say it, and who may be one of them."""
    sealer = work.backing.sealer
    with work.backing.database.reading() as snapshot:
        store = PeopleStore(snapshot, sealer)
        protected = store.described(people)
        near = store.described(HouseholdStore(snapshot).near(protected))
    left = [shared_with(each) for each in protected]
    return frozenset(
        each.reference for each in near if any(shown_of(each).gives_away(traces) for traces in left)
    ) - frozenset(people)


def waiting_alike(work: Work) -> dict[UUID, frozenset[UUID]]:
    """Return the lines at the open desk that may be about somebody protected, with whom."""
    found: dict[UUID, frozenset[UUID]] = {}
    guarded, first, more = work.guarded(), 0, True
    while more:
        with work.matching_unlocked() as matching:
            lines = matching.queue(Desk.OPEN, guarded, first=first, most=_AT_ONCE)
        people = work.given_away([each.identity for each in lines])
        found |= {line.reference: whom for line, whom in zip(lines, people, strict=True) if whom}
        first, more = first + _AT_ONCE, len(lines) == _AT_ONCE
    return found
