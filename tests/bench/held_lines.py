"""Measure how many lines about others wait with the officers, for so many protected people.

Run as: python -m tests.bench.held_lines [people] [protected] [seed]
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from directory.domain.identifiers import Postcode
from directory.domain.people import Address, Birth, Identifier, Identity, Name, Person
from directory.domain.traces import Shown, Trace, TraceKind, left_by, shown_by
from directory.domain.vocabulary import IdentifierKind, Lifecycle, NameKind
from tests.bench.search_population import Home, Invented, Town

PEOPLE, PROTECTED, SEED = 250_000, 250, 20261123


def measured(people: list[Invented], protected: int, seed: int) -> Counter[str]:
    """Return how many lines of others are held, in all and by what gives somebody away."""
    chosen = _households(people, protected, seed)
    left = {number: left_by(_person(people[number])) for number in chosen}
    holders: defaultdict[Trace, set[int]] = defaultdict(set)
    for number, traces in left.items():
        for trace in traces:
            holders[trace].add(number)
    found: Counter[str] = Counter()
    for number, each in enumerate(people):
        if number in left:
            continue
        shown = shown_by(_identity(each))
        near = {holder for trace in shown.every for holder in holders.get(trace, ())}
        held = [left[holder] for holder in near if shown.gives_away(left[holder])]
        if held:
            found["in all"] += 1
            found.update(_reasons(shown, held))
    return found


def _households(people: list[Invented], protected: int, seed: int) -> list[int]:
    """Return whole households, picked at random, of so many people or a few more."""
    homes: defaultdict[Home, list[int]] = defaultdict(list)
    for number, each in enumerate(people):
        homes[each.home].append(number)
    picked: list[int] = []
    every = sorted(homes.values())
    random.Random(seed).shuffle(every)
    for household in every:
        if len(picked) >= protected:
            break
        picked += household
    return picked


def _reasons(shown: Shown, held: Iterable[frozenset[Trace]]) -> Iterator[str]:
    kinds = {trace.kind for each in held for trace in each & shown.sure}
    if TraceKind.HOME in kinds:
        yield "by a home"
    if TraceKind.NUMBER in kinds:
        yield "by a number"
    if not kinds:
        yield "by name and birth alone"


def _person(each: Invented) -> Person:
    said = _identity(each)
    homes = (each.home, *((each.former_home,) if each.former_home else ()))
    return Person(
        reference=UUID(bytes=each.person),
        lifecycle=Lifecycle.LIVE,
        names=said.names,
        birth=said.birth,
        addresses=tuple(map(_address, homes)),
        identifiers=said.identifiers,
    )


def _identity(each: Invented) -> Identity:
    names = [
        Name(kind=NameKind.CURRENT, forenames=each.forename, surname=each.surname),
        *(
            Name(kind=NameKind.FORMER, forenames=each.forename, surname=surname)
            for surname in (each.former_surname,)
            if surname
        ),
    ]
    number = Identifier(kind=IdentifierKind.NHS_NUMBER, value=each.nhs)
    return Identity(
        names=tuple(names),
        birth=Birth(day=each.birth),
        address=_address(each.home),
        identifiers=(number,) if each.nhs else (),
    )


def _address(home: Home) -> Address:
    return Address(house=home.house, street=home.street, postcode=Postcode.parse(home.postcode))


def main() -> None:
    """Print the figures."""
    given = [int(each) for each in sys.argv[1:]] or [PEOPLE, PROTECTED, SEED]
    size, protected, seed = given
    draw = random.Random(seed)
    people = list(Town(draw=draw, size=size).people())
    found = measured(people, protected, seed)
    for reason, lines in found.most_common():
        sys.stdout.write(f"{reason}: {lines} of {len(people)} ({lines / len(people):.3%})\n")


if __name__ == "__main__":
    main()
