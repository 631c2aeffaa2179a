"""Tell whom orders are to protect beside those they were made for, on a snapshot without a lock."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from uuid import UUID

from directory.domain.people import Person
from directory.domain.traces import Shown, Trace, left_by, shared_with, shown_of
from directory.ledger.work import Work
from directory.store.households import HouseholdStore
from directory.store.people import PeopleStore
from directory.store.restrictions import RestrictionStore

_AT_ONCE = 500

_Fits = Callable[[Shown, frozenset[Trace]], bool]
_Left = Mapping[UUID, Collection[frozenset[Trace]]]
_Whom = dict[UUID, frozenset[UUID]]


def households(work: Work, orders: _Whom) -> dict[UUID, frozenset[UUID]]:
    """Return for each of `orders`, told with whom it protects, whom it is to protect as well.

    It is who lives with those it was made for, or may be one of them, as lines say it; and whoever
    says the same of who they are as anybody found so, to the last. Where the latter live as well is
    not asked: the homes of one household lead on to the next. Where another order was made for
    anybody found, whoever that protects is protected too: one order may hide who the other shows in
    part. Every line is read a few times, however many orders there are.
    """
    with work.backing.database.reading() as snapshot:
        people = PeopleStore(snapshot, work.backing.sealer)
        homes, kept = HouseholdStore(snapshot), RestrictionStore(snapshot)
        own = {each: kept.made_for(each) for each in orders}
        met = _living_with(people, homes, own)
        new = {each: (met[each] | orders[each]) - own[each] for each in orders}
        everybody = {each: own[each] | new[each] for each in orders}
        while any(new.values()):
            met = _told_alike(people, homes, new)
            beside = {each: _protected_with(kept, new[each]) for each in orders}
            new = {each: (met[each] | beside[each]) - everybody[each] for each in orders}
            everybody = {each: everybody[each] | new[each] for each in orders}
    return {each: everybody[each] - orders[each] for each in orders}


def _living_with(people: PeopleStore, homes: HouseholdStore, own: _Whom) -> _Whom:
    protected = {order: people.described(whom) for order, whom in own.items()}
    left = {order: [shared_with(each) for each in known] for order, known in protected.items()}
    everybody = [each for known in protected.values() for each in known]
    near = _described(people, homes.near(everybody))
    nameless = homes.namesakes(everybody)
    alone = (each for each in _described(people, nameless) if each.birth is None)
    return _fitting((*near, *alone), left, Shown.gives_away)


def _told_alike(people: PeopleStore, homes: HouseholdStore, new: _Whom) -> _Whom:
    known = tuple(_described(people, frozenset[UUID]().union(*new.values())))
    traces = {each.reference: left_by(each) for each in known}
    left = {order: [traces[each] for each in whom if each in traces] for order, whom in new.items()}
    return _fitting(_described(people, homes.near(known)), left, Shown.says_the_same)


def _protected_with(kept: RestrictionStore, people: frozenset[UUID]) -> frozenset[UUID]:
    """Return whom orders protect that were made for any of `people`."""
    orders = [
        each for each in kept.about(people) if not people.isdisjoint(kept.made_for(each.reference))
    ]
    return frozenset(person for each in orders for person in each.people)


def _described(people: PeopleStore, references: Iterable[UUID]) -> Iterator[Person]:
    """Yield whom lines describe, a part at a time: there may be tens of thousands."""
    every = sorted(references)
    for first in range(0, len(every), _AT_ONCE):
        yield from people.described(every[first : first + _AT_ONCE])


def _fitting(met: Iterable[Person], left: _Left, fits: _Fits) -> _Whom:
    """Return for each order who of those `met` fits what anybody left under it.

    Only what shares a trace is compared: what one person shows meets few of a thousand others.
    """
    leaving: dict[Trace, set[tuple[UUID, frozenset[Trace]]]] = defaultdict(set)
    for order, every in left.items():
        for traces in every:
            for trace in traces:
                leaving[trace].add((order, traces))
    found: dict[UUID, set[UUID]] = {order: set() for order in left}
    for person in met:
        shown = shown_of(person)
        for order, traces in set().union(*(leaving.get(each, ()) for each in shown.every)):
            if fits(shown, traces):
                found[order].add(person.reference)
    return {order: frozenset(whom) for order, whom in found.items()}
