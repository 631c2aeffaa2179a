"""Tell who and what would give protected people away, read on snapshots that hold no lock."""

from collections.abc import Callable, Iterable
from uuid import UUID

from directory.domain.matching import Desk
from directory.domain.traces import Trace, left_by, shared_with, shown_of
from directory.ledger.work import Work
from directory.store.households import HouseholdStore
from directory.store.people import PeopleStore
from directory.store.restrictions import RestrictionStore

_AT_ONCE = 500


def household(work: Work, order: UUID) -> frozenset[UUID]:
    """Return whom the order is to protect beside those it was made for.

    It is who lives with those, or may be one of them, as lines say it; and whoever says the same of
    who they are as anybody found so, to the last. Where the latter live as well is not asked: the
    homes of one household lead on to the next.
    """
    with work.backing.database.reading() as snapshot:
        store = PeopleStore(snapshot, work.backing.sealer)
        orders = RestrictionStore(snapshot)
        homes, own = HouseholdStore(snapshot), orders.made_for(order)
        found = orders.order(order)
        everybody = frozenset(found.people) if found else frozenset[UUID]()
        protected = store.described(own)
        left = [shared_with(each) for each in protected]
        near = store.described(homes.near(protected))
        alone = store.described(homes.namesakes(protected))
        near += tuple(each for each in alone if each.birth is None)
        added = {each.reference for each in near if _fits(shown_of(each).gives_away, left)}
        new = (added | everybody) - own
        everybody |= added | own
        while new:
            people = store.described(new)
            left = [left_by(each) for each in people]
            near = store.described(homes.near(people))
            new = {each.reference for each in near if _fits(shown_of(each).says_the_same, left)}
            new -= everybody
            everybody |= new
    return everybody - own


def _fits(question: Callable[[frozenset[Trace]], bool], left: Iterable[frozenset[Trace]]) -> bool:
    return any(map(question, left))


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
