"""Pairs of spellings that the same people go by, found in stewards' links and decided on."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from uuid import UUID

FEWEST_HOMES = 5
"""The fewest homes that may bear a pair out: with fewer, one family might be told.

A family that took another name when it fled is one home, however many they are: no pair may lead
everybody from the name they left to the one they took.
"""

LEAST_LIFT = 20.0
"""How many times as many homes as chance would bring people must bear a pair out."""

_BUCKETS = (100, 25, 10, FEWEST_HOMES)
_NOWHERE = frozenset({""})

NamePair = tuple[str, str]
"""Two folded names in the order of the alphabet."""


class Part(StrEnum):
    """Which part of a name the two spellings are."""

    FORENAME = "forename"
    SURNAME = "surname"


class PairState(StrEnum):
    """Where a pair stands: only an accepted one is searched and linked by."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class PairChoice(StrEnum):
    """What a steward does with a pair."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How a line spells somebody, folded: the first forename, and a surname of one word.

    `linked_by` are the stewards' standing decisions that gave the line to its person: none where
    the line was linked by its score, or began the person.
    """

    service: str
    forename: str
    surname: str
    linked_by: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """A pair with the people who bear it out, and how many chance would have bear it out."""

    part: Part
    names: NamePair
    people: frozenset[UUID]
    by_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A pair with the least number of homes that are known to bear it out, never who or how many.

    `homes` is 5, 10, 25 or 100, or what the council asks for at least, where that is more.
    """

    part: Part
    names: NamePair
    homes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mined:
    """The pairs that were met, and how many more are too long for the index to hold."""

    pairs: tuple[Met, ...]
    too_long: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPair:
    """A pair that was met, and what was decided about it; `decided` is None until then."""

    reference: UUID
    met: Met
    state: PairState
    decided: datetime | None = None


def after(state: PairState, choice: PairChoice) -> PairState | None:
    """Return where a pair stands after `choice`, or None where it cannot be chosen."""
    if choice is PairChoice.TAKE_BACK:
        return None if state is PairState.PROPOSED else PairState.PROPOSED
    if state is not PairState.PROPOSED:
        return None
    return PairState.ACCEPTED if choice is PairChoice.ACCEPT else PairState.REFUSED


def borne_out(
    people: Iterable[tuple[UUID, Sequence[Spelling]]],
    *,
    is_known: Callable[[str, str], bool],
    sound_alike: Callable[[str, str], bool],
) -> tuple[Bearing, ...]:
    """Return the pairs that some of `people` bear out, in order, each person's spellings together.

    A person bears a pair of forenames out whom lines of two services call by each, with one
    surname, and a pair of surnames with one forename, where a steward said that the one line is
    about the same person as the other. Surnames that do not sound alike are no pair, whoever bears
    them: they are a marriage, an adoption or a flight. Pairs that are known already are left out.
    """
    bearers: defaultdict[tuple[Part, NamePair], set[UUID]] = defaultdict(set)
    names: Counter[tuple[Part, str]] = Counter()
    everybody = 0
    for person, spellings in people:
        everybody += 1
        names.update({(Part.FORENAME, each.forename) for each in spellings})
        names.update({(Part.SURNAME, each.surname) for each in spellings})
        for pair in _pairs_of(spellings):
            bearers[pair].add(person)
    return tuple(
        Bearing(
            part=part,
            names=pair,
            people=frozenset(bearers[part, pair]),
            by_chance=names[part, pair[0]] * names[part, pair[1]] / everybody,
        )
        for part, pair in sorted(bearers)
        if not is_known(*pair) and (part is Part.FORENAME or sound_alike(*pair))
    )


def met(
    bearings: Iterable[Bearing], *, least: int, shared: Mapping[UUID, Set[str]]
) -> tuple[Met, ...]:
    """Return those of `bearings` that enough homes bear out, and far more than chance would bring.

    Enough is `least`, and FEWEST_HOMES at least. People who have anything in common of what
    `shared` names (a postcode, a street and house, a family, a relative) are one home, and so are
    they together of whom it names nothing.
    """
    found = ((each, _homes(each.people, shared)) for each in bearings)
    return tuple(
        Met(part=each.part, names=each.names, homes=_bucket(homes, least))
        for each, homes in found
        if homes >= max(least, FEWEST_HOMES) and homes >= LEAST_LIFT * each.by_chance
    )


def _pairs_of(spellings: Sequence[Spelling]) -> set[tuple[Part, NamePair]]:
    """Return the pairs that one person bears out."""
    found: set[tuple[Part, NamePair]] = set()
    for one, other in combinations(spellings, 2):
        if one.service == other.service or one.linked_by == other.linked_by:
            continue  # what stands on the same decisions was put together by none of them
        if one.surname == other.surname and one.surname and one.forename != other.forename:
            found.add((Part.FORENAME, _ordered(one.forename, other.forename)))
        if one.forename == other.forename and one.forename and one.surname != other.surname:
            found.add((Part.SURNAME, _ordered(one.surname, other.surname)))
    return {(part, pair) for part, pair in found if all(len(name) > 1 for name in pair)}


def _homes(people: Iterable[UUID], shared: Mapping[UUID, Set[str]]) -> int:
    """Return how many homes `people` are of, as far as what they share tells."""
    homes: list[Set[str]] = []
    for person in people:
        own = shared.get(person) or _NOWHERE
        same = [each for each in homes if not each.isdisjoint(own)]
        homes = [each for each in homes if each.isdisjoint(own)]
        homes.append(frozenset(own).union(*same))
    return len(homes)


def _ordered(one: str, other: str) -> NamePair:
    return (one, other) if one < other else (other, one)


def _bucket(count: int, least: int) -> int:
    """Return the number of homes that is said of `count`."""
    return max(next(each for each in _BUCKETS if count >= each), least)
