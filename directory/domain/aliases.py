"""Pairs of spellings that the same people go by, found in confirmed links and decided on."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from uuid import UUID

FEWEST_PEOPLE = 5
"""The fewest people who may bear a pair out: with fewer, one of them might be told."""

LEAST_LIFT = 20.0
"""How many times as often as chance would have it a pair must be met."""

_BUCKETS = (100, 25, 10, FEWEST_PEOPLE)

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
    """How one service spells somebody, folded: the first forename, and a surname of one word."""

    person: UUID
    service: str
    forename: str
    surname: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A pair with the least number of people who are known to bear it out, never who or how many.

    `people` is 5, 10, 25 or 100, or what the council asks for at least, where that is more.
    """

    part: Part
    names: NamePair
    people: int


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


def met(
    spellings: Iterable[Sequence[Spelling]],
    *,
    least: int,
    is_known: Callable[[str, str], bool],
) -> tuple[Met, ...]:
    """Return the pairs that at least `least` people bear out, each person's `spellings` together.

    A person bears a pair of forenames out whom two services call by each, with one surname, and a
    pair of surnames with one forename. Pairs that are known already are left out.
    """
    pairs: Counter[tuple[Part, NamePair]] = Counter()
    names: Counter[tuple[Part, str]] = Counter()
    people = 0
    for each in spellings:
        people += 1
        names.update({(Part.FORENAME, one.forename) for one in each})
        names.update({(Part.SURNAME, one.surname) for one in each})
        pairs.update(_borne_out(each))
    return tuple(
        Met(part=part, names=pair, people=_bucket(count, least))
        for (part, pair), count in sorted(pairs.items())
        if count >= max(least, FEWEST_PEOPLE)
        and count * people >= LEAST_LIFT * names[part, pair[0]] * names[part, pair[1]]
        and not is_known(*pair)
    )


def _borne_out(spellings: Sequence[Spelling]) -> set[tuple[Part, NamePair]]:
    """Return the pairs that one person bears out."""
    found: set[tuple[Part, NamePair]] = set()
    for one, other in combinations(spellings, 2):
        if one.service == other.service:
            continue
        if one.surname == other.surname and one.surname and one.forename != other.forename:
            found.add((Part.FORENAME, _ordered(one.forename, other.forename)))
        if one.forename == other.forename and one.forename and one.surname != other.surname:
            found.add((Part.SURNAME, _ordered(one.surname, other.surname)))
    return {(part, pair) for part, pair in found if all(len(name) > 1 for name in pair)}


def _ordered(one: str, other: str) -> NamePair:
    return (one, other) if one < other else (other, one)


def _bucket(count: int, least: int) -> int:
    """Return the number of people that is said of `count`."""
    return max(next(each for each in _BUCKETS if count >= each), least)
